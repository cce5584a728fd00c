"""`mailbot withdraw`: the person ends it."""

from __future__ import annotations

from pathlib import Path

import click

from mailbot.cli.options import json_option, place_options
from mailbot.cli.speaking import speaking


@click.command("withdraw")
@click.argument("application")
@click.option("--others", is_flag=True, help="From every other that is under way: you have accepted APPLICATION.")
@place_options
@json_option
def command(application: str, others: bool, config: Path | None, state: Path | None, as_json: bool) -> None:
    """Withdraw APPLICATION: nothing more is drafted for it but the polite letter that says so.

    Example: mailbot withdraw acme
    """
    from mailbot.errors import ActionNeeded
    from mailbot.speech import withdraw
    from mailbot.speech.letters import under_way
    from mailbot.store.ledger import WordKind

    with speaking(config, state, as_json) as speaker:
        one = speaker.find(application)
        ended = [one]
        if others:
            ended = under_way(speaker.outlook.tracked.applications, speaker.outlook.stages, besides=one)
        if not ended:
            raise ActionNeeded("No other application is under way.")
        speaker.say(WordKind.WITHDRAW, withdraw(ended, speaker.now))
