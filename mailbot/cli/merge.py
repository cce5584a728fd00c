"""`mailbot merge`: two that are one."""

from __future__ import annotations

from pathlib import Path

import click

from mailbot.cli.options import json_option, place_options
from mailbot.cli.speaking import speaking


@click.command("merge")
@click.argument("application")
@click.argument("others", nargs=-1, required=True, metavar="OTHER...")
@place_options
@json_option
def command(application: str, others: tuple[str, ...], config: Path | None, state: Path | None, as_json: bool) -> None:
    """Say that APPLICATION and each OTHER are one: an application, the Message-ID of a mail, or the short name of one
    that mailbot status asks about. It holds for ever.

    Example: mailbot merge acme acme-labs
    """
    from mailbot.speech import merge
    from mailbot.store.ledger import WordKind
    from mailbot.tracking.ids import handle

    with speaking(config, state, as_json) as speaker:
        asked = {handle(one.message_ids[0]): one.message_ids[0] for one in speaker.outlook.questions if one.candidates}
        messages = [one for one in others if one.startswith("<") or "@" in one or one in asked]
        whole = [speaker.find(one) for one in others if one not in messages]
        ids = [asked.get(one, f"<{one.strip('<>')}>") for one in messages]
        unknown = set(ids) - speaker.home.ledger.known_ids(ids)
        if unknown:
            raise click.UsageError(f"No mail {', '.join(sorted(unknown))} is known.")
        speaker.say(WordKind.MERGE, merge(speaker.find(application), whole, ids))
