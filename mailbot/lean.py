"""Libraries loaded without what they would take along: each MB counts in a process that stays for months."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without(*names: str) -> Iterator[None]:
    """Within, there is no module of these names for libraries that do without where they find none. What is loaded
    already stays as it is."""
    missing = [one for one in names if one not in sys.modules]
    for one in missing:
        sys.modules[one] = None  # type: ignore[assignment]  # how Python marks a module that cannot be imported
    try:
        yield
    finally:
        for one in missing:
            del sys.modules[one]


def unread(package: str) -> None:
    """Have a package known to Python by its folder alone, so that one module of it comes without all the others that
    its `__init__` imports. One that is loaded already stays as it is."""
    found = importlib.util.find_spec(package)
    if found is not None and package not in sys.modules:
        sys.modules[package] = importlib.util.module_from_spec(found)
