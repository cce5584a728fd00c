"""`mailbot service`: have it run with the session."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mailbot.cli.options import json_option, place_options
from mailbot.cli.printing import print_json

if TYPE_CHECKING:
    from mailbot.service import Manager


@click.group("service")
def command() -> None:
    """Run mailbot with your session: systemd's user manager, or launchd on macOS.

    Example: mailbot service install
    """


@command.command("install")
@place_options
def install(config: Path | None, state: Path | None) -> None:
    """Install the service and start it.

    Example: mailbot service install
    """
    from mailbot.config import default_config_file, load_settings

    load_settings(config or default_config_file())
    manager = installed(config, state)
    click.echo(f"mailbot runs from now on, and with each login ({manager.file}).")
    if manager.advice:
        click.echo(manager.advice)


def installed(config: Path | None, state: Path | None) -> Manager:
    """The service, installed with these places and started. Raises ActionNeeded."""
    options = [("--config", config), ("--state", state)]
    manager = _manager(tuple(word for name, path in options if path for word in (name, str(path.resolve()))))
    manager.install()
    return manager


@command.command("status")
@json_option
def status(as_json: bool) -> None:
    """Whether it runs.

    Example: mailbot service status
    """
    manager = _manager()
    if as_json:
        print_json({"service": manager.status(), "file": str(manager.file)})
    else:
        click.echo(f"The service is {manager.status()}.")


@command.command("logs")
@click.option("--follow", "-f", is_flag=True, help="Go on as lines come.")
def logs(follow: bool) -> None:
    """What it logged. No line holds a word of your mail.

    Example: mailbot service logs --follow
    """
    _manager().show_logs(follow=follow)


@command.command("uninstall")
def uninstall() -> None:
    """Stop the service and remove it. Your configuration, your ledger and your drafts stay.

    Example: mailbot service uninstall
    """
    manager = _manager()
    click.echo("The service is stopped and removed." if manager.uninstall() else "No service was installed.")


def _manager(options: tuple[str, ...] = ()) -> Manager:
    from mailbot.service import for_this_system

    return for_this_system(options)
