"""Public holidays by country and region; the only module that imports the library `holidays`.

Importing one country of that library runs the package's own file, which imports all 250: 8 MB and a tenth of a second
in every process that plans. So the package is put in its place unread, and the country that is asked for comes alone;
of calendars (the Hindu, the Tibetan) and groups of holidays come those that it names.
"""

from __future__ import annotations

from functools import cache

from mailbot.lean import hollow, piecemeal, unread

for _package in ("holidays.calendars", "holidays.groups"):
    piecemeal(_package)
# It reads all that is installed to learn its own version, and has a parser for days that are asked for in words.
with hollow(holidays__version={"__version__": ""}, dateutil__parser={"parse": None}):
    import holidays

_COUNTRIES = "holidays.countries"


def country_holidays(country: str, region: str = "", year: int | None = None) -> holidays.HolidayBase:
    """The days of a year, else of each year whose days are asked for. Raises NotImplementedError where the country
    (ISO 3166) or its region is not known."""
    unread(_COUNTRIES)
    return holidays.country_holidays(country, subdiv=region or None, years=year)


def is_known(country: str) -> bool:
    """Whether the public holidays of a country are known."""
    try:
        country_holidays(country)
    except NotImplementedError:
        return False
    return True


@cache
def known_countries() -> dict[str, list[str]]:
    """Country -> its regions with holidays of their own. Loads every country: a tenth of a second."""
    unread(_COUNTRIES)
    return dict(holidays.list_supported_countries())

