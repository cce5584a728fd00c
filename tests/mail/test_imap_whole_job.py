"""The whole job over IMAP: on a real Dovecot, on pymap and on Gmail's labels."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.mail.conformance.gmail_imap_world import GmailImapWorld
from tests.mail.conformance.imap_world import ImapWorld
from tests.mail.conformance.pymap_world import PymapWorld
from tests.mail.conformance.whole_job import WholeJob
from tests.servers.dovecot import dovecot
from tests.servers.pymap_server import pymap


class TestDovecot(WholeJob):
    @pytest.fixture
    def world(self) -> Iterator[ImapWorld]:
        with closing(ImapWorld(dovecot())) as world:
            yield world


class TestPymap(WholeJob):
    @pytest.fixture
    def world(self) -> Iterator[PymapWorld]:
        with closing(PymapWorld(pymap())) as world:  # type: ignore[arg-type]  # its port
            yield world


class TestGmailByImap(WholeJob):
    @pytest.fixture
    def world(self) -> Iterator[GmailImapWorld]:
        with closing(GmailImapWorld()) as world:
            yield world
