"""`mailbot status`: how everything stands."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mailbot.cli.options import json_option, place_options
from mailbot.cli.printing import print_json, say

if TYPE_CHECKING:
    from mailbot.household import Household
    from mailbot.outcome import Outlook
    from mailbot.store.ledger import Missed

LATELY = timedelta(days=14)


@click.command("status")
@place_options
@json_option
def command(config: Path | None, state: Path | None, as_json: bool) -> None:
    """Every application with its stage, the drafts that wait, and what needs you. Reads the ledger alone.

    Example: mailbot status
    """
    gc.disable()  # what ends in half a second leaves nothing worth collecting
    click.get_current_context().call_on_close(gc.enable)
    from mailbot.config import local_now
    from mailbot.household import open_household

    with open_household(config, state) as home:
        outlook = home.assistant.outlook(local_now(home.settings.zone))
        if as_json:
            _print_objects(home, outlook)
        else:
            _print_page(home, outlook)


def _print_objects(home: Household, outlook: Outlook) -> None:
    from mailbot.cli.health import print_health_objects
    from mailbot.cli.notices import print_notice_objects
    from mailbot.cli.overview import application_row, debt_row, draft_row
    from mailbot.pages import pages_of
    from mailbot.standing.missing import still_missed

    pages = pages_of(home.settings)
    print_health_objects(home)
    for application in outlook.tracked.applications:
        print_json(application_row(application, outlook))
    for record in home.ledger.open_drafts():
        print_json(draft_row(record, pages))
    for debt in outlook.plan.debts:
        print_json(debt_row(debt, outlook, pages))
    for question in outlook.questions:
        fits = list(question.candidates)
        print_json({"question": question.text, "command": question.command, "applications": fits})
    for missed, command in still_missed(home.ledger, outlook):
        kind, to = str(missed.identity.kind), missed.identity.recipient
        print_json({"missed": kind, "to": to, "due": missed.due.isoformat(), "command": command})
    for set_aside in home.ledger.quarantined():
        print_json({"set_aside": set_aside.ref.key, "account": set_aside.ref.account, "error": set_aside.error})
    print_notice_objects(home.ledger, pages)


def _print_page(home: Household, outlook: Outlook) -> None:
    from mailbot.cli.notices import print_notices
    from mailbot.cli.overview import print_applications, print_debts, print_drafts
    from mailbot.pages import pages_of
    from mailbot.standing.health import sentences
    from mailbot.standing.missing import still_missed

    pages = pages_of(home.settings)
    for sentence in sentences(home, outlook.now):
        say(sentence)
    print_debts(outlook, pages)
    click.echo()
    if outlook.tracked.applications:
        print_applications(outlook)
    else:
        say("No applications yet.")
    if drafts := home.ledger.open_drafts():
        print_drafts(drafts, outlook, pages)
    for question in outlook.questions:
        say(f"Question: {question.text} Answer with: {question.command}")
    _print_missed(tuple(still_missed(home.ledger, outlook)), outlook.now)
    if set_aside := home.ledger.quarantined():
        mails = "One mail" if len(set_aside) == 1 else f"{len(set_aside)} mails"
        say(f"{mails} could not be read (mailbot status --json says which and why).")
    print_notices(home.ledger, outlook.now, pages)


def _print_missed(listed: Sequence[tuple[Missed, str]], now: datetime) -> None:
    """What was missed lately, each with the command that drafts it all the same; of the rest the number."""
    from mailbot.standing.wording import short_day

    lately = [(missed, command) for missed, command in listed if now - missed.due < LATELY]
    for missed, command in lately:
        what, when = missed.identity.kind.words, short_day(missed.due, now)
        to = missed.identity.recipient
        say(f"Missed: {what} to {to}, due {when}. To draft it all the same: {command}")
    if earlier := len(listed) - len(lately):
        more = "One more was" if earlier == 1 else f"{earlier} more were"
        say(f"{more} missed before that (mailbot status --json names {'it' if earlier == 1 else 'them'}).")
