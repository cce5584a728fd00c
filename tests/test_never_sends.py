"""The first promise: it never sends, and it changes nothing but drafts.

What the package imports is held to a list of what it may import, so that whoever adds a library that reaches out of
the process must come here; and the whole job is run in a process that tells on everything that leaves it.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import mailbot

PACKAGE = Path(mailbot.__file__).parent
# Modules of others that the whole package may import. None of them sends mail; none opens a connection.
MAY_IMPORT = {
    "__future__", "abc", "array", "ast", "email", "gc", "apscheduler.schedulers.background",
    "apscheduler.triggers.interval", "base64", "binascii",
    "bisect", "calendar", "click", "codecs", "collections", "contextlib", "csv",
    "dataclasses", "datetime", "difflib", "email.errors",
    "email.headerregistry", "email.message", "email.parser", "email.policy", "email.utils", "enum", "errno", "fcntl",
    "functools", "hashlib", "hmac", "holidays", "html", "http.cookies", "icalendar", "importlib", "io",
    "ipaddress", "itertools",
    "jinja2", "json", "logging", "mailbox", "markupsafe", "math", "msgspec", "os", "pathlib", "platformdirs",
    "pwd", "queue",
    "random", "re", "re2", "resource", "rich", "secrets", "select", "shlex", "shutil", "signal", "sqlite3", "stat",
    "statistics",
    "struct",
    "structlog", "sys", "tempfile", "textwrap", "threading", "time", "tomlkit", "tomllib", "traceback", "types",
    "typing", "tzlocal", "unicodedata", "urllib.parse", "xml.etree", "xml.sax.saxutils", "zlib", "zoneinfo",
}  # fmt: skip
# What can reach out of the process, and the modules that may: systemd, the reader, systemctl; and for Gmail the one
# transport, which holds every request to a list (tests/mail/gmail/test_allowed.py), and the sign-in;
# for IMAP the one line to the server, and the person's own password command and keyring; while setting up, one
# question to the person's provider if they allow it; for notices the desktop's tool and a command of the person's; and
# for the page a socket that listens on this machine alone (tests/web/test_guard.py), and the browser it is opened in.
IN_ONE_PLACE = {
    "ctypes": ("mail/maildir_alarm.py",),
    "google.auth.exceptions": ("mail/gmail/tokens.py",),
    "google.oauth2.credentials": ("mail/gmail/tokens.py",),
    "google_auth_httplib2": ("mail/gmail/tokens.py",),
    "google_auth_oauthlib.flow": ("mail/gmail/sign_in.py",),
    "googleapiclient.discovery": ("mail/gmail/service.py",),
    "googleapiclient.errors": ("mail/gmail/client.py",),
    "googleapiclient.http": ("mail/gmail/client.py",),
    "http.client": ("setup/autoconfig.py", "mail/gmail/client.py", "mail/gmail/transport.py"),
    "http.server": ("mail/gmail/loopback.py",),
    "httplib2": ("mail/gmail/client.py", "mail/gmail/transport.py"),
    "oauthlib.oauth2": ("mail/gmail/sign_in.py",),
    "requests": ("mail/gmail/sign_in.py",),
    "imapclient": ("mail/imap/line.py",),
    "imapclient.exceptions": ("mail/imap/line.py", "mail/imap/failures.py"),
    "imapclient.imap_utf7": ("mail/imap/folders.py",),
    "msal": ("mail/imap/microsoft.py",),
    "keyring": ("mail/ring.py",),
    "keyring.backends": ("mail/ring.py",),
    "keyring.errors": ("mail/ring.py",),
    "socket": ("notify.py", "mail/imap/line.py", "web/serving.py"),
    "ssl": ("mail/imap/line.py", "mail/imap/failures.py"),
    "starlette.applications": ("web/site.py",),
    "starlette.exceptions": ("web/site.py",),
    "starlette.requests": ("web/site.py",),
    "starlette.responses": ("web/site.py",),
    "starlette.routing": ("web/site.py",),
    "subprocess": ("apart/worker.py", "service/manager.py", "mail/imap/secret.py", "telling/delivery.py"),
    "urllib.error": ("setup/autoconfig.py",),
    "urllib.request": ("setup/autoconfig.py",),
    "uvicorn": ("web/serving.py",),
    "webbrowser": ("mail/gmail/sign_in.py", "cli/web.py"),
}
# What imapclient's client can do to a mailbox, and the modules that may ask for it; everything else of that kind is
# asked for nowhere.
EFFECTS = {
    "append": ("mail/imap/drafts.py",), "move": ("mail/imap/drafts.py",), "copy": ("mail/imap/drafts.py",),
    "add_flags": ("mail/imap/drafts.py",), "uid_expunge": ("mail/imap/drafts.py",),
}  # fmt: skip
NEVER = {
    "multiappend", "set_flags", "remove_flags", "delete_messages", "expunge", "create_folder", "delete_folder",
    "rename_folder", "close_folder", "add_gmail_labels", "remove_gmail_labels", "set_gmail_labels", "setacl",
    "subscribe_folder", "unsubscribe_folder",
}  # fmt: skip
# What may be loaded of others after a full step: the runtime dependencies and what they stand on.
MAY_BE_LOADED = {
    "dateutil", "holidays", "icalendar", "jinja2", "mailbot", "markupsafe", "msgspec", "re2", "six",
    "typing_extensions", "tzdata",
}  # fmt: skip
# Standard modules that can reach out. `socket` alone is loaded: by email.utils, for a host name we never ask for.
REACHING = {
    "_posixsubprocess", "_ssl", "aiohttp", "asyncio", "ftplib", "http", "imaplib", "nntplib", "poplib", "requests",
    "smtplib", "socketserver", "ssl", "subprocess", "telnetlib", "urllib.request", "webbrowser", "xmlrpc",
}  # fmt: skip
# Python's own audit events of what leaves a process.
LEAVING = (
    "socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "subprocess.Popen",
    "os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "urllib.Request",
    "smtplib.connect", "imaplib.open", "ftplib.connect", "webbrowser.open",
)  # fmt: skip

# The whole job in a process of its own, which tells what left it, where it wrote, and what it had loaded.
SPY = f"""
import json, os, sys
left, wrote = [], set()

