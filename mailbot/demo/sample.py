"""The sample mailbox: a Maildir shipped with the package, its dates moved so that it ends today.

Each file of `mailbox/` is a mail with its dates written as `{{2026-03-12 14:00|FORM}}`: a moment of the sample's own
calendar, in the person's zone, and how it is to be written (`FORMS`). All are moved by the same number of whole weeks,
so that every weekday stays what it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from zoneinfo import ZoneInfo

from mailbot.errors import Bug
from mailbot.mail.port import Place
from mailbot.patterns import Match, compiled

ZONE = "America/New_York"
ME = "Nora Castellan"
ADDRESS = "nora.castellan@example.com"
# The last day of the sample's own calendar.
LAST_DAY = datetime(2026, 3, 27, 18, 0, tzinfo=ZoneInfo(ZONE))

_MOMENT = compiled(r"\{\{(\d{4}-\d\d-\d\d)(?: (\d\d:\d\d))?\|(\w+)\}\}")
_DATE_LINE = compiled(r"(?m)^(?:Date): \{\{(\d{4}-\d\d-\d\d) (\d\d:\d\d)\|mail\}\}$")

FORMS: dict[str, Callable[[datetime], str]] = {
    "mail": format_datetime,  # RFC 5322, for Date and Received headers
    "day": lambda at: f"{at:%A}, {at:%B} {at.day}",
    "short": lambda at: f"{at:%b} {at.day}",
    "weekday": lambda at: f"{at:%A}",
    "time": lambda at: f"{at.hour % 12 or 12}:{at:%M} {at:%p}",
    "month": lambda at: f"{at:%B}",
    "numbers": lambda at: f"{at:%m/%d/%Y}",
    "ics": lambda at: f"{at:%Y%m%dT%H%M%S}",  # local time with a TZID beside it (RFC 5545 section 3.3.5)
    "utc": lambda at: f"{at.astimezone(ZoneInfo('UTC')):%Y%m%dT%H%M%SZ}",
}


@dataclass(frozen=True, slots=True)
class SampleMail:
    """One mail of the sample with its dates moved: when it arrives (or was sent), and where it lies."""

    at: datetime
    place: Place
    raw: bytes


@cache
def _templates() -> tuple[tuple[Place, str], ...]:
    """The files as they are shipped."""
    root = files("mailbot.demo") / "mailbox"
    return tuple(
        (place, file.read_text(encoding="utf-8"))
        for place, folder in ((Place.INBOX, root / "cur"), (Place.SENT, root / ".Sent" / "cur"))
        for file in _sorted(folder)
    )


def _sorted(folder: Traversable) -> list[Traversable]:
    return sorted((one for one in folder.iterdir() if one.is_file()), key=lambda one: one.name)


def sample(now: datetime) -> tuple[SampleMail, ...]:
    """The mails up to `now`, oldest first, moved so that the sample's last days are the days before `now`."""
    weeks = -((LAST_DAY - now) // timedelta(weeks=1))
    move = timedelta(weeks=weeks)
    mails = (
        SampleMail(_moment(*_date_of(text), move), place, _rendered(text, move).encode())
        for place, text in _templates()
    )
    return tuple(sorted((one for one in mails if one.at <= now), key=lambda one: one.at))


def _date_of(text: str) -> tuple[str, str]:
    found = _DATE_LINE.search(text)
    if found is None:
        raise Bug("A mail of the sample has no Date to move.")
    return found.group(1) or "", found.group(2) or ""


def _moment(day: str, hour: str, move: timedelta) -> datetime:
    """The wall clock keeps its hour, whatever summer time does in between."""
    return (datetime.fromisoformat(f"{day}T{hour or '00:00'}") + move).replace(tzinfo=ZoneInfo(ZONE))


def _rendered(text: str, move: timedelta) -> str:
    return "".join(_pieces(text, move))


def _pieces(text: str, move: timedelta) -> Iterator[str]:
    last = 0
    for found in _MOMENT.finditer(text):
        yield text[last : found.start]
        yield _written(found, move)
        last = found.end
    yield text[last:]


def _written(found: Match, move: timedelta) -> str:
    moment = _moment(found.group(1) or "", found.group(2) or "", move)
    form = found.group(3) or ""
    if form not in FORMS:
        raise Bug(f"The sample names a form that there is not: {form}.")
    return FORMS[form](moment)
