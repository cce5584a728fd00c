"""A follow-up put together: its verdict at the moment, its thread, its account, its reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from mailbot.etiquette.case import Case, Sent, Settled
from mailbot.etiquette.contacts import reads_english, thread
from mailbot.etiquette.follow_up import FollowUp, FollowUpKind, Identity, Reason, Verdict
from mailbot.etiquette.wishes import Uninterested, Wanted, last
from mailbot.reading.statements import Part, Reading
from mailbot.tracking.application import Contact

_OPEN = (Verdict.COMING, Verdict.DUE, Verdict.PASSED, Verdict.UNSURE, Verdict.PAUSED, Verdict.THEIRS_TO_WRITE)


def follow_up(
    case: Case,
    kind: FollowUpKind,
    to: Contact,
    occasion: tuple[str, ...],
    *,
    due: datetime,
    until: datetime,
    reason: Reason,
    settled: Settled | None,
    answers: Reading | None = None,
    **more: Any,
) -> FollowUp:
    """The follow-up as it stands at `case.now`. `settled` is what first made it needless, as `first` gives it.
    `answers` is the message that it answers; without one it joins that person's newest thread."""
    answered = answers if answers is not None and not answers.calendar else thread(case, to)
    newest = max(case.by_id.values(), key=lambda one: one.date, default=None)
    account = answered or newest
    identity = Identity(kind, to.email or "", oldest_first(case, occasion))
    wanted = next((one for one in case.wishes if isinstance(one, Wanted) and one.identity.same(identity)), None)
    if wanted:
        last_day = case.calendar.count(case.calendar.day(wanted.at), case.etiquette.days("asked.until"))
        due, until, more = min(due, wanted.at), max(until, case.calendar.end_of(last_day)), {**more, "asked": True}
    verdict = _by_clock(case.now, due, until)
    if verdict is Verdict.DUE and not (to.email and reads_english(case, to, answered, occasion)):
        verdict = Verdict.THEIRS_TO_WRITE
    whole = FollowUp(
        identity=identity,
        application=case.application.id,
        to=to,
        due=due,
        until=max(due, until),
        verdict=verdict,
        reason=reason,
        reply_to=answered.message_id if answered else None,
        account=account.account if account else "",
        preset=case.etiquette.preset,
        interested=last(case.wishes, Uninterested) is None,
        **more,
    )
    return settle(whole, settled) if settled else whole


def settle(one: FollowUp, settled: Settled) -> FollowUp:
    """The follow-up made needless: done, where the person did it themselves, else overtaken."""
    reason = replace(one.reason, text=settled.why, message_id=settled.by)
    verdict = Verdict.DONE if settled.done else Verdict.OVERTAKEN
    return replace(one, verdict=verdict, reason=reason, settled_by=settled.by, settled_at=settled.at)


def first(*settled: Settled | None) -> Settled | None:
    """The earliest of what made a follow-up needless."""
    return min((one for one in settled if one is not None), key=lambda one: one.at, default=None)


def by_you(case: Case, sent: Sent, what: str) -> Settled:
    """The person did it themselves: `what` is 'You thanked them', 'You wrote'."""
    why = f"{what} yourself on {spoken(case.calendar.day(sent.at))}."
    return Settled(sent.at, sent.reading.message_id, why, done=True)


def is_open(one: FollowUp) -> bool:
    """Whether nothing has made it needless."""
    return one.verdict in _OPEN


def oldest_first(case: Case, occasion: tuple[str, ...]) -> tuple[str, ...]:
    """The messages of an occasion, each once, by their Date; those that are not known come last."""
    return tuple(sorted(dict.fromkeys(occasion), key=lambda one: case.date(one, case.now)))


def quoted(reading: Reading | None) -> str:
    """The words that made a message what it is."""
    if reading is None:
        return ""
    evidence = [one for statement in reading.statements for one in statement.evidence]
    return next((one.quote for one in (*(e for e in evidence if e.field == "kind"), *evidence)), "")


def called(contact: Contact) -> str:
    """What a person is called in a sentence."""
    return contact.name or contact.email or "the other side"


def nobody(case: Case) -> Contact:
    """Nobody can be addressed: the person has to find a way."""
    return Contact(case.application.company or "", None, Part.CONTACT)


def spoken(day: date) -> str:
    """'Thursday, 12 March'."""
    return f"{day:%A}, {day.day} {day:%B}"


def _by_clock(now: datetime, due: datetime, until: datetime) -> Verdict:
    if now < due:
        return Verdict.COMING
    return Verdict.DUE if now < max(due, until) else Verdict.PASSED
