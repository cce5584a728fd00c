"""Whose word a message is."""

from __future__ import annotations

from mailbot.mail.message import Direction
from mailbot.reading.statements import Reading, Writer

# They hang on to a conversation; none of them is a word from anybody.
NO_WORD = frozenset({Writer.AUTO_REPLY, Writer.BOUNCE, Writer.CALENDAR, Writer.LIST})


def by_human(reading: Reading) -> bool:
    """Whether a human of the other side wrote it."""
    return reading.direction is Direction.IN and reading.writer is Writer.PERSON


def by_somebody(reading: Reading) -> bool:
    """Whether the person or a human of the other side wrote it."""
    return reading.direction is Direction.OUT or by_human(reading)
