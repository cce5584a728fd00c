"""So many days, weeks or months from a day: calendar days, working days, and months that end on shorter days."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from mailbot.reading.dates.periods import month_of
from mailbot.reading.dates.values import DateContext, Length, Unit
from mailbot.reading.dates.view import Days, View
from mailbot.reading.dates.working import region_of, working_days_after

DAYS_IN = {Unit.DAY: 1, Unit.WEEK: 7, Unit.FORTNIGHT: 14}


def range_ahead(view: View, base: date, size: Length, *, back: bool = False) -> Days:
    """The days that lie a length after a day; `back`: before it."""
    if size.unit in (Unit.MINUTE, Unit.HOUR):
        ends = sorted(base + timedelta(days=-step if back else step) for step in _whole_days(view, size))
        return Days(ends[0], ends[-1])
    low, high = (units_ahead(view, base, -number if back else number, size.unit) for number in (size.low, size.high))
    first, last = sorted((low.first, high.last))
    return Days(first, last)


def _whole_days(view: View, size: Length) -> tuple[int, int]:
    """How many midnights hours from now pass."""
    now = view.context.reference
    hours = [min(number / (1 if size.unit is Unit.HOUR else 60), 24 * 400) for number in (size.low, size.high)]
    first, last = ((now + timedelta(hours=number)).date() - now.date() for number in hours)
    return first.days, last.days


def units_ahead(view: View, base: date, number: float, unit: Unit) -> Days:
    """The day that lies a number of units after (before, where negative) another."""
    number = max(-400.0, min(number, 400.0))
    if unit is Unit.WORKDAY:
        region = view.context.region or region_of(view.context.zone)
        day = working_days_after(base, int(number), view.country, region) if number >= 0 else base
    elif unit in DAYS_IN:
        day = base + timedelta(days=round(number * DAYS_IN[unit]))
    else:
        months = round(number * {Unit.MONTH: 1, Unit.QUARTER: 3}.get(unit, 12))
        month = month_of(base.year, base.month + months).first
        day = month.replace(day=min(base.day, monthrange(month.year, month.month)[1]))
    return Days(day, day)


def days_ahead(context: DateContext, size: Length, day: date | None = None) -> tuple[date, date]:
    """The first and last day that lie a length after a day; without one, after the moment of writing."""
    view = View("", context)
    days = range_ahead(view, day or view.today, size)
    return days.first, days.last
