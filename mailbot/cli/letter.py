"""`mailbot letter`: a letter as it would be drafted, or a page of sample letters."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mailbot.cli.options import json_option, place_options
from mailbot.cli.printing import plain, print_json

if TYPE_CHECKING:
    from mailbot.drafting.letter import Letter


@click.command("letter")
@click.argument("application", required=False)
@click.argument("kind", required=False)
@click.option("--samples", is_flag=True, help="A page of letters for invented situations.")
@place_options
@json_option
def command(
    application: str | None, kind: str | None, samples: bool, config: Path | None, state: Path | None, as_json: bool
) -> None:
    """What a letter of that KIND (thank_you, check_in and so on) to an APPLICATION's people would say now. Nothing is
    placed.

    Example: mailbot letter acme check_in
    """
    if samples:
        _print_samples(as_json)
    elif application is None or kind is None:
        raise click.UsageError("Name an application and a kind of letter, or ask for --samples.")
    else:
        _print_letters(application, kind, config, state, as_json)


def _print_samples(as_json: bool) -> None:
    from mailbot.demo.situations import samples

    for situation, letter in samples():
        if not as_json:
            click.secho(plain(situation.title), bold=True)
        _print(letter, as_json)


def _print_letters(application: str, kind: str, config: Path | None, state: Path | None, as_json: bool) -> None:
    from mailbot.cli.overview import find_application
    from mailbot.config import local_now
    from mailbot.errors import ActionNeeded
    from mailbot.household import open_household

    with open_household(config, state) as home:
        outlook = home.assistant.outlook(local_now(home.settings.zone))
        found = find_application(application, outlook)
        ours = [one for one in outlook.plan.follow_ups if one.application == found.id and one.identity.recipient]
        name = kind.replace("-", "_").replace(" ", "_")
        wanted = [one for one in ours if one.kind == name]
        if not wanted:
            known = ", ".join(sorted({one.kind for one in ours})) or "none"
            raise ActionNeeded(f"There is no such letter for {found.name}.", mend=f"There is: {known}.")
        for one in wanted:
            _print(home.assistant.letter(one, outlook), as_json)


def _print(letter: Letter, as_json: bool) -> None:
    to = ", ".join(f"{one.name} <{one.email}>" if one.name else one.email for one in letter.to)
    if as_json:
        print_json({"follow_up": str(letter.follow_up.kind), "to": to, "subject": letter.subject, "body": letter.body})
        return
    attached = "".join(f"\nAttached: {one.name}" for one in letter.attachments)
    click.echo(plain(f"To: {to}\nSubject: {letter.subject}{attached}\n\n{letter.body}\n"))
