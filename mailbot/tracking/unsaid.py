"""What the person's mail does, though its words do not say so: what happened before it tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from mailbot.mail.message import Direction
from mailbot.reading.statements import Facet, Kind, Reading
from mailbot.tracking.application import Meeting, MeetingStatus
from mailbot.tracking.promises import asks_news
from mailbot.tracking.voices import by_human

# Thanks come this soon after the interview began.
THANKS_COME = timedelta(days=5)
# Whoever writes again so long after a question that nobody answered asks once more.
ASKS_AGAIN = timedelta(days=4)
# What is about something else.
_OTHERWISE = (
    *(Facet.THANKS, Facet.ASKS_NEWS, Facet.HANDED_IN),
    *(Facet.DOUBTS_INTERVIEW, Facet.DECLINES_INTERVIEW),
)


def unsaid(readings: Sequence[Reading], meetings: Sequence[Meeting]) -> tuple[Reading, ...]:
    """The messages, oldest first, those of the person's that thank for an interview or ask for news marked so.
    'Thanks for the yarn' may thank for anything, but not where the interview is the last that was heard of the other
    side; 'If it helps I can come in for a day' asks for news where it follows a question that nobody answered."""
    found: list[Reading] = []
    for one in readings:
        plain = one.direction is Direction.OUT and one.kind is Kind.OWN_REPLY and not one.main.has(*_OTHERWISE)
        if plain and one.main.has(Facet.GRATEFUL) and _follows_a_talk(one, found, meetings):
            one = _with(one, Facet.THANKS)
        elif plain and not one.main.has(Facet.ENCLOSES) and _follows_a_question(one, found):
            one = _with(one, Facet.ASKS_NEWS)
        found.append(one)
    return tuple(found)


def _follows_a_talk(one: Reading, before: Sequence[Reading], meetings: Sequence[Meeting]) -> bool:
    begun = (each.start for each in meetings if each.status is MeetingStatus.FIXED and each.start < one.date)
    last = max(begun, default=None)
    if last is None or one.date > last + THANKS_COME:
        return False
    return not any(by_human(other) and other.date > last for other in before)


def _follows_a_question(one: Reading, before: Sequence[Reading]) -> bool:
    """Whether the last word of either side, days before, was the person's question for news to the same people."""
    last = next((other for other in reversed(before) if other.direction is Direction.OUT or by_human(other)), None)
    if last is None or not asks_news(last) or one.date < last.date + ASKS_AGAIN:
        return False
    return bool({each.email for each in one.to} & {each.email for each in last.to})


def _with(one: Reading, facet: Facet) -> Reading:
    said = replace(one.main, facets=one.main.facets | {facet})
    return replace(one, statements=(said, *one.statements[1:]))
