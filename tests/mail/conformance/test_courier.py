"""A courier joins the conformance suite: through it, a mailbox behaves as the mailbox itself."""

from __future__ import annotations

import pytest

from mailbot.mail.courier import Courier
from mailbot.mail.steps import Step, no_step
from tests.mail.conformance.behaviour import MailboxBehaviour
from tests.mail.conformance.memory_world import MemoryWorld


class CourierWorld(MemoryWorld):
    """The world in memory, reached through a courier."""

    def __init__(self) -> None:
        super().__init__()
        self.couriers: list[Courier] = []

    def open(self, *, step: Step = no_step) -> Courier:  # type: ignore[override]  # another way to the same mailbox
        opener = super().open
        self.couriers.append(Courier("memory", lambda: opener(step=step)))
        return self.couriers[-1]

    def close(self) -> None:
        for one in self.couriers:
            one.close()


class TestCourier(MailboxBehaviour):
    @pytest.fixture
    def world(self) -> CourierWorld:
        return CourierWorld()
