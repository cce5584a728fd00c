"""The tables that several commands print: applications, drafts that wait, what needs the person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from mailbot.cli.events import name_of
from mailbot.cli.printing import is_narrow, print_links, print_table, say
from mailbot.standing.steps import kept_notes, next_step
from mailbot.standing.wording import last_day, short_day, words_of

if TYPE_CHECKING:
    from mailbot.drafting.drafts import DraftRecord
    from mailbot.etiquette.follow_up import Debt
    from mailbot.outcome import Outlook
    from mailbot.pages import Pages
    from mailbot.tracking.application import Application


def print_applications(outlook: Outlook, title: str = "Applications") -> None:
    """Company and role, stage, next step and when: what goes on first, what is over last."""
    from mailbot.tracking.application import OVER

    rows = []
    for one in sorted(outlook.tracked.applications, key=lambda one: outlook.stages[one.id] in OVER):
        step = next_step(one, outlook)
        rows.append(
            (
                one.company or (f"via {one.agency}" if one.agency else "?"),
                one.role or "",
                words_of(outlook.stages[one.id]),
                step.what,
                step.when_in_words(outlook.now),
            )
        )
    if is_narrow():
        narrow = [(f"{firm}\n{role}".rstrip(), now, f"{what}\n{when}".strip()) for firm, role, now, what, when in rows]
        print_table(title, ("application", "stage", "next"), narrow)
    else:
        print_table(title, ("company", "role", "stage", "next step", "when"), rows)


def application_row(application: Application, outlook: Outlook) -> dict[str, object]:
    """The same as JSON."""
    step = next_step(application, outlook)
    return {
        "application": application.slug,
        "company": application.company,
        "agency": application.agency,
        "role": application.role,
        "stage": str(outlook.stages[application.id]),
        "next_step": step.what or None,
        "when": step.when.isoformat() if step.when else None,
    }


def print_debts(outlook: Outlook, pages: Pages) -> None:
    """What the person owes, a line each."""
    for debt in outlook.plan.debts:
        by = f" by {last_day(debt.respond_by, outlook.now)}" if debt.respond_by else ""
        name = name_of(outlook.application(debt.application))
        links = " ".join(filter(None, (debt.link, pages.of_message(debt.application, debt.message_id, outlook))))
        say(f"Yours{by}: {debt.text} ({name}) {links}".rstrip(), bold=True)


def debt_row(debt: Debt, outlook: Outlook, pages: Pages) -> dict[str, object]:
    """One of them as JSON."""
    return {
        "owed": debt.text,
        "application": outlook.application(debt.application).slug,
        "respond_by": debt.respond_by.isoformat() if debt.respond_by else None,
        "link": debt.link or None,
        "open": pages.of_message(debt.application, debt.message_id, outlook) or None,
    }


def draft_row(record: DraftRecord, pages: Pages) -> dict[str, object]:
    """One draft as JSON."""
    return {
        "draft": str(record.identity.kind),
        "status": str(record.status),
        "to": record.identity.recipient,
        "subject": record.subject,
        "account": record.account,
        "placed": record.placed_at.isoformat() if record.placed_at else None,
        "reason": record.reason,
        "open": pages.of_draft(record) or None,
    }


def print_drafts(records: Sequence[DraftRecord], outlook: Outlook, pages: Pages) -> None:
    """What waits: when, to whom, subject and why, and where to open it. Of notes that are only kept, the number."""
    now, kept = outlook.now, kept_notes(records, outlook)
    if waiting := [one for one in records if one not in kept]:
        _print_waiting(waiting, now)
        print_links([(_named(one), pages.of_draft(one)) for one in waiting])
    if kept:
        say(f"Your notes of {'one interview' if len(kept) == 1 else f'{len(kept)} interviews'} stay in Drafts.")


def _named(record: DraftRecord) -> str:
    return f"the {record.identity.kind.words} to {record.identity.recipient}"


def _print_waiting(records: Iterable[DraftRecord], now: datetime) -> None:
    print_letters(
        "Drafts",
        "subject",
        (
            (
                "in doubt" if one.in_doubt else short_day(one.placed_at or one.intended_at, now),
                one.identity.kind.words + ("" if str(one.status) == "placed" else f" ({words_of(one.status)})"),
                one.identity.recipient,
                one.subject,
                one.reason,
            )
            for one in records
        ),
    )


def print_letters(title: str, about: str, rows: Iterable[tuple[str, str, str, str, str]]) -> None:
    """Letters as a table: when, what, to whom, subject or application (`about`), and why."""
    if is_narrow():
        narrow = [(when, f"{what} to {to}\n{subject}\n{why}") for when, what, to, subject, why in rows]
        print_table(title, ("when", f"what, to whom, {about}, and why"), narrow)
    else:
        wide = [(when, what, to, f"{subject}\n{why}") for when, what, to, subject, why in rows]
        print_table(title, ("when", "what", "to", f"{about}, and why"), wide)
