"""What all tests share: on the build machine a test that would skip for want of a server fails instead."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.quick_folder import quick_folder

os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(quick_folder()))
# Nobody's own keyring is touched, by the tests or by the programs they start.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

settings.register_profile("mailbot", deadline=None, derandomize=True)
settings.load_profile("mailbot")

MEMORY = Path("/dev/shm")
ROOM = 2 << 30  # bytes


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """The tests' files lie in memory where there is room: the store syncs each commit to its disk, thousands of times
    in all, and no test here can cut the power."""
    roomy = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM
    if roomy and not hasattr(config, "workerinput"):
        folder = tempfile.mkdtemp(prefix="mailbot-tests-", dir=MEMORY)
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
        os.environ["TMPDIR"] = folder
        tempfile.tempdir = None  # it may have been looked up before


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.skipped and os.environ.get("CI") and "needs" in str(report.longrepr):
        report.outcome = "failed"
    return report
