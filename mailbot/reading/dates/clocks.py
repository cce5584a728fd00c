"""Hours: '2pm', '14:00', '14h30', 'half past two', '2-2:45pm', 'between 10 and 4', 'noon', 'tomorrow afternoon'.

A bare hour is a working hour: 1 to 6 are the afternoon, 7 to 12 the morning and noon ('at 2' is 14:00, 'at 9' is
09:00); a part of the day beside it decides otherwise ('at 7 in the evening'). Two figures of the hour mean what they
say ('02:30').
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import time, tzinfo

from mailbot.patterns import compiled
from mailbot.reading.dates.lexer import Token
from mailbot.reading.dates.places import zone_at
from mailbot.reading.dates.view import View, vocabulary, words

_CLOCK = compiled(r"^(\d{1,2})(?:[:.h](\d{2}))?(?::\d{2})?\s?([ap])?")
_ROUND = {"quarter": 15, "half": 30}


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


@dataclass(frozen=True, slots=True)
class _Raw:
    hour: int
    minute: int = 0
    half: str = ""  # 'am', 'pm', or '24' where the figures mean what they say
    bare: bool = False


def clock_at(view: View, at: int, *, cued: bool = False, half: str = "") -> tuple[Clock, int] | None:
    """The clock time that begins at a token, and the place after it. `cued`: a day or a word such as 'at' stands
    before it, so that a bare number is an hour; `half` is the part of the day named before."""
    part = _part(view, at)
    if part is not None:
        return _with_zone(view, *part)
    between = view.low(at - 1) == "between" or view.low(at) == "between"
    place = view.skip(at, "between", "from")
    first = _raw(view, place, cued=cued or place > at)
    if first is None:
        return None
    raw, after = first
    last, after = _last(view, raw, after, between)
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
    late = view.low(place) in ("lunch", "night", "tonight") and place == at
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


def _raw(view: View, at: int, *, cued: bool) -> tuple[_Raw, int] | None:
    place = view.skip(at, "~", "circa", "approx")
    token = view[place]
    noon = vocabulary("named_times").get(token.low)
    if noon is not None:
        named = time.fromisoformat(noon)
        return _Raw(named.hour, named.minute, "24"), place + 1
    if token.kind == "number" and token.text == "12" and view.low(place + 1) in ("noon", "midday", "midnight"):
        return _Raw(0 if view.low(place + 1) == "midnight" else 12, 0, "24"), place + 2
    if token.kind == "clock":
        return _digits(view, place)
    if token.kind == "dotted" and (cued or _clock_follows(view, place + 1)):
        return _digits(view, place)
    return _spoken(view, place) or (_bare(view, place, cued=cued) if token.kind in ("number", "word") else None)


def _clock_follows(view: View, at: int) -> bool:
    """Whether what follows shows that '14.30' was a time."""
    return view.low(at) in ("hrs", "hours", "h", "o'clock", "uhr") or (
        view.low(at) in words("beside", "up_to") and view[at + 1].kind in ("dotted", "clock")
    )


def _digits(view: View, at: int) -> tuple[_Raw, int] | None:
    token = view[at]
    found = _CLOCK.search(token.low)
    if found is None:
        return None
    hour, minute = int(found.group(1) or 0), int(found.group(2) or 0)
    half = {"a": "am", "p": "pm"}.get(found.group(3) or "", "")
    if half and hour > 12:
        half = "24"  # '14:00 pm'
    if hour > 24 or minute > 59 or (half in ("am", "pm") and hour == 0 and minute == 0 and half == "pm"):
        return None
    if not half and (token.text[0] == "0" or hour > 12 or hour == 0):
        half = "24"
    after = view.skip(at + 1, "hrs", "hours", "h", "uhr", "o'clock")
    if after > at + 1 and not half and view.low(at + 1) in ("hrs", "hours", "h", "uhr"):
        half = "24"
    return _Raw(hour % 24, minute, half), after


def _spoken(view: View, at: int) -> tuple[_Raw, int] | None:
    """'half past two', 'quarter to ten', 'ten past 3', "nine o'clock", 'two thirty'."""
    return _past_or_to(view, at) or _half_hour(view, at) or _hour_in_words(view, at)


def _past_or_to(view: View, at: int) -> tuple[_Raw, int] | None:
    """Minutes past or to an hour: 'half past two', 'a quarter to ten', '10 past 3'."""
    place = view.skip(at, "a")
    token = view[place]
    minutes = _ROUND.get(token.low)
    after = place + 1
    if minutes is None and token.kind in ("number", "word") and (number := view.number(place)) is not None:
        minutes, after = number[0], view.skip(number[1], "minutes", "mins", "min")
    joint = view.low(after)
    if minutes is None or minutes >= 60 or not _may_join(token, minutes, joint):
        return None
    hour = _hour(view, after + 1)
    if hour is None:
        return None
    raw, end = hour
    total = raw.hour * 60 + raw.minute + (minutes if joint in ("past", "after") else -minutes)
    return _Raw(total // 60 % 24, total % 60, raw.half or "", False), end


def _may_join(token: Token, minutes: int, joint: str) -> bool:
    """Whether minutes and the word after them can name an hour: '10 to 2' is a stretch, 'half after' nothing."""
    if joint in ("after", "before", "of"):
        return token.low == "quarter"
    if joint == "to":
        spoken = token.kind != "number" or minutes > 12
        return token.low == "quarter" or (minutes in (5, 10, 20, 25) and spoken)
    return joint in ("past", "til")


def _half_hour(view: View, at: int) -> tuple[_Raw, int] | None:
    """British 'half two': half past two."""
    place = view.skip(at, "a")
    number = view.number(place + 1) if view.low(place) == "half" and view.low(place + 1) not in ("a", "an") else None
    if number is None or number[0] > 12 or view.low(number[1]) in vocabulary("units"):
        return None
    return _Raw(number[0], 30), number[1]


def _hour_in_words(view: View, at: int) -> tuple[_Raw, int] | None:
    """"nine o'clock", 'two thirty', 'two p.m.'."""
    hour = view.number(at) if view.low(at) not in ("a", "an") else None
    if hour is None or not 1 <= hour[0] <= 12:
        return None
    number, after = hour
    if view.low(after) in ("o'clock", "oclock"):
        return _Raw(number), after + 1
    if view.sees(after, "o", "'", "clock"):
        return _Raw(number), after + 3
    if view[at].kind != "word":
        return None
    minutes = view.number(after) if view[after].kind == "word" else None
    if minutes is not None and minutes[0] in (15, 20, 30, 40, 45, 50):
        return _Raw(number, minutes[0]), minutes[1]
    if view.low(after) in ("am", "pm"):
        return _Raw(number, 0, view.low(after)), after + 1
    if view.low(after) in ("a", "p") and view.sees(after + 1, ".", "m"):
        return _Raw(number, 0, f"{view.low(after)}m"), view.skip(after + 3, ".")
    return None


def _hour(view: View, at: int) -> tuple[_Raw, int] | None:
    token = view[at]
    noon = vocabulary("named_times").get(token.low)
    if noon is not None:
        return _Raw(time.fromisoformat(noon).hour or 24, 0, "24"), at + 1
    if token.kind == "clock":
        return _digits(view, at)
    number = view.number(at)
    if number is None or not 1 <= number[0] <= 24 or token.low in ("a", "an"):
        return None
    return _Raw(number[0]), number[1]


def _bare(view: View, at: int, *, cued: bool) -> tuple[_Raw, int] | None:
    """A number alone: '1430 hrs', '14 h', 'at 2'; an hour only where a word before it makes it one, or a stretch,
    a zone or a part of the day follows."""
    token = view[at]
    if token.kind == "word" and (token.low in ("a", "an", "couple") or not cued):
        return None
    if token.kind == "number" and len(token.text) in (3, 4):
        hour, minute = divmod(int(token.text), 100)
        marked = _military(view, at) or (cued and len(token.text) == 4 and token.text[:2] != "20")
        stretch = view.low(at + 1) in words("beside", "up_to") and len(view[at + 2].text) == 4
        if hour > 23 or minute > 59 or not (marked or (stretch and _military(view, at + 2))):
            return None
        return _Raw(hour, minute, "24"), view.skip(at + 1, "hrs", "hours", "h", "hr")
    number = view.number(at)
    if number is None or not 0 <= number[0] <= 23:
        return None
    if view.low(number[1]) in vocabulary("units") and view.low(number[1]) != "h":
        return None
    after = number[1]
    if view.low(after) == "h":
        if not cued and number[0] < 7:
            return None  # '2h' is a length
        return _Raw(number[0], 0, "24"), after + 1
    if view.low(after) in ("%", "+", "/", "&") or (view.low(after) == "-" and view[after + 1].kind == "word"):
        return None
    if _named_after(view, after) or view.low(after) in words("beside", "counted_things"):
        return None  # 'at 5 Madison Avenue', '3 rounds'
    if view.low(after) == "or" and not cued and view.number(after + 1) is None:
        return None
    return _Raw(number[0], 0, "24" if number[0] > 12 else "", True), after


def _named_after(view: View, at: int) -> bool:
    """Whether a name or a month follows a bare number, no weekday and no zone."""
    token = view[at]
    if token.kind != "word" or not token.text[0].isupper() or view.weekday(at) is not None:
        return False
    return view.month(at) is not None or zone_at(view, at)[0] is None


def _military(view: View, at: int) -> bool:
    return view[at].kind == "number" and view.low(at + 1) in ("hrs", "hours", "h", "hr")


def _last(view: View, first: _Raw, at: int, between: bool) -> tuple[_Raw | None, int]:
    """The end of a stretch, and the place after it."""
    place = view.skip(at, "(")
    joined = view.low(at) in words("beside", "up_to") or (between and view.low(at) in ("and", "&"))
    if not joined:
        return None, at
    place = view.skip(at + 1, "approximately", "about", "around")
    if view.low(place) == "-":
        place += 1
    last = _raw(view, place, cued=True)
    if last is None or (first.bare and last[0].bare and view.low(last[1]) in vocabulary("units")):
        return None, at
    return last


def _settled(first: _Raw, last: _Raw | None, half: str) -> tuple[time, time | None]:
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


def _as_said(raw: _Raw) -> time:
    return time(raw.hour, raw.minute)


def _time(raw: _Raw, half: str) -> time:
    half = raw.half or half
    if half == "24":
        return time(raw.hour, raw.minute)
    hour = raw.hour % 12 if raw.hour == 12 else raw.hour
    if half == "am":
        return time(hour, raw.minute)
    if half == "pm":
        return time(hour + 12 if hour < 12 else hour, raw.minute)
    return time(hour + 12 if hour < 7 else hour, raw.minute)
