"""What is new over IMAP when folders themselves change, and what asking costs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mailbot.mail.imap.mailbox import ImapMailbox
from mailbot.mail.port import Changes, Place
from tests.mail.conformance.imap_world import ImapWorld
from tests.mail.conformance.letters import mail, message_id
from tests.servers.dovecot import dovecot


@pytest.fixture
def world() -> Iterator[ImapWorld]:
    world = ImapWorld(dovecot())
    yield world
    world.close()


def names(box: ImapMailbox, changes: Changes) -> list[str]:
    heads = box.headers(changes.appeared)
    return sorted(part for head in heads for part in head.raw.decode().split() if part.endswith("@mail.example>"))


def test_a_renamed_folder_is_listed_under_its_new_name(world: ImapWorld) -> None:
    world.deliver(mail("a"), Place.OTHER)
    box = world.open()
    first = box.changes_since(None)
    world.person.rename_folder("Archive", "Archives")
    second = box.changes_since(first.cursor)
    assert names(box, second) == [message_id("a")]
    assert box.changes_since(second.cursor).appeared == ()


def test_a_folder_renamed_between_two_looks_takes_no_reference_along(world: ImapWorld) -> None:
    world.deliver(mail("a"), Place.OTHER)
    world.deliver(mail("b"))
    box = world.open()
    first = box.changes_since(None)
    world.person.rename_folder("Archive", "Archives")
    assert names(box, first) == [message_id("b")]
    world.person.create_folder("Archive")
    assert names(box, first) == [message_id("b")]


def test_a_folder_of_another_uidvalidity_is_listed_whole_and_the_others_are_not(world: ImapWorld) -> None:
    world.deliver(mail("a"))
    world.deliver(mail("b"), Place.SENT)
    box = world.open()
    first = box.changes_since(None)
    world.invalidate_cursors()
    second = box.changes_since(first.cursor)
    assert second.whole
    assert names(box, second) == [message_id("a")]


def test_a_look_with_nothing_new_asks_once_for_each_folder(world: ImapWorld) -> None:
    world.deliver(mail("a"))
    box = world.open()
    first = box.changes_since(None)
    before = box._line._client._imap.tagnum
    assert box.changes_since(first.cursor).appeared == ()
    folders = 6
    assert box._line._client._imap.tagnum - before == 1 + folders


def test_a_folder_that_is_read_batch_by_batch_is_opened_once(
    world: ImapWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To open one takes a server time by its length: a scan would take time by the square."""
    for name in "abc":
        world.deliver(mail(name))
    box = world.open()
    refs = box.changes_since(None).appeared
    box.drafts()  # another folder is open now
    client, opened = box._line._client, []
    real = client.select_folder
    monkeypatch.setattr(client, "select_folder", lambda *args, **kw: (opened.append(args), real(*args, **kw))[1])
    for ref in refs:
        assert len(list(box.headers([ref]))) == len(list(box.fetch([ref]))) == 1
    assert opened == [("INBOX",)]


def test_a_second_look_through_a_line_that_was_cut_gives_the_same(world: ImapWorld) -> None:
    world.deliver(mail("a"))
    box = world.open()
    first = box.changes_since(None)
    world.deliver(mail("b"))
    for at in range(1, 400, 40):
        world.proxy.cut_after = ("down", world.proxy.passed["down"] + at)
        try:
            changes = box.changes_since(first.cursor)
        except Exception:  # noqa: BLE001 - whichever it is, the next look is right
            world.proxy.cut_after = None
            changes = box.changes_since(first.cursor)
        world.proxy.cut_after = None
        assert names(box, changes) == [message_id("b")]
