"""A person with a Gmail account at the command line: links into Gmail, and every trouble in one plain sentence."""

from __future__ import annotations

import json
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mailbot import config
from mailbot.cli import cli
from mailbot.household import open_household
from mailbot.mail.gmail.mailbox import GmailMailbox
from mailbot.mail.kept import kept
from mailbot.mail.links import Links, links_of
from mailbot.mail.port import DraftRef, Place
from mailbot.pages import pages_of
from mailbot.setup.keeping import Keeping
from mailbot.telling.teller import Teller
from tests.mail.conformance.gmail_world import GmailWorld
from tests.ring import Ring, in_use
from tests.sample_mail import CONFIRMATION
from tests.servers.gmail.account import Message
from tests.servers.gmail.faults import refused
from tests.test_assistant import AFTER, BEFORE

ME, ALIAS = "robin@example.com", "robin.at.work@example.org"
GMAIL = f"https://mail.google.com/mail/?authuser={ME}"


class Person:
    """Robin, whose only mailbox is at Gmail."""

    def __init__(self, folder: Path, world: GmailWorld, monkeypatch: pytest.MonkeyPatch) -> None:
        self.world = world
        self.now = AFTER
        self.file = folder / "mailbot.toml"
        self.environment = {"MAILBOT_CONFIG": str(self.file), "MAILBOT_STATE": str(folder / "state")}
        self.configure(ME)
        world.account.address = ME
        world.token = folder / "gmail-home.json"
        world.sign_in()
        monkeypatch.setattr(config, "local_now", lambda _zone: self.now)
        server = {"api": world.server.url, "token_uri": f"{world.server.url}/token", "wait": lambda seconds: None}
        for name, value in server.items():
            monkeypatch.setitem(GmailMailbox.__init__.__kwdefaults__, name, value)

    def configure(self, user: str) -> None:
        me = f'[me]\nname = "Robin Adeyemi"\naddresses = ["{ME}", "{ALIAS}"]\ntimezone = "America/New_York"\n'
        self.file.write_text(f'{me}[[account]]\nname = "home"\nkind = "gmail"\nuser = "{user}"\n')
        self.file.chmod(0o600)

    def run(self, *args: str) -> Result:
        return CliRunner(env=self.environment).invoke(cli, args)

    def says(self, *args: str) -> str:
        return self.run(*args).output

    def objects(self, *args: str) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.says(*args, "--json").splitlines()]

    def drafts(self) -> list[dict[str, object]]:
        return [one for one in self.objects("status") if "draft" in one]

    def trouble(self) -> str:
        """What `status` says of the account, after a step."""
        self.run("sync")
        (account,) = [one for one in self.objects("status") if "first_scan_done" in one]
        assert str(account["trouble"]) in self.says("status")
        return str(account["trouble"])


@pytest.fixture
def robin(tmp_path: Path, world: GmailWorld, monkeypatch: pytest.MonkeyPatch) -> Person:
    return Person(tmp_path, world, monkeypatch)


@pytest.fixture
def placed(robin: Person) -> Person:
    robin.world.deliver(CONFIRMATION, arrived=BEFORE)
    assert robin.run("sync").exit_code == 0
    assert len(robin.world.at(Place.DRAFTS)) == 2
    return robin


def lying(robin: Person) -> list[Message]:
    return [one for one in robin.world.account.messages.values() if "DRAFT" in one.labels]


def test_a_draft_that_answers_is_opened_in_its_conversation(placed: Person) -> None:
    links = {f"{GMAIL}#all/{one.thread}" for one in lying(placed)}
    assert {one["open"] for one in placed.drafts()} == links
    assert all(link in placed.says("status") for link in links)


@pytest.fixture
def alone(robin: Person) -> Person:
    """Robin with drafts that join no conversation, for its subject is true for a day only."""
    subject = b"Interview tomorrow: Stage Technician"
    robin.world.deliver(CONFIRMATION.replace(b"Interview confirmed: Stage Technician", subject, 1), arrived=BEFORE)
    assert robin.run("sync").exit_code == 0
    assert len(lying(robin)) == 2
    return robin


