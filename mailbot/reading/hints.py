"""Hints: places that may name what is looked for, each with a weight, and what many of them say together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from mailbot.reading.places import Where

COUNTED = 6  # repetitions in one place that count
SHOUTED = 0.2  # what a name in capitals throughout says of how it is written
ACRONYM = 5  # letters up to which capitals are no shouting


class Hint(NamedTuple):
    """One place that may name an organisation or a job. For organisations, `agency`: as somebody who recruits for it;
    `client`: as the firm for which an agency hires; `sure`: the words say that it is an agency; `legal`: it stands
    with its legal form below the mail ('Acme Robotics GmbH'); `part`: it was cut out of a longer run of words."""

    name: str
    weight: float
    where: Where
    agency: bool = False
    client: bool = False
    sure: bool = False
    legal: bool = False
    part: bool = False


def together(hints: Iterable[Hint], *, of_sender: float = 1.0) -> float:
    """What hints say together: a place that repeats itself says less each time. `of_sender` is the share of their
    weight that those in a sender's name have."""
    by_where: dict[Where, list[float]] = {}
    for hint in hints:
        by_where.setdefault(hint.where, []).append(hint.weight)
    total = 0.0
    for where, weights in by_where.items():
        weights.sort(reverse=True)
        share = of_sender if where is Where.SENDER else 1.0
        for number, weight in enumerate(weights[:COUNTED], 1):
            total += weight * share / number
    return total


def usual_way(hints: Iterable[Hint]) -> str:
    """The commonest way of writing among hints of one thing, rather not in capitals throughout."""
    counts: dict[str, float] = defaultdict(float)
    for hint in hints:
        shouting = hint.name.isupper() and len(hint.name) > ACRONYM
        counts[hint.name] += hint.weight * (SHOUTED if shouting else 1.0)
    return max(counts, key=lambda one: (counts[one], one))
