"""`mailbot pause`: nothing new for a while."""

from __future__ import annotations

from pathlib import Path

import click

from mailbot.cli.options import json_option, place_options
from mailbot.cli.speaking import speaking


@click.command("pause")
@click.argument("application", required=False)
@click.option("--until", metavar="DAY", help="Go on that morning; default: when you take the pause back.")
@place_options
@json_option
def command(application: str | None, until: str | None, config: Path | None, state: Path | None, as_json: bool) -> None:
    """No new drafts for APPLICATION, or for any, until you say so. Drafts that lie there stay.

    Example: mailbot pause --until "next Monday"
    """
    from mailbot.speech import pause
    from mailbot.speech.days import morning
    from mailbot.store.ledger import WordKind

    with speaking(config, state, as_json) as speaker:
        end = morning(until, speaker.home.settings.reader(), speaker.now) if until else None
        about = speaker.find(application) if application else None
        speaker.say(WordKind.PAUSE, pause(about, speaker.now, end))
