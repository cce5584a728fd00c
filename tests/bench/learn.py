"""Makes mailbot/reading/data/learned/ from the labelled mails under tests/: `python -m tests.bench.learn`.

With `--check` it writes nothing: in ten folds it learns from nine tenths and reads the tenth, and prints how many are
right by the cues alone, by what was learned alone, and by both, and how sure each reading is of itself; rows that the
cues were tuned on stand apart from those that nobody tuned anything on.
Wants scikit-learn: pip install -e '.[learn]'.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, diags
from scipy.special import logsumexp
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

import mailbot.reading
from mailbot.mail.message import Direction
from mailbot.reading.calendar import read_calendars
from mailbot.reading.cases import gather, listen
from mailbot.reading.kinds import cue_scores, together
from mailbot.reading.lanes import written
from mailbot.reading.language import language
from mailbot.reading.learned import SCALE, features
from mailbot.reading.plain import plain
from mailbot.reading.statements import Kind
from mailbot.reading.tables import table
from mailbot.reading.traits import traits
from mailbot.reading.words import segment
from mailbot.reading.writer import writer
from tests.reading.kind_mails import READER, Labelled, learning, letters, timed, wordings
from tests.reading.whole_mails import Whole, whole

FOLDER = Path(mailbot.reading.__file__).parent / "data" / "learned"
LEAST = 3  # mails that have a feature before it counts
FAINT = 0.4  # a feature none of whose weights is above says nothing: a twentieth of the file
LOOSE = 200.0  # the inverse strength of the regularisation
CAUTION = 0.5  # that much surer it has to be of a kind that harms where it is wrong, or makes its writer known
TELLING = 0.25  # how far a feature counts by what it tells of a kind
FOLDS = 10
THRESHOLDS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98)

CAUTIOUS = frozenset(
    (
        Kind.OFFER, Kind.REJECTION, Kind.POSITION_CLOSED,
        Kind.INTERVIEW_CONFIRMED, Kind.INTERVIEW_RESCHEDULED, Kind.INTERVIEW_CANCELLED,
        Kind.OWN_ACCEPTANCE, Kind.OWN_WITHDRAWAL, Kind.RECRUITER_REPLY,
    )
)  # fmt: skip


@dataclass(frozen=True)
class Mail:
    name: str
    kinds: tuple[Kind, ...]
    own: bool
    tuned: bool
    features: tuple[str, ...]
    cues: dict[Kind, float]


def mail(row: Labelled | Whole, *, tuned: bool) -> Mail | None:
    """What is learned from; None for hiring mail that is not English, whose words are left alone."""
    message = row.message()
    words = segment(message)
    if row.kinds[0] is not Kind.UNRELATED and language(words.new or message.subject) != "en":
        return None
    calendars = read_calendars(message, READER)
    wrote = writer(message, words)
    said = plain([sentence.text for sentence in words.sentences])
    heard = listen(message, words, said, traits(message, words, calendars, wrote, said), english=True)
    cases = gather(heard, message.direction)
    own = message.direction is not Direction.IN
    names = tuple(name for _, name in features(heard, cases))
    return Mail(row.name, row.kinds, own, tuned, names, cue_scores(wrote, cases))


def mails() -> list[Mail]:
    tuned = [mail(row, tuned=True) for row in (*wordings(), *letters(), *timed())]
    return [one for one in (*tuned, *(mail(row, tuned=False) for row in (*whole(), *learning()))) if one]


class Model:
    """For each kind a logistic regression that tells it from all others, over features that count by how rare they are
    in a mail of length one, and by how much oftener one side has them than the other (Wang and Manning, 'Baselines and
    Bigrams', ACL 2012): words that tell nothing of a kind are kept from learning much of it."""

    def __init__(self, mails: Sequence[Mail]) -> None:
        counts = Counter(name for one in mails for name in one.features)
        self.names = sorted(name for name, count in counts.items() if count >= LEAST)
        self._rare = [log(len(mails) / counts[name]) for name in self.names]
        self._at = {name: number for number, name in enumerate(self.names)}
        rows, labels = self._rows(mails), np.array([one.kinds[0].value for one in mails])
        classes = sorted(set(labels))
        self.kinds = tuple(map(Kind, classes))
        fitted = [_told_apart(rows, labels == one) for one in classes]
        self.weights = np.array([weights for weights, _ in fitted])  # by kind, by feature
        self.bias = np.array([bias for _, bias in fitted]) - [CAUTION * (one in CAUTIOUS) for one in self.kinds]

    def chances(self, mails: Sequence[Mail]) -> list[dict[Kind, float]]:
        sums = self._rows(mails) @ self.weights.T + self.bias
        return [
            dict(zip(self.kinds, map(float, row), strict=True)) for row in sums - logsumexp(sums, axis=1, keepdims=True)
        ]

    def lines(self) -> list[str]:
        """The model as it is kept: kinds, bias, then one line a feature: how rare it is, and its weights times that, in
        hundredths, as so many steps; a step is as small as the greatest of them lets it be."""
        rows = [" ".join(self.kinds), " ".join(str(round(SCALE * one)) for one in self.bias)]
        for number, (name, rare) in enumerate(zip(self.names, self._rare, strict=True)):
            weights = [round(SCALE * rare * one) for one in self.weights[:, number]]
            if any(abs(one) >= SCALE * FAINT for one in weights):
                rows.append(f"{name}\t{round(SCALE * rare)} {written(weights)}")
        return rows

    def _rows(self, mails: Sequence[Mail]) -> Any:
        data, columns, ends = [], [], [0]
        for one in mails:
            known = [self._at[name] for name in one.features if name in self._at]
            length = sqrt(sum(self._rare[at] ** 2 for at in known))
            data += [self._rare[at] / length for at in known]
            columns += known
            ends.append(len(columns))
        return csr_matrix((data, columns, ends), shape=(len(mails), len(self.names)))


def _told_apart(rows: Any, is_it: Any) -> tuple[Any, float]:
    """The weights by feature, and the bias, that tell the mails of one kind from all others."""
    has = (rows > 0).astype(float)
    inside, outside = (1 + np.asarray(has[side].sum(0)).ravel() for side in (is_it, ~is_it))
    telling = np.abs(np.log(inside / inside.sum()) - np.log(outside / outside.sum()))
    scale = (1 - TELLING) + TELLING * telling / telling.mean()
    fitted = LogisticRegression(C=LOOSE, max_iter=300, solver="liblinear").fit(rows @ diags(scale), is_it)
    return fitted.coef_[0] * scale, float(fitted.intercept_[0])


def read_apart(mails: Sequence[Mail]) -> list[tuple[Mail, dict[Kind, float]]]:
    """Each mail, and what a model learned that has not seen it."""
    found = []
    for own in (False, True):
        side = [one for one in mails if one.own is own]
        folds = StratifiedKFold(FOLDS, shuffle=True, random_state=1)
        for learn, test in folds.split(side, [one.kinds[0].value for one in side]):
            model = Model([side[at] for at in learn])
            unseen = [side[at] for at in test]
            found += list(zip(unseen, model.chances(unseen), strict=True))
    return found


def best(scores: dict[Kind, float]) -> Kind:
    return max(scores, key=lambda kind: scores[kind])


def check(mails: Sequence[Mail]) -> None:
    apart = read_apart(mails)
    for tuned in (True, False):
        side = [(one, chances) for one, chances in apart if one.tuned is tuned]
        print("rows that cues were tuned on:" if tuned else "rows that nobody tuned anything on:")
        for what, read in (
            ("cues alone", lambda one, _: best(one.cues)),
            ("learned alone", lambda _, chances: best(chances)),
            ("both", lambda one, chances: best(together(one.cues, chances))),
        ):
            right = sum(read(one, chances) in one.kinds for one, chances in side)
            print(f"  {what}: {right} of {len(side)}, {right / len(side):.3f}")
    calibrate([(one, chances) for one, chances in apart if not one.tuned])


def calibrate(apart: Sequence[tuple[Mail, dict[Kind, float]]]) -> None:
    """How often mails that were not learned from are read right, by how sure the reading is of itself."""
    sharp = float(table("kinds")["learned"]["sharpness"])
    judged = []
    for one, chances in apart:
        scores = together(one.cues, chances)
        top = best(scores)
        sure = 1 / sum(exp(sharp * (score - scores[top])) for score in scores.values())
        judged.append((sure, top in one.kinds))
    for least in THRESHOLDS:
        above = [right for sure, right in judged if sure >= least]
        wrong = len(above) - sum(above)
        print(f"confidence from {least}: {len(above)} mails, {wrong} wrong")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="cross-validate, write nothing")
    checking = parser.parse_args().check
    everything = mails()
    if checking:
        check(everything)
        return
    FOLDER.mkdir(exist_ok=True)
    for own, name in ((False, "in"), (True, "out")):
        text = "\n".join(Model([one for one in everything if one.own is own]).lines())
        (FOLDER / f"{name}.txt").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
