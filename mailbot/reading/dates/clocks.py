"""Clock times and stretches: '2pm ET', '2-2:45pm', 'between 10 and 4', 'at 9 in the morning', 'tomorrow afternoon'.

A bare hour is a working hour: 1 to 6 are the afternoon, 7 to 12 the morning and noon ('at 2' is 14:00, 'at 9' is
09:00); a part of the day beside it decides otherwise ('at 7 in the evening'). Two figures of the hour mean what they
say ('02:30').
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import time, tzinfo

from mailbot.reading.dates.hours import Hour, hour_at
from mailbot.reading.dates.places import zone_at
from mailbot.reading.dates.view import View, vocabulary, words

_FIGURES = ("clock", "dotted")  # kinds of tokens


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day or a stretch of it. `window`: a part of the day, or 'between': no fixed start."""

    start: time
    end: time | None = None
    zone: tzinfo | None = None
    window: bool = False
    bare: bool = False  # an hour without minutes, half of the day or zone: a number that may mean something else
    plain: bool = False  # no half of the day was stated

    def in_the(self, half: str) -> Clock:
        """The same hour in the half of the day that is named after it: 'at 9 on Friday evening'."""
        if not self.plain or self.end is not None or half not in ("am", "pm"):
            return self
        return replace(self, start=self.start.replace(hour=self.start.hour % 12 + (12 if half == "pm" else 0)))


def clock_at(view: View, at: int, *, cued: bool = False, half: str = "") -> tuple[Clock, int] | None:
    """The clock time that begins at a token, and the place after it. `cued`: a day or a word such as 'at' stands
    before it, so that a bare number is an hour; `half` is the part of the day named before."""
    part = _part(view, at)
    if part is not None:
        return _with_zone(view, *part)
    between = view.low(at - 1) == "between" or view.low(at) == "between"
    place = view.skip(at, "between", "from")
    first = hour_at(view, place, cued=cued or place > at)
    if first is None:
        return None
    raw, after = _for_start(view, *first)
    last, after = (None, after) if _moves(view, at) else _last(view, raw, after, between)
    named, after = _part_after(view, after)
    half = named or half
    zone, after = zone_at(view, after)
    if last is None and zone is not None and view.low(after) in words("beside", "up_to"):  # '2pm ET - 3pm ET'
        last, after = _last(view, raw, after, between=False)
        again, after = zone_at(view, after) if last is not None else (None, after)
        zone = zone or again
    if raw.bare and last is None and zone is None and not named and not cued:
        return None
    if raw.bare and last is None and between and zone is None and not named:
        return None
    if raw.bare and last is not None and last.bare and zone is None and not named and not _may_follow(view, after):
        return None  # 'between 3 and 5 candidates'
    start, end = _settled(raw, last, half)
    window = between and end is not None
    bare = raw.bare and zone is None and not named and last is None
    return Clock(start, end, zone, window, bare, plain=not raw.half and not half), after


def _for_start(view: View, come: Hour, at: int) -> tuple[Hour, int]:
    """'1pm for 1.15pm': one comes at the first, it starts at the second."""
    start = hour_at(view, at + 1, cued=True) if view.low(at) == "for" and view[at + 1].kind in _FIGURES else None
    return (come, at) if start is None or start[0].minute == come.minute else start


def _moves(view: View, at: int) -> bool:
    """Whether the hour is what a talk is moved from: 'brought forward from 2pm to 1.15pm'."""
    if view.low(at + 1) == "to" and any(view.low(at - step) in words("beside", "moving") for step in range(1, 5)):
        return True  # 'push tomorrow's 10am to 4pm'
    place = at - (view.low(at) != "from")
    return view.low(place) == "from" and (view.low(place - 1) in words("beside", "moved") or _is_left(view, place))


def _is_left(view: View, at: int) -> bool:
    """Whether 'from' tells what a talk leaves, with its name between: 'slide your video interview from 9 to 3'."""
    for place in range(at - 1, at - 9, -1):
        if view.low(place) in words("beside", "moved_to"):
            return False
        if view.low(place) in words("beside", "moving_days"):
            return True
    return False


