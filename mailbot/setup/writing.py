"""A configuration as `mailbot init` writes it: every key with what it is; those that are not set as comments."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field
from typing import Any

import tomlkit

from mailbot.config.settings import KNOWN, NEEDED, AccountSettings, Settings

HEAD = """\
# mailbot's configuration. After an edit: mailbot config check. To change one key: mailbot config set KEY VALUE
# Nobody else may write this file, for it can name commands to run.
"""
WIDE = 110


def configuration(given: Mapping[str, Mapping[str, object]]) -> str:
    """The text for what was given: table -> key -> value; `account` has one."""
    return "\n".join([HEAD, *(_table(one, given.get(one.name, {})) for one in dataclasses.fields(Settings))])


def account_table(given: Mapping[str, object]) -> str:
    """The [[account]] of one more account, key -> value."""
    return _table(next(one for one in dataclasses.fields(Settings) if one.name == "account"), given)


def _table(table: Field[Any], given: Mapping[str, object]) -> str:
    head = f"[[{table.name}]]" if table.name == "account" else f"[{table.name}]"
    lines = [f"{head}  # {table.metadata['about']}"]
    known = list(_keys(table.name, given))
    lines += [_line(one.name, given.get(one.name, MISSING), _default(one), one.metadata["about"]) for one in known]
    names = [one.name for one in known]
    free = "every number can be set, too: docs/configuration.md" if table.name == "etiquette" else ""
    lines += [_line(key, value, "", free) for key, value in given.items() if key not in names]
    return "\n".join(lines) + "\n"


def _keys(table: str, given: Mapping[str, object]) -> Iterator[Field[Any]]:
    inner = AccountSettings if table == "account" else typing.get_type_hints(Settings)[table]
    if not dataclasses.is_dataclass(inner):
        return
    kind = str(given.get("kind", ""))
    ours = ("name", "kind", *NEEDED.get(kind, ()), *KNOWN.get(kind, ()))
    yield from (one for one in dataclasses.fields(inner) if table != "account" or one.name in ours)


def _line(key: str, value: object, default: object, about: str) -> str:
    """`key = value  # about`; commented out where nothing was given."""
    mark, held = ("# ", default) if value is MISSING else ("", value)
    said = f"{mark}{key} = {_toml(held)}"
    if not about:
        return said
    return f"{said}  # {about}" if len(said) + len(about) < WIDE else f"# {about}:\n{said}"


def _toml(value: object) -> str:
    return tomlkit.item(list(value) if isinstance(value, tuple) else value).as_string().strip()


def _default(one: Field[Any]) -> object:
    value = one.default if one.default_factory is MISSING else tomlkit.inline_table()
    return "" if value is MISSING else value
