"""The dated facts of an application, each with the words it was read from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mailbot.mail.message import Direction
from mailbot.reading.statements import Facet, Kind, Reading, Statement
from mailbot.tracking.application import Event, EventKind, Meeting, MeetingStatus, Promise
from mailbot.tracking.meetings import Meetings
from mailbot.tracking.voices import NO_WORD, by_human

# Interviews are told by `meetings.py`; the other kinds say themselves what happened.
OF_KIND = {
    Kind.APPLICATION_RECEIVED: EventKind.RECEIVED,
    Kind.RECRUITER_OUTREACH: EventKind.OUTREACH,
    Kind.INTERVIEW_REQUEST: EventKind.INTERVIEW_ASKED,
    Kind.ASSESSMENT: EventKind.ASSESSMENT_ASKED,
    Kind.INFORMATION_REQUEST: EventKind.INFORMATION_ASKED,
    Kind.OFFER: EventKind.OFFERED,
    Kind.REJECTION: EventKind.REJECTED,
    Kind.POSITION_CLOSED: EventKind.CLOSED,
    Kind.OWN_APPLICATION: EventKind.APPLIED,
    Kind.OWN_THANK_YOU: EventKind.THANKED,
    Kind.OWN_CHECK_IN: EventKind.ASKED_NEWS,
    Kind.OWN_WITHDRAWAL: EventKind.WITHDREW,
    Kind.OWN_ACCEPTANCE: EventKind.ACCEPTED,
}
OF_FACET = {
    Facet.HANDED_IN: EventKind.ASSESSMENT_HANDED_IN,
    Facet.ADVANCES: EventKind.ADVANCED,
    Facet.ASKS_NEWS: EventKind.ASKED_NEWS,
    Facet.THANKS: EventKind.THANKED,
}


def events(
    readings: Sequence[Reading],
    meetings: Meetings,
    values: Sequence[Meeting],
    promised: Sequence[Promise],
    spoken: Sequence[Event] = (),
) -> tuple[Event, ...]:
    """In order of time, with those that the person told (`spoken`); the end of an interview that holds is one, though
    it may lie ahead."""
    found = [*spoken, *(event for reading in readings for event in _of_message(reading))]
    turns = [*meetings.past, *(turn for life in meetings.lives for turn in life.turns)]
    found += [_event(turn.reading, turn.kind, turn.statement) for turn in turns]
    found += [Event(one.made, EventKind.PROMISED, one.by, one.quote) for one in promised if not one.robot]
    dates = {one.message_id: one.date for one in readings}
    for one in values:
        if one.status is MeetingStatus.FIXED:
            # One that is told only when it is over was held when it was told.
            told = [dates[message] for message in one.fixed_by if message in dates]
            found.append(Event(max([one.over_at, *told[-1:]]), EventKind.INTERVIEW_HELD))
    order = {kind: at for at, kind in enumerate(EventKind)}
    unique = dict.fromkeys(found)
    return tuple(sorted(unique, key=lambda one: (one.at, one.message_id or "", order[one.kind], one.quote)))


def _of_message(reading: Reading) -> Iterator[Event]:
    """What a message brings about by its kinds, and that it is a word of a human's or of the person's."""
    if reading.writer in NO_WORD:
        return
    if reading.direction is Direction.OUT:
        yield _event(reading, EventKind.REPLIED, reading.main)
    elif by_human(reading) and reading.kind is not Kind.RECRUITER_OUTREACH:
        yield _event(reading, EventKind.CONTACTED, reading.main)
    # Who sends a test says with it that one is further: the test is where it stands.
    tested = any(said.kind is Kind.ASSESSMENT for said in reading.statements)
    for said in reading.statements:
        kinds = [OF_KIND[said.kind]] if said.kind in OF_KIND else []
        kinds += [kind for facet, kind in OF_FACET.items() if said.has(facet)]
        if said.kind is Kind.INTERVIEW_CANCELLED and said.has(Facet.ON_HOLD):
            kinds.append(EventKind.CLOSED)  # the talk is off because the role is
        for kind in dict.fromkeys(kinds):
            if not (tested and kind is EventKind.ADVANCED):
                yield _event(reading, kind, said)


def _event(reading: Reading, kind: EventKind, said: Statement) -> Event:
    quotes = {one.field: one.quote for one in said.evidence}
    return Event(reading.date, kind, reading.message_id, quotes.get("kind") or next(iter(quotes.values()), ""))
