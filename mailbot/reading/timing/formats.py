"""How a talk is held: by phone, by video or on site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from mailbot.patterns import PatternSet, compiled
from mailbot.reading.calendar import CalendarEvent
from mailbot.reading.statements import Format
from mailbot.reading.tables import table

LINES = 32  # of one mail, which are asked how the talk is held and again where
_LEAST = 1.2
_SURE = 2.0
_MARGIN = 0.3  # by which it must be heavier than the next where it is not sure
_HINT = 0.7  # enough where the place itself says it


@cache
def _cues() -> tuple[tuple[tuple[Format, float], ...], PatternSet]:
    rows = [(one, row) for one in Format for row in table("time/formats")[one.value]]
    return tuple((one, float(row["weight"])) for one, row in rows), PatternSet(row["pattern"] for _, row in rows)


@lru_cache(maxsize=LINES)
def _occurring(text: str) -> tuple[int, ...]:
    return tuple(_cues()[1].matching(_without_others(text)))


def _without_others(text: str) -> str:
    """The text without words that name a way in which the talk is not held."""
    kept, end = [], 0
    for found in compiled(table("time/formats")["but"]["not"], often=True).finditer(text):
        kept.append(text[end : found.start])
        end = found.end
    return " ".join((*kept, text[end:])) if kept else text


def weigh(*texts: str) -> dict[Format, float]:
    """How strongly texts speak for each format; each cue counts once."""
    found = dict.fromkeys(Format, 0.0)
    cues, _ = _cues()
    for number in sorted({number for text in texts for number in _occurring(text)}):
        one, weight = cues[number]
        found[one] += weight
    return found


def read_format(events: Sequence[CalendarEvent], lines: Iterable[str], subject: str) -> Format | None:
    """The format of the mail's talk: the place in its calendar part first, then its words."""
    for event in events:
        placed = format_of_place(event.location) or best(weigh(event.summary))
        if placed is not None:
            return placed
    lines = list(lines)
    thanks = compiled(table("time/formats")["place"]["past"])
    told = [  # a heading may name several ways
        line for line in lines if not line.rstrip().endswith(":") and thanks.search(line) is None
    ]
    for place in _places(told, lines):
        if (placed := format_of_place(place)) is not None:
            return placed
    chosen = best(weigh(*told, subject))
    return chosen if chosen is not None or not events else best(weigh(events[0].description))


def _places(told: Sequence[str], lines: Sequence[str]) -> Iterator[str]:
    """What stands behind 'Where:', or on the line below."""
    label, alone = (compiled(table("time/formats")["place"][name]) for name in ("label", "alone"))
    yield from (found.group("place") or "" for line in told if (found := label.search(line)) is not None)
    yield from (below for line, below in pairwise(lines) if alone.search(line) is not None)


def format_of_place(place: str) -> Format | None:
    """What a stated place says: a link, a number to call, else a place to come to."""
    weights = weigh(place)
    hinted = max(weights, key=lambda one: weights[one])
    if weights[hinted] > 0:
        return best(weights) or (hinted if weights[hinted] >= _HINT else None)
    named = any(letter.isalpha() for letter in place)
    unknown = compiled(table("time/formats")["place"]["unknown"]).search(place) is not None
    return Format.ONSITE if named and not unknown else None


def best(weights: dict[Format, float]) -> Format | None:
    """The heaviest; video before a phone number and an address, which many invitations carry besides."""
    order = (Format.VIDEO, Format.ONSITE, Format.PHONE)
    chosen, second, _ = sorted(order, key=lambda one: -weights[one])
    clear = weights[chosen] >= _SURE or weights[chosen] - weights[second] >= _MARGIN
    return chosen if weights[chosen] >= _LEAST and clear else None
