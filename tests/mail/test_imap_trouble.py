"""What else happens on a server while mailbot is at work: other programs, rights that are missing, lines that drip."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from mailbot.errors import ActionNeeded, Transient, Uncertain
from mailbot.mail.imap import line
from mailbot.mail.port import Place
from tests.mail.conformance.behaviour_mail import names
from tests.mail.conformance.imap_world import ImapWorld
from tests.mail.conformance.letters import mail, message_id, same
from tests.servers.dovecot import dovecot


@pytest.fixture
def world() -> Iterator[ImapWorld]:
    with closing(ImapWorld(dovecot())) as world:
        yield world


def test_a_folder_renamed_while_it_is_listened_to_is_listed_under_its_new_name(world: ImapWorld) -> None:
    world.deliver(mail("a"), Place.OTHER)
    box = world.open()
    first = box.changes_since(None)
    box.wait_for_change(0)
    world.person.rename_folder("Archive", "Archives")
    world.deliver(mail("b"))
    assert box.wait_for_change(30) is True
    second = box.changes_since(first.cursor)
    assert names(box, second) == [message_id("a"), message_id("b")]
    assert box.changes_since(second.cursor).appeared == ()


def test_a_folder_deleted_while_it_is_listened_to_takes_nothing_else_along(world: ImapWorld) -> None:
    world.deliver(mail("a"), Place.OTHER)
    world.deliver(mail("b"))
    box = world.open()
    first = box.changes_since(None)
    box.wait_for_change(0)
    world.person.delete_folder("Archive")
    world.deliver(mail("c"))
    assert box.wait_for_change(30) is True
    assert names(box, box.changes_since(first.cursor)) == [message_id("c")]


def test_what_another_program_expunges_between_two_looks_is_left_out(world: ImapWorld) -> None:
    for name in "abc":
        world.deliver(mail(name))
    box = world.open()
    refs = box.changes_since(None).appeared
    assert len(list(box.headers(refs))) == 3
    world.expunge(message_id("b"), Place.INBOX)
    assert len(list(box.fetch(refs))) == 2


def test_headers_and_mails_come_whole_through_a_line_that_drips(world: ImapWorld) -> None:
    for name in "ab":
        world.deliver(mail(name, body="Grüße aus dem Hafen. " * 50))
    world.proxy.drip = 7
    box = world.open()
    refs = box.changes_since(None).appeared
    assert len(list(box.headers(refs))) == 2
    assert all(same(raw.raw, mail(name, body="Grüße aus dem Hafen. " * 50))
               for raw, name in zip(box.fetch(refs), "ab", strict=True))  # fmt: skip


def test_a_draft_is_placed_once_through_a_line_that_drips(world: ImapWorld) -> None:
    world.proxy.drip = 7
    box = world.open()
    box.place_draft(mail("own"), box.snapshot())
    assert [one.message_id for one in world.at(Place.DRAFTS)] == [message_id("own")]


def test_news_that_comes_in_pieces_is_heard_then_or_at_the_next_look(world: ImapWorld) -> None:
    """imapclient cannot read half a line while it idles: that ends the line."""
    world.proxy.drip = 1
    box = world.open()
    box.wait_for_change(0)
    world.deliver(mail("a"))
    try:
        heard = box.wait_for_change(60)
    except Transient:
        heard = box.wait_for_change(0)
    assert heard is True


def test_a_server_that_does_not_say_where_the_draft_went_is_asked(
    world: ImapWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mailbot.mail.imap.drafts.appended", lambda answer: None)
    world.deliver(mail("own"), Place.DRAFTS)  # one of before: the snapshot tells it apart
    box = world.open()
    ref = box.place_draft(mail("own", body="Newer."), box.snapshot())
    assert same(box.read_draft(ref), mail("own", body="Newer."))


@pytest.mark.parametrize("body", ["ü" * 70_000, "{20}\r\nA1 LOGOUT", "a" * 998, ".\r\n.\r\nQUIT\r\n)"])
def test_a_draft_is_given_back_to_its_last_byte_however_long(world: ImapWorld, body: str) -> None:
    raw = mail("own", body=body)
    box = world.open()
    ref = box.place_draft(raw, box.snapshot())
    assert box.read_draft(ref) == raw
    assert len(world.at(Place.DRAFTS)) == 1


def test_a_line_that_falls_silent_is_given_up_in_time(world: ImapWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line, "ANSWER_WITHIN", 0.5)
    box = world.open()
    box.drafts()
    world.proxy.silent = True
    with pytest.raises(Transient, match=r"The line to .* broke"):
        box.drafts()
    world.proxy.silent = False
    assert box.drafts() == ()


def test_a_draft_that_vanished_into_silence_is_uncertain_and_looked_up(
    world: ImapWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    def quiet(name: str) -> None:
        world.proxy.silent = name == "connected"

    monkeypatch.setattr(line, "ANSWER_WITHIN", 0.5)
    box = world.open(step=quiet)
    snapshot = box.snapshot()
    with pytest.raises(Uncertain):
        box.place_draft(mail("own"), snapshot)
    world.proxy.silent = False
    assert len(box.find_drafts(message_id("own"), snapshot)) == len(world.at(Place.DRAFTS)) == 0


ACL = (
    "mail_plugins = acl\nprotocol imap {\n  mail_plugins = acl imap_acl\n}\n"
    "plugin {\n  acl = vfile\n}"
)


def test_a_drafts_folder_without_the_right_to_write_is_the_persons_to_mend() -> None:
    with closing(ImapWorld(dovecot(ACL))) as world:
        rules = world.dovecot.home(world.user) / "Maildir" / ".Drafts" / "dovecot-acl"
        rules.write_text("owner lr\n")
        rules.chmod(0o644)
        box = world.open()
        snapshot = box.snapshot()
        with pytest.raises(ActionNeeded, match="may not change"):
            box.place_draft(mail("own"), snapshot)
        assert box.find_drafts(message_id("own"), snapshot) == ()
