"""Days and times as a person types them: '2026-03-12 14:00', 'Thursday 2pm', 'next Friday', '12 March'."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mailbot.errors import ActionNeeded

if TYPE_CHECKING:
    from mailbot.config import Settings
    from mailbot.reading.dates import When


def day(text: str, settings: Settings, now: datetime) -> date:
    """The day meant, the last one of several. Raises ActionNeeded."""
    found = _meant(text, settings, now)
    if found is None or found.last is None:
        raise ActionNeeded(f"{text!r} is no day.", mend="Write one like 2026-03-20, Friday or 20 March.")
    return found.last


def moment(text: str, settings: Settings, now: datetime) -> tuple[datetime, datetime | None]:
    """The moment meant, and the end where one is named ('Thursday 2 to 3 pm'). Raises ActionNeeded."""
    found = _meant(text, settings, now)
    zone = ZoneInfo(settings.zone)
    start = found.moment(zone) if found else None
    if found is None or start is None:
        raise ActionNeeded(f"{text!r} is no day with its time.", mend="Write one like '2026-03-12 14:00' or 'Thu 2pm'.")
    return start, found.finish(zone)


def _meant(text: str, settings: Settings, now: datetime) -> When | None:
    from mailbot.speech.days import meant

    return meant(text, settings.reader(), now)
