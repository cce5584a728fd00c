"""What all tests share: on the build machine a test that would skip for want of a server fails instead."""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest
from hypothesis import settings

from tests.quick_folder import quick_folder

os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(quick_folder()))
# Nobody's own keyring is touched, by the tests or by the programs they start.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

settings.register_profile("mailbot", deadline=None, derandomize=True)
settings.load_profile("mailbot")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.skipped and os.environ.get("CI") and "needs" in str(report.longrepr):
        report.outcome = "failed"
    return report
