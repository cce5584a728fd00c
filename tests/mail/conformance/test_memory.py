"""The mailbox in memory joins the conformance suite: at its best, and as poor as some servers are."""

from __future__ import annotations

import pytest

from mailbot.mail.memory import EVERYTHING
from mailbot.mail.port import Capability
from tests.mail.conformance.behaviour import MailboxBehaviour
from tests.mail.conformance.memory_world import MemoryWorld


class TestMemory(MailboxBehaviour):
    @pytest.fixture
    def world(self) -> MemoryWorld:
        return MemoryWorld()


class TestMemoryWithoutWithdrawal(MailboxBehaviour):
    @pytest.fixture
    def world(self) -> MemoryWorld:
        return MemoryWorld(EVERYTHING - {Capability.WITHDRAW, Capability.RECOVERABLE})
