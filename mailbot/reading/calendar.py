"""The calendar parts of one mail as values (RFC 5545, RFC 5546), and events that its HTML marks up (schema.org).

A calendar part is hostile text: `ical_lines.py` cuts it into components within caps before any library sees a line,
recurrence is never looked at, and what cannot be read is left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from mailbot.mail.message import Message
from mailbot.patterns import compiled
from mailbot.reading.dates.zones import place, zone, zone_named
from mailbot.reading.ical_lines import Component, Property, components
from mailbot.reading.ical_zones import observance
from mailbot.reading.linked_data import LinkedEvent, linked_events
from mailbot.reading.statements import Reader

METHODS = frozenset({"REQUEST", "PUBLISH", "REPLY", "CANCEL", "COUNTER"})
MOST_EVENTS = 8
MOST_ATTENDEES = 60
MOST_TEXT = 8192

_ROBOT = compiled(
    r"no-?reply|do-?not-?reply|notifications?@|@(resource|group)\.calendar\.google\.com$|^calendar-|"
    r"@(import|unknownorganizer)\.|^(room|conf|meeting)[-_.]?room|mailer-daemon"
)


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
    """The events of the message's calendar parts, the most specific part first, then those of its HTML; the same
    event in two parts is one. Empty where none can be read."""
    events: list[CalendarEvent] = []
    for text in message.calendars:
        events += _events(text, reader)
    if not events:
        events += [_from_html(event, reader) for event in linked_events(message.html)]
    unique: dict[tuple[str, datetime | None], CalendarEvent] = {}
    for event in events:
        unique.setdefault((event.uid, event.start), event)
    return tuple(unique.values())[:MOST_EVENTS]


def _events(text: str, reader: Reader) -> list[CalendarEvent]:
    parts = components(text)
    calendar = next((part for part in parts if part.name == "VCALENDAR"), None)
    method = calendar.value("METHOD").upper() if calendar else ""
    clock = _Clock(parts, calendar.value("X-WR-TIMEZONE") if calendar else "", reader)
    found = [part for part in parts if part.name == "VEVENT"][:MOST_EVENTS]
    return [_event(part, method if method in METHODS else "PUBLISH", clock) for part in found]


def _event(part: Component, method: str, clock: _Clock) -> CalendarEvent:
    start, all_day = clock.moment(part.first("DTSTART"))
    end, _ = clock.moment(part.first("DTEND"))
    if start is not None and end is None:
        length = _length(part.value("DURATION"))
        end = start + length if length else None
    if start is not None and end is not None and end < start:
        end = None
    organizer = part.first("ORGANIZER")
    return CalendarEvent(
        method=method,
        uid=part.value("UID"),
        sequence=_number(part.value("SEQUENCE")),
        status=part.value("STATUS").upper(),
        start=start,
        end=end,
        zone=place(start) if start else "",
        summary=part.value("SUMMARY")[:MOST_TEXT],
        description=part.value("DESCRIPTION")[:MOST_TEXT],
        location=part.value("LOCATION")[:MOST_TEXT],
        organizer=_attendee(organizer) if organizer else None,
        attendees=tuple(_attendee(one) for one in part.all("ATTENDEE")[:MOST_ATTENDEES]),
        all_day=all_day,
    )


def _attendee(line: Property) -> Attendee:
    email = line.value.strip().lower().removeprefix("mailto:").strip("<> ")
    usable = email if email.count("@") == 1 and " " not in email and len(email) < 255 else None
    name = line.parameter("CN").strip().strip("'\"")
    cutype = line.parameter("CUTYPE").upper() or "INDIVIDUAL"
    human = cutype in ("INDIVIDUAL", "UNKNOWN") and not (usable and _ROBOT.search(usable))
    return Attendee(
        name="" if "@" in name else name,
        email=usable,
        partstat=line.parameter("PARTSTAT").upper(),
        role=line.parameter("ROLE").upper(),
        cutype=cutype,
        human=human,
    )


class _Clock:
    """Turns the dates and times of one calendar part into moments: by the zone's name, else by the part's own
    VTIMEZONE; a floating time by the only VTIMEZONE, X-WR-TIMEZONE or the reader's zone."""

    def __init__(self, parts: Iterable[Component], calendar_zone: str, reader: Reader) -> None:
        self._reader_zone = reader.zone
        self._own = {part.value("TZID"): part for part in parts if part.name == "VTIMEZONE"}
        self._usual = zone_named(calendar_zone, reader.zone) if calendar_zone else None

    def moment(self, line: Property | None) -> tuple[datetime | None, bool]:
        """The moment that a DTSTART or DTEND names, and whether it is a whole day."""
        value = _date_value(line.value) if line else None
        if line is None or value is None:
            return None, False
        if not isinstance(value, datetime):
            return datetime.combine(value, time(), self._local()), True
        if value.tzinfo is not None:
            return value.astimezone(self._local()), False
        return value.replace(tzinfo=self._named(line.parameter("TZID"), value)), False

    def _named(self, tzid: str, naive: datetime) -> tzinfo:
        known = zone_named(tzid, self._reader_zone) if tzid else None
        if known is None and tzid in self._own:
            known = observance(self._own[tzid], naive)
        return known or self._local()

    def _local(self) -> tzinfo:
        if self._usual is None and len(self._own) == 1:
            return zone_named(next(iter(self._own)), self._reader_zone) or zone(self._reader_zone)
        return self._usual or zone(self._reader_zone)


def _value(text: str) -> object:
    """A date, a moment or a length, as icalendar reads it; None where it is none."""
    from icalendar.prop import vDDDTypes  # here: most mail has no calendar part, and it costs a start 25 ms

    try:
        return vDDDTypes.from_ical(text.strip())  # type: ignore[no-untyped-call]
    except (ValueError, OverflowError):
        return None


def _date_value(text: str) -> datetime | date | None:
    value = _value(text)
    if not isinstance(value, date) or not 1980 <= value.year <= 2200:
        return None
    return value


def _length(text: str) -> timedelta | None:
    value = _value(text)
    return value if isinstance(value, timedelta) and timedelta() < value < timedelta(days=31) else None


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _from_html(event: LinkedEvent, reader: Reader) -> CalendarEvent:
    start, end = (
        moment.replace(tzinfo=zone(reader.zone)) if moment and moment.tzinfo is None else moment
        for moment in (event.start, event.end)
    )
    return CalendarEvent(
        method="",
        uid="",
        sequence=0,
        status="CANCELLED" if event.cancelled else "",
        start=start,
        end=end if start and end and end > start else None,
        zone=place(start) if start else "",
        summary=event.name,
        description="",
        location=event.location,
        organizer=None,
        attendees=(),
    )
