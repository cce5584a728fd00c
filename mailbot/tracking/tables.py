"""The one way from this room to its data files in `tracking/data/`: each is read and parsed once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any


@cache
def table(name: str) -> Mapping[str, Any]:
    """The TOML file `data/NAME.toml`, as a mapping that nobody may change."""
    text = files("mailbot.tracking").joinpath("data", f"{name}.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text))


@cache
def words(name: str, key: str) -> frozenset[str]:
    """A list of words in `data/NAME.toml`, written as one string with blanks between them."""
    return frozenset(table(name)[key].split())
