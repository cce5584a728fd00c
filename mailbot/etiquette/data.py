"""The one loader of this room's data files."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Any


@lru_cache(maxsize=32)
def table(name: str) -> Mapping[str, Any]:
    """The TOML file of that name in this package, parsed once; not to be changed."""
    return tomllib.loads(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))
