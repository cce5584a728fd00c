"""`mailbot undo`: take a word back."""

from __future__ import annotations

from pathlib import Path

import click

from mailbot.cli.options import json_option, place_options
from mailbot.cli.printing import print_json, print_table
from mailbot.cli.speaking import Speaker, speaking
from mailbot.standing.wording import plain, short_day


@click.command("undo")
@click.argument("number", type=int, required=False)
@click.option("--list", "listed", is_flag=True, help="List what you have said and that holds.")
@place_options
@json_option
def command(number: int | None, listed: bool, config: Path | None, state: Path | None, as_json: bool) -> None:
    """Take back what you said last, or what has that NUMBER.

    Example: mailbot undo
    """
    from mailbot.voice import unsay

    with speaking(config, state, as_json) as speaker:
        if listed:
            _print(speaker)
            return
        word = unsay(speaker.home, number, speaker.now)
    if as_json:
        print_json({"undone": word.id, "text": word.said.text})
    else:
        click.echo(plain(f"Taken back: {word.said.text}"))


def _print(speaker: Speaker) -> None:
    words = speaker.home.ledger.words()
    if speaker.as_json:
        for one in words:
            print_json({"number": one.id, "said": str(one.kind), "text": one.said.text, "at": one.said_at.isoformat()})
    elif words:
        rows = [(str(one.id), short_day(one.said_at, speaker.now), one.said.text) for one in words]
        print_table("What you have said", ("number", "when", "what"), rows)
    else:
        click.echo("You have said nothing yet.")
