"""Working days: Monday to Friday without public holidays."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from mailbot.reading.tables import table


@lru_cache(maxsize=64)
def _free(country: str, region: str, year: int) -> frozenset[date]:
    from mailbot.holiday_table import country_holidays  # here: few mails count working days, and it costs a start 25 ms

    try:
        return frozenset(country_holidays(country, region, year))
    except NotImplementedError:  # a country or region that the library does not have
        return frozenset()


def is_working_day(day: date, country: str, region: str) -> bool:
    return day.weekday() < 5 and (not country or day not in _free(country, region, day.year))


def working_days_after(day: date, count: int, country: str = "", region: str = "") -> date:
    """The count-th working day after a day; without a country only weekends are free. At most 400."""
    left = min(count, 400)
    while left > 0:
        day += timedelta(days=1)
        left -= is_working_day(day, country, region)
    return day


def region_of(zone_name: str) -> str:
    """The region whose holidays hold for a zone, where the reader names none."""
    return str(table("time/regions")["region"].get(zone_name, ""))
