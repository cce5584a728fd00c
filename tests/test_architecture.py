"""The house: rooms import only earlier rooms, and the pure ones touch nothing outside."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import mailbot

PACKAGE = Path(mailbot.__file__).parent
# Mail flows one way: a room may import itself and those before it.
ROOMS = ("mail", "reading", "tracking", "etiquette", "drafting", "store")
PURE = ("reading", "tracking", "etiquette", "drafting")
PURE_MODULES = ("mail/message.py", "mail/port.py", "mail/mime.py", "mail/html.py", "decisions.py", "outcome.py",
                "telling/notices.py", "telling/holding.py", "telling/calendar.py", "web/board.py", "web/timeline.py",
                "web/agenda.py", "web/figures.py", "web/story.py", "web/questions.py", "web/forms.py")
# Effects on a mailbox, through the port alone.
EFFECTFUL = ("drafting/placing.py",)
# What every room may use of the package besides rooms.
COMMON = {"mailbot", "mailbot.errors", "mailbot.filed", "mailbot.holiday_table", "mailbot.patterns"}
# All that the pure modules may import from outside the package: nothing here knows a clock, a file, chance or a socket.
# `importlib.resources` and `tomllib` are for the one loader of a room's own data files.
OUTSIDE_OF_PURE = {
    "__future__", "base64", "binascii", "bisect", "calendar", "codecs", "collections", "contextlib",
    "dataclasses", "datetime", "difflib", "email", "enum", "functools", "hashlib", "hmac", "html", "importlib", "io",
    "itertools", "json", "math", "shlex", "statistics", "struct", "tomllib", "types", "typing", "unicodedata", "urllib",
    "zoneinfo", "icalendar", "jinja2",
}  # fmt: skip
FORBIDDEN_CALLS = {"open", "input", "print", "exec", "eval", "__import__", "time.time"}
FORBIDDEN_METHODS = {"now", "utcnow", "today", "open", "write_text", "write_bytes", "localtime"}


def modules() -> Iterator[Path]:
    return PACKAGE.rglob("*.py")


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), str(path))


def imports(path: Path) -> set[str]:
    """Every module that a file imports, wherever the import stands."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
    return found


def room_of(name: str) -> str | None:
    parts = name.split(".")
    return parts[1] if len(parts) > 1 and parts[0] == "mailbot" and parts[1] in ROOMS else None


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_itself_and_earlier_rooms_alone(room: str) -> None:
    allowed = set(ROOMS[: ROOMS.index(room) + 1])
    for path in (PACKAGE / room).rglob("*.py"):
        ours = {one for one in imports(path) if one.split(".")[0] == "mailbot"}
        wrong = {one for one in ours if room_of(one) not in allowed and not is_common(one)}
        assert not wrong, f"{path} imports {wrong}"


def is_common(name: str) -> bool:
    return name in COMMON or name.rpartition(".")[0] in COMMON - {"mailbot"}


def pure_files() -> list[Path]:
    inside = [path for room in PURE for path in (PACKAGE / room).rglob("*.py")]
    files = inside + [PACKAGE / one for one in PURE_MODULES]
    return [path for path in files if str(path.relative_to(PACKAGE)) not in EFFECTFUL]


@pytest.mark.parametrize("path", pure_files(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_pure_modules_touch_nothing_outside(path: Path) -> None:
    outside = {one.split(".")[0] for one in imports(path)} - {"mailbot"}
    assert outside <= OUTSIDE_OF_PURE, f"{path} imports {outside - OUTSIDE_OF_PURE}"
    calls = [node.func for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    wrong = {ast.unparse(one) for one in calls if is_forbidden(one)}
    assert not wrong, f"{path} calls {wrong}"


def is_forbidden(called: ast.expr) -> bool:
    method = called.attr if isinstance(called, ast.Attribute) else ""
    return ast.unparse(called) in FORBIDDEN_CALLS or method in FORBIDDEN_METHODS


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_reads_its_data_files_in_one_place(room: str) -> None:
    loaders = [path for path in (PACKAGE / room).rglob("*.py") if "importlib.resources" in path.read_text()]
    assert len(loaders) <= 1, f"several loaders: {loaders}"


def test_the_page_and_the_commands_know_each_other_in_one_place_alone() -> None:
    for path in modules():
        here, names = path.relative_to(PACKAGE).as_posix(), imports(path)
        if not here.startswith("web/") and here != "cli/web.py":
            assert not [one for one in names if one.startswith("mailbot.web")], here
        if not here.startswith("cli/") and here != "__main__.py":
            assert not [one for one in names if one.startswith("mailbot.cli")], here


def test_regular_expressions_on_mail_are_linear() -> None:
    """The standard library's re may be used on no text from mail: only modules that never see mail import it."""
    unaware_of_mail = {"checking.py", "config/checks.py", "config/editing.py", "needed.py"}
    users = {str(path.relative_to(PACKAGE)) for path in modules() if "re" in imports(path)}
    assert users <= unaware_of_mail, users - unaware_of_mail
