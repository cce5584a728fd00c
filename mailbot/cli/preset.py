"""`mailbot preset`: rules of its own for one application."""

from __future__ import annotations

from pathlib import Path

import click

from mailbot.cli.options import json_option, place_options
from mailbot.cli.speaking import speaking


@click.command("preset")
@click.argument("application")
@click.argument("name", metavar="PRESET")
@place_options
@json_option
def command(application: str, name: str, config: Path | None, state: Path | None, as_json: bool) -> None:
    """From now on APPLICATION goes by the rules of PRESET: coach, ten-steps, one-follow-up or three-strikes.

    Example: mailbot preset acme one-follow-up
    """
    from mailbot.etiquette import load
    from mailbot.speech import preset
    from mailbot.store.ledger import WordKind

    load(name)
    with speaking(config, state, as_json) as speaker:
        speaker.say(WordKind.PRESET, preset(speaker.find(application), speaker.now, name))
