"""News as it comes: which folders are listened to, for how long, and what is no news."""

from __future__ import annotations

import select
import socket
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from mailbot.errors import Transient
from mailbot.mail.imap import ear, line
from mailbot.mail.imap.ear import SLICE, Ear, Listening, listens
from mailbot.mail.imap.folders import Folder, read_folders
from mailbot.mail.imap.line import Line
from mailbot.mail.port import Place
from tests.mail.conformance.imap_world import ImapWorld
from tests.mail.conformance.letters import mail, message_id
from tests.servers.dovecot import dovecot

INBOX = Folder("INBOX", "INBOX", Place.INBOX, read=True)
DRAFTS = Folder("Drafts", "Drafts", Place.DRAFTS, read=True)
LIST = [((use,), b"/", name) for use, name in (
    (b"\\Junk", b"Junk"), (b"\\Drafts", b"Drafts"), (b"\\X", b"Jobs"), (b"\\Sent", b"Sent"), (b"\\X", b"Sent Items"),
    (b"\\All", b"All Mail"), (b"\\X", b"INBOX"),
)]  # fmt: skip


@pytest.fixture
def world() -> Iterator[ImapWorld]:
    with closing(ImapWorld(dovecot())) as world:
        yield world


class Clock:
    """Stands still until a test sets it on."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def hearing(world: ImapWorld, clock: Clock, looks: Callable[[], bool] = lambda: False) -> Ear:
    return Ear(lambda: Line("imap", world.server()), lambda: (INBOX,), looks, clock)


def spoken(listening: Listening) -> bool:
    """What is heard once the server says anything."""
    assert select.select([listening.number], [], [], 30)[0]
    return listening.hear()


def test_idle_tells_of_new_mail(world: ImapWorld) -> None:
    box = world.open()
    assert box.wait_for_change(0) is False
    world.deliver(mail("a"))
    assert box.wait_for_change(30) is True


@pytest.mark.parametrize("place", [Place.SENT, Place.DRAFTS])
def test_idle_tells_of_what_the_person_sends_and_saves(world: ImapWorld, place: Place) -> None:
    box = world.open()
    box.wait_for_change(0)
    world.deliver(mail("a"), place)
    assert box.wait_for_change(30) is True


def test_news_is_heard_after_a_long_silence(world: ImapWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line that listens is not tried before it is used: a server that is asked anything then no longer tells."""
    monkeypatch.setattr(line, "UNUSED", -1.0)
    box = world.open()
    for _ in range(3):
        box.wait_for_change(0)
    world.deliver(mail("a"))
    assert box.wait_for_change(30) is True


def test_the_folders_that_matter_most_are_listened_to_first() -> None:
    folders = read_folders("imap", LIST, {}, ["Jobs"])
    assert [one.shown for one in folders.listened(labels=False)] == ["INBOX", "Sent", "Jobs", "Drafts"]
    assert [one.shown for one in folders.listened(labels=True)] == ["INBOX", "All Mail", "Jobs", "Drafts"]


def test_no_more_lines_are_held_than_the_table_allows(world: ImapWorld) -> None:
    world.open().wait_for_change(0)
    to_look_by = 1
    assert len(world.proxy._open) / 2 == listens("127.0.0.1") + to_look_by
    assert listens("imap.mail.yahoo.com") == 1 < listens("imap.elsewhere.example")


def test_a_server_that_takes_no_more_lines_is_listened_to_by_those_it_takes() -> None:
    with closing(ImapWorld(dovecot("mail_max_userip_connections = 3"))) as world:
        box = world.open()
        box.wait_for_change(0)
        assert len(box._ear._listening) == 1
        world.deliver(mail("a"))
        assert box.wait_for_change(30) is True


def test_what_the_person_marks_as_read_is_no_news(world: ImapWorld) -> None:
    world.deliver(mail("a"))
    listening = Listening(Line("imap", world.server()), INBOX)
    world.person.select_folder("INBOX")
    world.person.add_flags(world.person.search(), "\\Seen", silent=True)
    assert spoken(listening) is False
    listening.stop()


def test_a_draft_marked_as_deleted_is_news(world: ImapWorld) -> None:
    world.deliver(mail("a"), Place.DRAFTS)
    listening = Listening(Line("imap", world.server()), DRAFTS)
    world.person.select_folder("Drafts")
    world.person.add_flags(world.person.search(), "\\Deleted", silent=True)
    assert spoken(listening) is True
    listening.stop()


def test_what_the_person_marks_as_read_is_no_news_at_the_look_either(world: ImapWorld) -> None:
    world.deliver(mail("a"))
    box = world.open()
    with box._line.talk() as client:
        client.enable("CONDSTORE")  # as a server that counts changes without being asked to
    first = box.changes_since(None)
    before = box._line.examine("INBOX").modseq
    world.person.select_folder("INBOX")
    world.person.add_flags(world.person.search(), "\\Seen", silent=True)
    assert box._line.examine("INBOX").modseq > before > 0
    assert box._has_changed() is False
    assert box.changes_since(first.cursor).cursor == first.cursor


def test_mail_in_another_folder_is_seen_at_the_next_look(world: ImapWorld) -> None:
    looks: list[int] = []
    clock = Clock()
    one = hearing(world, clock, lambda: bool(looks.append(1)))
    one.wait(0)
    assert len(looks) == 1
    clock.now += ear.LOOK_EVERY + 1
    one.wait(0)
    assert len(looks) == 2
    one.stop()


def test_no_slice_is_longer_than_nine_minutes(world: ImapWorld) -> None:
    clock = Clock()
    one = hearing(world, clock)
    one.wait(0)
    first = one._listening[0]
    clock.now += SLICE - 1
    one.wait(0)
    assert one._listening[0] is first
    clock.now += 2
    one.wait(0)
    assert one._listening[0] is not first
    one.stop()


def test_a_line_that_ends_while_idling_is_noticed_at_once(world: ImapWorld) -> None:
    box = world.open()
    box.wait_for_change(0)
    world.proxy.reset()
    with pytest.raises(Transient):
        box.wait_for_change(30)
    assert box.wait_for_change(0) is False


def test_the_inbox_is_heard_on_when_another_folders_line_ends(world: ImapWorld) -> None:
    box = world.open()
    box.wait_for_change(0)
    world.proxy._open[-1].shutdown(socket.SHUT_RDWR)
    assert box.wait_for_change(30) is True  # nobody knows what was missed
    box.wait_for_change(0)
    world.deliver(mail("a"))
    assert box.wait_for_change(30) is True
    assert [one.message_id for one in world.at(Place.INBOX)] == [message_id("a")]
