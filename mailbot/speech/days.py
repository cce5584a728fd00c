"""Days and times as a person types them: '2026-03-12 14:00', 'Thursday 2pm', 'next Friday', '12 March'. Apart from the
other words: reading them takes the grammar of time along."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from mailbot.errors import ActionNeeded
from mailbot.reading.dates import DateContext, When, find
from mailbot.reading.statements import Reader


def day(text: str, reader: Reader, now: datetime) -> date:
    """The day meant, the last one of several. Raises ActionNeeded."""
    found = meant(text, reader, now)
    if found is None or found.last is None:
        raise ActionNeeded(f"{text!r} is no day.", mend="Write one like 2026-03-20, Friday or 20 March.")
    return found.last


def morning(text: str, reader: Reader, now: datetime) -> datetime:
    """When the day meant begins where the person is. Raises ActionNeeded."""
    return datetime.combine(day(text, reader, now), time(), ZoneInfo(reader.zone))


def moment(text: str, reader: Reader, now: datetime) -> tuple[datetime, datetime | None]:
    """The moment meant, and the end where one is named ('Thursday 2 to 3 pm'). Raises ActionNeeded."""
    found = meant(text, reader, now)
    zone = ZoneInfo(reader.zone)
    start = found.moment(zone) if found else None
    if found is None or start is None:
        raise ActionNeeded(f"{text!r} is no day with its time.", mend="Write one like '2026-03-12 14:00' or 'Thu 2pm'.")
    return start, found.finish(zone)


def meant(text: str, reader: Reader, said: datetime) -> When | None:
    """The one time that a text names which was said at that moment; None where it names none or several."""
    found = find(text, DateContext(said, reader.zone, reader.country, reader.region))
    named = [one.value for one in found if isinstance(one.value, When)]
    return named[0] if len(named) == 1 else None
