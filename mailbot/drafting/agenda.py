"""When the person's own calendar (an .ics file, RFC 5545) holds them: the stretches of time of one month.

Other people's invitations stand in it, so it is as hostile as mail: it is read line by line within caps, and of a rule
of recurrence only what a day is asked for is looked at. Where a rule says more than is understood here, the time counts
as taken: an hour that is not offered costs little.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from mailbot.patterns import compiled
from mailbot.reading.dates.zones import zone_named

MOST_TEXT = 8 * 1024 * 1024
MOST_EVENTS = 50_000
AHEAD = timedelta(days=45)  # times are proposed for a month
_LONGEST = timedelta(days=60)

_DATE = compiled(r"^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?$")
_LENGTH = compiled(r"^\+?P(?:(\d{1,3})W)?(?:(\d{1,3})D)?(?:T(?:(\d{1,3})H)?(?:(\d{1,4})M)?(?:\d{1,5}S)?)?$")
_BY_DAY = compiled(r"^([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)$")
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_KEPT = frozenset({
    "UID", "DTSTART", "DTEND", "DURATION", "RRULE", "EXDATE", "RECURRENCE-ID", "STATUS", "TRANSP",
})  # fmt: skip
_EVERY = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 31, "YEARLY": 366}  # days, at most, from one turn to the next


@dataclass(slots=True)
class _Event:
    """One VEVENT: properties with their TZID."""

    lines: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def value(self, name: str) -> str:
        return self.lines[name][0][0] if name in self.lines else ""


def busy(text: str, now: datetime, zone: str) -> tuple[tuple[datetime, datetime], ...]:
    """Start and end of whatever takes the person's time from `now` (aware) on. `zone` is theirs, for times without
    one. What cannot be read is left out."""
    events = list(_events(text[:MOST_TEXT]))
    moved = {(one.value("UID"), start) for one in events for start in _moments(one, "RECURRENCE-ID", zone)}
    found = {span for one in events for span in _spans(one, moved, now, zone)}
    return tuple(sorted(found))


def _events(text: str) -> Iterator[_Event]:
    event: _Event | None = None
    depth = count = 0
    for name, zone, value in _properties(text):
        if name == "BEGIN" and value == "VEVENT":
            event, depth = _Event(), 0
        elif name == "BEGIN":
            depth += 1
        elif name == "END" and value == "VEVENT":
            if event is not None and count < MOST_EVENTS:
                count += 1
                yield event
            event = None
        elif name == "END":
            depth -= 1
        elif event is not None and depth == 0 and name in _KEPT:
            event.lines.setdefault(name, []).append((value, zone))


def _properties(text: str) -> Iterator[tuple[str, str, str]]:
    """Name, TZID and value of each content line; folded lines are joined (section 3.1). What is kept has no colon in
    its parameters but within a quoted zone's name."""
    joined: list[str] = []
    for line in (*text.splitlines(), "END:"):
        if line[:1] in (" ", "\t") and joined:
            joined.append(line[1:])
            continue
        if joined:
            yield _property("".join(joined))
        joined = [line]


def _property(line: str) -> tuple[str, str, str]:
    head, _, value = line.partition(":")
    if head.count('"') % 2:
        more, _, value = value.partition('":')
        head = f"{head}:{more}"
    name, *parameters = head.split(";")
    zone = next((one[5:].strip('"') for one in parameters if one[:5].upper() == "TZID="), "")
    return name.strip().upper(), zone, value.strip()


def _moments(event: _Event, name: str, zone: str) -> Iterator[datetime]:
    for value, named in event.lines.get(name, ()):
        for one in value.split(",")[:1000]:
            if moment := _moment(one, named, zone):
                yield moment


def _moment(value: str, named: str, zone: str) -> datetime | None:
    """A day alone is its first midnight."""
    found = _DATE.match(value.strip())
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(found.group(part) or 0) for part in range(1, 7))
    where: tzinfo | None = ZoneInfo("UTC") if found.group(7) else zone_named(named, zone) if named else None
    try:
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=where or ZoneInfo(zone))
    except ValueError:
        return None


