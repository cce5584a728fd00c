"""The one way from this room to its data files in `reading/data/`: each is read and parsed once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any


def _read(name: str) -> str:
    return written(name).decode()


def written(name: str) -> bytes:
    """The file `data/NAME` as it is, in UTF-8. Read each time, as `lines` are."""
    return files("mailbot.reading").joinpath("data", *name.split("/")).read_bytes()


def filed(name: str) -> str:
    """The path of the file `data/NAME`."""
    return str(files("mailbot.reading").joinpath("data", *name.split("/")))


@cache
def table(name: str) -> Mapping[str, Any]:
    """The TOML file `data/NAME.toml`, as a mapping that nobody may change; `NAME` may have a folder: 'cues/offer'."""
    return MappingProxyType(tomllib.loads(_read(f"{name}.toml")))


def lines(name: str) -> tuple[str, ...]:
    """The lines of the text file `data/NAME.txt`, without blank lines and those that begin with '#'. Read each time:
    whoever asks keeps something else of them, and both would be megabytes."""
    return tuple(line.strip() for line in _read(f"{name}.txt").splitlines() if line.strip() and line[0] != "#")


@cache
def names(folder: str) -> tuple[str, ...]:
    """The names that `table` takes for the TOML files in one folder of the data, sorted."""
    found = files("mailbot.reading").joinpath("data", folder).iterdir()
    return tuple(sorted(f"{folder}/{one.name.removesuffix('.toml')}" for one in found if one.name.endswith(".toml")))


@cache
def zone_table() -> tuple[tuple[str, ...], ...]:
    """The rows of tzdata's zone.tab: country (ISO 3166), coordinates, zone name, remark where there is one."""
    text = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines() if line[:1] != "#")
