"""`mailbot draft`: a follow-up now, whatever the clock says."""

from __future__ import annotations

from pathlib import Path

import click

from mailbot.cli.options import json_option, place_options
from mailbot.cli.speaking import speaking


@click.command("draft")
@click.argument("application")
@click.argument("kind")
@click.option("--to", metavar="PERSON", default="", help="To this person alone: part of a name or address.")
@place_options
@json_option
def command(application: str, kind: str, to: str, config: Path | None, state: Path | None, as_json: bool) -> None:
    """Draft a follow-up of that KIND that was missed, or that is to come: thank_you, check_in and so on.

    Example: mailbot draft acme thank_you --to dana
    """
    from mailbot.errors import ActionNeeded
    from mailbot.etiquette.follow_up import FollowUpKind
    from mailbot.speech import draft
    from mailbot.store.ledger import WordKind

    name = kind.replace("-", "_").replace(" ", "_")
    if name not in list(FollowUpKind):
        raise ActionNeeded(f"{kind!r} is no kind of follow-up.", mend=f"Known are: {', '.join(FollowUpKind)}.")
    with speaking(config, state, as_json) as speaker:
        about = speaker.find(application)
        speaker.say(WordKind.DRAFT, draft(about, speaker.outlook.plan.follow_ups, speaker.now, FollowUpKind(name), to))
