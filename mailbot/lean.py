"""Libraries loaded without what they would take along: each MB counts in a process that stays for months."""

from __future__ import annotations

import ast
import importlib
import importlib.machinery
import importlib.util
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

# Python has the digests itself: OpenSSL is 3 MB, and comes with TLS where that is used. The others are for older
# Pythons and for archives.
_UNUSED = ("_hashlib", "typing_extensions", "bz2", "lzma")
_USERS = ("hmac", "msgspec", "shutil")


def stay() -> None:
    """For a process that is to stay, before it loads anything else: some libraries, without what they would take along
    for uses that nobody here makes of them."""
    with without(*_UNUSED):
        for one in _USERS:
            importlib.import_module(one)


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


@contextmanager
def hollow(**modules: Mapping[str, object]) -> Iterator[None]:
    """Within, a module of each of these names (`__` stands for a dot) that has nothing but what is given for it, for
    libraries that import it for a service which is not asked of them. What is loaded already stays as it is."""
    shells = {name.replace("__", "."): has for name, has in modules.items()}
    missing = {name: has for name, has in shells.items() if name not in sys.modules}
    for name, has in missing.items():
        sys.modules[name] = ModuleType(name)
        vars(sys.modules[name]).update(has)
    try:
        yield
    finally:
        for name in missing:
            del sys.modules[name]


def piecemeal(package: str) -> None:
    """Have a package within another, whose `__init__` only gathers names from its modules, load each of them when its
    name is asked for. One that is loaded already stays as it is."""
    above = package.rpartition(".")[0]
    outer = importlib.util.find_spec(above)  # not of the package itself: that would load the one above
    inside = outer.submodule_search_locations if outer else None
    found = importlib.machinery.PathFinder.find_spec(package, list(inside or ()))
    if found is None or found.origin is None or package in sys.modules:
        return
    written = ast.parse(Path(found.origin).read_bytes()).body
    homes = {one.name: node.module for node in written if isinstance(node, ast.ImportFrom) for one in node.names}
    shell = sys.modules[package] = importlib.util.module_from_spec(found)

    def named(name: str) -> object:
        if home := homes.get(name):
            return getattr(importlib.import_module(home), name)
        raise AttributeError(name)  # as Python does it: its import then looks for a module of that name

    vars(shell)["__getattr__"] = named


def unread(package: str) -> None:
    """Have a package known to Python by its folder alone, so that one module of it comes without all the others that
    its `__init__` imports. One that is loaded already stays as it is."""
    found = importlib.util.find_spec(package)
    if found is not None and package not in sys.modules:
        sys.modules[package] = importlib.util.module_from_spec(found)
