"""IMAP joins the conformance suite on a real Dovecot."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing

import pytest

from tests.mail.conformance.imap_world import ImapWorld
from tests.mail.conformance.joining import MailboxConformance
from tests.servers.dovecot import dovecot


class TestImap(MailboxConformance):
    @pytest.fixture
    def fresh(self) -> Iterator[Callable[[], ImapWorld]]:
        server = dovecot()
        with ExitStack() as worlds:
            yield lambda: worlds.enter_context(closing(ImapWorld(server)))
