"""Gmail joins the conformance suite: the real client library against a server that is as strict as Google says."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.mail.conformance.gmail_world import GmailWorld
from tests.mail.conformance.joining import MailboxConformance


class TestGmail(MailboxConformance):
    @pytest.fixture
    def fresh(self, tmp_path: Path) -> Iterator[Callable[[], GmailWorld]]:
        numbers, made = count(), []
        yield lambda: made.append(GmailWorld(tmp_path / f"token-{next(numbers)}.json")) or made[-1]
        for world in made:
            world.close()
