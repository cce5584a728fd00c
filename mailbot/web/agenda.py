"""The agenda of the coming weeks: interviews, promised days, letters that fall due, days to answer by. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from mailbot.outcome import Outlook
from mailbot.telling.calendar import Entry, entries
from mailbot.tracking.application import Application

AHEAD = timedelta(weeks=6)
SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Item:
    """`time` is empty for what has none; `kind` as in telling/calendar.py; `off`: it was called off."""

    day: date
    time: str
    kind: str
    what: str
    why: str
    application: Application
    off: bool


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Week:
    title: str
    days: tuple[Day, ...]


def weeks(outlook: Outlook) -> tuple[Week, ...]:
    """From today on; only weeks and days that hold something."""
    found = items(outlook, AHEAD)
    return tuple(
        Week(_title(monday, outlook.now.date()), _days(inside)) for monday, inside in groupby(found, key=_monday)
    )


def soon(outlook: Outlook) -> list[Item]:
    """The next seven days."""
    return items(outlook, SOON)


def items(outlook: Outlook, ahead: timedelta) -> list[Item]:
    """All from today until then, in their order."""
    today = outlook.now.date()
    found = [_item(one, outlook) for one in entries(outlook)]
    coming = [one for one in found if today <= one.day <= today + ahead]
    return sorted(coming, key=lambda one: (one.day, one.time, one.what))


def _item(entry: Entry, outlook: Outlook) -> Item:
    application = outlook.application(entry.application)
    start = entry.start.astimezone(outlook.now.tzinfo) if isinstance(entry.start, datetime) else entry.start
    return Item(
        day=start.date() if isinstance(start, datetime) else start,
        time=f"{start:%H:%M}" if isinstance(start, datetime) else "",
        kind=entry.what,
        # A calendar says it on the very day; here it stands below the day's name, and with the application beside it.
        what=entry.summary.replace(f": {application.name}", "").replace(" by today", " by this day"),
        why=entry.text,
        application=application,
        off=entry.status == "CANCELLED",
    )


def _days(found: Iterable[Item]) -> tuple[Day, ...]:
    return tuple(Day(day, tuple(inside)) for day, inside in groupby(found, key=lambda one: one.day))


def _monday(item: Item) -> date:
    return item.day - timedelta(days=item.day.weekday())


def _title(monday: date, today: date) -> str:
    away = (monday - _this(today)).days // 7
    return {0: "This week", 1: "Next week"}.get(away, f"Week of {monday.day} {monday:%B}")


def _this(today: date) -> date:
    return today - timedelta(days=today.weekday())
