"""Days, names and texts as a person reads them."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta

# Format characters that join or shape letters in real scripts; all others (bidi, zero width) are left out.
_KEPT_FORMAT = frozenset("\u200c\u200d")


def plain(text: str) -> str:
    """Text from mail without control, bidi and private characters: it steers no terminal and turns no line around."""
    return "".join(
        char if char in _KEPT_FORMAT or char == "\n" or not unicodedata.category(char).startswith("C") else " "
        for char in text
    )


def short_day(moment: datetime, now: datetime) -> str:
    """'today 14:00', 'tomorrow 08:00', else 'Thu 12 Mar 14:00', in the zone of `now`."""
    local = moment.astimezone(now.tzinfo)
    away = (local.date() - now.date()).days
    named = {0: "today", 1: "tomorrow", -1: "yesterday"}.get(away)
    year = f" {local.year}" if local.year != now.year else ""
    return f"{named or f'{local:%a} {local.day} {local:%b}{year}'} {local:%H:%M}"


def last_day(end: datetime, now: datetime) -> str:
    """'today', 'tomorrow', else 'Thu 12 Mar': the last day before `end`, which is the midnight that ends it or a moment
    of that day."""
    return short_day(end - timedelta(microseconds=1), now).rpartition(" ")[0]


def ago(moment: datetime, now: datetime) -> str:
    """'3 minutes ago', 'on Tue 3 Nov 09:12'."""
    minutes = int((now - moment).total_seconds() // 60)
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{minutes} minute{'s' if minutes > 1 else ''} ago"
    return f"on {short_day(moment.astimezone(now.tzinfo), now)}"


def words_of(name: str) -> str:
    """'in_contact' as 'in contact'."""
    return name.replace("_", " ")
