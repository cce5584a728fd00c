"""The zone that stands beside a clock time: 'ET', '(GMT+1)', 'Eastern Time (US & Canada)', 'London time', 'CET'."""

from __future__ import annotations

from datetime import tzinfo

from mailbot.reading.dates import zones
from mailbot.reading.dates.view import View, words
from mailbot.reading.tables import table

_LONGEST_NAME = 4  # words before 'time'


def zone_at(view: View, at: int) -> tuple[tzinfo | None, int]:
    """The zone that begins at a token and the place after it, brackets included; None and `at` where none does."""
    place = view.skip(at, ",")
    opened = view.low(place) in ("(", "[")
    start = place + opened
    start = view.skip(start, "in", "the") if view.low(start) == "in" else start
    found = _named(view, start)
    if found is None:
        return None, at
    zone, after = found
    if opened:
        for step in range(24):
            if view.low(after + step) in (")", "]"):
                return zone, after + step + 1
    return zone, _aside(view, after, zone)


def _aside(view: View, at: int, zone: tzinfo) -> int:
    """After a second name for the same zone: '(New York)', '- New York', '(US & Canada)'."""
    if view.low(at) in ("(", "[") and view[at + 1].kind in ("word", "offset", "iana"):
        other = _named(view, at + 1)
        if (other is not None and view.low(other[1]) == ")") or view.low(at + 1) == "us":
            for step in range(1, 12):
                if view.low(at + step) in (")", "]"):
                    return at + step + 1
    if view[at].kind == "offset" and view[at].text.startswith("("):
        return at + 1
    if view.low(at) in ("-", "–") and city_at(view, at + 1) is not None:
        city = city_at(view, at + 1)
        return city[1] if city is not None and city[0] == zone else at
    return at


def _named(view: View, at: int) -> tuple[tzinfo, int] | None:
    reader = view.context.zone
    token = view[at]
    if token.kind == "offset":
        return _by_offset(view, at)
    if token.kind == "iana":
        known = zones.zone_named(token.text, reader)
        return (known, at + 1) if known is not None else None
    if token.kind != "word":
        return None
    return _before_time(view, at) or _short(view, at) or (city_at(view, at) if view.low(at - 1) == "(" else None)


def _by_offset(view: View, at: int) -> tuple[tzinfo, int] | None:
    """An offset; Outlook names the place after it, and the place's clock is meant."""
    token = view[at]
    line = view.text[token.start : token.start + 120].partition("\n")[0].casefold()
    for name, zone_name in table("time/zones")["outlook"].items():
        if name in line and (known := zones.known_zone(zone_name)) is not None:
            close = token.start + line.find(name) + len(name)
            after = at
            while view[after].kind != "end" and view[after].start < close:
                after += 1
            return known, after
    follows = _before_time(view, at + 1) or (city_at(view, at + 1) if token.text.endswith(")") else None)
    if view[at + 1].kind == "iana":
        named = zones.zone_named(view[at + 1].text, view.context.zone)
        follows = (named, at + 2) if named is not None else None
    if follows is not None:
        return follows
    fixed = zones.offset(token.text)
    return (fixed, at + 1) if fixed is not None else None


def _short(view: View, at: int) -> tuple[tzinfo, int] | None:
    """An abbreviation in capitals (a few also without), or 'Eastern' right after the hour."""
    token = view[at]
    named = token.low in words("zones", "capitalised") and token.text[0].isupper()
    capital = token.text.isupper() or token.low in words("zones", "lower_case") or named
    known = zones.abbreviation(token.low, view.context.zone) if capital else None
    if token.low in ("us", "uk") and (more := _short(view, at + 1)) is not None:
        return more
    return (known, view.skip(at + 1, "time")) if known is not None else None


def _before_time(view: View, at: int) -> tuple[tzinfo, int] | None:
    """A name of up to four words before 'time': 'Central European Summer Time', 'New York time', 'your local time'."""
    if view.low(at) in ("your", "local"):
        return _own_time(view, at)
    start = view.skip(at, "us", "u", "the")
    for count in range(1, _LONGEST_NAME + 1):
        if view.low(start + count) != "time":
            continue
        name = " ".join(view.low(start + step) for step in range(count))
        known = zones.with_time(name, view.context.zone) or zones.abbreviation(name, view.context.zone)
        return (known, start + count + 1) if known is not None else None
    return None


def _own_time(view: View, at: int) -> tuple[tzinfo, int] | None:
    place = view.skip(view.skip(at, "your"), "local")
    if view.low(place) == "time" and view.low(at) == "your":
        after = view.skip(place + 1, "zone")
        return zones.zone(view.context.zone), after
    return None


def city_at(view: View, at: int) -> tuple[tzinfo, int] | None:
    """A city by its name, in capitals."""
    if not view[at].text[:1].isupper():
        return None
    for count in (3, 2, 1):
        name = " ".join(view.low(at + step) for step in range(count))
        if (known := zones.city(name)) is not None:
            return known, at + count
    return None
