"""A Gmail account for each test, on the server of this process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mail.conformance.gmail_world import GmailWorld


@pytest.fixture
def world(tmp_path: Path) -> Iterator[GmailWorld]:
    one = GmailWorld(tmp_path / "gmail.json")
    yield one
    one.close()
