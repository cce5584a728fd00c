"""One of several times, picked by its letter or its place: 'Option B it is', 'the second one works'."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from mailbot.patterns import compiled
from mailbot.reading.tables import table
from mailbot.reading.timing.days import between
from mailbot.reading.timing.talks import Talk

_HOW = ("lettered", "alone", "placed", "compared")


def pick(lines: Sequence[str], offered: Sequence[Talk]) -> Talk | None:
    """The time that lines pick of those offered, in the order in which these stand; None where they pick none."""
    doubts = compiled(table("time/lines")["doubts"])
    named = (label for line in lines if doubts.search(line) is None and (label := _named(line)))
    label = next(named, "")
    return _labelled(label, offered) or _at(label, offered) if label and len(offered) > 1 else None


def is_choice(talks: Sequence[Talk]) -> bool:
    """Whether of the times one is still to be chosen: 'he can see you on Tuesday at 2 or Friday at 10', or a list below
    'Suggested times'."""
    if len({one.start for one in talks}) < 2:
        return False
    either, heading = (compiled(table("time/lines")[name]) for name in ("either", "choices"))
    pairs = ((one.told, other.told) for one, other in pairwise(talks) if one.told.line == other.told.line)
    listed = len({one.told.line for one in talks}) == len(talks)
    joined = any(either.search(between(one, other)) for one, other in pairs)
    return joined or (listed and heading.search(talks[0].told.before) is not None)


def _named(line: str) -> str:
    found = (compiled(table("time/lines")["pick"][how]).search(line) for how in _HOW)
    return next((str(one.group("label")).casefold() for one in found if one is not None), "")


def _labelled(label: str, offered: Sequence[Talk]) -> Talk | None:
    """The time before which the letter or number stands."""
    stands = compiled(table("time/lines")["pick"]["label"])
    told = ((stands.search(one.told.before[-12:]), one) for one in offered)
    return next((one for found, one in told if found and str(found.group("label")).casefold() == label), None)


def _at(label: str, offered: Sequence[Talk]) -> Talk | None:
    """The time that stands in that place of all."""
    picks = table("time/lines")["pick"]
    if label in picks["ends"]:
        return offered[-1]
    label, places = picks["places"][0] if label in picks["begins"] else label, picks["places"]
    at = places.index(label) if label in places else "12345".find(label) if label.isdigit() else "abcde".find(label)
    return offered[at] if 0 <= at < len(offered) else None
