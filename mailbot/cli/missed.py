"""`mailbot missed`: the interview did not take place."""

from __future__ import annotations

from pathlib import Path

import click

from mailbot.cli.options import json_option, place_options
from mailbot.cli.speaking import speaking


@click.command("missed")
@click.argument("application")
@click.option("--mine", is_flag=True, help="It was you who was not there: an apology is drafted.")
@place_options
@json_option
def command(application: str, mine: bool, config: Path | None, state: Path | None, as_json: bool) -> None:
    """They did not come or call at the fixed time: a friendly word is drafted, and no thank-you.

    Example: mailbot missed acme
    """
    from mailbot.speech import missed
    from mailbot.store.ledger import WordKind

    with speaking(config, state, as_json) as speaker:
        speaker.say(WordKind.MISSED, missed(speaker.find(application), speaker.now, mine=mine))
