"""Gmail by IMAP joins the conformance suite: its folders are labels, and one of them shows the mail of all others.
The half of faults runs by tests/torture/test_conformance.py."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing

import pytest

from tests.mail.conformance.behaviour import MailboxBehaviour
from tests.mail.conformance.gmail_imap_world import GmailImapWorld
from tests.mail.conformance.joining import Joining


class OnGmailByImap(Joining):
    @pytest.fixture
    def fresh(self) -> Iterator[Callable[[], GmailImapWorld]]:
        with ExitStack() as worlds:
            yield lambda: worlds.enter_context(closing(GmailImapWorld()))


class TestGmailByImap(OnGmailByImap, MailboxBehaviour):
    pass
