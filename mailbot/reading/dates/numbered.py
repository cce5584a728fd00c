"""Weeks and days told by their number: 'week 11', 'CW 11/2027', 'the fifth business day from today'."""

from __future__ import annotations

from datetime import date, timedelta

from mailbot.reading.dates.values import Unit
from mailbot.reading.dates.view import Days, View, vocabulary, words
from mailbot.reading.dates.years import year_at

_HALF_A_YEAR = 26  # weeks: a number that lies further back is next year's


def numbered_week(view: View, at: int) -> tuple[Days, int] | None:
    """'week 11', 'calendar week 11', 'CW11': Monday to Friday of the week so numbered (ISO 8601), the next such one."""
    low = view.low(at)
    place = view.skip(at, "calendar")
    if view.low(place) not in words("beside", "week_numbers") or low == "of":
        return None
    place = view.skip(place + 1, "no", "number", "nr")
    place = view.skip(place, ".")
    token = view[place]
    told = view.low(at - 1) in words("beside", "before_week_number") or view.low(at - 1) in vocabulary("bounds")
    if token.kind != "number" or not 1 <= int(token.text) <= 53 or not told or view.low(place + 1) == "of":
        return None
    stated = year_at(view, view.skip(place + 1, "/", ",", "in"))
    year, after = stated if stated is not None else (_year_of(view.today, int(token.text)), place + 1)
    try:
        monday = date.fromisocalendar(year, int(token.text), 1)
    except ValueError:  # a 53rd week in a year of 52
        return None
    return Days(monday, monday + timedelta(days=4), Unit.WEEK), after


def _year_of(today: date, week: int) -> int:
    year, current, _ = today.isocalendar()
    return year + (current - week > _HALF_A_YEAR)


def numbered_day(view: View, at: int) -> tuple[int, Unit, int] | None:
    """How many days or working days 'the fifth business day from' counts, and the place of the day it counts from."""
    ordinal = view.ordinal(view.skip(at, "the"))
    if ordinal is None or not 1 <= ordinal[0] <= 31:
        return None
    place = view.skip(ordinal[1], *words("working", "words"), *words("working", "plain"))
    working = view.low(ordinal[1]) in words("working", "words")
    if view.low(place) != "day" or view.low(place + 1) not in ("from", "after", "following"):
        return None
    return ordinal[0], Unit.WORKDAY if working else Unit.DAY, place + 2
