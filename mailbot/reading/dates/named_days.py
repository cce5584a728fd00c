"""Days with a name or a place in their month: 'Easter Monday', 'the first Tuesday of June', 'after the holidays'."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from mailbot.reading.dates.periods import month_at, month_of, period, shifted
from mailbot.reading.dates.values import Unit
from mailbot.reading.dates.view import Days, View, vocabulary

_LONGEST_NAME = 5  # words in the name of a holiday


def nth_weekday(view: View, at: int) -> tuple[Days, int] | None:
    """'the first Tuesday of October', 'last Friday in March 2027', 'the second Monday of next month'."""
    ordinal = view.ordinal(view.skip(at, "the"))
    if ordinal is None or not -1 <= ordinal[0] <= 5:
        return None
    weekday = view.weekday(ordinal[1])
    working = view.low(ordinal[1]) in ("working", "business") and view.low(ordinal[1] + 1) == "day"
    place = ordinal[1] + (2 if working else 1)
    if (weekday is None and not working and view.low(ordinal[1]) != "day") or view.low(place) not in ("of", "in"):
        return None
    month = period(view, place + 1) or month_at(view, place + 1)
    if month is None and view.sees(place + 1, "the", "month"):
        month = (shifted(view, Unit.MONTH, 0), place + 3)
    if month is None or month[0].unit is not Unit.MONTH:
        return None
    wanted = (weekday,) if weekday is not None else range(5) if working else range(7)
    whole = month[0]
    every = (whole.first + timedelta(days=step) for step in range(31))
    days = [one for one in every if one <= whole.last and one.weekday() in wanted]
    index = ordinal[0] - 1 if ordinal[0] > 0 else -1
    return (Days(days[index], days[index]), month[1]) if index < len(days) else None


def holiday(view: View, at: int) -> tuple[Days, int] | None:
    """A day with a name: the longest name that stands there; the next such day, or that of the year stated."""
    place = view.skip(at, "the")
    if view.low(place) == "holidays" and view.low(at - 1) == "after":
        return Days(date(view.today.year + 1, 1, 2), date(view.today.year + 1, 1, 15), sure=0.5), place + 1
    for count in range(_LONGEST_NAME if view.low(place) in _first_words() else 0, 0, -1):
        names = [view.low(place + step) for step in range(count)]
        name = " ".join(names).replace(" '", "'")
        rule = vocabulary("holidays").get(name)
        if rule is not None and not (name == "new year" and view.low(place - 1) == "the"):
            after = place + count
            year = view[after] if view[after].kind == "number" and view[after].text[:2] == "20" else None
            stated = year is not None and len(year.text) == 4
            years = [int(year.text)] if year is not None and stated else [view.today.year, view.today.year + 1]
            days = [day for one in years if (day := _holiday_in(rule, one)) is not None]
            ahead = [day for day in days if day >= view.today] or days
            return (Days(ahead[0], ahead[0]), after + (year is not None)) if ahead else None
    return None


@cache
def _first_words() -> frozenset[str]:
    """The words with which names of holidays begin, as the tokens of a text have them."""
    return frozenset(name.replace("'", " '").split()[0] for name in vocabulary("holidays"))


def _holiday_in(rule: object, year: int) -> date | None:
    if isinstance(rule, str):
        return date(year, int(rule[:2]), int(rule[3:]))
    if isinstance(rule, dict):
        return _easter(year) + timedelta(days=rule["easter"])
    if isinstance(rule, list):
        month, number, weekday, *more = rule
        whole: Days = month_of(year, month)
        all_days = (whole.first + timedelta(days=step) for step in range(31))
        days: list[date] = [one for one in all_days if one <= whole.last and one.weekday() == weekday]
        chosen: date = days[number - 1 if number > 0 else number] + timedelta(days=sum(more))
        return chosen
    return None


def _easter(year: int) -> date:
    """Easter Sunday by the rule of Meeus, Jones and Butcher (Gregorian)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - ((b - (b + 8) // 25 + 1) // 3) + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - (c % 4)) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)
