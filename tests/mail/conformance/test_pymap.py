"""IMAP joins the conformance suite once more, on a server that is nothing like Dovecot: pymap, from PyPI. The half of
faults, which Dovecot has here, runs on it by tests/torture/test_conformance.py."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing

import pytest

from tests.mail.conformance.behaviour import MailboxBehaviour
from tests.mail.conformance.joining import Joining
from tests.mail.conformance.pymap_world import PymapWorld
from tests.servers.pymap_server import pymap


class OnPymap(Joining):
    @pytest.fixture
    def fresh(self) -> Iterator[Callable[[], PymapWorld]]:
        server = pymap()
        with ExitStack() as worlds:
            yield lambda: worlds.enter_context(closing(PymapWorld(server)))  # type: ignore[arg-type]  # of its port


class TestPymap(OnPymap, MailboxBehaviour):
    pass
