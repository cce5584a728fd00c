"""The house: rooms import only earlier rooms, the pure ones touch nothing outside, and nothing can send."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import mailbot

PACKAGE = Path(mailbot.__file__).parent
# Mail flows one way: a room may import itself and those before it.
ROOMS = ("mail", "reading", "tracking", "etiquette", "drafting", "store")
PURE = ("reading", "tracking", "etiquette", "drafting")
PURE_MODULES = ("mail/message.py", "mail/port.py", "mail/mime.py", "mail/html.py", "decisions.py", "outcome.py")
# Effects on a mailbox, through the port alone.
EFFECTFUL = ("drafting/placing.py",)
FORBIDDEN_IMPORTS = {"socket", "sqlite3", "subprocess", "random", "secrets", "smtplib", "ssl", "urllib", "http"}
FORBIDDEN_CALLS = {"open", "datetime.now", "datetime.utcnow", "date.today", "time.time", "datetime.today", "input"}
SENDERS = {"smtplib", "aiosmtplib", "sendgrid", "mailgun", "yagmail", "nntplib", "boto3"}


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
def test_a_room_imports_no_later_room(room: str) -> None:
    later = set(ROOMS[ROOMS.index(room) + 1 :])
    outside = {"mailbot.assistant", "mailbot.daemon", "mailbot.replay", "mailbot.cli", "mailbot.config"}
    for path in (PACKAGE / room).rglob("*.py"):
        names = imports(path)
        wrong = {one for one in names if room_of(one) in later or any(one.startswith(bad) for bad in outside)}
        assert not wrong, f"{path} imports {wrong}"


def pure_files() -> list[Path]:
    inside = [path for room in PURE for path in (PACKAGE / room).rglob("*.py")]
    files = inside + [PACKAGE / one for one in PURE_MODULES]
    return [path for path in files if str(path.relative_to(PACKAGE)) not in EFFECTFUL]


@pytest.mark.parametrize("path", pure_files(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_pure_modules_touch_nothing_outside(path: Path) -> None:
    names = {one.split(".")[0] for one in imports(path)}
    assert not names & FORBIDDEN_IMPORTS, f"{path} imports {names & FORBIDDEN_IMPORTS}"
    called = {ast.unparse(node.func) for node in ast.walk(tree(path)) if isinstance(node, ast.Call)}
    assert not called & FORBIDDEN_CALLS, f"{path} calls {called & FORBIDDEN_CALLS}"


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_reads_its_data_files_in_one_place(room: str) -> None:
    loaders = [path for path in (PACKAGE / room).rglob("*.py") if "importlib.resources" in path.read_text()]
    assert len(loaders) <= 1, f"several loaders: {loaders}"


def test_regular_expressions_on_mail_are_linear() -> None:
    """The standard library's re may be used on no text from mail: only modules that never see mail import it."""
    unaware_of_mail = {"checking.py", "config.py"}
    users = {str(path.relative_to(PACKAGE)) for path in modules() if "re" in imports(path)}
    assert users <= unaware_of_mail, users - unaware_of_mail


def test_nothing_imports_what_can_send() -> None:
    for path in modules():
        wrong = {one.split(".")[0] for one in imports(path)} & SENDERS
        assert not wrong, f"{path} imports {wrong}"


def test_no_call_names_a_sending_operation() -> None:
    for path in modules():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Attribute):
                assert node.attr not in {"sendmail", "send_message", "sendmsg_all"}, f"{path}:{node.lineno}"


def test_after_a_full_step_no_module_that_can_send_is_loaded(tmp_path: Path) -> None:
    """The whole job runs in a process of its own; what it loaded is looked at."""
    code = (
        "import sys\n"
        "from mailbot.demo.play import play_demo\n"
        "from pathlib import Path\n"
        "from datetime import datetime, timezone\n"
        f"play_demo(Path({str(tmp_path)!r}), datetime(2026, 5, 20, 12, tzinfo=timezone.utc))\n"
        "print(' '.join(sorted(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "mailbot.assistant" in loaded
    assert not loaded & SENDERS
