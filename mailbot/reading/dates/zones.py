"""Time zones by whatever name a mail gives them, and the countries they lie in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from mailbot.patterns import compiled
from mailbot.reading.tables import table, zone_table

_OFFSET = compiled(r"^\(?(?:UTC|GMT)?\s?([+−–-])\s?(\d{1,2})(?::?(\d{2}))?\)?$")


@cache
def zone(name: str) -> ZoneInfo:
    """The IANA zone of that name, UTC for an unknown one: what the configuration names is checked there."""
    return known_zone(name) or ZoneInfo("UTC")


@lru_cache(maxsize=512)
def known_zone(name: str) -> ZoneInfo | None:
    """The IANA zone of exactly that name."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # a KeyError is what an unknown name raises
        return None


@cache
def country_of(zone_name: str) -> str:
    """The ISO 3166 code of the country in which a zone lies, empty where it lies in none ('UTC')."""
    return _countries().get(zone_name, "")


@lru_cache(maxsize=512)
def zone_named(name: str, reader_zone: str) -> tzinfo | None:
    """The zone that a program or a person calls `name`: IANA ('America/New_York', with any path before it), Windows
    ('Eastern Standard Time'), Outlook's display name, abbreviation ('CET'), offset ('GMT+1'), or city."""
    text = name.strip().strip("\"'").strip()
    if len(text) > 120:
        return None
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON  # here: most mail has no calendar part

    folded = text.casefold()
    windows = WINDOWS_TO_OLSON.get(text)
    return (
        (known_zone(windows) if windows else None)
        or _by_path(text)
        or abbreviation(folded, reader_zone)
        or offset(text)
        or _outlook(folded)
        or with_time(folded.removesuffix(" time"), reader_zone)
        or city(folded)
    )


@lru_cache(maxsize=512)
def abbreviation(short: str, reader_zone: str) -> ZoneInfo | None:
    """The place whose clock a lower-case abbreviation names, the reader's own where it may be meant."""
    candidates: list[str] = table("time/zones")["abbreviations"].get(short, [])
    if not candidates:
        return None
    if reader_zone in candidates:
        return known_zone(reader_zone)
    own = country_of(reader_zone)
    for candidate in candidates:
        if own and country_of(candidate) == own and (_standard(candidate) == _standard(reader_zone)):
            return known_zone(reader_zone)
    for candidate in candidates:
        if own and country_of(candidate) == own:
            return known_zone(candidate)
    return known_zone(candidates[0])


@lru_cache(maxsize=512)
def with_time(name: str, reader_zone: str) -> ZoneInfo | None:
    """The zone of a lower-case name that stood before 'time': 'eastern', 'central european', 'london'."""
    found: str = table("time/zones")["with_time"].get(name, "")
    if "/" in found:
        return known_zone(found)
    return abbreviation(found, reader_zone) if found else city(name)


@lru_cache(maxsize=512)
def city(name: str) -> ZoneInfo | None:
    """The zone of a city, by its lower-case name."""
    found = _cities().get(name)
    return known_zone(found) if found else None


def offset(text: str) -> tzinfo | None:
    """The fixed offset that 'UTC+01:00', 'GMT-5' or '+0530' names."""
    found = _OFFSET.search(text)
    if found is None:
        return None
    hours, minutes = int(found.group(2) or 0), int(found.group(3) or 0)
    if hours > 14 or minutes > 59:
        return None
    size = timedelta(hours=hours, minutes=minutes)
    return timezone(size if found.group(1) == "+" else -size)


def place(when: datetime) -> str:
    """The IANA name of a moment's zone, empty for a fixed offset."""
    return getattr(when.tzinfo, "key", "UTC" if when.tzinfo is UTC else "")


def _by_path(text: str) -> ZoneInfo | None:
    """The IANA name at the end of a path: programs write '/some.org/2024/Europe/Berlin'."""
    pieces = text.split("/")
    if len(pieces) < 2:
        return None
    return known_zone("/".join(pieces[-3:])) or known_zone("/".join(pieces[-2:]))


def _outlook(folded: str) -> ZoneInfo | None:
    """The zone whose Outlook display name occurs in the text: '(UTC+01:00) Amsterdam, Berlin, Bern, ...'."""
    names: dict[str, str] = table("time/zones")["outlook"]
    return next((known_zone(names[name]) for name in names if name in folded), None)


@cache
def _standard(zone_name: str) -> timedelta:
    """A zone's offset in winter, whichever half of the globe it lies in."""
    where = zone(zone_name)
    offsets = [datetime(2026, month, 1, tzinfo=where).utcoffset() or timedelta() for month in (1, 7)]
    return min(offsets)


@cache
def _countries() -> dict[str, str]:
    listed = {row[2]: row[0] for row in zone_table()}
    return listed | dict(table("time/zones")["countries"])


@cache
def _cities() -> dict[str, str]:
    """Every zone's own city but those that are other words, and those that the table adds."""
    found = {row[2].rpartition("/")[2].replace("_", " ").casefold(): row[2] for row in zone_table()}
    zones = {row[2].casefold(): row[2] for row in zone_table()}
    for key, names in table("time/zones")["cities"].items():
        found |= dict.fromkeys(names, zones[key])
    return {name: key for name, key in found.items() if name not in table("time/zones")["words_too"]}
