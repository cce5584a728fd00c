"""`mailbot run`: the service, in the foreground."""

from __future__ import annotations

import signal
import sys
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mailbot.cli.options import json_option, place_options
from mailbot.cli.printing import print_json
from mailbot.errors import Transient
from mailbot.standing.wording import plain

if TYPE_CHECKING:
    from mailbot.daemon import Ended
    from mailbot.outcome import Outcome, StepEvent


@click.command("run")
@place_options
@json_option
@click.option("--verbose", "-v", is_flag=True, help="Say in words what happens; names and subjects appear.")
@click.option("--log", type=click.Path(path_type=Path, dir_okay=False), help="Log to this file instead of stderr.")
def command(config: Path | None, state: Path | None, as_json: bool, verbose: bool, log: Path | None) -> None:
    """Stay in the foreground and do it all by itself, until Ctrl-C or SIGTERM.

    What it logs holds no word of your mail, unless you ask for it with --verbose or --json.

    Example: mailbot run --verbose
    """
    from mailbot.lean import stay

    stay()
    import time

    from mailbot.config import default_state_folder
    from mailbot.logs import configure
    from mailbot.starts import is_managed, noted_start

    configure(file=log, verbose=verbose)
    # Until the service has an ear of its own for it (`serve`).
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    folder = state or default_state_folder()
    with noted_start(folder, datetime.now(UTC), time.sleep) if is_managed() else nullcontext():
        _run(config, state, as_json, verbose)


def _run(config: Path | None, state: Path | None, as_json: bool, verbose: bool) -> None:
    from mailbot.daemon import Ended

    while (ended := _serve(config, state, as_json, verbose)) is Ended.RELOAD:
        pass
    if ended is Ended.FAILED:
        raise Transient("The service's engine ended by itself.", mend="Look at its log; it is started again.")


def _serve(config: Path | None, state: Path | None, as_json: bool, verbose: bool) -> Ended:
    from mailbot.attention import Attention
    from mailbot.config import default_config_file, load_settings, local_now, zone_of
    from mailbot.daemon import serve
    from mailbot.engine import Engine, Pulse
    from mailbot.household import open_household
    from mailbot.journal import note
    from mailbot.notify import notify
    from mailbot.outward import Outward
    from mailbot.store.lock import InstanceLock

    zone, pulse = zone_of(config), Pulse()
    attention = Attention(lambda: local_now(zone))

    def check() -> None:
        load_settings(config or default_config_file())

    def ready() -> None:
        notify("READY=1\nSTATUS=mailbot is at work")

    with open_household(config, state, local_now(zone), answered=pulse.beat) as home, InstanceLock(home.state):

        def daily(now: datetime) -> None:
            home.ledger.backup(now)

        outward = Outward(home)

        def report(outcome: Outcome) -> None:
            note(outcome)
            attention.heed(outcome.outlook)
            for event in outcome.events:
                _print(event, as_json, verbose)
            outward.after(outcome)

        def rest() -> None:
            outward.meanwhile(local_now(zone))
            if not home.assistant.rereading.go_on(local_now(zone)):
                home.apart.rest()

        click.echo("mailbot is at work. Stop it with Ctrl-C.", err=True)
        engine = Engine(
            home.assistant,
            clock=lambda: local_now(zone),
            report=report,
            daily=daily,
            rest=rest,
            ready=ready,
            pulse=pulse,
        )
        return serve(engine, home.watchers(attention.is_near), check=check)


def _print(event: StepEvent, as_json: bool, verbose: bool) -> None:
    from mailbot.cli.events import as_line, as_object

    if as_json and (line := as_object(event)) is not None:
        print_json(line)
    elif verbose and not as_json:
        click.echo(plain(as_line(event)))