def test_a_draft_that_begins_a_conversation_is_opened_itself(alone: Person) -> None:
    links = {f"{GMAIL}#drafts?compose={one.ident}" for one in lying(alone)}
    assert {one["open"] for one in alone.drafts()} == links
    assert all(link in alone.says("status") for link in links)


def test_once_it_was_edited_drafts_are_opened_for_its_message_is_another(alone: Person) -> None:
    edit(alone)
    assert {one["open"] for one in alone.drafts()} == {f"{GMAIL}#drafts"}


def test_after_an_edit_the_link_to_a_conversation_holds_still(placed: Person) -> None:
    before = [one["open"] for one in placed.drafts()]
    edit(placed)
    assert [one["open"] for one in placed.drafts()] == before


def edit(robin: Person) -> None:
    for one in robin.world.at(Place.DRAFTS):
        robin.world.edit_draft(one.message_id, one.raw + b"And thank you for the tea.\r\n")
    robin.now += timedelta(minutes=5)
    robin.run("sync")


def test_show_gives_the_links_of_what_lies_there_still(placed: Person) -> None:
    (name,) = {str(one["application"]) for one in placed.objects("status") if "stage" in one}
    page = placed.says("show", name)
    assert all(f"Open it: {one['open']}" in page for one in placed.drafts())
    for one in placed.world.at(Place.DRAFTS):
        placed.world.send_draft(one.message_id)
    placed.now += timedelta(minutes=5)
    placed.run("sync")
    assert [one["open"] for one in placed.objects("show", name) if "draft" in one] == [None, None]


def test_plan_gives_the_conversation_that_a_follow_up_answers(placed: Person) -> None:
    (theirs,) = [one for one in placed.world.account.messages.values() if "INBOX" in one.labels]
    link = f"{GMAIL}#all/{theirs.thread}"
    assert link in [one["open"] for one in placed.objects("plan") if "follow_up" in one]
    assert f"Open the conversation with Tom Varga: {link}" in placed.says("plan")


def test_a_notice_with_details_says_where_to_open_the_draft(placed: Person) -> None:
    with open_household(placed.file, Path(placed.environment["MAILBOT_STATE"])) as home:
        outlook, told = home.assistant.outlook(placed.now + timedelta(hours=1)), []
        Teller(home.ledger, told.append, None, details=True, pages=pages_of(home.settings)).tell(outlook, ())
    assert all(str(one["open"]) in told[0] for one in placed.drafts())


def test_a_notice_without_details_gives_no_address_away(placed: Person) -> None:
    with open_household(placed.file, Path(placed.environment["MAILBOT_STATE"])) as home:
        outlook, told = home.assistant.outlook(placed.now + timedelta(hours=1)), []
        Teller(home.ledger, told.append, None, details=False, pages=pages_of(home.settings)).tell(outlook, ())
    assert "http" not in told[0]


@pytest.mark.parametrize("kind", ["maildir", "imap"])
def test_an_account_without_pages_has_no_links(kind: str) -> None:
    links = links_of(kind, "mail.example.com" if kind == "imap" else "", ME)
    assert links == Links()
    assert links.conversation("1a2b") == ""
    assert links.draft(DraftRef("home", "1", "2"), "<a@b>", "1a2b") == ""


def test_gmail_over_imap_has_links_too() -> None:
    links = links_of("imap", "imap.gmail.com", ME)
    assert links.conversation(str(0x19A0_0000_0000_0001)) == f"{GMAIL}#all/19a0000000000001"
    search = f"{GMAIL}#search/rfc822msgid%3Aone%2Ftwo%40mail.example"
    assert links.draft(DraftRef("home", "1", "2"), "<one/two@mail.example>", None) == search


@pytest.mark.parametrize("thread", ["", None, "19a0/../evil", "x&y"])
def test_what_is_no_conversation_of_gmails_gives_no_link(thread: str | None) -> None:
    assert links_of("gmail", "", ME).conversation(thread) == ""


