"""One hour as it is written: '2pm', '14:00', '14h30', '1430 hrs', 'half past two', "nine o'clock", 'at 2'."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from mailbot.patterns import compiled
from mailbot.reading.dates.lexer import Token
from mailbot.reading.dates.places import zone_at
from mailbot.reading.dates.view import View, vocabulary, words

_CLOCK = compiled(r"^(\d{1,2}?)(?:\s?[:.h]?\s?(\d{2}))?(?::\d{2})?\s?(?:([ap])|\D|$)")
_ROW = 24  # tokens of a programme's row
_ROUND = {"quarter": 15, "half": 30}


@dataclass(frozen=True, slots=True)
class Hour:
    """An hour as it stands, before a part of the day or the end of its stretch has settled its half."""

    hour: int
    minute: int = 0
    half: str = ""  # 'am', 'pm', or '24' where the figures mean what they say
    bare: bool = False


def hour_at(view: View, at: int, *, cued: bool) -> tuple[Hour, int] | None:
    place = view.skip(at, "~", "circa", "approx")
    token = view[place]
    noon = vocabulary("named_times").get(token.low)
    if noon is not None:
        named = time.fromisoformat(noon)
        return Hour(named.hour, named.minute, "24"), place + 1
    if token.kind == "number" and token.text == "12" and view.low(place + 1) in ("noon", "midday", "midnight"):
        return Hour(0 if view.low(place + 1) == "midnight" else 12, 0, "24"), place + 2
    if token.kind == "clock":
        return _digits(view, place)
    labelled = view.low(place - 1) == ":" and view.low(place - 2) in words("beside", "hour_labels")
    if token.kind == "dotted" and (cued or labelled or _clock_follows(view, place + 1) or _opens_row(view, place)):
        return _digits(view, place)
    return _spoken(view, place) or (_bare(view, place, cued=cued) if token.kind in ("number", "word") else None)


def _opens_row(view: View, at: int) -> bool:
    """Whether '09.00' stands in the first cell of a table's row, or of lines set as one, or the line above begins with
    an hour, too."""
    if view.low(at - 1) not in ("\n", ""):
        return False
    end = view[at].end
    above = next((place for place in range(at - 2, at - 2 - _ROW, -1) if view.low(place) in ("\n", "")), at)
    return view.text[end : end + 2].startswith(("\t", "  ")) or view[above + 1].kind in ("dotted", "clock")


def _clock_follows(view: View, at: int) -> bool:
    """Whether what follows shows that '14.30' was a time."""
    return view.low(at) in ("hrs", "hours", "h", "o'clock", "uhr") or (
        view.low(at) in words("beside", "up_to") and view[at + 1].kind in ("dotted", "clock")
    )


def _digits(view: View, at: int) -> tuple[Hour, int] | None:
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
    return Hour(hour % 24, minute, half), after


def _spoken(view: View, at: int) -> tuple[Hour, int] | None:
    """'half past two', 'quarter to ten', 'ten past 3', "nine o'clock", 'two thirty'."""
    return _past_or_to(view, at) or _half_hour(view, at) or _hour_in_words(view, at)


def _past_or_to(view: View, at: int) -> tuple[Hour, int] | None:
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
    return Hour(total // 60 % 24, total % 60, raw.half or "", False), end


def _may_join(token: Token, minutes: int, joint: str) -> bool:
    """Whether minutes and the word after them can name an hour: '10 to 2' is a stretch, 'half after' nothing."""
    if joint in ("after", "before", "of"):
        return token.low == "quarter"
    if joint == "to":
        spoken = token.kind != "number" or minutes > 12
        return token.low == "quarter" or (minutes in (5, 10, 20, 25) and spoken)
    return joint in ("past", "til")


def _half_hour(view: View, at: int) -> tuple[Hour, int] | None:
    """British 'half two': half past two."""
    place = view.skip(at, "a")
    number = view.number(place + 1) if view.low(place) == "half" and view.low(place + 1) not in ("a", "an") else None
    if number is None or number[0] > 12 or view.low(number[1]) in vocabulary("units"):
        return None
    return Hour(number[0], 30), number[1]


def _hour_in_words(view: View, at: int) -> tuple[Hour, int] | None:
    """"nine o'clock", 'two thirty', 'two p.m.'."""
    hour = view.number(at) if view.low(at) not in ("a", "an") else None
    about = vocabulary("numbers").get(view.low(at).removesuffix("ish")) if view.low(at).endswith("ish") else None
    if about is not None and 1 <= about <= 12:
        return Hour(about), at + 1  # 'sixish'
    if hour is None or not 1 <= hour[0] <= 12:
        return None
    number, after = hour
    if view.low(after) in ("o'clock", "oclock"):
        return Hour(number), after + 1
    if view.sees(after, "o", "'", "clock"):
        return Hour(number), after + 3
    if view[at].kind != "word":
        return None
    minutes = view.number(after) if view[after].kind == "word" else None
    if minutes is not None and minutes[0] in (15, 20, 30, 40, 45, 50):
        return Hour(number, minutes[0]), minutes[1]
    if view.low(after) in ("am", "pm"):
        return Hour(number, 0, view.low(after)), after + 1
    if view.sees(after, "in", "the") and view.low(after + 2) in vocabulary("parts"):
        return Hour(number, 0, vocabulary("parts")[view.low(after + 2)][2]), after + 3
    if view.sees(after, "on", "the") and view.low(after + 2) in ("dot", "nose", "button"):
        return Hour(number), after + 3
    if view.low(after) in ("a", "p") and view.sees(after + 1, ".", "m"):
        return Hour(number, 0, f"{view.low(after)}m"), view.skip(after + 3, ".")
    return None


def _hour(view: View, at: int) -> tuple[Hour, int] | None:
    token = view[at]
    noon = vocabulary("named_times").get(token.low)
    if noon is not None:
        return Hour(time.fromisoformat(noon).hour or 24, 0, "24"), at + 1
    if token.kind == "clock":
        return _digits(view, at)
    number = view.number(at)
    if number is None or not 1 <= number[0] <= 24 or token.low in ("a", "an"):
        return None
    return Hour(number[0]), number[1]


def _bare(view: View, at: int, *, cued: bool) -> tuple[Hour, int] | None:
    """A number alone: '1430 hrs', '14 h', 'at 2'; an hour only where a word before it makes it one, or a stretch,
    a zone or a part of the day follows."""
    token = view[at]
    if (token.kind == "word" and (token.low in ("a", "an", "couple") or not cued)) or view.low(at - 1) == "#":
        return None
    if token.kind == "number" and len(token.text) in (3, 4):
        hour, minute = divmod(int(token.text), 100)
        marked = _military(view, at) or (cued and len(token.text) == 4 and token.text[:2] != "20")
        stretch = view.low(at + 1) in words("beside", "up_to") and len(view[at + 2].text) == 4
        stretch = stretch and (_military(view, at + 2) or token.text[0] == "0" or _are_hours(token, view[at + 2]))
        stretch = stretch and view.low(at - 1).removesuffix("s") not in words("beside", "numbered")
        if hour > 23 or minute > 59 or not (marked or stretch) or _is_house(view, at + 1):
            return None
        return Hour(hour, minute, "24"), view.skip(at + 1, "hrs", "hours", "h", "hr")
    number = view.number(at)
    if number is None or not 0 <= number[0] <= 23:
        return None
    if view.low(number[1]) in vocabulary("units") and view.low(number[1]) != "h":
        return None
    after = number[1]
    if view.low(after) == "h":
        if not cued and number[0] < 7:
            return None  # '2h' is a length
        return Hour(number[0], 0, "24"), after + 1
    glued = view.low(after) == "-" and view[after + 1].kind == "word" and view[after].end == view[after + 1].start
    if view.low(after) in ("%", "+", "/", "&") or glued:
        return None  # 'at 3-bedroom'; 'at 3 - all right?' is an hour
    if _named_after(view, after) or view.low(after) in words("beside", "counted_things"):
        return None  # 'at 5 Madison Avenue', '3 rounds'
    if view.low(at - 1) == "from" and _counts(view, after):
        return None  # 'debarred from 3 subsequent drives'
    if view.low(after) == "or" and not cued and view.number(after + 1) is None:
        return None
    return Hour(number[0], 0, "24" if number[0] > 12 else "", True), after


def _counts(view: View, at: int) -> bool:
    """Whether the word behind a number is what it counts: nothing that follows an hour."""
    hour = words("beside", "after_bare_day") | words("beside", "up_to") | words("beside", "after_bare_hours")
    low = view.low(at)
    named = view.weekday(at) is not None or low in vocabulary("days") or low in vocabulary("parts")
    hour_after = named or low in ("am", "pm", "a", "p", "o'clock", "sharp", "onwards", "onward", "hrs", "hours", "h")
    return view[at].kind == "word" and low not in hour and not hour_after and zone_at(view, at)[0] is None


def _is_house(view: View, at: int) -> bool:
    """Whether a street's name follows a number: 'at 2210 Meridian Avenue'."""
    return view[at].kind == "word" and view[at].text[0].isupper() and view[at + 1].text[:1].isupper() and (
        _named_after(view, at)
    )


