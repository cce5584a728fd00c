"""Letters as `status` and `plan` know them: what waits in Drafts, with why and the text; what is coming; what was
missed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from mailbot.drafting.drafts import DraftRecord, DraftStatus
from mailbot.etiquette.follow_up import FollowUp, Verdict
from mailbot.household import Household
from mailbot.outcome import Outlook
from mailbot.pages import Pages
from mailbot.standing.missing import still_missed
from mailbot.standing.steps import kept_notes, letter_in_words
from mailbot.standing.wording import last_day, short_day, words_of
from mailbot.tracking.application import Application

LATELY = timedelta(days=14)
SHOWN = (Verdict.COMING, Verdict.PAUSED)


@dataclass(frozen=True, slots=True)
class Letter:
    """One of ours. `became`: what it is by now, where it is not as it was placed. `to_add`: what is known since the
    person edited it. `waits`: it lies there for the person to act."""

    kind: str
    to: str
    subject: str
    why: str
    body: str
    when: str
    became: str
    open_at: str
    to_add: tuple[str, ...]
    application: Application | None
    waits: bool


@dataclass(frozen=True, slots=True)
class Coming:
    """One that is planned: `when` is its day, or by when."""

    what: str
    when: str
    why: str
    paused: bool
    application: Application


@dataclass(frozen=True, slots=True)
class Late:
    """One that was missed and can still be drafted."""

    what: str
    to: str
    kind: str
    when: str
    application: Application


def waiting(home: Household, outlook: Outlook, pages: Pages) -> tuple[list[Letter], list[Letter]]:
    """The drafts that wait for the person, newest first; and the notes that are only kept."""
    lying = home.ledger.open_drafts()
    kept = kept_notes(lying, outlook)
    first, second = ([one for one in lying if (one in kept) is only] for only in (False, True))
    return of_records(reversed(first), home, outlook, pages), of_records(reversed(second), home, outlook, pages)


def of_records(records: Iterable[DraftRecord], home: Household, outlook: Outlook, pages: Pages) -> list[Letter]:
    """Each as it stands."""
    records = tuple(records)
    known, kept = {one.id: one for one in outlook.tracked.every}, kept_notes(records, outlook)
    aliases = dict(outlook.tracked.aliases)
    return [
        Letter(
            kind=one.identity.kind.words,
            to=one.identity.recipient,
            subject=one.subject,
            why=one.reason,
            body=one.body,
            when=short_day(one.placed_at, outlook.now) if one.placed_at else "",
            became=_became(one),
            open_at=pages.of_draft(one),
            to_add=home.assistant.to_add(one, outlook),
            application=known.get(aliases.get(one.application, one.application)),
            waits=one.status in (DraftStatus.PLACED, DraftStatus.EDITED) and one not in kept,
        )
        for one in records
    ]


def _became(record: DraftRecord) -> str:
    if record.in_doubt:
        return "in doubt: it is looked after at the next step"
    if record.status is DraftStatus.PLACED:
        return ""
    return f"{words_of(record.status)}: {record.end_reason}".removesuffix(": ")


def coming(outlook: Outlook) -> list[Coming]:
    """What will be drafted, soonest first."""
    return [_coming(one, outlook) for one in outlook.plan.follow_ups if one.verdict in SHOWN]


def yours(outlook: Outlook) -> list[Coming]:
    """What the person writes themselves."""
    return [_coming(one, outlook) for one in outlook.plan.follow_ups if one.verdict is Verdict.THEIRS_TO_WRITE]


def _coming(one: FollowUp, outlook: Outlook) -> Coming:
    theirs = one.verdict is Verdict.THEIRS_TO_WRITE
    when = f"by {last_day(one.until, outlook.now)}" if theirs else short_day(one.due, outlook.now)
    what, application = _sentence(letter_in_words(one)), outlook.application(one.application)
    return Coming(what, when, one.reason.text, one.verdict is Verdict.PAUSED, application)


def missed(home: Household, outlook: Outlook) -> list[Late]:
    """What was missed lately, newest first."""
    known, aliases = {one.id: one for one in outlook.tracked.applications}, dict(outlook.tracked.aliases)
    recent = [one for one, _ in still_missed(home.ledger, outlook) if outlook.now - one.due < LATELY]
    return [
        Late(_sentence(f"{one.identity.kind.words} to {one.identity.recipient}"), one.identity.recipient,
             one.identity.kind, short_day(one.due, outlook.now), application)
        for one in reversed(recent)
        if (application := known.get(aliases.get(one.application, one.application)))
    ]  # fmt: skip


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
