"""Libraries loaded without what they would take along: each MB counts in a process that stays for months."""

from __future__ import annotations

import importlib
import importlib.machinery
import importlib.util
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import RLock
from types import ModuleType

# Python has the digests itself: OpenSSL is 3 MB, and comes with TLS where that is used. The other is for older Pythons.
_UNUSED = ("_hashlib", "typing_extensions")
_USERS = ("hmac", "msgspec")
# Modules that others import for what is seldom asked of them: dataclasses look at signatures where a class has no
# docstring, mail's addresses come with sockets, data files with archives.
_SELDOM = (
    "ast", "bz2", "csv", "ctypes", "difflib", "html", "inspect", "ipaddress", "locale", "lzma", "random",
    "selectors", "shutil", "socket", "tempfile", "textwrap", "traceback", "zipfile",
)  # fmt: skip


def stay() -> None:
    """For a process that is to stay, before it loads anything else: some libraries, without what they would take along
    for uses that nobody here makes of them."""
    with without(*_UNUSED):
        for one in _USERS:
            importlib.import_module(one)


def later(*names: str) -> None:
    """Have modules (those that others seldom need, where no names are given) loaded when the first of their names is
    asked for. What is loaded already stays as it is."""
    for name in names or _SELDOM:
        found = importlib.util.find_spec(name) if name not in sys.modules else None
        if found is not None:
            found.loader_state = _Loading()
            sys.modules[name] = importlib.util.module_from_spec(found)
            sys.modules[name].__class__ = _Later


class _Loading:
    """How far a module has come. The lock is its own: another thread that asks for a name waits until all are there."""

    def __init__(self) -> None:
        self.lock = RLock()
        self.begun = False


class _Later(ModuleType):
    """A module that is yet to be loaded, and from then on a module like any other. Unlike the one of importlib.util it
    stays as it is where it is merely imported."""

    def __getattr__(self, name: str) -> object:
        spec = self.__spec__
        if spec is not None and spec.loader is not None:
            with spec.loader_state.lock:
                if not spec.loader_state.begun:
                    spec.loader_state.begun = True
                    spec.loader.exec_module(self)
                    self.__class__ = ModuleType  # type: ignore[assignment]  # from here on a module like any other
        return ModuleType.__getattribute__(self, name)


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
    import ast  # here, as the next: above they would come before `later` can hold up what they take along
    from pathlib import Path

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
