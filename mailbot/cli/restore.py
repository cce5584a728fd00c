"""`mailbot restore`: a backup in the place of the ledger."""

from __future__ import annotations

from pathlib import Path

import click

from mailbot.cli.options import json_option, place_options
from mailbot.cli.printing import print_json


@click.command("restore")
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@place_options
@json_option
def command(file: Path | None, config: Path | None, state: Path | None, as_json: bool) -> None:
    """Put the backup in FILE, else the newest daily one, in the place of the ledger; the one that is there is kept
    under another name. What fell due since that backup is listed as missed, never drafted a second time. Refused while
    mailbot is at work.

    Example: mailbot restore
    """
    from mailbot.config import default_state_folder, local_now, zone_of
    from mailbot.store.lock import InstanceLock
    from mailbot.store.restoring import newest_backup, restore

    folder = state or default_state_folder()
    backup = file or newest_backup(folder)
    with InstanceLock(folder):
        kept = restore(folder, backup, local_now(zone_of(config)))
    if as_json:
        print_json({"restored": str(backup), "kept": str(kept) if kept else None})
        return
    click.echo(f"{backup} is restored. The next step looks what became of your drafts: mailbot sync")
    if kept:
        click.echo(f"What was there before is in {kept}.")
