"""The tables that several commands print: applications, drafts that wait, what needs the person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from mailbot.cli.events import name_of
from mailbot.cli.printing import print_table, short_day, words_of

if TYPE_CHECKING:
    from mailbot.drafting.drafts import DraftRecord
    from mailbot.outcome import Outlook
    from mailbot.tracking.application import Application


def next_step(application: Application, outlook: Outlook) -> tuple[str, datetime | None]:
    """What comes next in one application, in a few words, and when: an interview, what the person owes, else the next
    follow-up. ('', None) where nothing is coming."""
    from mailbot.etiquette.follow_up import Verdict
    from mailbot.tracking.application import MeetingStatus

    steps: list[tuple[datetime, str]] = [
        (one.start, "interview")
        for one in application.meetings
        if one.status is MeetingStatus.FIXED and one.start > outlook.now
    ]
    steps += [
        (one.due, f"{words_of(one.kind)} to {one.to.name or one.identity.recipient}")
        for one in outlook.plan.follow_ups
        if one.application == application.id and one.verdict is Verdict.COMING
    ]
    debt = next((one for one in outlook.plan.debts if one.application == application.id), None)
    if debt:
        return f"yours: {debt.text}", debt.respond_by
    if not steps:
        return "", None
    when, what = min(steps)
    return what, when


def print_applications(outlook: Outlook, title: str = "Applications") -> None:
    """Company and role, stage, next step and when."""
    rows = []
    for one in outlook.tracked.applications:
        what, when = next_step(one, outlook)
        rows.append(
            (
                one.company or (f"via {one.agency}" if one.agency else "?"),
                one.role or "",
                words_of(outlook.stages[one.id]),
                what,
                short_day(when, outlook.now) if when else "",
            )
        )
    print_table(title, ("company", "role", "stage", "next step", "when"), rows)


def application_row(application: Application, outlook: Outlook) -> dict[str, object]:
    """The same as JSON."""
    what, when = next_step(application, outlook)
    return {
        "application": application.slug,
        "company": application.company,
        "agency": application.agency,
        "role": application.role,
        "stage": str(outlook.stages[application.id]),
        "next_step": what or None,
        "when": when.isoformat() if when else None,
    }


def draft_row(record: DraftRecord) -> dict[str, object]:
    """One draft as JSON."""
    return {
        "draft": str(record.identity.kind),
        "status": str(record.status),
        "to": record.identity.recipient,
        "subject": record.subject,
        "account": record.account,
        "placed": record.placed_at.isoformat() if record.placed_at else None,
        "reason": record.reason,
    }


def print_drafts(records: Iterable[DraftRecord], now: datetime) -> None:
    """When, to whom, subject and why."""
    print_table(
        "Drafts",
        ("placed", "what", "to", "subject, and why"),
        [
            (
                short_day(one.placed_at, now) if one.placed_at else "in doubt",
                words_of(one.identity.kind) + ("" if str(one.status) == "placed" else f" ({words_of(one.status)})"),
                one.identity.recipient,
                f"{one.subject}\n{one.reason}",
            )
            for one in records
        ],
    )


def find_application(wanted: str, outlook: Outlook) -> Application:
    """The one whose slug, company or role `wanted` names. Raises ActionNeeded where none or several fit."""
    from mailbot.errors import ActionNeeded

    known = outlook.tracked.applications
    folded = wanted.casefold()
    exact = [one for one in known if folded in (one.slug, one.id)]
    fits = exact or [one for one in known if folded in one.slug or folded in name_of(one).casefold()]
    if len(fits) == 1:
        return fits[0]
    if fits:
        listed = ", ".join(one.slug for one in fits)
        raise ActionNeeded(f"{wanted!r} fits several applications.", mend=f"Name one of: {listed}.")
    raise ActionNeeded(f"There is no application {wanted!r}.", mend="mailbot status lists them.")
