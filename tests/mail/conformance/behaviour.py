"""The behaviour half of the conformance suite. A backend joins with a class of its own:

class TestNewBackend(MailboxBehaviour):
    @pytest.fixture
    def world(self) -> Iterator[World]:
        ...
"""

from __future__ import annotations

from tests.mail.conformance.behaviour_drafts import DraftBehaviour
from tests.mail.conformance.behaviour_mail import MailBehaviour


class MailboxBehaviour(MailBehaviour, DraftBehaviour):
    """Everything that `port.Mailbox` documents."""
