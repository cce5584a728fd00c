"""`mailbot mute`: nothing more for one application."""

from __future__ import annotations

from pathlib import Path

import click

from mailbot.cli.options import json_option, place_options
from mailbot.cli.speaking import speaking


@click.command("mute")
@click.argument("application")
@place_options
@json_option
def command(application: str, config: Path | None, state: Path | None, as_json: bool) -> None:
    """Nothing more is drafted for APPLICATION; what lies there unedited is taken back.

    Example: mailbot mute acme
    """
    from mailbot.speech import mute
    from mailbot.store.ledger import WordKind

    with speaking(config, state, as_json) as speaker:
        speaker.say(WordKind.MUTE, mute(speaker.find(application), speaker.now))