def _spans(
    event: _Event, moved: set[tuple[str, datetime]], now: datetime, zone: str
) -> Iterator[tuple[datetime, datetime]]:
    start = next(_moments(event, "DTSTART", zone), None)
    if start is None or event.value("STATUS") == "CANCELLED" or event.value("TRANSP") == "TRANSPARENT":
        return
    length = _length(event, start, zone)
    gone = set(_moments(event, "EXDATE", zone))
    for turn in _turns(event, start, now - length, now + AHEAD):
        kept = "RECURRENCE-ID" in event.lines or (event.value("UID"), turn) not in moved
        if turn not in gone and kept and turn + length > now and turn < now + AHEAD:
            yield turn, turn + length


def _length(event: _Event, start: datetime, zone: str) -> timedelta:
    end = next(_moments(event, "DTEND", zone), None)
    if end is not None:
        return min(max(end - start, timedelta()), _LONGEST)
    found = _LENGTH.match(event.value("DURATION"))
    if found:
        weeks, days, hours, minutes = (int(found.group(part) or 0) for part in range(1, 5))
        return min(timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes), _LONGEST)
    whole_day = "T" not in event.value("DTSTART")
    return timedelta(days=1) if whole_day else timedelta()


def _turns(event: _Event, start: datetime, first: datetime, last: datetime) -> Iterator[datetime]:
    """When the event begins between the two moments: once, or on each day that its rule names."""
    rule = dict(part.split("=", 1) for part in event.value("RRULE").upper().split(";") if "=" in part)
    if rule.get("FREQ") not in _EVERY:
        yield start
        return
    until = _last_day(rule, start)
    day = max(start.date(), first.date() - timedelta(days=1))
    while day <= min(last.date() + timedelta(days=1), until):
        if _falls_on(rule, start.date(), day):
            yield datetime.combine(day, start.timetz())
        day += timedelta(days=1)


def _last_day(rule: dict[str, str], start: datetime) -> date:
    """After which day the rule surely ends."""
    if found := _DATE.match(rule.get("UNTIL", "")):
        try:
            return date(int(found.group(1) or 0), int(found.group(2) or 0), int(found.group(3) or 0))
        except ValueError:
            return start.date()
    count = _number(rule.get("COUNT", ""), 0)
    if not count:
        return date.max - timedelta(days=2)
    days = min(count * _number(rule.get("INTERVAL", ""), 1) * _EVERY[rule["FREQ"]], 100_000)
    return start.date() + timedelta(days=days)


def _falls_on(rule: dict[str, str], start: date, day: date) -> bool:
    every = _number(rule.get("INTERVAL", ""), 1)
    by_day = [found for one in rule.get("BYDAY", "").split(",")[:60] if (found := _BY_DAY.match(one.strip()))]
    if by_day and not any(_is_day(one.group(1) or "", one.group(2) or "", day) for one in by_day):
        return False
    if rule["FREQ"] == "DAILY":
        return (day - start).days % every == 0
    if rule["FREQ"] == "WEEKLY":
        weeks = (day - timedelta(days=day.weekday()) - start + timedelta(days=start.weekday())).days // 7
        return weeks % every == 0 and (bool(by_day) or day.weekday() == start.weekday())
    months = (day.year - start.year) * 12 + day.month - start.month
    dates = [_number(one, 0) for one in rule.get("BYMONTHDAY", "").split(",")[:60]]
    on_date = by_day or day.day in (dates if any(dates) else [start.day])
    if rule["FREQ"] == "MONTHLY":
        return bool(on_date) and months % every == 0
    return bool(on_date) and day.month == start.month and (day.year - start.year) % every == 0


def _is_day(number: str, weekday: str, day: date) -> bool:
    """Whether a day is 'TU', or the month's '2TU' or '-1FR'."""
    if _WEEKDAYS[day.weekday()] != weekday:
        return False
    from_end = (day + timedelta(days=7)).month != day.month
    return not number or int(number) == (day.day - 1) // 7 + 1 or (int(number) == -1 and from_end)


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 6 and int(text) else otherwise
