"""The conformance suite on two more IMAP servers, on which the suite itself does the whole job alone (see
tests/mail/test_imap_whole_job.py), and on the npm emulator of Gmail, where the suite itself runs the life of a draft
(tests/mail/gmail/test_gmail_emulated.py): `pytest tests/torture/test_conformance.py`."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from itertools import count
from pathlib import Path

import pytest

from tests.mail.conformance.emulated_world import EmulatedWorld
from tests.mail.conformance.gmail_imap_world import GmailImapWorld
from tests.mail.conformance.joining import MailboxConformance
from tests.mail.conformance.pymap_world import PymapWorld
from tests.mail.gmail.test_gmail_assistant import TestGmail as WholeJobOnGmail
from tests.servers.gmail.emulator import MISSING, WHY
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


@pytest.mark.skipif(MISSING, reason=WHY)
class TestGmailEmulated(MailboxConformance):
    """Gmail as somebody else wrote it, behind a strict front of ours; with the faults."""

    @pytest.fixture
    def fresh(self, tmp_path: Path) -> Iterator[Callable[[], EmulatedWorld]]:
        numbers = count()
        with ExitStack() as worlds:
            yield lambda: worlds.enter_context(closing(EmulatedWorld(tmp_path / f"token-{next(numbers)}.json")))


@pytest.mark.skipif(MISSING, reason=WHY)
class TestWholeJobOnGmailEmulated(WholeJobOnGmail):
    """The assistant end to end."""

    @pytest.fixture
    def world(self, tmp_path: Path) -> Iterator[EmulatedWorld]:
        with closing(EmulatedWorld(tmp_path / "token.json")) as one:
            yield one
