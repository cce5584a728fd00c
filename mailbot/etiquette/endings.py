"""After a no, a closing or long silence: thanks, and weeks later a word to stay in touch."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import zip_longest

from mailbot.etiquette.answers import asks_to_talk
from mailbot.etiquette.case import Case, Settled, happened
from mailbot.etiquette.checkins import check_ins_sent
from mailbot.etiquette.contacts import author, main_contact
from mailbot.etiquette.follow_up import FollowUp, FollowUpKind, Reason
from mailbot.etiquette.rules import patience
from mailbot.etiquette.silence import decided_by
from mailbot.etiquette.verdicts import by_you, called, first, follow_up, quoted, spoken
from mailbot.reading.statements import Reading, Writer
from mailbot.tracking.application import Contact, Event, EventKind, Stage
from mailbot.tracking.names import Likeness, compare_companies
from mailbot.tracking.stages import stage

_NOES = (EventKind.REJECTED, EventKind.CLOSED)
_TURNS = (EventKind.OFFERED, EventKind.WITHDREW, EventKind.ACCEPTED)
_LIVING = (Stage.APPLIED, Stage.IN_CONTACT, Stage.INTERVIEWING, Stage.WAITING, Stage.ASSESSMENT, Stage.OFFER)


def rejection_thanks(case: Case) -> Iterator[FollowUp]:
    """Thanks for a no after an interview or a personal exchange, and for a closing after an interview: to the human
    who wrote it, else to the main contact."""
    if not case.etiquette.writes(FollowUpKind.REJECTION_THANKS):
        return
    rule, until = case.etiquette.hours("rejection_thanks.after"), case.etiquette.days("rejection_thanks.until")
    noes = tuple(_noes(case))
    for (no, to, reading), later in zip_longest(noes, noes[1:]):
        text = f"{called(to)} is thanked for the time, though the answer is no."
        again = Settled(later[0].at, later[0].message_id, "They have written of it again.") if later else None
        yield follow_up(
            case,
            FollowUpKind.REJECTION_THANKS,
            to,
            happened(case, no.message_id, no.at),
            due=case.calendar.after(no.at, rule),
            until=case.calendar.end_of(case.calendar.count(case.calendar.day(no.at), until)),
            reason=Reason(text, rule.guide, rule.name, quoted(reading) or no.quote, no.message_id),
            settled=first(_thanked(case, no, to), again, _lives_again(case, no.at)),
            answers=reading,
        )


def stay_in_touch(case: Case) -> Iterator[FollowUp]:
    """A light word weeks after a no that followed an interview, or after a check-in that stayed unanswered."""
    if not case.etiquette.writes(FollowUpKind.STAY_IN_TOUCH):
        return
    no = next((one for one in reversed(case.endings) if one.kind is EventKind.REJECTED), None)
    if no and case.interviewed(no.at):
        reading = case.by_id.get(no.message_id or "")
        occasion = happened(case, no.message_id, no.at)
        yield from _keep_in_touch(case, no.at, occasion, "the no", named=_day_named(reading))
    last = next(reversed(check_ins_sent(case)), None)
    if last and not decided_by(case, last.at) and case.ending(_NOES, last.at) is None:
        occasion = (last.reading.message_id,)
        yield from _keep_in_touch(case, last.at, occasion, "your check-in", answered=_answered(case, last.at))


def _noes(case: Case) -> Iterator[tuple[Event, Contact, Reading | None]]:
    """The noes and closings that are thanked for, with whom to thank and the message to answer. After the first one,
    only those of a human, and none once the person has written; the reply to one that names times for a talk about
    another job says the thanks."""
    told = [one for one in case.endings if one.kind in _NOES and _deserves_thanks(case, one)]
    for one in told:
        reading = case.by_id.get(one.message_id or "")
        if reading and asks_to_talk(reading) and any(said.proposed for said in reading.statements):
            continue
        human = author(case, reading) if reading else None
        to = human or main_contact(case, one.at)
        new = one is told[0] or (human and not any(told[0].at < sent.at < one.at for sent in case.sent))
        if to and new:
            yield one, to, reading if human else None


def _deserves_thanks(case: Case, no: Event) -> bool:
    if case.interviewed(no.at):
        return True
    told = [one for one in case.heard if one.writer is Writer.PERSON and one.date <= no.at]
    humans = {one.sender.email for one in told if one.sender}
    exchanged = any(not humans.isdisjoint(one.to) for one in case.sent if one.at < no.at)
    return no.kind is EventKind.REJECTED and exchanged


def _thanked(case: Case, no: Event, to: Contact) -> Settled | None:
    """Any mail of the person's to them, or in that thread."""
    for one in case.wrote(no.at):
        if to.email in one.to or no.message_id in (one.reading.in_reply_to, *one.reading.references):
            return by_you(case, one, "You wrote")
    return None


def _lives_again(case: Case, since: datetime) -> Settled | None:
    turn = case.ending(_TURNS, since)
    word = next((one for one in case.rounds() if one.date > since), None)
    return first(
        Settled(turn.at, turn.message_id, "Events have gone past it.") if turn else None,
        Settled(word.date, word.message_id, "They have come back.") if word else None,
    )


def _day_named(reading: Reading | None) -> date | None:
    """The day from which they would like to hear of the person again."""
    windows = (one.decision_by for one in reading.statements) if reading else ()
    return next((one.earliest or one.latest for one in windows if one), None)


def _keep_in_touch(
    case: Case,
    since: datetime,
    occasion: tuple[str, ...],
    what: str,
    *,
    named: date | None = None,
    answered: Settled | None = None,
) -> Iterator[FollowUp]:
    calendar = case.calendar
    opens, after, until = (case.etiquette.days(f"stay_in_touch.{one}") for one in ("opens", "after", "until"))
    day = calendar.day(since)
    early, start, end = (calendar.count(day, one) for one in (opens, after, until))
    if named and named > day:
        early, start, end = named, calendar.open_day(named), named + (end - start)
    to = main_contact(case, min(calendar.morning(start), case.now))
    if to is None:
        return
    wrote = next(case.wrote(calendar.morning(early), to.email), None)
    yield follow_up(
        case,
        FollowUpKind.STAY_IN_TOUCH,
        to,
        occasion,
        due=calendar.morning(calendar.open_day(start)),
        until=calendar.end_of(max(start, end)),
        reason=Reason(
            f"{(start - day).days} days after {what} of {spoken(day)}, on a working morning.",
            after.guide,
            after.name,
            message_id=occasion[-1] if occasion else None,
        ),
        settled=first(
            by_you(case, wrote, "You wrote") if wrote else None,
            answered,
            _lives_again(case, since),
        ),
    )


def _answered(case: Case, since: datetime) -> Settled | None:
    """A human's word after the check-in."""
    word = next((one for one in case.heard if one.date > since and one.writer is Writer.PERSON), None)
    return Settled(word.date, word.message_id, "They have answered.") if word else None


def lives_elsewhere(case: Case, to: Contact) -> Settled | None:
    """Another application there that still lives: what ends a word to stay in touch."""
    there = (
        one
        for one in case.others
        if same_house(case, one) or any(contact.email == to.email for contact in one.application.contacts)
    )
    if any(stage(one.application, case.now, patience(case.etiquette)) in _LIVING for one in there):
        return Settled(case.now, None, "Another application there is under way.")
    return None


def same_house(one: Case, other: Case) -> bool:
    """Whether two applications are with one employer."""
    return compare_companies(one.application.company, other.application.company) >= Likeness.CLOSE
