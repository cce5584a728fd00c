"""`mailbot split`: one that is two."""

from __future__ import annotations

from pathlib import Path

import click

from mailbot.cli.options import json_option, place_options
from mailbot.cli.speaking import speaking


@click.command("split")
@click.argument("application")
@click.argument("messages", nargs=-1, required=True, metavar="MAIL...")
@place_options
@json_option
def command(
    application: str, messages: tuple[str, ...], config: Path | None, state: Path | None, as_json: bool
) -> None:
    """Say that each MAIL (its number in `mailbot show`, or its Message-ID) is no part of APPLICATION.

    Example: mailbot split acme 4 5
    """
    from mailbot.speech import split
    from mailbot.store.ledger import WordKind

    with speaking(config, state, as_json) as speaker:
        speaker.say(WordKind.SPLIT, split(speaker.find(application), messages))
