"""Whose word a message is."""

from __future__ import annotations

from mailbot.mail.message import Direction
from mailbot.reading.senders import is_robot, is_shared
from mailbot.reading.statements import Reading, Writer
from mailbot.tracking.domains import is_tool

# They hang on to a conversation; none of them is a word from anybody.
NO_WORD = frozenset({Writer.AUTO_REPLY, Writer.BOUNCE, Writer.CALENDAR, Writer.LIST})


def by_human(reading: Reading) -> bool:
    """Whether a human of the other side wrote it, or a calendar service sent their invitation for them."""
    if reading.direction is not Direction.IN or reading.sender is None:
        return False
    if reading.calendar and reading.writer is Writer.ROBOT:
        sender = reading.sender
        return not (is_tool(sender.domain) or is_robot(sender) or is_shared(sender))
    return reading.writer is Writer.PERSON


def by_somebody(reading: Reading) -> bool:
    """Whether the person or a human of the other side wrote it."""
    return reading.direction is Direction.OUT or by_human(reading)
