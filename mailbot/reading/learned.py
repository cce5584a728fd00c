"""What single words and pairs of words were seen to say, in mail whose kind is known: it stands beside the cues.

Cues hear the turns that somebody thought of; this hears the rest. It is a linear model: each feature of a mail adds
its weight to each kind. `tests/bench/learn.py` makes `data/learned/` from the labelled mails under tests/ and shows
what it adds on mail that it has not seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, log, sqrt

from mailbot.mail.message import Direction
from mailbot.patterns import compiled
from mailbot.reading.cases import SUBJECT, Cases, Heard
from mailbot.reading.statements import Kind
from mailbot.reading.tables import lines, table

SCALE = 100  # weights are kept in hundredths
READ = 120  # sentences: no mail says anything new beyond
BESIDE = -2  # where what is no sentence counts


@dataclass(frozen=True, slots=True)
class Learned:
    """The natural logarithm of each kind's probability, and how much each sentence adds to each kind."""

    chances: Mapping[Kind, float]
    sentences: Mapping[int, Mapping[Kind, float]]

    def best(self, kind: Kind) -> int | None:
        """The sentence that speaks most for a kind; None where none does."""
        said = {at: one.get(kind, 0.0) for at, one in self.sentences.items() if at != BESIDE}
        at = max(said, key=lambda one: said[one], default=None)
        return at if at is not None and said[at] > 0 else None


def learned(heard: Heard, cases: Cases, direction: Direction, *, known: bool = False) -> Learned:
    """What the words of a mail were seen to say. `known`: it is known to be about an application."""
    kinds, bias, weights = _model("in" if direction is Direction.IN else "out")
    met = features(heard, cases, known=known)
    found = [(at, weight) for at, name in met if (weight := weights.get(name)) is not None]
    share = 1 / (SCALE * sqrt(len(found) or 1))
    totals = [one / SCALE for one in bias]
    sentences: dict[int, list[float]] = {}
    for at, weight in found:
        row = sentences.setdefault(at, [0.0] * len(kinds))
        for number, one in enumerate(weight.split(" ")):
            value = int(one) * share if one else 0.0
            row[number] += value
            totals[number] += value
    top = max(totals)
    whole = top + log(sum(exp(one - top) for one in totals))
    return Learned(
        {kind: one - whole for kind, one in zip(kinds, totals, strict=True)},
        {at: dict(zip(kinds, row, strict=True)) for at, row in sentences.items()},
    )


def features(heard: Heard, cases: Cases, *, known: bool = False) -> Iterator[tuple[int, str]]:
    """Each feature once, and the sentence in which it is first met."""
    met: set[str] = set()
    for at, name in _features(heard, cases, known=known):
        if name not in met:
            met.add(name)
            yield at, name


def _features(heard: Heard, cases: Cases, *, known: bool) -> Iterator[tuple[int, str]]:
    for at, text in enumerate(heard.said[:READ]):
        stems = _stems(text)
        yield from ((at, one) for one in stems)
        yield from ((at, f"{one} {other}") for one, other in zip(["^", *stems], [*stems, "$"], strict=True))
    stems = [] if heard.answer else _stems(heard.subject)
    yield from ((SUBJECT, f"S:{one}") for one in stems)
    yield from ((SUBJECT, f"S:{one} {other}") for one, other in zip(["^", *stems], stems, strict=False))
    yield from ((BESIDE, f"T:{one}") for one in heard.traits.split())
    hiring = table("kinds")["weighing"]["hiring_cap"] if known else cases.hiring
    yield BESIDE, f"hiring:{int(hiring / 2)}"
    if cases.elsewhere > 0 and not known:
        yield BESIDE, "elsewhere"


def _stems(text: str) -> Sequence[str]:
    """The words of a plain text without their endings; every number is @num."""
    return [_stem(one.text) for one in compiled(r"[@\pL\d][\pL\d'-]*").finditer(text)]


@cache
def _endings() -> tuple[str, ...]:
    return tuple(str(table("kinds")["learned"]["endings"]).split())


def _stem(word: str) -> str:
    if word[0].isdigit():
        return "@num"
    for ending in _endings():
        if word.endswith(ending) and len(word) >= len(ending) + 4:
            return word[: -len(ending)]
    return word[:40]


@cache
def _model(name: str) -> tuple[tuple[Kind, ...], tuple[int, ...], Mapping[str, str]]:
    """The kinds, their bias, and each feature's weights as they are written: split when they are asked for."""
    head, bias, *rows = lines(f"learned/{name}")
    weights = dict(row.split("\t", 1) for row in rows)
    return tuple(map(Kind, head.split())), tuple(map(int, bias.split())), weights
