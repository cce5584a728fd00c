"""`mailbot backup`: a copy of the ledger."""

from __future__ import annotations

from pathlib import Path

import click

from mailbot.cli.options import json_option, place_options
from mailbot.cli.printing import print_json


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@place_options
@json_option
def command(file: Path, config: Path | None, state: Path | None, as_json: bool) -> None:
    """Copy the ledger to FILE, also while mailbot is at work. One copy a day is made by itself, and seven are
    kept; this one is yours, for another disk. Keep `identity.key` with it, which lies beside your
    configuration: by it your drafts are recognised.

    Example: mailbot backup /media/stick/mailbot.sqlite
    """
    from mailbot.config import default_state_folder, local_now, zone_of
    from mailbot.store.sqlite import open_ledger

    with open_ledger(state or default_state_folder()) as ledger:
        ledger.copy_to(file, local_now(zone_of(config)))
    if as_json:
        print_json({"backup": str(file)})
    else:
        click.echo(f"The ledger is copied to {file}. Restore it with: mailbot restore {file}")
