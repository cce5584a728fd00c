"""What comes next in an application, and which application is meant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from mailbot.standing.wording import last_day, short_day

if TYPE_CHECKING:
    from mailbot.drafting.drafts import DraftRecord
    from mailbot.etiquette.follow_up import FollowUp
    from mailbot.outcome import Outlook
    from mailbot.tracking.application import Application


@dataclass(frozen=True, slots=True)
class NextStep:
    """What comes next in one application, in a few words, and when. `last`: `when` ends the last day for it."""

    what: str = ""
    when: datetime | None = None
    last: bool = False

    def when_in_words(self, now: datetime) -> str:
        if self.when is None:
            return ""
        return f"by {last_day(self.when, now)}" if self.last else short_day(self.when, now)


def next_step(application: Application, outlook: Outlook) -> NextStep:
    """What the person owes, else a draft that waits for them, else the next interview or follow-up."""
    from mailbot.etiquette.follow_up import Verdict
    from mailbot.tracking.application import MeetingStatus

    debt = next((one for one in outlook.plan.debts if one.application == application.id), None)
    if debt:
        return NextStep(debt.text.rstrip("."), debt.respond_by, last=True)
    follow_ups = [one for one in outlook.plan.follow_ups if one.application == application.id]
    if due := [one for one in follow_ups if one.verdict is Verdict.DUE]:
        first = min(due, key=lambda one: one.until)
        lies = any(one.same(first.identity) for one in outlook.lying)
        return NextStep(f"{'your draft waits' if lies else 'due'}: {letter_in_words(first)}", first.until, last=True)
    steps = [
        NextStep("interview", one.start)
        for one in application.meetings
        if one.status is MeetingStatus.FIXED and one.start > outlook.now
    ]
    steps += [NextStep(letter_in_words(one), one.due) for one in follow_ups if one.verdict is Verdict.COMING]
    return min(steps, key=lambda one: one.when or outlook.now, default=NextStep())


def letter_in_words(follow_up: FollowUp) -> str:
    """'check-in to Casey Nordstrom'; notes are for oneself."""
    kind = follow_up.kind.words
    if follow_up.kind == "interview_notes":
        return kind
    return f"{kind} to {follow_up.to.name or follow_up.identity.recipient}"


def kept_notes(records: Iterable[DraftRecord], outlook: Outlook) -> list[DraftRecord]:
    """Notes of interviews that are over: nothing waits for the person, they lie there for the next round."""
    from mailbot.etiquette.follow_up import FollowUpKind, Verdict

    notes = FollowUpKind.INTERVIEW_NOTES
    ahead = [one.identity for one in outlook.plan.follow_ups if one.kind is notes and one.verdict is Verdict.DUE]
    mine = [one for one in records if one.identity.kind is notes]
    return [one for one in mine if not any(one.identity.same(known) for known in ahead)]


def find_application(wanted: str, outlook: Outlook) -> Application:
    """The one whose slug, company or role `wanted` names. Raises ActionNeeded where none or several fit."""
    from mailbot.errors import ActionNeeded

    known = outlook.tracked.every
    folded = wanted.casefold()
    exact = [one for one in known if folded in (one.slug, one.id)]
    fits = exact or [one for one in known if folded in one.slug or folded in one.name.casefold()]
    if len(fits) == 1:
        return fits[0]
    if fits:
        listed = ", ".join(one.slug for one in fits)
        raise ActionNeeded(f"{wanted!r} fits several applications.", mend=f"Name one of: {listed}.")
    raise ActionNeeded(f"There is no application {wanted!r}.", mend="mailbot status lists them.")
