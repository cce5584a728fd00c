"""The year of a date: in four figures or two, beside the date or behind its hour."""

from __future__ import annotations

from datetime import date

from mailbot.reading.dates.view import Days, View

_YEARS_AHEAD = 20  # a year in two figures lies no further ahead


def made(year: int, month: int, day: int) -> date | None:
    """The date of these numbers; None where there is none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def year_at(view: View, at: int) -> tuple[int, int] | None:
    """A year in four digits, or two after an apostrophe; a comma or 'of' may stand before it."""
    place = view.skip(at, ",", ".", "of", "in", "-", "/")
    token = view[place]
    if token.kind == "number" and len(token.text) == 4 and 1900 <= int(token.text) <= 2199:
        return int(token.text), place + 1
    if token.kind == "year":
        return 2000 + int(token.text[1:]), place + 1
    return None


def century(view: View, year: int | None) -> int | None:
    """A year in two figures as the century that is meant."""
    if year is None or year >= 100:
        return year
    return year + (2000 if year + 2000 <= view.today.year + _YEARS_AHEAD else 1900)


def short_year(view: View, at: int) -> tuple[int, int] | None:
    """'31 Dec 27' with nothing behind it."""
    text = view.low(at)
    if view[at].kind != "number" or len(text) != 2 or view.low(at + 1) not in ("", ".", ",", ")", "\n"):
        return None
    year = century(view, int(text))
    return (year, at + 1) if year is not None and abs(year - view.today.year) <= _YEARS_AHEAD else None


def of_the_year(view: View, days: Days, at: int) -> tuple[Days, int]:
    """A day whose year stands behind its hour: 'Tue Jan 5 10:00, 2027'."""
    year = year_at(view, at) if view.low(at) != "of" else None
    day = made(year[0], days.first.month, days.first.day) if year is not None and days.first == days.last else None
    return (Days(day, day), year[1]) if day is not None and year is not None else (days, at)
