"""`mailbot service` on a real systemd: installed, ready, reloaded, killed, hung, stopped, removed. Twenty seconds.

Run: pytest tests/torture/test_systemd.py -o addopts=--import-mode=importlib
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from tests.cli.test_commands import Home
from tests.daemon.test_process import until
from tests.sample_mail import ZONE, fresh_invitation
from tests.servers.systemd import Session, session, why_not

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not() or "-")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return Home(tmp_path_factory.mktemp("person"), ("work",))


@pytest.fixture(scope="module")
def live(home: Home) -> Iterator[Session]:
    with session(home.folder / "home") as one:
        yield one


@pytest.fixture(scope="module")
def service(live: Session, home: Home) -> Callable[..., str]:
    """What `mailbot service ARGS` says in that session; the service is installed."""

    def said(*args: str) -> str:
        done = live.run(sys.executable, "-m", "mailbot", "service", *args)
        assert done.returncode == 0, done.stderr
        return done.stdout

    said("install", "--config", str(home.config), "--state", str(home.state))
    until(lambda: live.shown("ActiveState")["ActiveState"] == "active")
    return said


def main_process(live: Session) -> int:
    """As it is numbered out here."""
    inside = live.shown("MainPID")["MainPID"]
    for file in Path("/proc").glob("[0-9]*/status"):
        lines = dict(line.split(":", 1) for line in file.read_text().splitlines() if ":" in line)
        if lines["NSpid"].split()[1:] == [inside] and inside != "0":
            return int(file.parent.name)
    raise AssertionError("it is not running")


def drop_in(live: Session, text: str) -> None:
    """Shorter times than the unit's, as its person would set them."""
    folder = live.home / ".config/systemd/user/mailbot.service.d"
    folder.mkdir(exist_ok=True)
    (folder / "times.conf").write_text(f"[Service]\n{text}")
    assert live.run("systemctl", "--user", "daemon-reload").returncode == 0


def invitation(firm: str) -> bytes:
    mail = fresh_invitation(datetime.now(ZONE)).replace(b"linden", firm.encode())
    return mail.replace(b"Linden", firm.capitalize().encode())


def restarts(live: Session) -> int:
    return int(live.shown("NRestarts")["NRestarts"])


def is_up(live: Session) -> bool:
    return live.shown("ActiveState")["ActiveState"] == "active"


def test_it_is_ready_by_its_own_word_and_places_a_draft(live: Session, home: Home, service: Callable[..., str]) -> None:
    assert live.shown("Type", "StatusText") == {"Type": "notify", "StatusText": "mailbot is at work"}
    assert service("status") == "The service is active.\n"
    home.deliver(invitation("birken"))
    until(lambda: len(home.drafts()) == 1)


def test_systemd_finds_no_fault_with_the_unit(live: Session, service: Callable[..., str]) -> None:
    done = live.run("systemd-analyze", "--user", "--man=no", "verify", "mailbot.service")
    assert [one for one in done.stderr.splitlines() if "mailbot.service" in one] == []


def test_the_hardening_holds(live: Session, service: Callable[..., str]) -> None:
    status = Path(f"/proc/{main_process(live)}/status").read_text()
    said = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
    assert (said["NoNewPrivs"], said["Seccomp"], said["Umask"]) == ("1", "2", "0077")


def test_a_reload_reads_the_configuration_again_in_the_same_process(
    live: Session, home: Home, service: Callable[..., str]
) -> None:
    before, text = live.shown("MainPID"), home.config.read_text()
    other = home.folder / "other"
    for part in ("cur", "new", "tmp"):
        (other / part).mkdir(parents=True)
    home.config.write_text(f'{text}[[account]]\nname = "other"\nkind = "maildir"\npath = "{other}"\n')
    assert live.run("systemctl", "--user", "reload", "mailbot.service").returncode == 0
    until(lambda: "other: read" in home.mailbot("status").stdout)
    until(lambda: is_up(live))
    assert live.shown("MainPID") == before


def test_one_that_crashes_is_started_again_and_drafts_nothing_twice(
    live: Session, home: Home, service: Callable[..., str]
) -> None:
    drop_in(live, "RestartSec=100ms\n")
    drafts, before = home.drafts(), restarts(live)
    os.kill(main_process(live), signal.SIGKILL)
    until(lambda: restarts(live) == before + 1 and is_up(live))
    home.deliver(invitation("weiden"))
    until(lambda: len(home.drafts()) == len(drafts) + 1)


def test_one_that_hangs_is_ended_and_started_again(live: Session, service: Callable[..., str]) -> None:
    drop_in(live, "RestartSec=100ms\nWatchdogSec=3s\n")
    assert live.run("systemctl", "--user", "restart", "mailbot.service").returncode == 0
    end = time.monotonic() + 7
    until(lambda: time.monotonic() > end)  # twice the watchdog's time: signs of life keep it running
    assert restarts(live) == 0
    os.kill(main_process(live), signal.SIGSTOP)
    until(lambda: restarts(live) >= 1 and is_up(live))


def test_it_stops_within_five_seconds_and_says_so_to_systemd(live: Session, service: Callable[..., str]) -> None:
    began = time.monotonic()
    assert live.run("systemctl", "--user", "stop", "mailbot.service").returncode == 0
    assert time.monotonic() - began < 5
    assert live.shown("ActiveState", "Result") == {"ActiveState": "inactive", "Result": "success"}
    assert live.run("systemctl", "--user", "start", "mailbot.service").returncode == 0


def test_the_journal_has_its_lines_and_no_word_of_the_mail(live: Session, service: Callable[..., str]) -> None:
    said = service("logs")
    assert "draft_placed" in said
    assert "Birken" not in said
    assert "tom.varga" not in said


def test_removed_it_is_gone(live: Session, home: Home, service: Callable[..., str]) -> None:
    assert service("uninstall") == "The service is stopped and removed.\n"
    assert live.shown("ActiveState")["ActiveState"] == "inactive"
    assert service("status") == "The service is not installed.\n"
    assert home.config.exists()
