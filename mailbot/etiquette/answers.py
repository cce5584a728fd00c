"""Answers at once: to an invitation that asks, and to an offer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import zip_longest

from mailbot.etiquette.case import Case, Settled, happened
from mailbot.etiquette.contacts import author, copied, main_contact
from mailbot.etiquette.follow_up import FollowUp, FollowUpKind, Reason
from mailbot.etiquette.rules import Days
from mailbot.etiquette.verdicts import by_you, called, first, follow_up, quoted
from mailbot.reading.statements import Facet, Kind, Reading
from mailbot.tracking.application import Ask, Contact, EventKind
from mailbot.tracking.asks import asks_leave

_ENDED = (EventKind.REJECTED, EventKind.CLOSED, EventKind.WITHDREW, EventKind.ACCEPTED)
_INVITING = (Kind.INTERVIEW_REQUEST, Kind.INTERVIEW_CONFIRMED, Kind.INTERVIEW_RESCHEDULED)
_INVITES = ("invitation", "reschedule")
# What a move or an invitation must do to want an answer: a time set without a question may get one, need not.
_ASKING = (Facet.ASKS, Facet.BOOKING_LINK)


def invitation_replies(case: Case) -> Iterator[FollowUp]:
    """A reply to each message of a human's that asks for an interview, for times, or offers a booking link."""
    rule, until = case.etiquette.hours("invitation_reply.after"), case.etiquette.days("invitation_reply.until")
    for ask in case.application.asks:
        reading = case.by_id.get(ask.message_id)
        to = author(case, reading) if reading else None
        if reading is None or to is None or ask.what not in _INVITES or not asks_to_talk(reading):
            continue
        text = f"{called(to)} asks for a talk; such a message is answered within the hour."
        yield follow_up(
            case,
            FollowUpKind.INVITATION_REPLY,
            to,
            (reading.message_id,),
            due=case.calendar.after(reading.date, rule),
            until=answer_by(case, reading, ask.respond_by, until),
            reason=Reason(text, rule.guide, rule.name, quoted(reading), reading.message_id),
            settled=first(_settled(case, ask), _answered_in_thread(case, reading), _over(case, reading)),
            answers=reading,
            cc=copied(case, reading, to),
            slots=tuple(slot for one in reading.statements for slot in one.proposed),
        )


def offer_replies(case: Case) -> Iterator[FollowUp]:
    """A reply to an offer, at once; to a later word on the same offer only where it asks again."""
    rule, until = case.etiquette.hours("offer_reply.after"), case.etiquette.days("offer_reply.until")
    offers = tuple(_offers(case))
    for offer, newer in zip_longest(offers, offers[1:]):
        at, to, reading = offer.at, offer.to, offer.reading
        later = Settled(newer.at, newer.message_id, "They have written about the offer again.") if newer else None
        text = f"{called(to)} makes an offer; it is answered at once, without accepting or declining."
        yield follow_up(
            case,
            FollowUpKind.OFFER_REPLY,
            to,
            happened(case, offer.message_id, at),
            due=case.calendar.after(at, rule),
            until=answer_by(case, reading, _respond_by(reading), until) if reading else _until(case, at, until),
            reason=Reason(text, rule.guide, rule.name, quoted(reading) or offer.quote, offer.message_id),
            settled=first(_answered(case, at), later, _ended(case, at)),
            answers=reading,
            cc=copied(case, reading, to) if reading else (),
        )


@dataclass(frozen=True, slots=True)
class _Offer:
    at: datetime
    message_id: str | None
    quote: str
    to: Contact
    reading: Reading | None


def _offers(case: Case) -> Iterator[_Offer]:
    """The words of an offer that want an answer, by a human or as the person told."""
    offers = [one for one in case.endings if one.kind is EventKind.OFFERED]
    for one in offers:
        reading = case.by_id.get(one.message_id or "")
        to = author(case, reading) if reading else main_contact(case, one.at)
        answered = any(offers[0].at < sent.at < one.at for sent in case.sent)
        if to and (not answered or (reading and _asks_again(reading))):
            yield _Offer(one.at, one.message_id, one.quote, to, reading)


def asks_to_talk(reading: Reading) -> bool:
    """Whether a message invites and wants an answer: it says so, or names several times. Cold outreach never does: the
    person has not applied, and the message does not say that they did."""
    for one in reading.statements:
        choice = one.kind is Kind.INTERVIEW_REQUEST and len(one.proposed) > 1
        if (not one.has(*_ASKING) and not choice) or asks_leave(one):
            continue
        # The sending of a test may get a reply, need not.
        if one.kind in _INVITING or (Facet.ADVANCES in one.facets and one.kind is not Kind.ASSESSMENT):
            return True
        if one.kind is Kind.RECRUITER_OUTREACH and Facet.ANSWERED_APPLICATION in one.facets:
            return True
    return False


def answer_by(case: Case, reading: Reading, respond_by: date | None, rule: Days) -> datetime:
    """The end of the day asked for, else of the last of the rule's days."""
    if respond_by and respond_by >= case.calendar.day(reading.date):
        return case.calendar.end_of(respond_by)
    return _until(case, reading.date, rule)


def _until(case: Case, at: datetime, rule: Days) -> datetime:
    return case.calendar.end_of(case.calendar.count(case.calendar.day(at), rule))


def _settled(case: Case, ask: Ask) -> Settled | None:
    closed = case.closed(ask)
    if closed is None or closed > case.now:
        return None
    sent = next((one for one in case.sent if one.reading.message_id == ask.answered_by), None)
    return by_you(case, sent, "You answered") if sent else Settled(closed, ask.answered_by, "It is settled.")


def _answered_in_thread(case: Case, reading: Reading) -> Settled | None:
    """Any mail of the person's in that thread."""
    for one in case.wrote(reading.date):
        if reading.message_id in (one.reading.in_reply_to, *one.reading.references):
            return by_you(case, one, "You answered")
    return None


def _over(case: Case, reading: Reading) -> Settled | None:
    ending = case.ending((*_ENDED, EventKind.OFFERED), reading.date)
    return Settled(ending.at, ending.message_id, "Events have gone past it.") if ending else None


def _answered(case: Case, at: datetime) -> Settled | None:
    """Any mail of the person's to anyone there."""
    sent = next(case.wrote(at), None)
    return by_you(case, sent, "You answered") if sent else None


def _ended(case: Case, at: datetime) -> Settled | None:
    ending = case.ending(_ENDED, at)
    return Settled(ending.at, ending.message_id, "The offer has come to its end.") if ending else None


def _respond_by(reading: Reading) -> date | None:
    return next((one.respond_by for one in reading.statements if one.respond_by), None)


def _asks_again(reading: Reading) -> bool:
    return any(one.kind is Kind.OFFER and (one.has(Facet.ASKS) or one.respond_by) for one in reading.statements)
