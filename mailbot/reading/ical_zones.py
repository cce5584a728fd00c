"""A calendar part's own time zone (RFC 5545 section 3.6.5), for zones that no table knows by name.

Only yearly rules on a weekday of a month are looked at, and only the year of the moment asked for.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone, tzinfo

from mailbot.patterns import compiled
from mailbot.reading.ical_lines import Component

_OFFSET = compiled(r"^([+-])(\d{2})(\d{2})(?:\d{2})?$")
_DATE = compiled(r"^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})")
_MONTH = compiled(r"(?:^|;)BYMONTH=(\d{1,2})(?:;|$)")
_WEEKDAY = compiled(r"(?:^|;)BYDAY=([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)(?:;|$)")
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def observance(part: Component, naive: datetime) -> tzinfo | None:
    """The offset that a VTIMEZONE gives for a local time; None where it gives none."""
    began = [(moment, offset) for rule in part.parts if (offset := _offset(rule)) is not None
             for moment in (_onset(rule, naive.year),) if moment is not None]
    if not began:
        return None
    began.sort(key=lambda one: one[0])
    passed = [offset for moment, offset in began if moment <= naive]
    return timezone(passed[-1] if passed else began[-1][1])


def _offset(rule: Component) -> timedelta | None:
    found = _OFFSET.search(rule.value("TZOFFSETTO"))
    if found is None:
        return None
    size = timedelta(hours=int(found.group(2) or 0), minutes=int(found.group(3) or 0))
    return (size if found.group(1) == "+" else -size) if size < timedelta(hours=24) else None


def _onset(rule: Component, year: int) -> datetime | None:
    """When the rule sets in in that year: its DTSTART's month and hour, on the weekday that RRULE names."""
    start, recurrence = _DATE.search(rule.value("DTSTART")), rule.value("RRULE").upper()
    if start is None:
        return None
    month, day, hour, minute = (int(start.group(number) or 0) for number in (2, 3, 4, 5))
    named, weekday = _MONTH.search(recurrence), _WEEKDAY.search(recurrence)
    if "FREQ=YEARLY" in recurrence and named and weekday:
        month = int(named.group(1) or 0)
        day = _nth_weekday(year, month, int(weekday.group(1) or 1), _WEEKDAYS.index(weekday.group(2) or "MO"))
    try:
        return datetime(year, month, day, hour, minute)  # noqa: DTZ001 - a wall clock, compared with one
    except ValueError:
        return None


def _nth_weekday(year: int, month: int, number: int, weekday: int) -> int:
    """The day of the month of its n-th such weekday, from the end for a negative n; 0 where there is none."""
    if not 1 <= month <= 12:
        return 0
    first = datetime(year, month, 1).weekday()  # noqa: DTZ001
    length = (datetime(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day  # noqa: DTZ001
    days = list(range(1 + (weekday - first) % 7, length + 1, 7))
    place = number - 1 if number > 0 else number
    return days[place] if -len(days) <= place < len(days) else 0
