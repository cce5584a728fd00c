"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from mailbot.errors import ActionNeeded

if TYPE_CHECKING:
    from mailbot.config import Settings
    from mailbot.reading.statements import Reader

Command = TypeVar("Command", bound=Callable[..., Any])


def place_options(command: Command) -> Command:
    """--config and --state."""
    command = click.option(
        "--state", "state", type=click.Path(path_type=Path), envvar="MAILBOT_STATE", help="The ledger's folder."
    )(command)
    return click.option(
        "--config", "config", type=click.Path(path_type=Path), envvar="MAILBOT_CONFIG", help="The configuration file."
    )(command)


json_option = click.option("--json", "as_json", is_flag=True, help="JSON, one object a line.")


def reader_options(command: Command) -> Callable[..., Any]:
    """--me and --tz, given to the command as `reader`. They default to the configuration, then the system's zone."""

    @place_options
    @click.option("--me", "addresses", multiple=True, metavar="ADDRESS", help="Your own address; may be repeated.")
    @click.option("--tz", "zone", metavar="ZONE", help="Your time zone, such as Europe/London.")
    @wraps(command)
    def with_reader(
        *args: object,
        config: Path | None,
        state: Path | None,  # noqa: ARG001 - accepted everywhere, so that it can stand in an alias
        addresses: tuple[str, ...],
        zone: str | None,
        **rest: object,
    ) -> object:
        return command(*args, reader=reader_for(config, addresses, zone), **rest)

    return with_reader


def reader_for(config: Path | None, addresses: tuple[str, ...], zone: str | None) -> Reader:
    """Whose mail is read. Raises ActionNeeded for a zone that does not exist, ConfigError."""
    from dataclasses import replace

    from mailbot.reading.statements import Reader

    settings = _settings_if_any(config)
    reader = settings.reader() if settings else Reader(addresses=frozenset(), zone=system_zone())
    if addresses:
        reader = replace(reader, addresses=frozenset(one.lower() for one in addresses))
    if zone:
        reader = replace(reader, zone=checked_zone(zone), country="", region="")
    return reader


def _settings_if_any(config: Path | None) -> Settings | None:
    from mailbot.config import default_config_file, load_settings

    if config is None and not default_config_file().exists():
        return None
    return load_settings(config or default_config_file())


def checked_zone(zone: str) -> str:
    """The zone, if there is one of that name. Raises ActionNeeded."""
    from mailbot.checking import is_zone

    if not is_zone(zone):
        raise ActionNeeded(f"There is no time zone {zone!r}.", mend="Give one such as --tz Europe/London.")
    return zone


def system_zone() -> str:
    """The IANA name of the system's zone; UTC where it has none."""
    import tzlocal

    return str(tzlocal.get_localzone_name() or "UTC")
