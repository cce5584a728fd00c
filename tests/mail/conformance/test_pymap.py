"""IMAP joins the conformance suite once more, on a server that is nothing like Dovecot: pymap, from PyPI."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing

import pytest

from tests.mail.conformance.joining import MailboxConformance
from tests.mail.conformance.pymap_world import PymapWorld
from tests.servers.pymap_server import pymap


class TestPymap(MailboxConformance):
    @pytest.fixture
    def fresh(self) -> Iterator[Callable[[], PymapWorld]]:
        server = pymap()
        with ExitStack() as worlds:
            yield lambda: worlds.enter_context(closing(PymapWorld(server)))  # type: ignore[arg-type]  # of its port
