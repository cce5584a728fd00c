"""How long a person waits: whole processes, the best of several runs, beside Python's own start.

Run: pytest tests/bench -o addopts="-s --import-mode=importlib"
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

RUNS = 5


def best_of(command: Sequence[str]) -> float:
    took = []
    for _ in range(RUNS):
        began = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        took.append(time.perf_counter() - began)
    return min(took)


@pytest.fixture(scope="module")
def bare() -> float:
    """Python with an empty program."""
    return best_of([sys.executable, "-c", "pass"])


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that a demo leaves behind: a Maildir, a configuration and a ledger."""
    folder = tmp_path_factory.mktemp("demo")
    subprocess.run(
        [sys.executable, "-m", "mailbot", "demo", "--json"], check=True, capture_output=True,
        env={"TMPDIR": str(folder), "PATH": ""},
    )  # fmt: skip
    return next(folder.glob("mailbot-demo-*"))


def report(name: str, seconds: float, bare: float) -> None:
    sys.stdout.write(f"\n{name}: {seconds * 1000:.0f} ms, {seconds / bare:.1f} times Python's own start\n")


def test_help(bare: float) -> None:
    seconds = best_of([sys.executable, "-m", "mailbot", "--help"])
    report("--help", seconds, bare)
    assert seconds < 0.3


def test_status(bare: float, demo: Path) -> None:
    places = ["--config", str(demo / "mailbot.toml"), "--state", str(demo / "state")]
    seconds = best_of([sys.executable, "-m", "mailbot", "status", *places])
    report("status", seconds, bare)
    assert seconds < 0.5


def test_demo(bare: float) -> None:
    seconds = best_of([sys.executable, "-m", "mailbot", "demo", "--json"])
    report("demo", seconds, bare)
    assert seconds < 5
