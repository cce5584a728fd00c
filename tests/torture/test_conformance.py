"""The conformance suite on two more IMAP servers, on which the suite itself does the whole job alone (see
tests/mail/test_imap_whole_job.py): `pytest tests/torture/test_conformance.py`."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing

import pytest

from tests.mail.conformance.gmail_imap_world import GmailImapWorld
from tests.mail.conformance.joining import MailboxConformance
from tests.mail.conformance.pymap_world import PymapWorld
from tests.servers.pymap_server import pymap


class TestPymap(MailboxConformance):
    """A server that is nothing like Dovecot, from PyPI."""

    @pytest.fixture
    def fresh(self) -> Iterator[Callable[[], PymapWorld]]:
        server = pymap()
        with ExitStack() as worlds:
            yield lambda: worlds.enter_context(closing(PymapWorld(server)))  # type: ignore[arg-type]  # of its port


class TestGmailByImap(MailboxConformance):
    """Its folders are labels, and one of them shows the mail of all others."""

    @pytest.fixture
    def fresh(self) -> Iterator[Callable[[], GmailImapWorld]]:
        with ExitStack() as worlds:
            yield lambda: worlds.enter_context(closing(GmailImapWorld()))
