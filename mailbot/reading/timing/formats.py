"""How a talk is held: by phone, by video or on site."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from mailbot.patterns import Pattern, compiled
from mailbot.reading.calendar import CalendarEvent
from mailbot.reading.statements import Format
from mailbot.reading.tables import table

_LEAST = 2.0


@cache
def _cues() -> tuple[tuple[Format, Pattern, float], ...]:
    return tuple(
        (one, compiled(row["pattern"]), float(row["weight"])) for one in Format for row in table("time/formats")[one.value]
    )


def weigh(text: str) -> dict[Format, float]:
    """How strongly a text speaks for each format; each cue counts once."""
    found = dict.fromkeys(Format, 0.0)
    for one, pattern, weight in _cues():
        if pattern.search(text) is not None:
            found[one] += weight
    return found


def read_format(events: Sequence[CalendarEvent], lines: Iterable[str], subject: str) -> Format | None:
    """The format of the mail's talk: the place in its calendar part first, then its words."""
    for event in events:
        placed = best(weigh(event.location)) or best(weigh(f"{event.location} {event.summary}"))
        if placed is not None:
            return placed
    told = dict.fromkeys(Format, 0.0)
    for line in (*lines, subject):
        for one, weight in weigh(line).items():
            told[one] = max(told[one], weight) + 0.25 * min(told[one], weight)
    chosen = best(told)
    if chosen is None and events:
        return best(weigh(events[0].description))
    return chosen


def best(weights: dict[Format, float]) -> Format | None:
    """The heaviest; video before a phone number and an address, which many invitations carry besides."""
    order = (Format.VIDEO, Format.ONSITE, Format.PHONE)
    chosen = max(order, key=lambda one: weights[one])
    return chosen if weights[chosen] >= _LEAST else None
