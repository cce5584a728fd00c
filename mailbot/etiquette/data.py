"""The one loader of this room's data files, and of the zones' names in tzdata."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> Mapping[str, Any]:
    """The TOML file of that name in this package, parsed once; not to be changed."""
    return tomllib.loads(files("mailbot.etiquette").joinpath(name).read_text(encoding="utf-8"))


@cache
def zone_names() -> Mapping[str, str]:
    """Old and other names of zones ('US/Eastern') -> the zone they stand for, from tzdata's links."""
    lines = files("tzdata").joinpath("zoneinfo", "tzdata.zi").read_text(encoding="utf-8").splitlines()
    links = (line.split() for line in lines if line.startswith("L "))
    return {name: target for _, target, name in links}


@cache
def zone_countries() -> Mapping[str, str]:
    """Zone -> the ISO 3166 code of its country, from tzdata's zone.tab."""
    lines = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {row[2]: row[0] for row in rows}
