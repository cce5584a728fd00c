"""A Maildir, cut and killed at every step."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from tests.mail.conformance.faults import MailboxFaults
from tests.mail.conformance.maildir_world import MaildirWorld


class TestMaildirFaults(MailboxFaults):
    @pytest.fixture
    def fresh(self, tmp_path: Path) -> Callable[[], MaildirWorld]:
        numbers = count()
        return lambda: MaildirWorld(tmp_path / f"mail-{next(numbers)}")
