"""`mailbot answer`: yes or no to what mailbot asks."""

from __future__ import annotations

from pathlib import Path

import click

from mailbot.cli.options import json_option, place_options
from mailbot.cli.speaking import speaking


@click.command("answer")
@click.argument("question")
@click.argument("word", type=click.Choice(("yes", "no")), metavar="yes|no")
@place_options
@json_option
def command(question: str, word: str, config: Path | None, state: Path | None, as_json: bool) -> None:
    """Answer a QUESTION that mailbot status asks, by its short name.

    Example: mailbot answer k3fd2a yes
    """
    from mailbot.speech import answer
    from mailbot.store.ledger import WordKind

    with speaking(config, state, as_json) as speaker:
        said = answer(speaker.outlook.questions, question, speaker.now, right=word == "yes")
        speaker.say(WordKind.ANSWER, said)
