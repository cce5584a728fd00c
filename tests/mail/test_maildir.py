"""What only a Maildir has when it is read: flags in names, files that move under one's hands, links, pipes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailbot.mail.port import DraftPresence, DraftRef, Place
from tests.mail.conformance.letters import mail, message_id, same
from tests.mail.conformance.maildir_world import MaildirWorld
from tests.mail.tree import tree


@pytest.fixture
def world(tmp_path: Path) -> MaildirWorld:
    return MaildirWorld(tmp_path / "mail")


def test_mail_in_new_stays_in_new(world: MaildirWorld) -> None:
    world.deliver(mail("a"))
    before = tree(world.root)
    box = world.open()
    assert len(list(box.fetch(box.changes_since(None).appeared))) == 1
    assert tree(world.root) == before


def test_a_mail_taken_over_and_flagged_by_another_program_is_no_news(world: MaildirWorld) -> None:
    world.deliver(mail("a"))
    box = world.open()
    first = box.changes_since(None)
    path = world.file(message_id("a"), Place.INBOX)
    path.rename(path.parent.parent / "cur" / f"{path.name},U=3:2,RS")
    assert box.changes_since(first.cursor).appeared == ()
    assert [same(raw.raw, mail("a")) for raw in box.fetch(first.appeared)] == [True]


def test_a_mail_in_new_and_cur_at_once_is_one_mail(world: MaildirWorld) -> None:
    world.deliver(mail("a"))
    path = world.file(message_id("a"), Place.INBOX)
    (path.parent.parent / "cur" / f"{path.name}:2,").hardlink_to(path)
    assert len(world.open().changes_since(None).appeared) == 1


def test_a_mail_is_fetched_though_it_is_renamed_meanwhile(world: MaildirWorld) -> None:
    for name in "abc":
        world.deliver(mail(name), Place.SENT)
    box = world.open()
    fetched = box.fetch(box.changes_since(None).appeared)
    next(fetched)
    for path in world.files(Place.SENT):
        path.rename(path.parent.parent / "cur" / f"{path.name}:2,RS")
    assert len(list(fetched)) == 2


class Hiding:
    """os.scandir on directories in which files are being renamed: the first time it leaves them out."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.scan = os.scandir
        self.hidden: set[Path] = set()
        monkeypatch.setattr(os, "scandir", self)

    @contextmanager
    def __call__(self, path: Path) -> Iterator[Iterator[os.DirEntry[str]]]:
        with self.scan(path) as entries:
            hidden = path.name in {"new", "cur"} and path not in self.hidden
            self.hidden.add(path)
            yield iter(()) if hidden else entries


