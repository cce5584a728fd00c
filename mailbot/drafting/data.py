"""The one loader of this room's data files: tables and templates."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import DictLoader, StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

_HERE = files("mailbot.drafting")


@cache
def table(name: str) -> Mapping[str, Any]:
    """The TOML file of that name, parsed once; not to be changed."""
    return tomllib.loads(_HERE.joinpath(name).read_text(encoding="utf-8"))


@cache
def template(name: str) -> Template:
    """The template of that name ('thank_you.1'), compiled once. It can read its values and nothing else."""
    return _environment().get_template(f"{name}.txt")


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    sources = {one.name: one.read_text(encoding="utf-8") for one in _HERE.joinpath("templates").iterdir()}
    return ImmutableSandboxedEnvironment(
        loader=DictLoader(sources), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False
    )
