"""What the times in one message mean: talks fixed, times offered, times chosen, and days by which something is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mailbot.mail.message import Message
from mailbot.reading.calendar import CalendarEvent
from mailbot.reading.statements import Evidence, Interview, Kind, Reader, Slot, Window
from mailbot.reading.words import Words


@dataclass(frozen=True, slots=True)
class Times:
    """What the times of one message mean (the fields of the same names of `Statement`)."""

    interviews: tuple[Interview, ...] = ()
    proposed: tuple[Slot, ...] = ()
    chosen: tuple[Slot, ...] = ()
    decision_by: Window | None = None
    respond_by: date | None = None
    evidence: tuple[Evidence, ...] = ()


def read_times(
    message: Message, words: Words, calendars: Sequence[CalendarEvent], kinds: Sequence[Kind], reader: Reader
) -> Times:
    """The meaning of each time in the message, by whose action it belongs to; `kinds` are the message's, weightiest
    first."""
    del message, words, calendars, kinds, reader
    return Times()
