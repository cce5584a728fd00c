"""`mailbot demo`: the whole job on a sample mailbox."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mailbot.cli.options import json_option, system_zone
from mailbot.cli.printing import print_json
from mailbot.standing.wording import plain

if TYPE_CHECKING:

    from mailbot.outcome import DraftPlaced, Outcome, Outlook, StepEvent


@click.command("demo")
@click.option("--show", is_flag=True, help="Print the letters, too.")
@json_option
def command(show: bool, as_json: bool) -> None:
    """Two months of somebody's job search, played through the real thing in a few seconds. No account needed.

    Example: mailbot demo --show
    """
    from rich.console import Console
    from rich.progress import Progress

    from mailbot.config import local_now
    from mailbot.demo.play import play_demo

    folder = Path(tempfile.mkdtemp(prefix="mailbot-demo-"))
    events: list[StepEvent] = []
    outcome: Outcome | None = None
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("Two months of mail", total=1.0)
        for done, outcome in play_demo(folder, local_now(system_zone())):
            progress.update(task, completed=done)
            events += outcome.events
    if outcome is None:
        return
    if as_json:
        _print_objects(outcome, events)
    else:
        _print_page(outcome, events, folder, show)


def _print_objects(outcome: Outcome, events: list[StepEvent]) -> None:
    from mailbot.cli.events import as_object
    from mailbot.cli.overview import application_row

    for event in events:
        if (line := as_object(event)) is not None:
            print_json(line)
    for one in outcome.outlook.tracked.applications:
        print_json(application_row(one, outcome.outlook))


def _print_page(outcome: Outcome, events: list[StepEvent], folder: Path, show: bool) -> None:
    from mailbot.cli.overview import print_applications, print_letters
    from mailbot.standing.wording import short_day

    now = outcome.outlook.now
    print_applications(outcome.outlook)
    print_letters("Drafts that mailbot placed on the way", "subject", letter_rows(events, outcome.outlook))
    if show:
        for one in _placed(events):
            click.secho(plain(f"{short_day(one.at, now)}  {one.follow_up.kind.words}"), bold=True)
            to = ", ".join(to.email for to in one.letter.to)
            click.echo(plain(f"To: {to}\nSubject: {one.letter.subject}\n\n{one.letter.body}\n"))
    else:
        click.echo("The letters themselves: mailbot demo --show")
    click.echo(f"The mailbox stays for a look with any mail program: mutt -f {folder / 'Maildir'}")
    places = f"--config {folder / 'mailbot.toml'} --state {folder / 'state'}"
    click.echo(f"Ask it yourself: mailbot status {places}\nOr look at it on a page: mailbot web {places}")


def letter_rows(events: list[StepEvent], outlook: Outlook) -> list[tuple[str, str, str, str, str]]:
    """Each draft that was placed: when, what, to whom, its subject, and why with what became of it."""
    from mailbot.standing.wording import short_day

    return [
        (
            short_day(one.at, outlook.now),
            one.follow_up.kind.words,
            one.letter.to[0].name or one.letter.to[0].email,
            one.letter.subject,
            f"{one.follow_up.reason.text}\n{_became(one, events, outlook)}",
        )
        for one in _placed(events)
    ]


def _placed(events: list[StepEvent]) -> list[DraftPlaced]:
    """A draft that was only composed anew is none."""
    from mailbot.outcome import DraftPlaced

    return [one for one in events if isinstance(one, DraftPlaced) and not one.recomposed]


def _became(placed: DraftPlaced, events: list[StepEvent], outlook: Outlook) -> str:
    """Where the draft is at the end."""
    from mailbot.drafting.drafts import DraftStatus
    from mailbot.etiquette.follow_up import FollowUpKind
    from mailbot.outcome import DraftChanged
    from mailbot.standing.wording import short_day, words_of

    ends = [
        one
        for one in events
        if isinstance(one, DraftChanged) and one.change.record.message_id == placed.letter.message_id
    ]
    if not ends:
        notes = placed.follow_up.kind is FollowUpKind.INTERVIEW_NOTES and placed.follow_up.until <= outlook.now
        return "It stays in Drafts, for the next round." if notes else "It waits in Drafts."
    change = ends[-1].change
    what = "Taken back" if change.at is DraftStatus.WITHDRAWN else words_of(change.at).capitalize()
    return f"{what} {short_day(ends[-1].at, outlook.now)}: {change.why}"
