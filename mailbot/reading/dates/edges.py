"""Edges of weeks, months, quarters and years: 'early next week', 'end of Q1', 'mid-March', 'EOD Friday'.

'Early' in a week is Monday and Tuesday, 'late' Thursday and Friday; in a month the first and last ten days; 'the end'
is the last day.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from mailbot.reading.dates.absolute import absolute, bare_day, weekday_and_date
from mailbot.reading.dates.periods import bare_unit, near_weekday, period, shifted
from mailbot.reading.dates.values import Unit
from mailbot.reading.dates.view import Days, View, vocabulary, words


@cache
def _openers() -> frozenset[str]:
    """The words with which an edge can begin."""
    tables = (vocabulary(name) for name in ("abbreviated_edges", "units", "edges"))
    return frozenset(("the", "very", "first", "second", "latter", "last", "early")).union(*tables)


def edge(view: View, at: int) -> tuple[Days, int] | None:
    """A part of a period: 'early next week', 'mid-March', 'by the end of the month', 'EOW'."""
    token = view[at]
    if token.low not in _openers():
        return None
    whole = vocabulary("abbreviated_edges").get(token.low)
    if whole == "day":
        return _end_of_day(view, at + 1)
    if whole is not None:
        return trimmed(shifted(view, Unit(whole), 0), "end", view.today), at + 1
    unit = vocabulary("units").get(token.low)
    ending = view.skip(view.skip(at + 1, "'s"), "-")
    told = view.low(at - 1) in ("by", "before", "until", "at", "the", "till", "around")
    if told and unit in ("month", "quarter", "year") and view.low(ending) == "end" and len(token.low) > 1:
        return trimmed(shifted(view, Unit(unit), 0), "end", view.today), ending + 1
    if (closed := _the_unit_over(view, view.skip(at, "the"))) is not None:
        return closed
    place, part = _edge_words(view, at)
    if not part:
        return None
    if part == "end" and (closing := _closing(view, place)) is not None:
        return closing
    place = view.skip(view.skip(view.skip(place, "of", "in", "-", "during"), "the"), "working", "business", "calendar")
    found = period(view, place) or bare_unit(view, place)
    if found is None:
        return None
    return trimmed(found[0], part, view.today), found[1]


def _the_unit_over(view: View, at: int) -> tuple[Days, int] | None:
    """'The month is out', 'the week ends'."""
    unit = vocabulary("units").get(view.low(at))
    end = over_after(view, at + 1)
    if view.low(at - 1) != "the" or unit not in ("week", "month", "quarter", "year") or end == at + 1:
        return None
    return trimmed(shifted(view, Unit(unit), 0), "end", view.today), end


def over_after(view: View, at: int) -> int:
    """After words that let a stretch of days end: 'this week is over', 'March has run out'; else `at`."""
    place = view.skip(at, "is", "'s", "has", "comes")
    place = view.skip(place, "all", "quite", "run", "gone", "come", "to") if place > at else place
    ends = words("beside", "is_over" if place > at else "ends")
    return place + 1 if view.low(place) in ends else at


def trimmed(days: Days, part: str, today: date) -> Days:
    """The edge of a period."""
    first, last = days.first, days.last
    length = (last - first).days + 1
    if days.unit is Unit.DAY:
        return replace(days, first=last) if part == "end" else days
    if days.unit is Unit.WEEK:
        cuts = {"early": (0, 1), "mid": (2, 2), "late": (3, 4), "end": (4, 4), "first": (0, 2), "second": (2, 4)}
    else:
        early, late = (9, 20) if days.unit is Unit.MONTH else (length // 4 - 2, length - length // 4 - 1)
        early, late = (length // 3 - 1, 2 * length // 3) if days.unit is Unit.QUARTER else (early, late)
        cuts = {
            "early": (0, early),
            "mid": (early + 1, late - 1),
            "late": (late, length - 1),
            "end": (length - 1, length - 1),
            "first": (0, length // 2 - 1),
            "second": (length // 2, length - 1),
        }
    low, high = cuts[part]
    if days.unit is Unit.WEEK:
        first -= timedelta(days=first.weekday())  # the first week of a month may begin on its Wednesday
    begin, ended = first + timedelta(days=low), first + timedelta(days=high)
    if part == "late" and days.unit is Unit.WEEK and first <= today <= last:
        begin = min(today + timedelta(days=1), ended)  # 'later this week'
    return replace(days, first=begin, last=ended, part=part)


def _edge_words(view: View, at: int) -> tuple[int, str]:
    """The place after the edge's words, and which edge it is (empty where there is none)."""
    place = view.skip(at, "the", "very")
    place = view.skip(place, "very")
    part = vocabulary("edges").get(view.low(place), "")
    ordinal = view.low(place) if view.low(place + 1) == "half" else ""
    if ordinal in ("first", "second", "latter", "last", "early"):
        part, place = ("first" if ordinal in ("first", "early") else "second"), place + 1
    after = view.skip(place + 1, "part", "portion") if part else place + 1
    if view.low(place) in words("beside", "edges_of") and view.low(after) not in ("of", "-"):
        return at, ""
    if view.sees(after, "to", "mid") or view.sees(after, "-", "to", "-", "mid"):
        after += 2 if view.low(after) == "to" else 4
    return after, str(part)


def _closing(view: View, at: int) -> tuple[Days, int] | None:
    """What follows 'end' or 'close' in 'end of day Friday', 'close of business on the 3rd'."""
    place = view.skip(at, "of")
    place = view.skip(place, "the", "their", "your", "our")
    if view.low(place) in ("business", "play", "work") or view.low(place) in ("day", "today", "tomorrow"):
        whole = view.low(place)
        if whole in ("today", "tomorrow"):
            return _end_of_day(view, place)
        after = place + 1
        if view.low(after) in ("day", "hours"):
            after += 1
        if whole == "business" and view.low(place + 1) in ("week", "month", "year"):
            return None
        return _end_of_day(view, after)
    return None


def _end_of_day(view: View, at: int) -> tuple[Days, int]:
    """The day that follows 'EOD' or 'COB', else today."""
    place = at
    for _ in range(3):
        place = view.skip(place, "on", ",", "of", "the", "this", "(", "by", "for")
    step = vocabulary("days").get(view.low(place))
    if step is not None:
        day = view.today + timedelta(days=int(step))
        return Days(day, day), place + 1
    found = weekday_and_date(view, place) or absolute(view, place) or bare_day(view, place) or near_weekday(view, place)
    if found is not None and found[0].first == found[0].last:
        return found
    return Days(view.today, view.today), at
