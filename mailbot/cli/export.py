"""`mailbot export`: everything that is known, for other programs."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mailbot.cli.options import json_option, place_options
from mailbot.cli.printing import print_json
from mailbot.standing.wording import plain

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.drafting.drafts import DraftRecord
    from mailbot.outcome import Outlook
    from mailbot.pages import Pages
    from mailbot.tracking.application import Application

COLUMNS = ("company", "role", "agency", "stage", "first mail", "last mail", "interviews", "next step", "when", "people")
# What a spreadsheet takes for a formula where a cell begins with it (OWASP, 'CSV Injection').
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@click.command("export")
@place_options
@json_option
def command(config: Path | None, state: Path | None, as_json: bool) -> None:
    """Print a table of your applications as CSV, for a spreadsheet; with --json everything that is known of each: facts
    with their words, interviews, people, letters, and what you said.

    Example: mailbot export > applications.csv
    """
    from mailbot.config import local_now
    from mailbot.household import open_household
    from mailbot.pages import pages_of

    with open_household(config, state) as home:
        outlook = home.assistant.outlook(local_now(home.settings.zone))
        drafts, words, pages = home.ledger.all_drafts(), home.ledger.words(), pages_of(home.settings)
    if not as_json:
        click.echo(_table(outlook), nl=False)
        return
    for one in outlook.tracked.applications:
        print_json(_whole(one, outlook, [draft for draft in drafts if draft.application == one.id], pages))
    for word in words:
        print_json({"number": word.id, "said": str(word.kind), "text": word.said.text, "at": word.said_at.isoformat()})


def _table(outlook: Outlook) -> str:
    paper = io.StringIO(newline="")
    writer = csv.writer(paper)
    writer.writerow(COLUMNS)
    writer.writerows([cell(one) for one in _row(application, outlook)] for application in outlook.tracked.applications)
    return paper.getvalue()


def cell(text: str) -> str:
    """A text on one line that no spreadsheet takes for a formula."""
    flat = " ".join(plain(text).split())
    return f"'{flat}" if text.startswith(FORMULA) or flat.startswith(FORMULA) else flat


def _row(one: Application, outlook: Outlook) -> tuple[str, ...]:
    from mailbot.standing.steps import next_step
    from mailbot.standing.wording import words_of

    def at(moment: datetime) -> str:
        return f"{moment.astimezone(outlook.now.tzinfo):%Y-%m-%d %H:%M}"

    step = next_step(one, outlook)
    return (
        one.company or "",
        one.role or "",
        one.agency or "",
        words_of(outlook.stages[one.id]),
        at(one.readings[0].date) if one.readings else "",
        at(one.readings[-1].date) if one.readings else "",
        "; ".join(f"{at(meeting.start)} {meeting.status}" for meeting in one.meetings),
        step.what,
        at(step.when) if step.when else "",
        "; ".join(f"{person.name} <{person.email or ''}>" for person in one.contacts),
    )


def _whole(one: Application, outlook: Outlook, drafts: list[DraftRecord], pages: Pages) -> dict[str, object]:
    from mailbot.cli.overview import application_row, draft_row

    return {
        **application_row(one, outlook),
        "people": [{"name": who.name, "email": who.email, "part": str(who.part)} for who in one.contacts],
        "interviews": [
            {
                "start": meeting.start.isoformat(),
                "end": meeting.end.isoformat() if meeting.end else None,
                "format": str(meeting.format) if meeting.format else None,
                "status": str(meeting.status),
            }
            for meeting in one.meetings
        ],
        "facts": [
            {"at": event.at.isoformat(), "fact": str(event.kind), "message": event.message_id, "quote": event.quote}
            for event in one.events
        ],
        "letters": [{**draft_row(draft, pages), "body": draft.body} for draft in drafts],
    }
