"""The script of tests/live, gone through on the server of the tests: every row is filled, nothing is left behind."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from mailbot.mail.gmail.mailbox import GmailMailbox
from mailbot.mail.gmail.news import News
from tests.live.gmail import SUBJECT, Clock, Session, main, report
from tests.mail.conformance.emulated_world import EmulatedWorld
from tests.mail.conformance.gmail_world import GmailWorld
from tests.mail.conformance.letters import mail
from tests.servers.gmail.account import Message
from tests.servers.gmail.emulator import MISSING, WHY


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


def drafts(world: GmailWorld) -> list[Message]:
    return [one for one in world.account.messages.values() if "DRAFT" in one.labels]


def gone_through(world: GmailWorld) -> list[str]:
    """Every row, the inbox holding one mail."""
    world.deliver(mail("a"))
    told: list[str] = []
    robin, clock = Robin(world), Clock()
    report(Session(world.open(news=News(clock)), world.account.address, robin, clock), told.append, date(2026, 11, 27))
    assert len(told) == 14
    assert len(robin.asked) == 5
    assert all(row.startswith("| ") and row.endswith(" | 2026-11-27 |") for row in told)
    return told


def test_every_question_of_the_table_is_answered_and_no_untouched_draft_is_left(world: GmailWorld) -> None:
    told = gone_through(world)
    assert "| an edit in the browser gives another version | yes | 2026-11-27 |" in told
    assert "| the profile's history id is that of the history | yes | 2026-11-27 |" in told
    (lying,) = drafts(world)
    assert lying.raw.endswith(b"A word.\r\n")
    assert SUBJECT in lying.header("Subject")


@pytest.mark.skipif(MISSING, reason=WHY)
def test_so_it_is_on_the_emulator(tmp_path: Path) -> None:
    with closing(EmulatedWorld(tmp_path / "gmail-home.json")) as world:
        gone_through(world)
        assert len(drafts(world)) == 1


def test_a_person_runs_it_by_the_name_of_their_account(
    world: GmailWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    world.deliver(mail("a"))
    file = world.token.with_name("mailbot.toml")
    me = f'[me]\nname = "Robin Vale"\naddresses = ["{world.account.address}"]\ntimezone = "Europe/London"\n'
    file.write_text(f'{me}[[account]]\nname = "home"\nkind = "gmail"\nuser = "{world.account.address}"\n')
    file.chmod(0o600)
    world.token = file.with_name("gmail-home.json")
    world.sign_in()
    url, robin = world.server.url, Robin(world)
    for name, value in {"api": url, "token_uri": f"{url}/token"}.items():
        monkeypatch.setitem(GmailMailbox.__init__.__kwdefaults__, name, value)
    monkeypatch.setattr("builtins.input", lambda _: robin(capsys.readouterr().out.strip().split("\n\n")[-1]))
    monkeypatch.setattr("sys.argv", ["gmail", "home", "--config", str(file)])
    main()
    assert len(robin.asked) == 5
    assert "| where a draft thrown away lies | nowhere |" in capsys.readouterr().out
