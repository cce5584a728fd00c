"""The mailbox in memory joins the conformance suite: at its best, and as poor as some servers are."""

from collections.abc import Callable

import pytest

from mailbot.mail.memory import EVERYTHING
from mailbot.mail.port import Capability
from tests.mail.conformance.joining import MailboxConformance
from tests.mail.conformance.memory_world import MemoryWorld


class TestMemory(MailboxConformance):
    lacks: frozenset[Capability] = frozenset()

    @pytest.fixture
    def fresh(self) -> Callable[[], MemoryWorld]:
        return lambda: MemoryWorld(EVERYTHING - self.lacks)


class TestMemoryWhereNothingIsRecoverable(TestMemory):
    lacks = frozenset({Capability.RECOVERABLE})


class TestMemoryWithoutWithdrawal(TestMemory):
    lacks = frozenset({Capability.WITHDRAW, Capability.RECOVERABLE})