def spy(event, args):
    if event in {LEAVING!r}:
        left.append(event)
    if event == "open" and isinstance(args[0], (str, bytes)) and isinstance(args[2], int):
        if args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            wrote.add(os.path.abspath(os.fsdecode(args[0])))
    if event in ("os.rename", "os.link"):
        wrote.add(os.path.abspath(os.fsdecode(args[1])))
    if event in ("os.remove", "os.mkdir", "os.truncate"):
        wrote.add(os.path.abspath(os.fsdecode(args[0])))

sys.addaudithook(spy)
from datetime import datetime, timezone
from pathlib import Path
from mailbot.demo.play import play_demo
steps = [one for _, one in play_demo(Path(sys.argv[1]), datetime(2026, 5, 20, 12, tzinfo=timezone.utc))]
print(json.dumps({{
    "placed": sum("DraftPlaced" in type(event).__name__ for step in steps for event in step.events),
    "left": left, "wrote": sorted(wrote), "loaded": sorted(sys.modules),
}}))
"""


@cache
def trees() -> tuple[tuple[Path, ast.Module], ...]:
    return tuple((path, ast.parse(path.read_text(), str(path))) for path in PACKAGE.rglob("*.py"))


def imported(tree: ast.Module) -> Iterator[str]:
    """Every module that a file imports, wherever the import stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("spied")
    done = subprocess.run(
        [sys.executable, "-B", "-c", SPY, str(folder)], capture_output=True, text=True, check=True, cwd=folder
    )
    return {**json.loads(done.stdout), "folder": folder.resolve()}


def test_the_package_imports_only_what_the_list_allows() -> None:
    for path, tree in trees():
        for name in imported(tree):
            parts = name.split(".")
            known = {".".join(parts[:end]) for end in range(1, len(parts) + 1)} & MAY_IMPORT
            here = path.relative_to(PACKAGE).as_posix() in IN_ONE_PLACE.get(name, ())
            assert known or here or parts[0] == "mailbot", f"{path} imports {name}"


def test_no_code_names_an_operation_that_sends() -> None:
    sends = {"sendmail", "send_message", "send_raw_email", "drafts_send", "messages_send"}
    for path, tree in trees():
        named = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        assert not named & sends, path


def test_the_mail_server_is_asked_to_change_nothing_but_drafts() -> None:
    for path, tree in trees():
        here = path.relative_to(PACKAGE).as_posix()
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "client":
                assert node.attr not in NEVER, f"{path}: {node.attr}"
                assert here in EFFECTS.get(node.attr, (here,)), f"{path}: {node.attr}"


def test_below_imapclient_nothing_is_asked_but_fetch_and_noop() -> None:
    asked = set()
    for path, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr == "_imap":
                assert path.name == "line.py", path
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "_command":
                asked.add(" ".join(one.value for one in node.args if isinstance(one, ast.Constant)))
    assert asked == {"NOOP", "UID FETCH"}


def test_a_folder_is_opened_to_be_changed_in_one_place_alone() -> None:
    for path, tree in trees():
        selects = [one for one in ast.walk(tree) if isinstance(one, ast.Attribute) and one.attr == "select"]
        assert not [one for one in selects if ast.unparse(one) == "line.select"] or path.name == "drafts.py"
        for call in (one for one in ast.walk(tree) if isinstance(one, ast.Call)):
            if isinstance(call.func, ast.Attribute) and call.func.attr == "select_folder":
                assert path.name == "line.py"


def test_mail_is_fetched_without_being_marked_as_read() -> None:
    """BODY[...] would set \\Seen; so would RFC822 and RFC822.TEXT (RFC 3501 section 6.4.5)."""
    for path, tree in trees():
        texts = [one.value for one in ast.walk(tree) if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        marking = [one for one in texts if one.startswith("BODY[") or one in ("RFC822", "RFC822.TEXT", "BODY")]
        assert not marking, path


def test_a_whole_job_places_drafts_and_nothing_leaves_the_process(told: dict[str, Any]) -> None:
    assert told["placed"] > 10
    assert told["left"] == []


def test_a_whole_job_writes_below_its_own_folders_alone(told: dict[str, Any]) -> None:
    assert told["wrote"]
    assert [one for one in told["wrote"] if not Path(one).resolve().is_relative_to(told["folder"])] == []


def test_after_a_whole_job_nothing_that_could_send_is_loaded(told: dict[str, Any]) -> None:
    loaded = set(told["loaded"])
    assert "mailbot.assistant" in loaded
    assert "mailbot.drafting.placing" in loaded
    assert not loaded & REACHING


def test_after_a_whole_job_only_known_distributions_are_loaded(told: dict[str, Any]) -> None:
    first = {one.split(".")[0] for one in told["loaded"]}
    others = {one for one in first - sys.stdlib_module_names if not one.startswith("_")}
    assert others <= MAY_BE_LOADED, others - MAY_BE_LOADED
