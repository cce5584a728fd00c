"""Every mailbox that needs no server, cut and killed at every step, in every combination."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from mailbot.mail.memory import EVERYTHING
from mailbot.mail.port import Capability
from tests.mail.conformance.faults import MailboxFaultsAtLength
from tests.mail.conformance.maildir_world import MaildirWorld
from tests.mail.conformance.memory_world import MemoryWorld


class TestMemoryAtLength(MailboxFaultsAtLength):
    @pytest.fixture
    def fresh(self) -> Callable[[], MemoryWorld]:
        return MemoryWorld


class TestMemoryWhereNothingIsRecoverableAtLength(MailboxFaultsAtLength):
    @pytest.fixture
    def fresh(self) -> Callable[[], MemoryWorld]:
        return lambda: MemoryWorld(EVERYTHING - {Capability.RECOVERABLE})


class TestMaildirAtLength(MailboxFaultsAtLength):
    @pytest.fixture
    def fresh(self, tmp_path: Path) -> Callable[[], MaildirWorld]:
        numbers = count()
        return lambda: MaildirWorld(tmp_path / f"mail-{next(numbers)}")


class TestMaildirEditedInPlaceAtLength(MailboxFaultsAtLength):
    @pytest.fixture
    def fresh(self, tmp_path: Path) -> Callable[[], MaildirWorld]:
        numbers = count()
        return lambda: MaildirWorld(tmp_path / f"mail-{next(numbers)}", in_place=True)