def test_a_mail_that_a_listing_missed_is_no_news_later(world: MaildirWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "ab":
        world.deliver(mail(name))
    box = world.open()
    first = box.changes_since(None)
    Hiding(monkeypatch)
    second = box.changes_since(first.cursor)
    assert (second.appeared, second.cursor, second.suspicious) == ((), first.cursor, "")


def test_a_mail_that_a_listing_missed_is_fetched(world: MaildirWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "ab":
        world.deliver(mail(name))
    box = world.open()
    refs = box.changes_since(None).appeared
    Hiding(monkeypatch)
    assert len(list(box.fetch(refs))) == 2


@pytest.mark.parametrize("ask", ["find_by_message_id", "find_drafts", "draft_state", "withdraw_draft"])
def test_a_draft_that_a_listing_missed_is_not_taken_for_gone(
    world: MaildirWorld, monkeypatch: pytest.MonkeyPatch, ask: str
) -> None:
    box = world.open()
    snapshot = box.snapshot()
    ref = box.place_draft(mail("own"), snapshot)
    own = message_id("own")
    Hiding(monkeypatch)
    answers = {
        "find_by_message_id": lambda: len(box.find_by_message_id([own])) == 1,
        "find_drafts": lambda: box.find_drafts(own, snapshot) == (ref,),
        "draft_state": lambda: box.draft_state(ref) is DraftPresence.PRESENT,
        "withdraw_draft": lambda: box.withdraw_draft(ref),
    }
    assert answers[ask]()


def test_a_mail_moved_to_another_folder_meanwhile_is_left_out(world: MaildirWorld) -> None:
    for name in "abc":
        world.deliver(mail(name))
    box = world.open()
    fetched = box.fetch(box.changes_since(None).appeared)
    next(fetched)
    world.move(message_id("c"), Place.INBOX, Place.OTHER)
    assert [same(raw.raw, mail("b")) for raw in fetched] == [True]


def test_many_mails_of_other_names_are_a_whole_listing(world: MaildirWorld) -> None:
    for number in range(10):
        world.deliver(mail(str(number)))
    box = world.open()
    first = box.changes_since(None)
    for path in world.files(Place.INBOX):
        path.rename(path.with_name(f"other-{path.name}"))
    second = box.changes_since(first.cursor)
    assert second.whole
    assert len(second.appeared) == 10


def test_a_mailbox_that_comes_back_as_it_was_brings_no_news(world: MaildirWorld, tmp_path: Path) -> None:
    world.deliver(mail("a"))
    box = world.open()
    first = box.changes_since(None)
    path = world.files(Place.INBOX)[0]
    path.rename(tmp_path / path.name)
    emptied = box.changes_since(first.cursor)
    assert emptied.suspicious
    (tmp_path / path.name).rename(path)
    again = box.changes_since(emptied.cursor)
    assert (again.appeared, again.whole, again.suspicious) == ((), False, "")


def test_links_pipes_folders_and_dot_files_are_no_mail(world: MaildirWorld, tmp_path: Path) -> None:
    world.deliver(mail("a"))
    (tmp_path / "secret").write_bytes(mail("secret"))
    new = world.root / "new"
    (new / "1700000000.1.link").symlink_to(tmp_path / "secret")
    (new / "1700000000.2.lost").symlink_to(tmp_path / "nowhere")
    os.mkfifo(new / "1700000000.3.pipe")
    (new / "1700000000.4.folder").mkdir()
    (new / ".1700000000.5.nfs").write_bytes(mail("b"))
    box = world.open()
    (ref,) = box.changes_since(None).appeared
    assert [same(raw.raw, mail("a")) for raw in box.fetch([ref])] == [True]


@pytest.mark.parametrize("put", [lambda path: path.symlink_to("/etc/passwd"), os.mkfifo, Path.mkdir])
def test_a_mail_that_has_become_something_else_is_left_out(world: MaildirWorld, put: Callable[[Path], None]) -> None:
    world.deliver(mail("a"))
    box = world.open()
    fetched = box.fetch(box.changes_since(None).appeared * 2)
    next(fetched)
    path = world.files(Place.INBOX)[0]
    path.unlink()
    put(path)
    assert list(fetched) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_mail_that_this_user_may_not_read_is_left_out(world: MaildirWorld) -> None:
    world.deliver(mail("a"))
    world.deliver(mail("b"))
    world.files(Place.INBOX)[0].chmod(0)
    box = world.open()
    assert [same(raw.raw, mail("b")) for raw in box.fetch(box.changes_since(None).appeared)] == [True]


@pytest.mark.parametrize("key", ["", "x", "../outside", ".Drafts/../../x", "nowhere/x", "/etc/passwd"])
def test_a_key_is_looked_up_and_never_a_path(world: MaildirWorld, key: str, tmp_path: Path) -> None:
    (tmp_path / "outside").write_bytes(mail("outside"))
    box = world.open()
    assert box.read_draft(DraftRef("maildir", key, "0")) is None
    assert box.withdraw_draft(DraftRef("maildir", key, "0")) is False


def test_names_that_are_not_utf_8_are_read(world: MaildirWorld) -> None:
    (world.root / "new" / os.fsdecode(b"1700000000.\xff\xfe.desk")).write_bytes(mail("a"))
    box = world.open()
    refs = box.changes_since(None).appeared
    assert all(ref.key.isascii() for ref in refs)
    assert len(list(box.fetch(refs))) == 1


def test_arrival_is_the_earlier_of_the_files_time_and_its_names(world: MaildirWorld) -> None:
    box = world.open()
    for name, modified in (("1700000000.1.desk", 1.8e9), ("1800000000.2.desk", 1.7e9), ("1800000000000.eml", 1.7e9)):
        (world.root / "new" / name).write_bytes(mail(name))
        os.utime(world.root / "new" / name, (modified, modified))
    arrivals = {raw.arrived for raw in box.fetch(box.changes_since(None).appeared)}
    assert arrivals == {datetime.fromtimestamp(1.7e9, UTC)}
