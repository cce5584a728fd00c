"""Whose turn it is: what the person owes and no draft answers, and advice that is no letter."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, time
from typing import Any

from mailbot.etiquette.case import Case, says
from mailbot.etiquette.data import table
from mailbot.etiquette.follow_up import Debt, FollowUp, FollowUpKind, Hint, Verdict
from mailbot.etiquette.verdicts import is_open, quoted
from mailbot.etiquette.workdays import DAY
from mailbot.reading.statements import Facet, Reading
from mailbot.tracking.application import Ask, Meeting, MeetingStatus

_RINGING = (1, 2, 3)  # Tuesday to Thursday
_ANSWERS = (FollowUpKind.INVITATION_REPLY, FollowUpKind.OFFER_REPLY)


def debts(case: Case, follow_ups: Collection[FollowUp]) -> Iterator[Debt]:
    """What waits for the person, the robots' questions too, but for what a draft of ours answers now."""
    answers = [one for one in follow_ups if one.kind in _ANSWERS and one.verdict is Verdict.DUE]
    drafted = {message for one in answers for message in one.identity.occasion}
    for ask in case.open_asks():
        reading = case.by_id.get(ask.message_id)
        if reading and ask.message_id not in drafted:
            yield _debt(case, ask, reading)


def _debt(case: Case, ask: Ask, reading: Reading) -> Debt:
    company = case.application.company or (reading.sender.name if reading.sender else "") or "The other side"
    what = "call" if says(reading, Facet.ASKS_TO_CALL) else ask.what
    texts = table("hints.toml")["debt"]
    day = ask.respond_by
    calendar = case.calendar
    notice = case.etiquette.days("hints.notice")
    return Debt(
        application=case.application.id,
        text=texts.get(what, texts["question"]).format(company=company, quote=quoted(reading)),
        message_id=ask.message_id,
        respond_by=calendar.end_of(day) if day else None,
        link=next((link for one in reading.statements for link in one.links), ""),
        notices=(calendar.morning(calendar.count(day, notice, back=True)), calendar.morning(day)) if day else (),
    )


def hints(case: Case, follow_ups: Collection[FollowUp]) -> Iterator[Hint]:
    """Advice of the preset's guides, each from the moment on which it holds, while it is of use; none once a decision
    has come."""
    held = [one for one in case.application.meetings if one.status is MeetingStatus.FIXED]
    last = max(held, key=lambda one: one.over_at, default=None)
    if last is None or case.endings:
        return
    names = " and ".join(one.name for one in last.interviewers if one.name) or "those you met"
    for hint in table("hints.toml")["hint"]:
        if case.etiquette.preset in hint["presets"]:
            for on in _moments(case, hint, last, follow_ups):
                if "lasts" in hint and case.now >= on + hint["lasts"] * DAY:
                    continue
                yield Hint(case.application.id, str(hint["text"]).format(names=names), on)


def _moments(
    case: Case, hint: Mapping[str, Any], last: Meeting, follow_ups: Collection[FollowUp]
) -> Iterator[datetime]:
    if hint["on"] == "interview":
        yield last.over_at
    elif hint["on"] == "silence":
        words = [one.date for one in (*case.heard, *(sent.reading for sent in case.sent))]
        quiet_from = case.calendar.day(max((*words, last.over_at)))
        yield case.calendar.morning(case.calendar.count(quiet_from, case.etiquette.days("hints.linkedin")))
    else:
        for one in follow_ups:
            if one.kind == hint["on"] and is_open(one) and one.verdict is not Verdict.PASSED:
                on = one.due - hint.get("before", 0) * DAY
                yield _by_phone(case, on, last, hint["by_phone"]) if "by_phone" in hint else on


def _by_phone(case: Case, since: datetime, last: Meeting, hour: str) -> datetime:
    """The first such hour, by the other side's clock, of a day on which one may ring."""
    theirs = last.start.tzinfo
    day = since.astimezone(theirs).date()
    while day.weekday() not in _RINGING or not case.calendar.is_open(day):
        day += DAY
    return datetime.combine(day, time.fromisoformat(hour), theirs)
