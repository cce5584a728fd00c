"""`mailbot replay`: an archive of old mail played forward."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mailbot.cli.options import reader_options
from mailbot.cli.printing import print_json, print_table
from mailbot.errors import ActionNeeded
from mailbot.standing.steps import letter_in_words
from mailbot.standing.wording import short_day, words_of

if TYPE_CHECKING:
    from mailbot.outcome import DraftPlaced, Outcome, Outlook
    from mailbot.reading.statements import Reader
    from mailbot.replay import Replay


@click.command("replay")
@click.argument("path", type=click.Path(path_type=Path, exists=True))
@reader_options
@click.option("--name", metavar="NAME", help="Your name, as letters are signed.")
@click.option("--etiquette", "preset", metavar="PRESET", default="coach", show_default=True, help="The rules to play.")
@click.option("--from", "start", metavar="TIME", help="Play from here (ISO 8601); default: the first mail.")
@click.option("--until", "end", metavar="TIME", help="Play up to here (ISO 8601); default: now.")
@click.option("--json", "as_json", is_flag=True, help="One event a line, as JSON.")
def command(
    path: Path, reader: Reader, name: str | None, preset: str, start: str | None, end: str | None, as_json: bool
) -> None:
    """Play PATH (a folder of .eml files, a Maildir or an mbox) forward: which draft would have come when.

    Example: mailbot replay ~/Mail/2025 --me alex@example.com --name "Alex Rivera" --tz America/New_York
    """
    from dataclasses import replace

    from mailbot.assistant import Profile
    from mailbot.config import local_now
    from mailbot.drafting.letter import Me
    from mailbot.etiquette import load
    from mailbot.replay import replay as play

    if not reader.addresses:
        raise ActionNeeded("Whose mail is it?", mend="Name your own address with --me ADDRESS.")
    reader = replace(reader, name=name or reader.name)
    me = Me(name=reader.name or "Me", addresses=tuple(sorted(reader.addresses)), zone=reader.zone)
    profile = Profile(reader, me, load(preset))
    playing = play(path, profile, _moment(start, reader.zone), _moment(end, reader.zone) or local_now(reader.zone))
    _print(playing, as_json)


def _print(playing: Replay, as_json: bool) -> None:
    from mailbot.outcome import DraftPlaced

    outcome, placed = None, []
    for outcome in playing.outcomes():
        placed += [one for one in outcome.events if isinstance(one, DraftPlaced)]
        if as_json:
            _print_objects(outcome)
    if outcome is None:
        return
    if as_json:
        _print_ends(outcome.outlook)
    else:
        _print_page(placed, outcome.outlook)


def _print_objects(outcome: Outcome) -> None:
    from mailbot.cli.events import as_object

    for event in outcome.events:
        if (line := as_object(event)) is not None:
            print_json(line)


def _print_ends(outlook: Outlook) -> None:
    from mailbot.cli.events import application_object

    for one in outlook.tracked.applications:
        print_json(application_object(one, outlook))


def _print_page(placed: Sequence[DraftPlaced], outlook: Outlook) -> None:
    """The mirror: each draft that would have come, why, and what the person did instead."""
    from mailbot.mirror import mirror

    seen = mirror(placed, outlook)
    rows = [
        (
            short_day(one.placed.at, outlook.now),
            f"{letter_in_words(one.placed.follow_up)}\n{one.placed.application.name}",
            f"{one.placed.follow_up.reason.text}\nInstead: {one.instead}.".replace("..", "."),
        )
        for one in seen.reflections
    ]
    if rows:
        print_table("What mailbot would have drafted", ("when", "what, for which application", "why"), rows)
    else:
        click.echo("mailbot would have drafted nothing.")
    if seen.faster:
        letters = "one letter" if seen.faster == 1 else f"{seen.faster} letters"
        click.echo(f"You wrote {letters} before a draft would have come.\n")
    ends = [
        (one.name, words_of(outlook.stages[one.id]), short_day(one.readings[-1].date, outlook.now))
        for one in outlook.tracked.applications
    ]
    print_table("At the end", ("application", "stage", "last mail"), ends)


def _moment(text: str | None, zone: str) -> datetime | None:
    """An instant from ISO 8601; without an offset it is local. Raises ActionNeeded."""
    from zoneinfo import ZoneInfo

    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ActionNeeded(f"{text!r} is no moment.", mend="Write one like 2026-03-02T08:00.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))
