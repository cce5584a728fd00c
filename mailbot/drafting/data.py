"""The one loader of this room's data files: tables and templates."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

_HERE = files("mailbot.drafting")


@cache
def table(name: str) -> Mapping[str, Any]:
    """The TOML file of that name, parsed once; not to be changed."""
    return tomllib.loads(_HERE.joinpath(name).read_text(encoding="utf-8"))


@cache
def template_sources() -> Mapping[str, str]:
    """The built-in templates: file name ('thank_you.1.txt') -> text."""
    return {one.name: one.read_text(encoding="utf-8") for one in _HERE.joinpath("templates").iterdir()}
