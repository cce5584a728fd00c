"""The service as a real process: started, signalled, killed and started again, on Maildirs that others write to."""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from tests.cli.test_commands import Home
from tests.sample_mail import ZONE, fresh_invitation

PATIENCE = 120  # seconds that a busy machine may need; nothing here waits for time to pass


class Service:
    """`mailbot run` with a socket on which it tells systemd how it is."""

    def __init__(self, home: Home, *options: str, **environment: str) -> None:
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.name = str(home.folder / "notify")
        Path(self.name).unlink(missing_ok=True)
        self.socket.bind(self.name)
        self.socket.settimeout(PATIENCE)
        self.log = home.folder / "log"
        self.process = subprocess.Popen(
            home.command("run", "--log", str(self.log), *options), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            env={**os.environ, "NOTIFY_SOCKET": self.name, **environment},
        )  # fmt: skip

    def says(self, what: str) -> str:
        """Wait until it tells that."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            assert self.process.poll() is None, self.process.communicate()[1].decode()
            if select.select([self.socket], [], [], 0.5)[0] and what in (told := self.socket.recv(1000).decode()):
                return told
        raise AssertionError(f"it never said {what}")

    def stop(self, number: int = signal.SIGTERM) -> int:
        if self.process.poll() is None:
            self.process.send_signal(number)
        self.process.wait(PATIENCE)
        if self.process.stderr:
            self.process.stderr.close()
        self.socket.close()
        return self.process.returncode


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


@pytest.fixture
def service(home: Home) -> Iterator[Service]:
    one = Service(home)
    one.says("READY=1")
    yield one
    one.stop(signal.SIGKILL)


def until(holds: Callable[[], object]) -> None:
    """Wait for another process, not for time."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, "it did not happen"
        select.select([], [], [], 0.05)


def invitation() -> bytes:
    return fresh_invitation(datetime.now(ZONE))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_within_five_seconds_of_the_signal(service: Service, number: int) -> None:
    began = time.monotonic()
    assert service.stop(number) == 0
    assert time.monotonic() - began < 5


def test_it_tells_that_it_stops(service: Service) -> None:
    service.process.terminate()
    service.says("STOPPING=1")


def test_it_gives_a_sign_of_life(home: Home) -> None:
    one = Service(home, WATCHDOG_USEC="1000000")
    one.says("WATCHDOG=1")
    one.stop()


def test_after_failed_starts_it_waits_and_says_so_until_it_is_stopped(home: Home) -> None:
    note = home.state / "starts.json"
    home.state.mkdir(mode=0o700, exist_ok=True)
    note.write_text(f'{{"failed": 7, "at": "{datetime.now(ZONE).isoformat()}"}}')
    waiting = Service(home)
    assert "failed starts" in waiting.says("EXTEND_TIMEOUT_USEC=")
    assert waiting.stop() == 0
    assert not note.exists()


def test_after_a_kill_it_starts_again_and_drafts_nothing_twice(home: Home, service: Service) -> None:
    home.deliver(invitation())
    until(home.drafts)
    service.stop(signal.SIGKILL)
    again = Service(home)
    again.says("READY=1")
    again.process.send_signal(signal.SIGUSR1)
    assert again.stop() == 0
    assert len(home.drafts()) == 1


def test_a_second_one_is_refused_and_told_who_holds_the_store(home: Home, service: Service) -> None:
    done = home.mailbot("run")
    assert done.returncode == 75
    assert f"process {service.process.pid}" in done.stderr


def test_sync_asks_it_to_step(home: Home, service: Service) -> None:
    home.deliver(invitation())
    done = home.mailbot("sync")
    assert done.returncode == 0
    assert f"process {service.process.pid}" in done.stderr
    until(home.drafts)


def test_status_says_that_it_is_at_work_and_when_it_read_each_account(home: Home, service: Service) -> None:
    until(lambda: "work: read" in home.mailbot("status").stdout)
    assert "mailbot is at work since" in home.mailbot("status").stdout
    service.stop()
    assert "mailbot is not running" in home.mailbot("status").stdout


def test_a_configuration_that_is_read_again_holds_from_then_on(home: Home, service: Service) -> None:
    text = home.config.read_text()
    third = home.folder / "third"
    for part in ("cur", "new", "tmp", ".Drafts/cur", ".Drafts/new", ".Drafts/tmp"):
        (third / part).mkdir(parents=True)
    home.config.write_text(f'{text}[[account]]\nname = "third"\nkind = "maildir"\npath = "{third}"\n')
    service.process.send_signal(signal.SIGHUP)
    service.says("RELOADING=1")
    service.says("READY=1")
    until(lambda: "third: read" in home.mailbot("status").stdout)


def test_a_broken_configuration_is_refused_and_the_old_one_holds(home: Home, service: Service) -> None:
    good = home.config.read_text()
    home.config.write_text(good + "nonsense = 1\n")
    service.process.send_signal(signal.SIGHUP)
    until(lambda: "configuration_refused" in service.log.read_text())
    home.config.write_text(good)
    home.deliver(invitation())
    until(home.drafts)


def test_an_account_that_is_gone_holds_up_no_other_and_its_trouble_is_said(home: Home, service: Service) -> None:
    until(lambda: "private: read" in home.mailbot("status").stdout)
    (home.folder / "private").rename(home.folder / "elsewhere")
    home.deliver(invitation())
    until(home.drafts)
    assert "private: trouble since" in home.mailbot("status").stdout


def test_the_log_holds_no_word_of_the_mail(home: Home, service: Service) -> None:
    home.deliver(invitation())
    until(home.drafts)
    until(lambda: "draft_placed" in service.log.read_text())
    for word in ("tom.varga", "Linden", "Technician", "robin@example.com"):
        assert word not in service.log.read_text()


def test_another_program_that_moves_mail_while_it_works_costs_no_draft(home: Home, service: Service) -> None:
    file = home.deliver(invitation())
    until(home.drafts)
    file.rename(home.folder / "work" / "cur" / f"{file.name}:2,S")
    home.mailbot("sync")
    until(lambda: "trouble" not in home.mailbot("status").stdout)
    assert len(home.drafts()) == 1
