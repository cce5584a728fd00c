"""Letters that the person asks for: a withdrawal, a decline, a word about an interview that did not take place; and the
written word that confirms what they fixed by phone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from mailbot.etiquette.case import Case, Settled, says
from mailbot.etiquette.contacts import addressable, author, main_contact, may_be_addressed
from mailbot.etiquette.follow_up import FollowUp, FollowUpKind, Reason
from mailbot.etiquette.verdicts import by_you, called, first, follow_up, nobody, spoken
from mailbot.etiquette.wishes import Asked
from mailbot.reading.statements import Kind, Reading
from mailbot.tracking.application import Contact, EventKind, Meeting, MeetingStatus
from mailbot.tracking.words import is_told

_PARTINGS = (FollowUpKind.WITHDRAWAL, FollowUpKind.DECLINE)
_ENDED = (EventKind.REJECTED, EventKind.CLOSED, EventKind.WITHDREW, EventKind.ACCEPTED)


def asked_letters(case: Case) -> Iterator[FollowUp]:
    """Each letter that was asked for, due from that moment; its draft may lie for as long as the rule says."""
    for one in case.wishes:
        if isinstance(one, Asked):
            yield _asked_letter(case, one)


def _asked_letter(case: Case, asked: Asked) -> FollowUp:
    rule = case.etiquette.days("asked.until")
    meeting = None if asked.kind in _PARTINGS else _begun(case, asked.at)
    answers = _asking(case, asked.at) if asked.kind is FollowUpKind.DECLINE else None
    to = (author(case, answers) if answers else None) or _whom(case, asked, meeting)
    return follow_up(
        case,
        asked.kind,
        to or nobody(case),
        (asked.ident,),
        due=asked.at,
        until=case.calendar.end_of(case.calendar.count(case.calendar.day(asked.at), rule)),
        reason=Reason("You asked for it.", rule.guide, rule.name),
        settled=_done(case, asked, to),
        answers=answers if to else None,
        meeting=meeting,
        asked=True,
    )


def confirmations(case: Case) -> Iterator[FollowUp]:
    """A talk fixed by phone is confirmed in writing: day, time and place."""
    rule, until = case.etiquette.hours("confirmation.after"), case.etiquette.days("confirmation.until")
    for meeting in case.application.meetings:
        told = next((one for one in meeting.fixed_by if is_told(one)), None)
        to = main_contact(case, case.now)
        if told is None or to is None:
            continue
        at = case.date(told, meeting.start)
        last = case.calendar.end_of(case.calendar.count(case.calendar.day(at), until))
        day = spoken(case.calendar.day(meeting.start))
        text = f"You fixed a talk for {day} by phone; {called(to)} gets it in writing."
        yield follow_up(
            case,
            FollowUpKind.CONFIRMATION,
            to,
            (told,),
            due=case.calendar.after(at, rule),
            until=max(at, min(last, meeting.start)),
            reason=Reason(text, rule.guide, rule.name),
            settled=_confirmed(case, meeting, told, at, to),
            meeting=meeting,
        )


def _begun(case: Case, by: datetime) -> Meeting | None:
    """The interview that was to be last by that moment."""
    return max((one for one in case.application.meetings if one.start <= by), key=lambda one: one.start, default=None)


def _asking(case: Case, by: datetime) -> Reading | None:
    """The newest message of theirs by then that offers or invites."""
    asks = [one for one in case.application.asks if one.what in ("offer", "invitation") and one.at <= by]
    return case.by_id.get(asks[-1].message_id) if asks else None


def _whom(case: Case, asked: Asked, meeting: Meeting | None) -> Contact | None:
    """Whoever arranged the interview, for a word about it; else the main contact; else an interviewer."""
    arranger = meeting.arranger if meeting else None
    if arranger and may_be_addressed(case, arranger):
        return arranger
    people = addressable(case, meeting.interviewers) if meeting else addressable(case, case.application.contacts)
    return main_contact(case, asked.at) or next(iter(people), None)


def _done(case: Case, asked: Asked, to: Contact | None) -> Settled | None:
    """A withdrawal of the person's own; for the other letters any mail to them, or a new time."""
    sent = case.wrote(asked.at, to.email) if to else iter(())
    if asked.kind in _PARTINGS:
        mine = next((one for one in case.wrote(asked.at) if says(one.reading, Kind.OWN_WITHDRAWAL)), None)
        return by_you(case, mine, "You told them") if mine else None
    mine = next(sent, None)
    word = next((one for one in case.rounds() if one.date > asked.at), None)
    return first(
        by_you(case, mine, "You wrote") if mine else None,
        Settled(word.date, word.message_id, "They have come back.") if word else None,
    )


def _confirmed(case: Case, meeting: Meeting, told: str, at: datetime, to: Contact) -> Settled | None:
    mine = next(case.wrote(at, to.email), None)
    theirs = next((one for one in meeting.fixed_by if one != told and case.date(one, at) > at), None)
    over = case.ending(_ENDED, at)
    off = meeting.status is MeetingStatus.CANCELLED
    return first(
        by_you(case, mine, "You wrote") if mine else None,
        Settled(case.date(theirs, at), theirs, "They have written of it themselves.") if theirs else None,
        Settled(over.at, over.message_id, "A decision has come since.") if over else None,
        Settled(case.date(meeting.cancelled_by, at), meeting.cancelled_by, "It was cancelled.") if off else None,
    )
