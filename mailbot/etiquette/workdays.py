"""Working days: whose public holidays hold, how days are counted, and when a working morning begins.

Days are counted on the calendar and turned into moments at the end, so that no clock change moves a letter.
"""

from __future__ import annotations

from collections.abc import Container
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from mailbot.errors import ConfigError
from mailbot.etiquette.data import zone_countries, zone_names
from mailbot.etiquette.rules import Days, Etiquette, Hours
from mailbot.holiday_table import country_holidays, is_known, known_countries
from mailbot.reading.dates.working import region_of
from mailbot.reading.statements import Reader

DAY = timedelta(days=1)


class Calendar:
    """One person's days by one etiquette. All moments it gives are aware, in the person's zone."""

    def __init__(self, etiquette: Etiquette, reader: Reader) -> None:
        self.zone = ZoneInfo(reader.zone)
        self._holidays = public_holidays(*whose_holidays(reader))
        self._begins = etiquette.clock("working_morning.begins")
        self._rest = (etiquette.year_day("rest.first"), etiquette.year_day("rest.last"))

    def day(self, moment: datetime) -> date:
        """The person's date at that moment."""
        return moment.astimezone(self.zone).date()

    def at(self, day: date, clock: time) -> datetime:
        """That time of that day; where clocks jump over it, the moment as far after the jump."""
        return datetime.combine(day, clock, self.zone).astimezone(UTC).astimezone(self.zone)

    def end_of(self, day: date) -> datetime:
        """The midnight that ends it."""
        return self.at(day + DAY, time.min)

    def is_working(self, day: date) -> bool:
        """Monday to Friday, and no public holiday of the person's country and region."""
        return day.weekday() < 5 and day not in self._holidays

    def is_open(self, day: date) -> bool:
        """A working day outside the rest days at the turn of the year."""
        first, last = self._rest
        today = (day.month, day.day)
        resting = first <= today <= last if first <= last else today >= first or today <= last
        return self.is_working(day) and not resting

    def count(self, day: date, rule: Days, *, back: bool = False) -> date:
        """The day that the rule reaches from `day`, which itself is not counted; `back`: counted into the past."""
        step = -DAY if back else DAY
        if not rule.working:
            day += step * rule.days
        else:
            for _ in range(rule.days):
                day += step
                while not self.is_working(day):
                    day += step
        return self.open_day(day) if rule.then_working else day

    def after(self, moment: datetime, rule: Hours) -> datetime:
        """So many hours later by the clock that never changes."""
        return (moment.astimezone(UTC) + timedelta(hours=rule.hours)).astimezone(self.zone)

    def open_day(self, day: date) -> date:
        """That day if letters may appear on it, else the next on which they may."""
        while not self.is_open(day):
            day += DAY
        return day

    def morning(self, day: date) -> datetime:
        """When the morning of that day begins."""
        return self.at(day, self._begins)

    def next_morning(self, moment: datetime) -> datetime:
        """The first beginning of a working morning, outside the rest days, that is not before the moment."""
        day = self.open_day(self.day(moment))
        return self.morning(day) if self.morning(day) >= moment else self.morning(self.open_day(day + DAY))


def whose_holidays(reader: Reader) -> tuple[str, str]:
    """Country (ISO 3166) and region; either may be empty. What the person named comes first, then what their zone
    says: a country without its region is completed from the zone only if the zone lies in it."""
    countries = zone_countries()
    # Some old names lie in another country than the zone they stand for today (Europe/Oslo): those count as written.
    zone = reader.zone if reader.zone in countries else zone_names().get(reader.zone, reader.zone)
    country = countries.get(zone, "")
    if reader.country and reader.country.upper() != country:
        return reader.country.upper(), reader.region.upper()
    return country, reader.region.upper() or region_of(reader.zone) or region_of(zone)


@cache
def public_holidays(country: str, region: str) -> Container[date]:
    """The public holidays of a country, and of one region of it. A country that the library does not know has none.
    Raises ConfigError for a region that the country has not."""
    try:
        return country_holidays(country, region)
    except NotImplementedError as error:
        if not is_known(country):
            return frozenset()
        have = ", ".join(known_countries()[country]) or "none"
        problem = f"{region!r} is not a region of {country} with holidays of its own; known are {have}."
        raise ConfigError((problem,)) from error
