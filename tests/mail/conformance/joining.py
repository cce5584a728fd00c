"""Both halves of the conformance suite in one class. A backend joins with a `World` and

class TestNewBackend(MailboxConformance):
    @pytest.fixture
    def fresh(self) -> Callable[[], World]:
        return NewWorld
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.mail.conformance.behaviour import MailboxBehaviour
from tests.mail.conformance.faults import MailboxFaults
from tests.mail.conformance.world import World


class MailboxConformance(MailboxBehaviour, MailboxFaults):
    """Inherited by the class of each backend. The fixture `fresh` gives another world at each call."""

    @pytest.fixture
    def fresh(self) -> Callable[[], World]:
        raise NotImplementedError

    @pytest.fixture
    def world(self, fresh: Callable[[], World]) -> Iterator[World]:
        world = fresh()
        yield world
        world.close()
