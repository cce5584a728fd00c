"""`mailbot uninstall`: the service removed, and with --purge everything that mailbot keeps."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mailbot.cli.options import json_option, place_options
from mailbot.cli.printing import print_json
from mailbot.errors import ActionNeeded, MailbotError

if TYPE_CHECKING:
    from mailbot.config import Settings
    from mailbot.mail.ring import Stays


@click.command("uninstall")
@click.option("--purge", "purging", is_flag=True, help="Remove the ledger, its backups, the configuration and secrets.")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@place_options
@json_option
def command(purging: bool, yes: bool, config: Path | None, state: Path | None, as_json: bool) -> None:
    """Stop the service and remove it. With --purge remove all that mailbot keeps on this machine, too. Your mail and
    the drafts in it stay; a consent that you gave is taken back by: mailbot auth NAME --revoke

    Example: mailbot uninstall --purge
    """
    from mailbot.config import default_config_file, default_state_folder
    from mailbot.purging import ours, purge, theirs
    from mailbot.store.lock import InstanceLock

    file, folder = config or default_config_file(), state or default_state_folder()
    going = ours(file, folder) if purging else ()
    if going and not yes:
        _ask(going)
    service = _remove_service()
    stays: tuple[Stays, ...] = ()
    if purging:
        if folder.exists():
            with InstanceLock(folder):  # nobody may be at work on what goes
                pass
        stays = purge(file, folder, _settings(file))
    left = theirs(file) if purging else ()
    if as_json:
        kept = {"left": [str(one) for one in left], "left_in_keyring": [one.mend for one in stays]}
        print_json({"service_removed": service, "removed": [str(one) for one in going], **kept})
    else:
        _print(service, going, left)
    if stays:
        commands = "".join(f"\n{one.mend}" for one in stays)
        raise ActionNeeded(
            f"What the keyring holds of mailbot stays in it: {stays[0]}.", mend=f"Once it is open, run: {commands}"
        )


def _print(service: bool, going: tuple[Path, ...], left: tuple[Path, ...]) -> None:
    click.echo("The service is removed." if service else "No service was installed.")
    for one in going:
        click.echo(f"Removed: {one}")
    for one in left:
        click.echo(f"Left, for it is yours: {one}")
    click.echo(f"The program itself: {sys.executable} -m pip uninstall mailbot-jobseeker")


def _ask(going: tuple[Path, ...]) -> None:
    if not sys.stdin.isatty():
        raise ActionNeeded("Nobody is here to be asked.", mend="Say --yes if you are sure.")
    for one in going:
        click.echo(str(one), err=True)
    click.confirm("Remove all of these for good?", abort=True, err=True)


def _remove_service() -> bool:
    """False where none was installed, or this system has none. One that cannot be told to stop keeps nothing else from
    being removed: where it is still at work, its lock does."""
    from mailbot.service import for_this_system

    try:
        manager = for_this_system()
    except ActionNeeded:
        return False
    try:
        return manager.uninstall()
    except ActionNeeded as error:
        click.echo(f"The service starts no more, but it could not be told to stop. {error.message}", err=True)
        return True


def _settings(file: Path) -> Settings | None:
    from mailbot.config import load_settings

    try:
        return load_settings(file)
    except MailbotError:
        return None
