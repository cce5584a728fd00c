"""`mailbot decline`: the person says no."""

from __future__ import annotations

from pathlib import Path

import click

from mailbot.cli.options import json_option, place_options
from mailbot.cli.speaking import speaking


@click.command("decline")
@click.argument("application")
@place_options
@json_option
def command(application: str, config: Path | None, state: Path | None, as_json: bool) -> None:
    """Decline the offer or the invitation of APPLICATION: the polite letter is drafted, and nothing more.

    Example: mailbot decline acme
    """
    from mailbot.speech import decline
    from mailbot.store.ledger import WordKind

    with speaking(config, state, as_json) as speaker:
        speaker.say(WordKind.DECLINE, decline(speaker.find(application), speaker.now))
