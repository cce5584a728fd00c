"""The one way from this room to its data files in `mail/data/`: each is read and parsed once."""

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
    text = files("mailbot.mail").joinpath("data", f"{name}.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text))
