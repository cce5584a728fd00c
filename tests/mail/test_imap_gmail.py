"""Gmail by IMAP: labels in the place of folders, its search for the first scan, and what that does not tell."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mailbot.errors import ActionNeeded
from mailbot.mail.imap import gmail
from mailbot.mail.imap.mailbox import ImapMailbox
from mailbot.mail.imap.server import SignIn
from mailbot.mail.port import Cursor, Place
from tests.mail.conformance.behaviour_mail import names
from tests.mail.conformance.gmail_imap_world import GmailImapWorld
from tests.mail.conformance.letters import mail, message_id

PROMOTED = {"INBOX", "CATEGORY_PROMOTIONS"}
MARCH = datetime(2026, 3, 10, 12, tzinfo=UTC)


@pytest.fixture
def world() -> Iterator[GmailImapWorld]:
    with closing(GmailImapWorld()) as world:
        yield world


@pytest.fixture
def no_newest(monkeypatch: pytest.MonkeyPatch) -> None:
    """The search alone tells what there is."""
    monkeypatch.setattr(gmail, "NEWEST", 0)
    monkeypatch.setattr("mailbot.mail.imap.line.Line.newest", lambda self, opened, count: [])


@pytest.mark.usefixtures("no_newest")
def test_a_first_scan_leaves_out_what_gmail_sorts_under_promotions(world: GmailImapWorld) -> None:
    world.account.deliver(mail("sale"), PROMOTED)
    world.account.deliver(mail("talk"), {"INBOX"})
    box = world.open()
    assert names(box, box.changes_since(None)) == [message_id("talk")]


@pytest.mark.usefixtures("no_newest")
def test_a_promotion_whose_subject_speaks_of_a_job_is_listed(world: GmailImapWorld) -> None:
    world.account.deliver(mail("talk", subject="Your interview"), PROMOTED)
    box = world.open()
    assert names(box, box.changes_since(None)) == [message_id("talk")]


@pytest.mark.usefixtures("no_newest")
def test_a_first_scan_begins_at_its_second_in_any_zone(world: GmailImapWorld) -> None:
    world.account.deliver(mail("old"), {"INBOX"}, at=datetime(2026, 3, 10, 11, 59, 58, tzinfo=UTC))
    world.account.deliver(mail("new"), {"INBOX"}, at=MARCH)
    box = world.open()
    assert names(box, box.changes_since(None, since=MARCH)) == [message_id("new")]


def test_what_the_search_does_not_know_yet_is_listed_by_its_labels(world: GmailImapWorld) -> None:
    sent = world.account.deliver(mail("sent"), {"SENT"})
    world.account.unindexed.add(sent.ident)
    box = world.open()
    assert [ref.place for ref in box.changes_since(None).appeared] == [Place.SENT]


def test_the_newest_that_arrived_before_since_are_left_out(world: GmailImapWorld) -> None:
    world.account.deliver(mail("old"), {"INBOX"}, at=datetime(2026, 1, 10, tzinfo=UTC))
    assert world.open().changes_since(None, since=MARCH).appeared == ()


def test_what_comes_later_is_told_by_its_labels_and_not_by_the_search(world: GmailImapWorld) -> None:
    box = world.open()
    first = box.changes_since(None)
    for name, labels in (("in", {"INBOX"}), ("out", {"SENT"}), ("archived", set())):
        world.account.unindexed.add(world.account.deliver(mail(name), labels).ident)
    places = [ref.place for ref in box.changes_since(first.cursor).appeared]
    assert places == [Place.INBOX, Place.SENT, Place.OTHER]


def test_what_the_person_moves_out_of_promotions_is_news(world: GmailImapWorld, no_newest: None) -> None:
    sale = world.account.deliver(mail("sale"), PROMOTED)
    box = world.open()
    first = box.changes_since(None)
    world.account.relabel(sale.ident, remove={"CATEGORY_PROMOTIONS"})
    second = box.changes_since(first.cursor)
    assert names(box, second) == [message_id("sale")]
    assert box.changes_since(second.cursor).appeared == ()


def test_a_star_on_an_old_mail_is_no_news(world: GmailImapWorld) -> None:
    old = world.account.deliver(mail("old"), {"INBOX"}, at=datetime(2026, 1, 10, tzinfo=UTC))
    box = world.open()
    first = box.changes_since(None, since=MARCH)
    world.account.relabel(old.ident, add={"STARRED"})
    assert box.changes_since(first.cursor, since=MARCH).appeared == ()


def test_a_cursor_from_before_changes_were_counted_still_holds(world: GmailImapWorld) -> None:
    world.account.deliver(mail("a"), {"INBOX"})
    box = world.open()
    first = box.changes_since(None)
    world.account.deliver(mail("b"), {"INBOX"})
    marks = {name: mark[:3] for name, mark in json.loads(first.cursor.value).items()}
    second = box.changes_since(Cursor(json.dumps(marks)))
    assert not second.whole
    assert names(box, second) == [message_id("b")]


def test_a_draft_is_listed_once_and_in_drafts(world: GmailImapWorld) -> None:
    world.account.create_draft(mail("own"))
    (ref,) = world.open().changes_since(None).appeared
    assert ref.place is Place.DRAFTS
    assert "Entw" in ref.key


def test_a_mail_bears_gmails_own_thread(world: GmailImapWorld) -> None:
    one = world.account.deliver(mail("a"), {"INBOX"})
    box = world.open()
    (head,) = box.headers(box.changes_since(None).appeared)
    assert head.thread == str(int(one.thread, 16))


@pytest.mark.parametrize("way", [SignIn.XOAUTH2, SignIn.OAUTHBEARER])
def test_a_token_that_google_gave_signs_in(world: GmailImapWorld, way: SignIn) -> None:
    world.account.access_tokens.add("ya29.heron")
    box = ImapMailbox("gmail", replace(world.server(), sign_in=way, secret=lambda: "ya29.heron"))
    assert box.drafts() == ()
    box.close()


@pytest.mark.parametrize("way", [SignIn.XOAUTH2, SignIn.OAUTHBEARER])
def test_a_token_that_google_did_not_give_is_the_persons_to_mend(world: GmailImapWorld, way: SignIn) -> None:
    box = ImapMailbox("gmail", replace(world.server(), sign_in=way, secret=lambda: "ya29.stale"))
    with pytest.raises(ActionNeeded, match="did not accept the sign-in"):
        box.drafts()