def test_the_draft_comes_from_the_address_that_was_written_to(robin: Person) -> None:
    robin.world.deliver(CONFIRMATION.replace(ME.encode(), ALIAS.encode()), arrived=BEFORE)
    robin.run("sync")
    senders = {str(message_from_bytes(one.raw)["From"]) for one in robin.world.at(Place.DRAFTS)}
    assert senders == {f"Robin Adeyemi <{ALIAS}>"}


def test_a_revoked_sign_in_is_said_in_status_with_the_command_and_asked_once_a_step(placed: Person) -> None:
    placed.world.account.refresh_token = None
    placed.world.account.access_tokens.clear()
    before = placed.world.account.token_calls
    assert placed.trouble() == (
        "Google no longer accepts the sign-in of 'home': it was revoked, or has run out. Run: mailbot auth home."
        " If that is so every seven days, publish the app, as the README tells."
    )
    assert placed.world.account.token_calls - before == 1


def test_an_unticked_box_is_said_in_status_with_the_command(robin: Person) -> None:
    robin.world.account.scopes = frozenset(one for one in robin.world.account.scopes if "readonly" not in one)
    robin.world.deliver(CONFIRMATION, arrived=BEFORE)
    assert robin.trouble() == (
        "The sign-in of 'home' may not do all that is needed: a box was left unticked. Run: mailbot auth home"
    )
    assert robin.world.at(Place.DRAFTS) == ()


def test_somebody_elses_account_is_said_in_status_and_nothing_is_read(robin: Person) -> None:
    robin.configure("kim@example.com")
    robin.world.deliver(CONFIRMATION, arrived=BEFORE)
    trouble = robin.trouble()
    assert trouble.startswith(f"You signed in as {ME}, but 'home' is kim@example.com. Run: mailbot auth home")
    assert not any("messages" in one for one in robin.world.account.requests)


def test_before_the_first_sign_in_the_command_is_named(robin: Person) -> None:
    robin.world.token.unlink()
    assert robin.trouble() == "'home' is not signed in to Gmail. Run: mailbot auth home"


def test_doctor_says_where_the_sign_in_lies(robin: Person) -> None:
    def says() -> list[object]:
        return [one["text"] for one in robin.objects("doctor")]

    assert f"Its sign-in lies in {robin.world.token}." in says()
    with in_use(Ring()):
        Keeping(robin.world.token, "keyring")(kept(robin.world.token))
        assert "Its sign-in lies in your keyring." in says()
        assert any(str(one).startswith("Signed in") for one in says())


def test_a_keyring_that_is_locked_is_said_in_status_with_two_ways_out(robin: Person) -> None:
    ring = Ring()
    with in_use(ring):
        Keeping(robin.world.token, "keyring")(kept(robin.world.token))
        ring.locked = True
        assert robin.trouble() == (
            "The sign-in of 'home' lies in the keyring, which cannot be opened: it is locked."
            " Unlock it, or keep the sign-in in a file: mailbot auth home --keep file"
        )
        ring.locked = False
        robin.now += timedelta(minutes=5)
        robin.run("sync")
        assert "keyring" not in robin.says("status")


def test_a_used_up_quota_is_said_in_status(robin: Person) -> None:
    robin.world.account.faults.append(refused("GET", 403, "dailyLimitExceeded", times=9))
    assert "quota for today" in robin.trouble()


def test_trouble_that_is_over_is_not_said_any_more(placed: Person) -> None:
    token, placed.world.account.refresh_token = placed.world.account.refresh_token, None
    placed.world.account.access_tokens.clear()
    assert "mailbot auth home" in placed.trouble()
    placed.world.account.refresh_token = token
    placed.now += timedelta(minutes=5)
    placed.run("sync")
    assert "mailbot auth" not in placed.says("status")


def test_what_a_step_of_the_service_was_told_its_watcher_need_not_ask(placed: Person) -> None:
    with open_household(placed.file, Path(placed.environment["MAILBOT_STATE"])) as home:
        (watcher,) = home.watchers(lambda before, after: False)
        home.assistant.step(placed.now)
        placed.world.account.calls.clear()
        assert not watcher.wait_for_change(0)
        watcher.close()
    assert placed.world.account.calls == []
