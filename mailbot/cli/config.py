"""`mailbot config`: the configuration looked up, checked and set."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from mailbot.cli.options import json_option, place_options
from mailbot.cli.printing import print_json
from mailbot.standing.wording import plain


@click.group("config")
def command() -> None:
    """Your configuration: where it lies, what it says, whether it is sound. `set` changes one key and
    keeps your comments, `unset` lets its default hold again. docs/configuration.md has every key.

    Example: mailbot config set letters.sign_off "Warm regards,"
    """


@command.command("path")
@place_options
@json_option
def path(config: Path | None, state: Path | None, as_json: bool) -> None:
    """Where the configuration lies.

    Example: mailbot config path
    """
    from mailbot.config import default_config_file, default_state_folder

    file, folder = config or default_config_file(), state or default_state_folder()
    if as_json:
        print_json({"config": str(file), "there": file.exists(), "state": str(folder)})
    else:
        click.echo(str(file))


@command.command("check")
@place_options
@json_option
def check(config: Path | None, state: Path | None, as_json: bool) -> None:  # noqa: ARG001 - accepted everywhere
    """Whether it is sound, the templates beside it too; all faults at once, each with its line.

    Example: mailbot config check
    """
    from mailbot.config import default_config_file, load_settings
    from mailbot.errors import ConfigError
    from mailbot.household import papers

    file = config or default_config_file()
    try:
        settings = load_settings(file)
        papers(settings, file)
    except ConfigError as error:
        if not as_json:
            raise
        print_json({"config": str(file), "problems": list(error.problems)})
        sys.exit(error.exit_status)
    if as_json:
        print_json({"config": str(file), "problems": []})
    else:
        accounts = ", ".join(f"{one.name} ({one.kind})" for one in settings.account)
        click.echo(plain(f"{file} is sound: {accounts}; preset {settings.preset}."))


@command.command("get")
@click.argument("key", required=False)
@place_options
@json_option
def get(key: str | None, config: Path | None, state: Path | None, as_json: bool) -> None:  # noqa: ARG001 - as above
    """What holds for KEY, such as me.name or account.NAME.host; without one, for all of them.

    Example: mailbot config get etiquette.preset
    """
    from mailbot.config import default_config_file, load_settings
    from mailbot.config.keys import value_of, values

    settings = load_settings(config or default_config_file())
    found = values(settings) if key is None else {key: value_of(key, settings)}
    for name, value in found.items():
        if as_json:
            print_json({"setting": name, "value": list(value) if isinstance(value, tuple) else value})
        else:
            click.echo(plain(_said(value) if key else f"{name} = {_said(value)}"))


@command.command("set", context_settings={"ignore_unknown_options": True})
@click.argument("key")
@click.argument("value", nargs=-1, required=True)
@place_options
@json_option
def set_(key: str, value: tuple[str, ...], config: Path | None, state: Path | None, as_json: bool) -> None:
    """Set KEY to VALUE, several for a list. What would make the configuration wrong is refused.

    Example: mailbot config set etiquette.preset ten-steps
    """
    from mailbot.config.editing import with_value

    _edit(config, state, as_json, key, lambda text, file: with_value(text, file, key, value), "is set")


@command.command("unset")
@click.argument("key")
@place_options
@json_option
def unset(key: str, config: Path | None, state: Path | None, as_json: bool) -> None:
    """Set KEY no more: its default holds again, and its line stays as a comment.

    Example: mailbot config unset me.phone
    """
    from mailbot.config.editing import without_value

    _edit(config, state, as_json, key, lambda text, file: without_value(text, file, key), "is not set any more")


def _edit(
    config: Path | None, state: Path | None, as_json: bool, key: str, edit: Callable[[str, str], str], what: str
) -> None:
    """The file written anew, and a word to whoever works by what it said before."""
    from mailbot.config import default_config_file, load_text
    from mailbot.files import write

    file = config or default_config_file()
    write(file, edit(load_text(file), str(file)))
    if as_json:
        print_json({"setting": key, "config": str(file)})
    else:
        click.echo(plain(f"{key} {what} in {file}."))
    tell_who_is_at_work(state)


def tell_who_is_at_work(state: Path | None) -> bool:
    """Whether somebody works by what the configuration said before; how it is read anew."""
    from mailbot.config import default_state_folder
    from mailbot.store.lock import holder

    held = holder(state or default_state_folder())
    if held and held.pid:
        click.echo(f"mailbot is at work by what it read before. Have it read anew: kill -HUP {held.pid}", err=True)
    return held is not None


def _said(value: object) -> str:
    """As the file says it, but a text bare."""
    words: dict[type, Callable[[Any], str]] = {
        bool: lambda one: str(one).lower(),
        tuple: lambda one: ", ".join(map(str, one)),
        list: lambda one: ", ".join(map(str, one)),
    }
    return words.get(type(value), str)(value)
