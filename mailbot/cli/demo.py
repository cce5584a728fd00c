"""`mailbot demo`: the whole job on a sample mailbox."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mailbot.cli.options import json_option, system_zone
from mailbot.cli.printing import plain, print_json

if TYPE_CHECKING:
    from mailbot.outcome import DraftPlaced, Outcome


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
    from mailbot.outcome import DraftPlaced

    folder = Path(tempfile.mkdtemp(prefix="mailbot-demo-"))
    placed: list[DraftPlaced] = []
    outcome: Outcome | None = None
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Two months of mail", total=1.0)
        for done, outcome in play_demo(folder, local_now(system_zone())):
            progress.update(task, completed=done)
            placed += [one for one in outcome.events if isinstance(one, DraftPlaced)]
    if outcome is None:
        return
    if as_json:
        _print_objects(outcome, placed)
    else:
        _print_page(outcome, placed, folder, show)


def _print_objects(outcome: Outcome, placed: list[DraftPlaced]) -> None:
    from mailbot.cli.events import as_object
    from mailbot.cli.overview import application_row

    for event in placed:
        if (line := as_object(event)) is not None:
            print_json(line)
    for one in outcome.outlook.tracked.applications:
        print_json(application_row(one, outcome.outlook))


def _print_page(outcome: Outcome, placed: list[DraftPlaced], folder: Path, show: bool) -> None:
    from mailbot.cli.overview import print_applications
    from mailbot.cli.printing import print_table, short_day, words_of

    now = outcome.outlook.now
    print_applications(outcome.outlook)
    print_table(
        "Drafts that mailbot placed on the way",
        ("when", "what", "to", "subject, and why"),
        [
            (
                short_day(one.at, now),
                words_of(one.follow_up.kind),
                one.letter.to[0].name or one.letter.to[0].email,
                f"{one.letter.subject}\n{one.follow_up.reason.text}",
            )
            for one in placed
            if not one.recomposed
        ],
    )
    if show:
        for one in placed:
            click.secho(plain(f"{short_day(one.at, now)}  {words_of(one.follow_up.kind)}"), bold=True)
            to = ", ".join(to.email for to in one.letter.to)
            click.echo(plain(f"To: {to}\nSubject: {one.letter.subject}\n\n{one.letter.body}\n"))
    else:
        click.echo("The letters themselves: mailbot demo --show")
    click.echo(f"The mailbox stays for a look with any mail program: {folder / 'Maildir'} (for mutt: mutt -f PATH)")
    click.echo(f"Ask it yourself: mailbot status --config {folder / 'mailbot.toml'} --state {folder / 'state'}")
