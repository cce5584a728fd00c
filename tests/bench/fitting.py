"""Small models fitted to labelled rows, and how they are written for `mailbot.reading.linear` and `.chain`."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain as chained
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pycrfsuite
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

import mailbot.reading
from mailbot.reading import chain
from mailbot.reading.lanes import written
from mailbot.reading.linear import SCALE

FOLDER = Path(mailbot.reading.__file__).parent / "data" / "learned"
LEAST = 2  # rows that have a feature before it counts
LEAST_CHOICES = 3  # choices that have a feature before it counts
FAINTEST = 3  # hundredths: weights below say nothing
ROUNDS = 60  # of fitting, after which little changes
LOOSE = 0.5  # the inverse strength of the regularisation


class Row(Protocol):
    @property
    def features(self) -> frozenset[str]: ...
    @property
    def answer(self) -> str: ...


class Fitted:
    """A multinomial logistic regression over features that are there or not."""

    def __init__(self, rows: Sequence[Row], loose: float = LOOSE) -> None:
        counts = Counter(name for row in rows for name in row.features)
        self.names = sorted(name for name, count in counts.items() if count >= LEAST)
        self._at = {name: number for number, name in enumerate(self.names)}
        self.fitted = LogisticRegression(C=loose, max_iter=3000)
        self.fitted.fit(self._matrix([row.features for row in rows]), [row.answer for row in rows])

    def chances(self, rows: Sequence[Iterable[str]]) -> list[dict[str, float]]:
        if not rows:
            return []
        judged = self.fitted.predict_proba(self._matrix(rows))
        return [dict(zip(self.fitted.classes_, map(float, row), strict=True)) for row in judged]

    def lines(self) -> list[str]:
        """The model as it is kept, in hundredths; features that hardly speak are left out."""
        rows = [" ".join(self.fitted.classes_), " ".join(str(round(SCALE * one)) for one in self.fitted.intercept_)]
        for number, name in enumerate(self.names):
            weights = [round(SCALE * one) for one in self.fitted.coef_[:, number]]
            if any(weights):
                rows.append(f"{name}\t{' '.join(map(str, weights))}")
        return rows

    def _matrix(self, rows: Sequence[Iterable[str]]) -> Any:
        columns, ends = [], [0]
        for row in rows:
            columns += sorted(self._at[name] for name in set(row) if name in self._at)
            ends.append(len(columns))
        return csr_matrix(([1.0] * len(columns), columns, ends), shape=(len(rows), len(self.names)))


@dataclass(frozen=True)
class Choice:
    """The features of each of several ways, and which one is right, if any of them is."""

    ways: Sequence[Sequence[str]]
    right: int | None


class Chooser:
    """One weight for each feature, so that the right one of several ways has the highest sum: a logistic regression
    over the ways of each choice. Weights are in hundredths."""

    def __init__(self, choices: Sequence[Choice]) -> None:
        known = [one for one in choices if one.right is not None]
        counts = Counter(name for one in known for name in set(chained.from_iterable(one.ways)))
        self._names = sorted((name for name, count in counts.items() if count >= LEAST_CHOICES), key=str.encode)
        at = {name: number for number, name in enumerate(self._names)}
        rows = [Counter(at[name] for name in way if name in at) for one in known for way in one.ways]
        ends = np.cumsum([0, *map(len, rows)])
        columns, times = [column for row in rows for column in row], [float(n) for row in rows for n in row.values()]
        matrix = csr_matrix((times, columns, ends), shape=(len(rows), len(at)))
        begins = np.cumsum([0, *(len(one.ways) for one in known)])[:-1]
        right = begins + np.array([one.right for one in known])
        fitted = minimize(
            partial(_loss, matrix, matrix.T.tocsr(), begins, right), np.zeros(len(at)), jac=True, method="L-BFGS-B",
            options={"maxiter": ROUNDS},
        )  # fmt: skip
        hundredths = np.round(SCALE * fitted.x).astype(int)
        self._weights = {n: int(w) for n, w in zip(self._names, hundredths, strict=True) if abs(w) >= FAINTEST}

    def chosen(self, choice: Choice) -> int:
        worth = [sum(self._weights.get(name, 0) for name in way) for way in choice.ways]
        return worth.index(max(worth))

    def lines(self) -> Iterator[str]:
        yield from (f"{name}\t{weight}" for name, weight in self._weights.items())


def _loss(matrix: Any, turned: Any, begins: Any, right: Any, weights: Any) -> tuple[float, Any]:
    """What the right ways lack in probability, and how it changes with the weights."""
    worth = matrix @ weights
    sizes = np.diff([*begins, len(worth)])
    tops = np.repeat(np.maximum.reduceat(worth, begins), sizes)
    spread = np.exp(worth - tops)
    wholes = np.repeat(np.add.reduceat(spread, begins), sizes)
    lost = -(worth - tops - np.log(wholes))[right].sum() + weights @ weights / 2
    chances = spread / wholes
    chances[right] -= 1.0
    return lost, turned @ chances + weights


def save(model: Fitted, name: str) -> None:
    """Write a model where `mailbot.reading.linear` finds it."""
    (FOLDER / f"{name}.txt").write_text("\n".join(model.lines()) + "\n", encoding="utf-8")


def learn_chain(
    rows: Iterable[tuple[Sequence[Sequence[str]], Sequence[str]]], settings: Mapping[str, float], path: Path
) -> None:
    """Learn from rows of things, each given by its features, and their tags; written as `mailbot.reading.chain` reads
    it. `settings` are CRFsuite's (its manual, 'Training')."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for features, tags in rows:
        trainer.append(features, tags)
    trainer.set_params(dict(settings))
    with tempfile.NamedTemporaryFile(suffix=".crfsuite") as model:
        trainer.train(model.name)
        fitted = pycrfsuite.Tagger()
        fitted.open(model.name)
        path.write_text("".join(f"{line}\n" for line in _lines_of(fitted.info())), encoding="utf-8")


def _lines_of(model: Any) -> Iterator[str]:
    tags = sorted(model.labels, key=lambda tag: (tag != chain.OUTSIDE, tag))
    yield " ".join(tags)
    moves = ((before, after) for before in tags for after in tags)
    yield " ".join(str(round(chain.SCALE * model.transitions.get(move, 0.0))) for move in moves)
    rows: dict[str, list[int]] = {}
    for (feature, tag), weight in model.state_features.items():
        rows.setdefault(feature, [0] * len(tags))[tags.index(tag)] = round(chain.SCALE * weight)
    for feature in sorted(rows, key=str.encode):
        if any(rows[feature]):
            yield f"{feature}\t{written(rows[feature])}"
