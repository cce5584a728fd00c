"""`mailbot show`: one application, with the words behind every fact."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mailbot.cli.options import json_option, place_options
from mailbot.cli.printing import is_narrow, print_json, print_links, print_table, say
from mailbot.standing.wording import plain, short_day, words_of

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.drafting.drafts import DraftRecord
    from mailbot.tracking.application import Application, Contact, Event
    from mailbot.tracking.stages import Change


@click.command("show")
@click.argument("application")
@place_options
@json_option
def command(application: str, config: Path | None, state: Path | None, as_json: bool) -> None:
    """The timeline of one APPLICATION (its handle, or part of the company's name), with the evidence, and its letters.

    Example: mailbot show horizon
    """
    from mailbot.cli.events import name_of
    from mailbot.cli.overview import application_row, draft_row
    from mailbot.config import local_now
    from mailbot.etiquette import patience
    from mailbot.household import open_household
    from mailbot.pages import pages_of
    from mailbot.standing.steps import find_application
    from mailbot.tracking.stages import history

    with open_household(config, state) as home:
        outlook = home.assistant.outlook(local_now(home.settings.zone))
        found = find_application(application, outlook)
        ours = [one for one in home.ledger.all_drafts() if one.application == found.id]
        changes = history(found, outlook.now, patience(home.assistant.profile.etiquette))
        lacking = {one.id: home.assistant.to_add(one, outlook) for one in ours}
        pages = pages_of(home.settings)
    events = [one for one in found.events if one.at <= outlook.now]  # that a talk is over is known before it has begun
    replaced = {one.replaces for one in ours}
    drafts = [one for one in ours if one.id not in replaced]
    if as_json:
        print_json(application_row(found, outlook))
        for event in events:
            print_json(
                {"at": event.at.isoformat(), "fact": str(event.kind), "message": event.message_id, "quote": event.quote}
            )
        for change in changes:
            print_json({"at": change.at.isoformat(), "was": str(change.was), "stage": str(change.stage)})
        for record in drafts:
            print_json({**draft_row(record, pages), "body": record.body, "to_add": lacking[record.id]})
        return
    say(f"{name_of(found)}: {words_of(outlook.stages[found.id])}", bold=True)
    click.echo()
    if found.contacts:
        _print_people(found.contacts, outlook.now)
    _print_mails(found, outlook.now)
    _print_timeline(events, changes, outlook.now)
    for record in drafts:
        _print_letter(record, outlook.now)
        print_links([("it", pages.of_draft(record))])
        if lacking[record.id]:
            say("You edited it; what is known since could be added:", bold=True)
            click.echo(plain("\n".join(lacking[record.id]) + "\n"))


def _print_people(contacts: Sequence[Contact], now: datetime) -> None:
    rows = [
        (
            one.name,
            one.email or "",
            words_of(one.part),
            short_day(one.last_wrote, now) if one.last_wrote else "",
        )
        for one in contacts
    ]
    if is_narrow():
        narrow = [(f"{name}\n{email}".strip(), part, wrote) for name, email, part, wrote in rows]
        print_table("People", ("who", "part", "last wrote"), narrow)
    else:
        print_table("People", ("name", "address", "part", "last wrote"), rows)


def _print_mails(application: Application, now: datetime) -> None:
    """Its mails, by the numbers that `mailbot split` takes."""
    from mailbot.speech.subject import mails

    rows = [
        (str(number), short_day(one.date, now), one.sender.name or one.sender.email if one.sender else "", one.subject)
        for number, one in enumerate(mails(application), 1)
    ]
    print_table("Mails", ("number", "when", "from", "subject"), rows)


def _print_timeline(events: Sequence[Event], changes: Sequence[Change], now: datetime) -> None:
    """Facts with their words, and what they made of the stage; words that two facts share stand once."""
    told = [(one.at, words_of(one.kind), one.quote) for one in events]
    told += [(one.at, f"now {words_of(one.stage)}", "") for one in changes]
    rows, before = [], ""
    for at, what, quote in sorted(told, key=lambda one: one[0]):
        rows.append((short_day(at, now), what, "" if quote == before else quote))
        before = quote or before
    print_table("Timeline", ("when", "what", "words"), rows)


def _print_letter(record: DraftRecord, now: datetime) -> None:
    placed = f"placed {short_day(record.placed_at, now)}" if record.placed_at else "not placed"
    became = "" if str(record.status) == "placed" else f", {words_of(record.status)}: {record.end_reason}"
    say(f"{record.identity.kind.words} to {record.identity.recipient}: {record.subject}", bold=True)
    click.echo(plain(f"({placed}{became.rstrip(': ')})\n\n{record.body}"))
    click.echo()
