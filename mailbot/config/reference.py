"""The reference page of the configuration, from the settings' types."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Iterator
from dataclasses import MISSING

from mailbot.config.settings import Settings


def keys() -> Iterator[tuple[str, str, str, str]]:
    """For the reference page: table, key, default as TOML (empty where required) and what it is."""
    hints = typing.get_type_hints(Settings)
    for one in dataclasses.fields(Settings):
        hint = hints[one.name]
        inner = typing.get_args(hint)[0] if typing.get_origin(hint) is tuple else hint
        if isinstance(inner, types.GenericAlias) or not dataclasses.is_dataclass(inner):
            yield one.name, "", "", str(one.metadata["about"])
            continue
        for key in dataclasses.fields(inner):
            default = "" if key.default is MISSING else _toml(key.default)
            default = default if key.default_factory is MISSING else "{}"
            yield one.name, key.name, default, str(key.metadata["about"])


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "[]" if value == () else repr(value).replace("'", '"')
