"""The Maildir joins the conformance suite: with mail programs that store another file, and with editors that rewrite
the one that is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mail.conformance.behaviour import MailboxBehaviour
from tests.mail.conformance.maildir_world import MaildirWorld


class TestMaildir(MailboxBehaviour):
    @pytest.fixture
    def world(self, tmp_path: Path) -> MaildirWorld:
        return MaildirWorld(tmp_path / "mail")


class TestMaildirEditedInPlace(MailboxBehaviour):
    @pytest.fixture
    def world(self, tmp_path: Path) -> MaildirWorld:
        return MaildirWorld(tmp_path / "mail", in_place=True)
