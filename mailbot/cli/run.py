"""`mailbot run`: the service, in the foreground."""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path

import click

from mailbot.cli.options import json_option, place_options
from mailbot.cli.printing import plain, print_json


@click.command("run")
@place_options
@json_option
def command(config: Path | None, state: Path | None, as_json: bool) -> None:
    """Stay in the foreground and do it all by itself, until Ctrl-C or SIGTERM.

    Example: mailbot run
    """
    from mailbot.cli.events import as_line, as_object
    from mailbot.config import local_now, zone_of
    from mailbot.daemon import Engine, serve
    from mailbot.household import open_household, open_mailbox
    from mailbot.outcome import Outcome
    from mailbot.store.lock import InstanceLock

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    zone = zone_of(config)

    def report(outcome: Outcome) -> None:
        for event in outcome.events:
            if not as_json:
                click.echo(plain(as_line(event)))
            elif (line := as_object(event)) is not None:
                print_json(line)
        for problem in outcome.problems:
            logging.getLogger("mailbot").warning("%s: %s", problem.account, problem.text)

    with open_household(config, state, local_now(zone)) as home, InstanceLock(home.state):

        def daily(now: datetime) -> None:
            home.ledger.backup(now)

        watched = [open_mailbox(one) for one in home.settings.account]
        click.echo("mailbot is at work. Stop it with Ctrl-C.", err=True)
        serve(Engine(home.assistant, lambda: local_now(zone), report, daily), watched)
