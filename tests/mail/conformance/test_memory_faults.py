"""The mailbox in memory, cut and killed at every step."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mailbot.mail.memory import EVERYTHING
from mailbot.mail.port import Capability
from tests.mail.conformance.faults import MailboxFaults
from tests.mail.conformance.memory_world import MemoryWorld


class TestMemoryFaults(MailboxFaults):
    @pytest.fixture
    def fresh(self) -> Callable[[], MemoryWorld]:
        return MemoryWorld


class TestMemoryFaultsWhereNothingIsRecoverable(MailboxFaults):
    @pytest.fixture
    def fresh(self) -> Callable[[], MemoryWorld]:
        return lambda: MemoryWorld(EVERYTHING - {Capability.RECOVERABLE})
