"""When a draft has lain unsent for too long."""

from __future__ import annotations

from datetime import datetime

from mailbot.etiquette.follow_up import FollowUpKind
from mailbot.etiquette.rules import Etiquette
from mailbot.etiquette.workdays import Calendar
from mailbot.reading.statements import Reader

_RULES = {
    FollowUpKind.THANK_YOU: "thank_you.lies",
    FollowUpKind.CHECK_IN: "check_in.lies",
    FollowUpKind.SECOND_CHECK_IN: "check_in.lies",
}


def lies_until(kind: FollowUpKind, placed_at: datetime, etiquette: Etiquette, reader: Reader) -> datetime | None:
    """When an unedited draft of that kind, placed then, is to be taken back: as many days later, at the same time of
    day, as the rule says. None for letters of other kinds, which may lie."""
    if kind not in _RULES:
        return None
    calendar = Calendar(etiquette, reader)
    last = calendar.count(calendar.day(placed_at), etiquette.days(_RULES[kind]))
    return calendar.at(last, placed_at.astimezone(calendar.zone).time())


def lies_too_long(
    kind: FollowUpKind, placed_at: datetime, now: datetime, etiquette: Etiquette, reader: Reader
) -> bool:
    """Whether it is to be taken back by now."""
    until = lies_until(kind, placed_at, etiquette, reader)
    return until is not None and now >= until
