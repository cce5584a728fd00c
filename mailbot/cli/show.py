"""`mailbot show`: one application, with the words behind every fact."""

from __future__ import annotations

from pathlib import Path

import click

from mailbot.cli.options import json_option, place_options
from mailbot.cli.printing import plain, print_json, print_table, short_day, words_of


@click.command("show")
@click.argument("application")
@place_options
@json_option
def command(application: str, config: Path | None, state: Path | None, as_json: bool) -> None:
    """The timeline of one APPLICATION (its handle, or part of the company's name), with the evidence, and its letters.

    Example: mailbot show horizon
    """
    from mailbot.cli.events import name_of
    from mailbot.cli.overview import application_row, draft_row, find_application
    from mailbot.config import local_now
    from mailbot.etiquette import patience
    from mailbot.household import open_household
    from mailbot.tracking.stages import history

    with open_household(config, state) as home:
        outlook = home.assistant.outlook(local_now(home.settings.zone))
        found = find_application(application, outlook)
        drafts = [one for one in home.ledger.all_drafts() if one.application == found.id]
        changes = history(found, outlook.now, patience(home.assistant.profile.etiquette))
    if as_json:
        print_json(application_row(found, outlook))
        for event in found.events:
            print_json(
                {"at": event.at.isoformat(), "fact": str(event.kind), "message": event.message_id, "quote": event.quote}
            )
        for change in changes:
            print_json({"at": change.at.isoformat(), "was": str(change.was), "stage": str(change.stage)})
        for record in drafts:
            print_json({**draft_row(record), "body": record.body})
        return
    click.secho(plain(f"{name_of(found)}: {words_of(outlook.stages[found.id])}"), bold=True)
    people = [
        (
            one.name,
            one.email or "",
            words_of(one.part),
            short_day(one.last_wrote, outlook.now) if one.last_wrote else "",
        )
        for one in found.contacts
    ]
    if people:
        print_table("People", ("name", "address", "part", "last wrote"), people)
    facts = [(short_day(one.at, outlook.now), words_of(one.kind), one.quote) for one in found.events]
    facts_with_times = [(one.at, row) for one, row in zip(found.events, facts, strict=True)]
    facts_with_times += [
        (one.at, (short_day(one.at, outlook.now), f"now {words_of(one.stage)}", "")) for one in changes
    ]
    rows = [row for _, row in sorted(facts_with_times, key=lambda pair: pair[0])]
    print_table("Timeline", ("when", "what", "words"), rows)
    for record in drafts:
        placed = short_day(record.placed_at, outlook.now) if record.placed_at else "never"
        click.secho(
            plain(
                f"{words_of(record.identity.kind)} to {record.identity.recipient} "
                f"({words_of(record.status)}, placed {placed}): {record.subject}"
            ),
            bold=True,
        )
        click.echo(plain(record.body))
        click.echo()
