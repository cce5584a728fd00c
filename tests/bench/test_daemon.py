"""What the service costs and how quick it is: the real process on a Maildir, beside Python's own start and memory.

Run: pytest tests/bench/test_daemon.py -o addopts="-s --import-mode=importlib"
"""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from tests.cli.test_commands import Home
from tests.daemon.test_process import Service, until
from tests.sample_mail import ZONE, fresh_invitation

TICKS_A_DAY = 24 * 60


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


@pytest.fixture
def service(home: Home) -> Iterator[Service]:
    one = Service(home)
    one.says("READY=1")
    until(lambda: "read" in home.mailbot("status").stdout)
    yield one
    one.stop()


def family(pid: int) -> list[int]:
    """A process and its children, whichever of its threads started them."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    children = [one for task in tasks for one in (task / "children").read_text().split()]
    return [pid, *map(int, children)]


def resident(pid: int) -> float:
    """MB of a process and its children."""
    pages = sum(int(Path(f"/proc/{one}/statm").read_text().split()[1]) for one in family(pid))
    return pages * os.sysconf("SC_PAGESIZE") / 2**20


def processor(pid: int) -> float:
    """Seconds of processor time of a process."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_start_to_ready(home: Home) -> None:
    took = []
    for _ in range(5):
        began = time.perf_counter()
        one = Service(home)
        one.says("READY=1")
        took.append(time.perf_counter() - began)
        one.stop()
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    bare = time.perf_counter() - began
    print(f"\nstart to ready: {min(took):.2f} s, {min(took) / bare:.0f} times Python's own start")
    assert min(took) < 1.5


@pytest.mark.parametrize("warm", [False, True], ids=["the first mail for a while", "one mail after another"])
def test_mail_to_draft(home: Home, service: Service, warm: bool) -> None:
    if warm:
        home.deliver(fresh_invitation(datetime.now(ZONE)), "private")
        until(lambda: home.drafts("private"))
    began = time.perf_counter()
    home.deliver(fresh_invitation(datetime.now(ZONE)).replace(b"linden", b"birken").replace(b"Linden", b"Birken"))
    while not home.drafts():
        select.select([], [], [], 0.005)
    took = time.perf_counter() - began
    print(f"\nmail to draft: {took:.2f} s")
    if warm:
        assert took < 1


def test_memory_at_work_and_at_rest(home: Home, service: Service) -> None:
    pid = service.process.pid
    home.deliver(fresh_invitation(datetime.now(ZONE)))
    until(home.drafts)
    at_work = resident(pid)
    until(lambda: len(family(pid)) == 1)
    at_rest = resident(pid)
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as bare:
        until(lambda: Path(f"/proc/{bare.pid}/wchan").read_text() not in ("", "0"))
        python = resident(bare.pid)
        bare.kill()
    figures = f"{at_work:.0f} MB while it reads (child included), {at_rest:.0f} MB at rest"
    print(f"\nresident: {figures}; Python {python:.0f} MB")
    assert at_rest < 80


def test_processor_time_of_an_idle_day(service: Service) -> None:
    pid = service.process.pid
    before, began = processor(pid), time.monotonic()
    while time.monotonic() - began < 60:
        select.select([], [], [], 1)
    used = (processor(pid) - before) * TICKS_A_DAY
    print(f"\nan idle day: {used:.0f} s of processor time ({used / 864:.2f} %), from one minute of it")
    assert used < 864  # one per cent