def _named_after(view: View, at: int) -> bool:
    """Whether a name or a month follows a bare number, no weekday and no zone."""
    token = view[at]
    if token.kind != "word" or not token.text[0].isupper() or view.weekday(at) is not None:
        return False
    if token.low in words("beside", "after_bare_day"):
        return False  # 'at 10 OK?'
    return view.month(at) is not None or zone_at(view, at)[0] is None


def _are_hours(first: Token, last: Token) -> bool:
    """Whether '1430 to 1515' are hours, no years."""
    figures = (first.text, last.text)
    years = any(text[:2] in ("19", "20") for text in figures)
    rounded = all(len(text) == 4 and text.isdigit() and text[3] in "05" and text[2] < "6" for text in figures)
    return rounded and not years and first.text < last.text


def _military(view: View, at: int) -> bool:
    return view[at].kind == "number" and view.low(at + 1) in ("hrs", "hours", "h", "hr")


def dotted_hour(view: View, at: int) -> bool:
    """Whether what is beside '9.15' makes it an hour: a day, or the words with which an hour of the day told of before
    is named: 'Thursday, your slot being the second one, 10.40'."""
    if view.low(at - 1) == "to" and view[at - 2].kind in ("clock", "dotted"):
        return True
    told = view.told_of(at) is not None
    if told and (view.low(at - 1) in ("say", "now") or view.low(at + 1) in words("beside", "after_dotted_hour")):
        return True
    hour, minute = map(int, view[at].text.split(".")[:2])
    likely = 7 <= hour <= 20 or hour < 6
    likely = likely and len(view[at].text.split(".")[1]) == 2 and minute < 60 and minute % 5 == 0
    day = view.skip(view.skip(at + 1, "on"), "the", "that", "this")
    named = view.weekday(day) is not None or view.low(day) in vocabulary("days") or view.sees(day, "same", "day")
    alone = told and view.low(at - 1) in words("beside", "before_told_hour")
    return likely and (named or (alone and view.low(at + 1) in words("beside", "after_told_hour")))


def beside_weekday(view: View, at: int) -> bool:
    """Whether a number right beside a weekday, which is no day of the month, is an hour: 'Thursday 1500', '1700
    Wednesday', 'Tuesday 11 it is'."""
    text = view[at].text
    before, behind = (view.weekday(place) is not None for place in (at + 1, at - 1))
    if view[at].kind != "number" or not (before or behind):
        return False
    military = len(text) == 4 and text[:2] not in ("19", "20") and text[3] in "05"
    return military or (behind and 1 <= int(text) <= 12 and view.low(at + 1) in words("beside", "after_bare_day"))
