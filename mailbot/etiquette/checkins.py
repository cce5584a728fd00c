"""Asking for news: the check-in, and the second one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from mailbot.etiquette.case import Case, Sent, Settled
from mailbot.etiquette.contacts import main_contact
from mailbot.etiquette.follow_up import FollowUp, FollowUpKind, Reason, Verdict
from mailbot.etiquette.rules import Days
from mailbot.etiquette.silence import Anchor, anchors, due_moment, ended, owing
from mailbot.etiquette.verdicts import by_you, first, follow_up, nobody, spoken
from mailbot.reading.statements import Facet, Kind, Writer
from mailbot.tracking.application import Contact, EventKind, Meeting, MeetingStatus


def check_ins(case: Case) -> Iterator[FollowUp]:
    """A check-in for each thing that set the clock. Where they answered a check-in with a new word, what follows is
    the second one; a check-in that was sent brings the second a week later."""
    for anchor, replaced in anchors(case):
        second = _answers_a_check_in(case, anchor)
        kind = FollowUpKind.SECOND_CHECK_IN if second else FollowUpKind.CHECK_IN
        to, due = _when(case, anchor.day, anchor.rule)
        asked = _asked_since(case, anchor.at, due, to, replaced)
        if case.etiquette.writes(kind):
            done = by_you(case, asked, "You asked") if asked else None
            yield _check_in(case, kind, anchor, to, due, first(done, replaced))
        if not second and asked and case.etiquette.writes(FollowUpKind.SECOND_CHECK_IN):
            yield _second(case, anchor, replaced, asked)


def check_ins_sent(case: Case) -> tuple[Sent, ...]:
    """Every mail of the person's that asks for news."""
    done = {one.settled_by for one in check_ins(case) if one.verdict is Verdict.DONE}
    return tuple(one for one in case.sent if one.asks_news or one.reading.message_id in done)


def _when(case: Case, day: date, rule: Days) -> tuple[Contact | None, datetime]:
    """Whom to ask, and when: the main contact of the morning that the rule reaches from that day."""
    to = main_contact(case, min(due_moment(case, day, rule, None), case.now))
    return to, due_moment(case, day, rule, to)


def _check_in(
    case: Case, kind: FollowUpKind, anchor: Anchor, to: Contact | None, due: datetime, settled: Settled | None
) -> FollowUp:
    until = case.etiquette.days("check_in.until")
    return follow_up(
        case,
        kind,
        to or nobody(case),
        anchor.occasion,
        due=due,
        until=due + (case.calendar.count(due.date(), until) - due.date()),
        reason=_why(anchor),
        settled=first(settled, ended(case, anchor), owing(case, due)),
        promise=anchor.promise,
        meeting=anchor.meeting or _last_held(case, due),
    )


def _second(case: Case, anchor: Anchor, replaced: Settled | None, asked: Sent) -> FollowUp:
    """The second check-in, a week after the first was sent, and never before the day that they named."""
    rule, until = case.etiquette.days("second_check_in.after"), case.etiquette.days("second_check_in.until")
    sent_on = case.calendar.day(asked.at)
    to, due = _when(case, sent_on, rule)
    if anchor.dated:
        due = max(due, due_moment(case, anchor.day, anchor.rule, to))
    text = f"{rule.days} days after your check-in of {spoken(sent_on)}, on a working morning."
    again = _asked_since(case, case.calendar.end_of(sent_on), due, to, replaced)
    later = replaced if replaced and replaced.at > asked.at else None
    return follow_up(
        case,
        FollowUpKind.SECOND_CHECK_IN,
        to or nobody(case),
        (asked.reading.message_id,),
        due=due,
        until=due + (case.calendar.count(due.date(), until) - due.date()),
        reason=Reason(text, rule.guide, rule.name, message_id=asked.reading.message_id),
        settled=first(
            by_you(case, again, "You asked") if again else None,
            later,
            _answered(case, asked),
            ended(case, anchor),
            owing(case, due),
        ),
        promise=anchor.promise,
        meeting=anchor.meeting or _last_held(case, due),
    )


def _why(anchor: Anchor) -> Reason:
    rule = anchor.rule
    if anchor.promise is None:
        what = "the interview" if anchor.meeting else "the last step"
        text = f"No day was named; {rule.days} days after {what} of {spoken(anchor.day)}, on a working morning."
        return Reason(text, rule.guide, rule.name)
    past = "past" if anchor.dated else "after their word of"
    unit = "working days" if rule.working else "days"
    text = f"Nothing was heard; {rule.days} {unit} {past} {spoken(anchor.day)}, on a working morning."
    return Reason(text, rule.guide, rule.name, anchor.promise.quote, anchor.promise.by)


def _asked_since(
    case: Case, at: datetime, due: datetime, to: Contact | None, replaced: Settled | None
) -> Sent | None:
    """The first time after `at`, and before the clock was set anew, that the person asked for news, or wrote to the
    main contact in their own words once it was due."""
    words = [one for one in case.wrote(at) if one.asks_news or one.tells_deadline]
    words += case.own_words(due, to.email, thanks=True) if to else ()
    asked = min(words, key=lambda one: one.at, default=None)
    return asked if asked and (replaced is None or asked.at <= replaced.at) else None


def _answers_a_check_in(case: Case, anchor: Anchor) -> bool:
    """Whether the person had asked, in this round, before they gave that word."""
    if anchor.promise is None:
        return False
    held = [one.over_at for one in case.application.meetings if one.status is MeetingStatus.FIXED]
    handed = [one.at for one in case.application.events if one.kind is EventKind.ASSESSMENT_HANDED_IN]
    begun = max((one for one in (*held, *handed) if one <= anchor.at), default=None)
    asked = any((begun is None or one.at > begun) and one.at < anchor.at for one in case.sent if one.asks_news)
    return asked or anchor.promise.in_answer_to_check_in


def _answered(case: Case, asked: Sent) -> Settled | None:
    """A human's answer of substance to the check-in; a kind word, or 'soon', leaves the question open."""
    for one in case.heard:
        if one.date > asked.at and one.writer is Writer.PERSON and _is_answer(one.kind, one.main.facets):
            return Settled(one.date, one.message_id, "They have answered.")
    return None


def _is_answer(kind: Kind, facets: frozenset[Facet]) -> bool:
    if kind is Kind.STATUS_UPDATE:
        return not facets.isdisjoint((Facet.STILL_DECIDING, Facet.DELAY, Facet.ADVANCES, Facet.ON_HOLD))
    return kind is Kind.RECRUITER_REPLY and Facet.COURTESY not in facets


def _last_held(case: Case, by: datetime) -> Meeting | None:
    held = [one for one in case.application.meetings if one.status is MeetingStatus.FIXED and one.over_at <= by]
    return max(held, key=lambda one: one.over_at, default=None)
