"""`mailbot sync`: one step now."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mailbot.cli.options import json_option, place_options
from mailbot.cli.printing import print_json
from mailbot.cli.progress import Bar
from mailbot.standing.wording import plain

if TYPE_CHECKING:
    from mailbot.household import Household
    from mailbot.outcome import Outcome, Outlook


@click.command("sync")
@place_options
@click.option("--dry-run", is_flag=True, help="Read the mail and say what would be drafted; change no mailbox.")
@json_option
def command(config: Path | None, state: Path | None, dry_run: bool, as_json: bool) -> None:
    """Read what is new, and place, rewrite or take back what is due now.

    Example: mailbot sync --dry-run
    """
    from mailbot.config import local_now, zone_of
    from mailbot.household import open_household
    from mailbot.store.lock import Held, InstanceLock

    now = local_now(zone_of(config))
    with Bar("Reading your mail") as bar, open_household(config, state, now, progress=bar) as home:
        try:
            with InstanceLock(home.state):
                outcome = home.assistant.step(now, dry_run=dry_run)
                if not dry_run:
                    home.assistant.rereading.go_through(now)
                    home.ledger.backup(now)
                    if home.settings.calendar.file:
                        _keep_calendar(home, outcome.outlook)
        except Held as held:
            held.ask_to_step()
            click.echo(f"mailbot is already at work (process {held.pid}); it was asked to step now.", err=True)
            return
        if as_json:
            _print_objects(outcome)
        else:
            _print_page(outcome)
        if dry_run:
            print_preview(home, outcome, as_json)
    if outcome.problems:
        sys.exit(75 if all(one.transient for one in outcome.problems) else 2)


def _keep_calendar(home: Household, outlook: Outlook) -> None:
    from mailbot.outward import Outward  # here: most people keep no calendar

    Outward(home).keep_calendar(outlook)


def _print_objects(outcome: Outcome) -> None:
    from mailbot.cli.events import as_object

    for event in outcome.events:
        if (line := as_object(event)) is not None:
            print_json(line)
    for problem in outcome.problems:
        print_json({"event": "problem", "account": problem.account, "error": problem.text})
    due = outcome.next_due
    print_json({"event": "done", "read": outcome.fetched, "next_due": due.isoformat() if due else None})


def _print_page(outcome: Outcome) -> None:
    from mailbot.cli.events import as_line, is_long_missed
    from mailbot.standing.wording import short_day

    click.echo(f"{outcome.fetched} new mails read, {len(outcome.outlook.tracked.applications)} applications known.")
    told = [one for one in outcome.events if not is_long_missed(one)]
    for event in told:
        click.echo(plain(as_line(event)))
    if missed := len(outcome.events) - len(told):
        what = "One follow-up was" if missed == 1 else f"{missed} follow-ups were"
        click.echo(f"{what} missed long ago (mailbot status --json names what can still be drafted).")
    for problem in outcome.problems:
        click.echo(plain(f"{problem.account}: {problem.text}"), err=True)
    if outcome.next_due:
        click.echo(f"Next: {short_day(outcome.next_due, outcome.outlook.now)}")


def print_preview(home: Household, outcome: Outcome, as_json: bool) -> None:
    """The letters that a step would place now."""
    for letter in home.assistant.preview(outcome.outlook):
        to = ", ".join(one.email for one in letter.to)
        if as_json:
            print_json({"event": "would_place", "follow_up": str(letter.follow_up.kind), "to": to, "body": letter.body})
        else:
            click.secho(plain(f"\nWould draft: {letter.follow_up.kind.words} to {to}: {letter.subject}"), bold=True)
            click.echo(plain(letter.body))
