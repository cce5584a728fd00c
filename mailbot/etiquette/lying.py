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


def lies_too_long(
    kind: FollowUpKind, placed_at: datetime, now: datetime, etiquette: Etiquette, reader: Reader
) -> bool:
    """Whether an unedited draft of that kind, placed then, is to be taken back by now: as many days later, at the
    same time of day, as the rule says. Letters of other kinds may lie."""
    if kind not in _RULES:
        return False
    calendar = Calendar(etiquette, reader)
    last = calendar.count(calendar.day(placed_at), etiquette.days(_RULES[kind]))
    return now >= calendar.at(last, placed_at.astimezone(calendar.zone).time())
