"""What the service costs and how quick it is: the real process on a Maildir, beside Python's own start and memory.

Run: pytest tests/bench/test_daemon.py -o addopts="-s --import-mode=importlib"
"""

from __future__ import annotations

import select
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from tests.cli.test_commands import Home
from tests.daemon.test_process import PATIENCE, Service, until
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


def memory(pid: int, figure: str = "Pss") -> float:
    """MB of a process and its children. `Pss` is the resident memory with each page that several processes share (the
    interpreter, the C library) divided among them, so that the sum is what the machine would get back; `Rss` counts
    such a page once in each."""
    kept = [Path(f"/proc/{one}/smaps_rollup").read_text() for one in family(pid)]
    lines = [line for one in kept for line in one.splitlines()]
    return sum(int(line.split()[1]) for line in lines if line.startswith(f"{figure}:")) / 1024


def processor(pid: int) -> float:
    """Seconds of processor time of all threads of a process and its children, to the nanosecond: a tick of
    /proc/PID/stat is more than an idle minute takes."""
    tasks = [task for one in family(pid) for task in Path(f"/proc/{one}/task").iterdir()]
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9


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
    took = []
    for number in range(3):
        if not warm:
            until(lambda: len(family(service.process.pid)) == 1)  # the process that reads mail was let go
        took.append(seconds_to_draft(home, f"birken{number}"))
    del took[: 1 if warm else 0]
    print(f"\nmail to draft: {min(took):.2f} s, best of {len(took)}")
    assert min(took) < 1


def seconds_to_draft(home: Home, firm: str) -> float:
    before = len(home.drafts())
    mail = fresh_invitation(datetime.now(ZONE)).replace(b"linden", firm.encode())
    mail = mail.replace(b"Linden", firm.capitalize().encode())
    began = time.perf_counter()
    home.deliver(mail)
    while len(home.drafts()) == before:
        assert time.perf_counter() - began < PATIENCE
        select.select([], [], [], 0.002)
    return time.perf_counter() - began


def test_memory_at_work_and_at_rest(tmp_path: Path) -> None:
    home = Home(tmp_path, accounts=("work",))
    service = Service(home)
    service.says("READY=1")
    pid = service.process.pid
    home.deliver(fresh_invitation(datetime.now(ZONE)))
    until(home.drafts)
    at_work = {figure: memory(pid, figure) for figure in ("Pss", "Rss")}
    until(lambda: len(family(pid)) == 1)
    at_rest = {figure: memory(pid, figure) for figure in ("Pss", "Rss")}
    service.stop()
    print("\nmemory of one account (child included):", end=" ")
    print(f"{at_work['Pss']:.0f} MB while it reads (Rss, shared pages twice: {at_work['Rss']:.0f}),", end=" ")
    print(f"{at_rest['Pss']:.0f} MB at rest (Rss {at_rest['Rss']:.0f})")
    assert at_work["Pss"] < 80
    assert at_rest["Rss"] < 80


def test_processor_time_of_an_idle_day(service: Service) -> None:
    pid = service.process.pid
    until(lambda: len(family(pid)) == 1)
    before, began = processor(pid), time.monotonic()
    while time.monotonic() - began < 60:
        select.select([], [], [], 1)
    used = (processor(pid) - before) * TICKS_A_DAY
    print(f"\nan idle day: {used:.1f} s of processor time ({used / 864:.3f} %), from one minute of it")
    assert used < 60
