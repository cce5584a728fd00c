"""Words of a mail are where they belong and nowhere else: not in logs, command lines, environments, temporary files;
and of mail that cannot matter not even in the ledger and its backups."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.test_commands import Home
from tests.daemon.test_process import Service, invitation, until
from tests.sample_mail import mail

CANARY = b"canary7f3a"
PRIVATE = mail(
    "2026-03-02 07:00", "Garden Shop <no-reply@garden.example>", "Your order canary7f3a",
    "Three bulbs were sent. canary7f3a\n", ident="order@garden.example",
)  # fmt: skip


def of_hiring() -> bytes:
    """An invitation whose every part bears the canary."""
    raw = invitation().replace(b"Tom Varga", b"Tom canary7f3a").replace(b"by video", b"by video, canary7f3a")
    return raw.replace(b"Interview for", b"canary7f3a: Interview for").replace(b"<ask@", b"<canary7f3a@")


def broken() -> bytes:
    """Mail that cannot be read, and says the canary wherever an error could quote it."""
    return (
        b"From: canary7f3a\r\nSubject: =?canary7f3a?q?canary7f3a?=\r\nContent-Type: canary7f3a/\xff\r\n\r\ncanary7f3a"
    )


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path, ["work"])


@pytest.mark.parametrize("level", ["", "--verbose"])
def test_the_service_lets_no_word_of_a_mail_out(home: Home, tmp_path: Path, level: str) -> None:
    """--verbose talks to the person on the terminal; the log stays as it is."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    service = Service(home, *([level] if level else []), TMPDIR=str(temporary))
    service.says("READY=1")
    home.deliver(broken())
    home.deliver(of_hiring())
    until(home.drafts)
    seen = b"".join(processes(service.process.pid))
    service.stop()
    assert CANARY in home.drafts()[0]
    assert CANARY not in seen
    assert CANARY not in service.log.read_bytes()
    assert [one for one in temporary.rglob("*") if one.is_file() and CANARY in one.read_bytes()] == []


def test_of_mail_that_cannot_matter_no_word_is_kept(home: Home) -> None:
    home.deliver(PRIVATE)
    assert home.mailbot("sync").returncode == 0
    assert CANARY not in home.mailbot("status", "--json").stdout.encode()
    assert [one for one in home.state.rglob("*") if one.is_file() and CANARY in one.read_bytes()] == []
    assert list(home.state.rglob("ledger-*.sqlite"))


def processes(pid: int) -> list[bytes]:
    """Command lines and environments of the service and its children."""
    found = []
    for one in Path("/proc").iterdir() if Path("/proc").exists() else ():
        try:
            status = (one / "stat").read_text().rpartition(")")[2].split() if one.name.isdigit() else ["", "0"]
            if int(one.name) == pid or int(status[1]) == pid:
                found += [(one / "cmdline").read_bytes(), (one / "environ").read_bytes()]
        except (OSError, ValueError):
            continue
    assert found or os.name != "posix" or not Path("/proc").exists()
    return found
