"""The Maildir joins the conformance suite: with mail programs that store another file, and with editors that rewrite
the one that is there."""

from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from tests.mail.conformance.joining import MailboxConformance
from tests.mail.conformance.maildir_world import MaildirWorld


class TestMaildir(MailboxConformance):
    in_place = False

    @pytest.fixture
    def fresh(self, tmp_path: Path) -> Callable[[], MaildirWorld]:
        numbers = count()
        return lambda: MaildirWorld(tmp_path / f"mail-{next(numbers)}", in_place=self.in_place)


class TestMaildirEditedInPlace(TestMaildir):
    in_place = True
