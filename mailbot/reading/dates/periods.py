"""Weeks, months, quarters and years as ranges of days: 'next week', 'the week of the 9th', 'March', 'Q1 2027'.

A week runs Monday to Friday: this is hiring.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

from mailbot.reading.dates.absolute import absolute, bare_day, weekday_and_date
from mailbot.reading.dates.numbered import numbered_week
from mailbot.reading.dates.values import Unit
from mailbot.reading.dates.view import Days, View, vocabulary, words
from mailbot.reading.dates.years import year_at

_QUARTERS = {"q1": 1, "q2": 2, "q3": 3, "q4": 4}
_WEDNESDAY = 2
_SHIFTED_UNITS = (Unit.WEEK, Unit.MONTH, Unit.QUARTER, Unit.YEAR)


def week_of(day: date) -> Days:
    """Monday to Friday of the day's week; a Saturday or Sunday counts to its own week."""
    monday = day - timedelta(days=day.weekday())
    return Days(monday, monday + timedelta(days=4), Unit.WEEK)


def month_of(year: int, month: int) -> Days:
    """The month; `month` may run beyond 12 or below 1."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return Days(date(year, month, 1), date(year, month, monthrange(year, month)[1]), Unit.MONTH)


def quarter_of(year: int, quarter: int) -> Days:
    first = month_of(year, quarter * 3 - 2)
    return Days(first.first, month_of(year, quarter * 3).last, Unit.QUARTER)


def shifted(view: View, unit: Unit, step: int, day: date | None = None) -> Days:
    """This, the next or the last week, month, quarter or year, seen from a day, else from the moment of writing."""
    today = day or view.today
    if unit is Unit.WEEK:
        ahead = today.weekday() > 4 and step == 0  # 'this week', written at the weekend, is the one that begins
        return week_of(today + timedelta(days=7 * step + (2 if ahead else 0)))
    if unit is Unit.MONTH:
        return month_of(today.year, today.month + step)
    if unit is Unit.QUARTER:
        return quarter_of(today.year, (today.month - 1) // 3 + 1 + step)
    return Days(date(today.year + step, 1, 1), date(today.year + step, 12, 31), Unit.YEAR)


def period(view: View, at: int) -> tuple[Days, int] | None:
    """A week, month, quarter or year: 'next week', 'the week of the 9th', 'March', 'Q1 2027', 'first week of June'."""
    place = view.skip(at, "the")
    return (
        _ordinal_week(view, place)
        or numbered_week(view, place)
        or _week_with(view, place)
        or _quarter(view, place)
        or _told_before(view, place)
        or _shifted(view, place)
        or month_at(view, place, beside_day=False)
        or _named_year(view, at)
        or _plain(view, at)
    )


def near_weekday(view: View, at: int) -> tuple[Days, int] | None:
    """A weekday alone, with 'this', 'next' or 'last' before it, or a week after it ('Tuesday next week')."""
    step, place = _shift(view, view.skip(at, "the") if view.low(at + 1) in vocabulary("shifts") else at)
    weekday = view.weekday(place)
    if weekday is None or view.low(at - 1) in words("beside", "recurring"):
        return None
    if step is not None and (dated := weekday_and_date(view, place)) is not None:
        return dated
    short = len(view[place].text) <= 5 and view.low(place + 2) not in ("", "\n")
    after = view.skip(place + 1, ".") if short else place + 1
    of_that = view.skip(view.skip(view.skip(after, ","), "of", "in"), "the")
    named = _following_week(view, after) or _told_before(view, of_that)
    if named is not None and named[0].unit is Unit.WEEK:
        return _on(named[0].first + timedelta(days=weekday)), named[1]
    if (later := _weeks_on(view, weekday, after)) is not None:
        return later
    told = view.told_of(at, weekday)
    if told is not None and step is None and told > view.today:
        return _on(told), after
    told = view.told_of(at)
    then = told + timedelta(days=(weekday - told.weekday()) % 7 or 7) if told is not None else None
    if then is not None and view.low(place - 1) == "following":
        return _on(then), place + 1
    if then is not None and view.low(after) in ("after", "following"):  # 'the Tuesday after, the 16th'
        end = over_what_was_told(view, after + 1)
        if end:
            return _dated_too(view, weekday, end) or (_on(then), end)
    day = on_weekday(view, weekday, step, coming=view.low(place - 1) in ("coming", "upcoming"), past=view.past(at))
    if view.sees(after, "after", "next"):
        return _on(on_weekday(view, weekday, None) + timedelta(days=7)), after + 2
    if view.low(after) == "next" and view.low(after + 1) not in ("week", "month"):
        return _dated_too(view, weekday, after + 1) or (_on(on_weekday(view, weekday, 1)), after + 1)
    return _on(day), after


def _weeks_on(view: View, weekday: int, at: int) -> tuple[Days, int] | None:
    """'Tuesday week', 'Tuesday fortnight', 'Tuesday a week', "Tuesday in a week's time", 'Tuesday in two weeks'."""
    if view.low(at) in ("week", "fortnight"):
        weeks = 1 if view.low(at) == "week" else 2
        return _on(on_weekday(view, weekday, None) + timedelta(days=7 * weeks)), at + 1
    counted = view.number(view.skip(at, "in"))
    if counted is None or view.low(counted[1]) not in ("week", "weeks", "weeks'"):
        return None
    end = view.skip(view.skip(counted[1] + 1, "'s", "'", "’"), "time")
    if counted[0] > 8 or not (view.low(at) == "in" or view.low(end) in words("beside", "after_day_after")):
        return None
    return _on(on_weekday(view, weekday, 0) + timedelta(days=7 * counted[0])), end


def day_of_week(view: View, at: int) -> tuple[Days, int] | None:
    """'next week Wednesday', 'this week on Thursday'."""
    named = _shifted(view, at)
    if named is None or named[0].unit is not Unit.WEEK:
        return None
    place = view.skip(named[1], "on", ",")
    weekday = view.weekday(place)
    if weekday is None or weekday_and_date(view, place) is not None:
        return None
    return _on(named[0].first + timedelta(days=weekday)), place + 1


def _dated_too(view: View, weekday: int, at: int) -> tuple[Days, int] | None:
    """The date behind 'Friday next,' which says which Friday is meant."""
    place = view.skip(at, ",", "(")
    found = absolute(view, view.skip(place, "the")) if place > at else None
    return found if found is not None and found[0].first.weekday() == weekday else None


def on_weekday(view: View, weekday: int, step: int | None, *, coming: bool = False, past: bool = False) -> date:
    """The weekday of this (0), the next (1) or the last (-1) week; with None the one that comes next, or came last
    where the past is told. 'This Monday' of a day gone by is the next one."""
    today = view.today
    ahead = (weekday - today.weekday()) % 7
    if step is None or coming:
        if past and not coming:
            return today - timedelta(days=(today.weekday() - weekday) % 7 or 7)
        return today + timedelta(days=ahead or 7)
    if step == 0:
        return today + timedelta(days=ahead)
    if step == -1:
        return today - timedelta(days=(today.weekday() - weekday) % 7 or 7)
    return week_of(today).first + timedelta(days=7 * step + weekday)


def _on(day: date) -> Days:
    return Days(day, day)


def _shift(view: View, at: int) -> tuple[int | None, int]:
    """'this' 0, 'next' 1, 'last' -1, None without such a word; and the place after it."""
    step = vocabulary("shifts").get(view.low(at))
    if step is None:
        return None, view.skip(at, "the") if view.weekday(at + 1) is not None else at
    place = at + 1
    if view.low(place) in ("coming", "upcoming", "past"):
        place += 1
    return int(step), place


def _following_week(view: View, at: int) -> tuple[Days, int] | None:
    """The week named after a weekday: 'next week', 'of this week', 'the week after next', 'w/c 9 March'."""
    place = view.skip(view.skip(at, ",", "(", "in", "of"), "of", "the", "in")
    place = view.skip(place, "the")
    found = _shifted(view, place) if view.low(place + 1) in ("week", "coming", "calendar") else None
    found = found or _week_with(view, place)
    return found if found is not None and found[0].unit is Unit.WEEK else None


def _told_before(view: View, at: int) -> tuple[Days, int] | None:
    """'that week', 'the same month', 'the week after', 'the week following the talk': of the day that the text told of
    before."""
    base = view.told_of(at)
    pointing = view.low(at) in ("that", "same")
    place = view.skip(at + 1, "same") if pointing else at
    unit = vocabulary("units").get(view.low(place))
    if base is None or unit not in _SHIFTED_UNITS:
        return None
    if pointing:
        return shifted(view, Unit(unit), 0, base), place + 1
    if view.low(place + 1) not in ("after", "following"):
        return None
    end = over_what_was_told(view, place + 2)
    return (shifted(view, Unit(unit), 1, base), end) if end else None


def over_what_was_told(view: View, at: int) -> int:
    """After words that only point back, 'that' or 'your interview', or nothing at all; 0 where something else stands
    there."""
    if view.low(at) in words("beside", "after_day_after"):
        return at
    place = view.skip(at, "that", "your", "the", "our", "these", "those")
    noun = view.low(place).removesuffix("s") in words("fillers", "talks")
    return place + noun if place > at and (noun or view.low(place) in words("beside", "after_day_after")) else 0


def _shifted(view: View, at: int) -> tuple[Days, int] | None:
    """'next week', 'this coming month', 'last year', 'next March', 'this weekend'."""
    step, place = _shift(view, at)
    if step is None:
        return None
    for _ in range(2):
        place = view.skip(place, "business", "working", "work", "calendar", "full", "whole", "-")
    low = view.low(place)
    if low == "weekend":
        return _weekend(view, step), place + 1
    unit = vocabulary("units").get(low)
    if unit in _SHIFTED_UNITS and len(low) > 1 and not low.endswith("s"):
        base = view.told_of(at) if view.low(at) == "following" else None
        return shifted(view, Unit(unit), step, base), place + 1
    month = view.month(place)
    if month is not None and view[place + 1].kind not in ("number", "ordinal"):
        return _coming_month(view, month, step), place + 1
    return None


def _coming_month(view: View, month: int, step: int) -> Days:
    today = view.today
    if step < 0:
        return month_of(today.year - (month >= today.month), month)
    return month_of(today.year + (month < today.month or (step > 0 and month == today.month)), month)


def _weekend(view: View, step: int) -> Days:
    saturday = view.today - timedelta(days=view.today.weekday()) + timedelta(days=5 + 7 * step)
    return Days(saturday, saturday + timedelta(days=1), Unit.DAY)


def _week_with(view: View, at: int) -> tuple[Days, int] | None:
    """'week of the 9th', 'week commencing 9 March', 'w/c 9th', 'week after next', 'week beginning Monday'."""
    low = view.low(at)
    if low in ("w/c", "w/b", "w/e"):
        place = view.skip(at + 1, "the", ":", ".")
    elif low == "week" and view.low(at + 1) in ("of", "commencing", "beginning", "starting", "ending", "from"):
        place = view.skip(at + 2, "the", "on")
    elif low == "week" and view.sees(at + 1, "after", "next"):
        return shifted(view, Unit.WEEK, 2), at + 3
    else:
        return None
    found = weekday_and_date(view, place) or absolute(view, place) or bare_day(view, place) or near_weekday(view, place)
    if found is None:
        return None
    return week_of(found[0].first), found[1]


def _ordinal_week(view: View, at: int) -> tuple[Days, int] | None:
    """'first week of June', 'the last week in October': a week belongs to the month of its Wednesday."""
    ordinal = view.ordinal(at)
    if ordinal is None:
        return None
    place = view.skip(ordinal[1], "full", "working")
    if view.low(place) not in ("week", "weeks") or view.low(place + 1) not in ("of", "in"):
        return None
    within = view.skip(place + 2, "the")
    month = _shifted(view, within) or month_at(view, within) or _named_year(view, within) or bare_unit(view, within)
    if month is None or month[0].unit is not Unit.MONTH or not -1 <= ordinal[0] <= 5:
        return None
    whole = month[0]
    if ordinal[0] == -1:
        return week_of(whole.last - timedelta(days=(whole.last.weekday() - _WEDNESDAY) % 7)), month[1]
    opening = whole.first + timedelta(days=(_WEDNESDAY - whole.first.weekday()) % 7)
    week = week_of(opening + timedelta(days=7 * (ordinal[0] - 1)))
    return replace(week, first=max(week.first, whole.first)), month[1]


def _quarter(view: View, at: int) -> tuple[Days, int] | None:
    """'Q1', 'Q1 2027', 'the first quarter', 'H1'."""
    text = view.low(at)
    place = at + 1
    number = _QUARTERS.get(text)
    ordinal = view.ordinal(at)
    if number is None and ordinal is not None and view.low(ordinal[1]) == "quarter" and 1 <= ordinal[0] <= 4:
        number, place = ordinal[0], ordinal[1] + 1
    if number is None and view[at].kind == "number" and len(view[at].text) == 4 and view.low(at + 1) in _QUARTERS:
        return quarter_of(int(view[at].text), _QUARTERS[view.low(at + 1)]), at + 2
    if number is None:
        return None
    year = year_at(view, place)
    if year is not None:
        return quarter_of(year[0], number), year[1]
    days = quarter_of(view.today.year, number)
    return (days if days.last >= view.today else quarter_of(view.today.year + 1, number)), place


def month_at(view: View, at: int, *, beside_day: bool = True) -> tuple[Days, int] | None:
    """A month, with its year or alone."""
    month = view.month(at, beside_day=beside_day)
    if month is None:
        return None
    after = view.skip(at + 1, ".") if view.low(at + 2)[:2] == "20" else at + 1
    year = year_at(view, after)
    if year is not None:
        return month_of(year[0], month), year[1]
    if view.low(after) in ("of", "in") and view.low(after + 1) in ("next", "this"):
        after += 3
        return month_of(view.today.year + (view.low(after - 2) == "next"), month), after
    today = view.today
    past = view.past(at) and month <= today.month
    return month_of(today.year + (month < today.month and not past), month), after


def _named_year(view: View, at: int) -> tuple[Days, int] | None:
    """'the new year' is its January; '2027' is a year only after an edge, 'in' or 'by'."""
    place = view.skip(at, "the")
    if view.low(place) == "new" and view.low(place + 1) == "year" and view.low(place + 2) not in ("'s", "day", "eve"):
        return replace(month_of(view.today.year + 1, 1), sure=0.8), place + 2
    if view[place].kind == "number" and place == at and view.low(at - 1) in words("beside", "before_year"):
        year = year_at(view, place)
        if year is not None and 0 <= year[0] - view.today.year <= 3:
            return Days(date(year[0], 1, 1), date(year[0], 12, 31), Unit.YEAR), year[1]
    return None


def bare_unit(view: View, at: int) -> tuple[Days, int] | None:
    """'the week', 'the month' after an edge: the current one."""
    place = view.skip(view.skip(at, "the"), "working", "business", "calendar", "-")
    unit = vocabulary("units").get(view.low(place))
    if unit not in _SHIFTED_UNITS or len(view.low(place)) == 1:
        return None
    if view.low(place + 1) == "after" and view.low(place + 2) == "next":
        return shifted(view, Unit(unit), 2), place + 3
    return shifted(view, Unit(unit), 0), place + 1


def _plain(view: View, at: int) -> tuple[Days, int] | None:
    """'the weekend', 'the following week'."""
    named = view[at + 2].kind == "word" and view.low(at + 2) not in words("beside", "after_bare_day")
    if view.low(at) == "the" and view.low(at + 1) == "weekend" and not named:  # not 'the weekend shift'
        return _weekend(view, 0), at + 2
    return None