def is_moved(view: View, at: int) -> bool:
    """Whether a word of moving stands not far before 'from'."""
    return view.low(at) == "from" and any(view.low(at - step) in words("beside", "moving_days") for step in range(1, 9))


def _may_follow(view: View, at: int) -> bool:
    """Whether what follows a stretch of bare numbers leaves them hours."""
    token = view[at]
    plain = token.low in words("beside", "after_bare_hours")
    return token.kind != "word" or plain or view.weekday(at) is not None


def _with_zone(view: View, clock: Clock, after: int) -> tuple[Clock, int]:
    zone, after = zone_at(view, after)
    return Clock(clock.start, clock.end, zone, clock.window), after


def _part(view: View, at: int) -> tuple[Clock, int] | None:
    """'morning', 'in the afternoon', 'early evening' as windows."""
    place = at
    if view.low(place) in ("in", "the", "during", "early", "late", "mid", "this"):
        for _ in range(4):
            place = view.skip(place, "in", "the", "during", "early", "late", "mid", "-", "this")
    hours = vocabulary("parts").get(view.low(place))
    late = view.low(place) in ("lunch", "night", "tonight") and view.low(at) not in ("in", "during", "this")
    if hours is None or (late and not (view.low(place) == "night" and view.weekday(at - 1) is not None)):
        return None
    return Clock(time.fromisoformat(hours[0]), time.fromisoformat(hours[1]), window=True), place + 1


def _part_after(view: View, at: int) -> tuple[str, int]:
    """The half of the day that 'in the morning' or 'tonight' names after an hour; and the place after it."""
    place = view.skip(at, ",")
    place = view.skip(place, "in", "at", "tomorrow", "this", "o'clock")
    place = view.skip(place, "the")
    hours = vocabulary("parts").get(view.low(place))
    if hours is None or (place == at and view.low(at) not in ("tonight",)):
        return "", at
    if view.low(at) == "tomorrow" or view.low(place) == "tonight":
        return str(hours[2]), at  # the day is still to be read
    return str(hours[2]), place + 1


def _last(view: View, first: Hour, at: int, between: bool) -> tuple[Hour | None, int]:
    """The end of a stretch, and the place after it."""
    place = view.skip(at, "(")
    joined = view.low(at) in words("beside", "up_to") or (between and view.low(at) in ("and", "&"))
    if not joined:
        return None, at
    place = view.skip(at + 1, "approximately", "about", "around", "approx", "ca", "circa")
    place = view.skip(place, ".") if place > at + 1 else place
    if view.low(place) == "-":
        place += 1
    last = hour_at(view, place, cued=True)
    if last is None or (first.bare and last[0].bare and view.low(last[1]) in vocabulary("units")):
        return None, at
    return last


def _settled(first: Hour, last: Hour | None, half: str) -> tuple[time, time | None]:
    """The times that are meant: a stretch shares its half of the day, and ends after it begins."""
    if last is None:
        return _time(first, half), None
    if not first.half and last.half in ("am", "pm") and first.hour <= 12:
        shared = _time(first, last.half)
        end = _time(last, "")
        if shared < end or last.half == "am":
            return shared, end
        return _time(first, "am"), end  # '11-1pm'
    start = _time(first, half)
    end = _time(last, half if not last.half else "")
    if not last.half and end <= start and last.hour < 12:
        end = time(last.hour % 12 + 12, last.minute)
    if not last.half and first.half == "am" and _as_said(last) > start:
        end = _as_said(last)
    return start, end


def _as_said(raw: Hour) -> time:
    return time(raw.hour, raw.minute)


def _time(raw: Hour, half: str) -> time:
    half = raw.half or half
    if half == "24":
        return time(raw.hour, raw.minute)
    hour = raw.hour % 12 if raw.hour == 12 else raw.hour
    if half == "am":
        return time(hour, raw.minute)
    if half == "pm":
        return time(hour + 12 if hour < 12 else hour, raw.minute)
    return time(hour + 12 if hour < 7 else hour, raw.minute)
