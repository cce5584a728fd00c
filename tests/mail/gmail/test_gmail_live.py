"""The script of tests/live, gone through on the server of the tests: every row is filled, nothing is left behind."""

from __future__ import annotations

from datetime import date

from tests.live.gmail import SUBJECT, Session, report
from tests.mail.conformance.gmail_world import GmailWorld
from tests.mail.conformance.letters import mail
from tests.servers.gmail.account import Message


class Robin:
    """Does what the script asks for."""

    def __init__(self, world: GmailWorld) -> None:
        self.world = world
        self.asked: list[str] = []

    def __call__(self, what: str) -> str:
        self.asked.append(what)
        if "add a word" in what:
            self.world.account.edit_draft(self._newest().ident, self._newest().raw + b"A word.\r\n")
        elif what.startswith("Send"):
            self.world.account.send_draft(self._newest().ident, self._newest().raw)
        elif what.startswith("Throw"):
            self.world.account.remove(self._newest().ident)
        return "yes"

    def _newest(self) -> Message:
        return [one for one in self.world.account.messages.values() if "DRAFT" in one.labels][-1]


def test_every_question_of_the_table_is_answered_and_no_untouched_draft_is_left(world: GmailWorld) -> None:
    world.deliver(mail("a"))
    told: list[str] = []
    robin = Robin(world)
    report(Session(world.open(), "robin@gmail.example", robin), told.append, date(2026, 11, 27))
    assert len(told) == 12
    assert all(row.startswith("| ") and row.endswith(" | 2026-11-27 |") for row in told)
    assert "| an edit in the browser gives another version | yes | 2026-11-27 |" in told
    assert len(robin.asked) == 4
    lying = [one for one in world.account.messages.values() if "DRAFT" in one.labels]
    assert [one.raw.endswith(b"A word.\r\n") for one in lying] == [True]
    assert SUBJECT in lying[0].header("Subject")
