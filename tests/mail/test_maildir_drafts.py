"""Drafts in a Maildir: how they are stored, what other programs do to them meanwhile, and a kill at every step."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from mailbot.errors import ActionNeeded, Transient, Uncertain
from mailbot.mail.maildir import MaildirMailbox
from mailbot.mail.maildir_delivery import deliver
from mailbot.mail.port import DraftPresence, DraftRef, Place
from mailbot.mail.steps import no_step
from tests.mail.conformance.letters import mail, message_id
from tests.mail.conformance.maildir_world import MAILDIR_PP, MaildirWorld
from tests.mail.tree import tree

OWN = message_id("own")


@pytest.fixture
def world(tmp_path: Path) -> MaildirWorld:
    return MaildirWorld(tmp_path / "mail")


@pytest.fixture
def without_trash(tmp_path: Path) -> MaildirWorld:
    return MaildirWorld(tmp_path / "mail", folders={p: name for p, name in MAILDIR_PP.items() if p is not Place.TRASH})


@pytest.fixture(params=["world", "without_trash"])
def either(request: pytest.FixtureRequest) -> MaildirWorld:
    """With a Trash folder and without."""
    made: MaildirWorld = request.getfixturevalue(request.param)
    return made


def place(box: MaildirMailbox) -> DraftRef:
    return box.place_draft(mail("own"), box.snapshot())


def add_flag(path: Path, flag: str) -> Path:
    return path.rename(path.with_name(path.name + flag))


class Killed(BaseException):
    """The process ends here: what lies on disk is what a SIGKILL would leave."""


class Kill:
    """A step that ends the process at the step of that number."""

    def __init__(self, at: int) -> None:
        self.at = at
        self.taken: list[str] = []

    def __call__(self, step: str) -> None:
        self.taken.append(step)
        if len(self.taken) == self.at:
            raise Killed


def test_a_draft_is_stored_with_the_line_ends_of_files(world: MaildirWorld) -> None:
    place(world.open())
    assert b"\r" not in world.files(Place.DRAFTS)[0].read_bytes()


def test_a_draft_is_for_the_person_alone(world: MaildirWorld) -> None:
    os.umask(os.umask(0))
    place(world.open())
    assert world.files(Place.DRAFTS)[0].stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("delimiter", [";", "!"])
def test_flags_are_written_as_the_other_programs_write_them(world: MaildirWorld, delimiter: str) -> None:
    (world.root / "cur" / f"1700000000.1.desk{delimiter}2,S").write_bytes(mail("a"))
    box = world.open()
    ref = place(box)
    assert [path.name.partition(delimiter)[2] for path in world.files(Place.DRAFTS)] == ["2,DS"]
    assert box.withdraw_draft(ref)
    assert [path.name.partition(delimiter)[2] for path in world.files(Place.TRASH)] == ["2,DS"]


def test_a_flag_set_by_the_person_makes_no_other_version(world: MaildirWorld) -> None:
    ref = place(world.open())
    add_flag(world.files(Place.DRAFTS)[0], "F")
    assert world.open().draft_state(ref) is DraftPresence.PRESENT
    assert world.open().withdraw_draft(ref)


def test_a_draft_flagged_as_trashed_is_deleted(world: MaildirWorld) -> None:
    box = world.open()
    snapshot = box.snapshot()
    ref = place(box)
    add_flag(world.files(Place.DRAFTS)[0], "T")
    before = tree(world.root)
    assert box.draft_state(ref) is DraftPresence.ABSENT
    assert box.drafts() == box.find_drafts(OWN, snapshot) == ()
    assert box.withdraw_draft(ref) is False
    assert [(found.ref.place, found.draft) for found in box.find_by_message_id([OWN])] == [(Place.TRASH, None)]
    assert tree(world.root) == before


def test_a_draft_that_mbsync_has_numbered_is_still_ours(world: MaildirWorld) -> None:
    box = world.open()
    snapshot = box.snapshot()
    ref = place(box)
    path = world.files(Place.DRAFTS)[0]
    path.rename(path.with_name(path.name.replace(":2,", ",U=9:2,")))
    assert box.find_drafts(OWN, snapshot) == (ref,)
    assert box.withdraw_draft(ref)
    assert ",U=" not in world.files(Place.TRASH)[0].name


def test_without_a_trash_folder_a_withdrawn_draft_is_gone(without_trash: MaildirWorld) -> None:
    before = tree(without_trash.root)
    box = without_trash.open()
    assert box.withdraw_draft(place(box))
    assert tree(without_trash.root) == before


def test_an_edit_in_the_very_moment_of_withdrawal_is_put_back(either: MaildirWorld) -> None:
    ref = place(either.open())
    path = either.files(Place.DRAFTS)[0]

    def edit(step: str) -> None:
        if step == "checked":
            path.write_bytes(b"Mine now.\n")

    assert either.open(step=edit).withdraw_draft(ref) is False
    assert {str(each): each.read_bytes() for each in either.root.rglob("*") if each.is_file()} == {
        str(path): b"Mine now.\n"
    }


def test_a_draft_renamed_in_the_very_moment_of_withdrawal_is_withdrawn(world: MaildirWorld) -> None:
    ref = place(world.open())

    def rename(step: str) -> None:
        if step == "checked" and (path := world.files(Place.DRAFTS)[0]).name.endswith(":2,DS"):
            add_flag(path, "F")

    assert world.open(step=rename).withdraw_draft(ref) is True
    assert world.files(Place.DRAFTS) == []


def test_a_draft_that_never_holds_still_is_left_for_later(world: MaildirWorld) -> None:
    ref = place(world.open())

    def rename(step: str) -> None:
        path = world.files(Place.DRAFTS)[0]
        path.rename(path.with_name(path.name.replace(":2,", ",X=1:2,")))

    with pytest.raises(Transient) as raised:
        world.open(step=rename).withdraw_draft(ref)
    assert not isinstance(raised.value, Uncertain)
    assert world.open().draft_state(ref) is DraftPresence.PRESENT


class Order(list[str]):
    """What was done in which order: the steps, and the folder above each directory or file that was synced."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__()
        self.sync = os.fsync
        monkeypatch.setattr(os, "fsync", self.note)

    def note(self, descriptor: int) -> None:
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        self.append(f"sync {path.parent.name}/{path.name if path.is_dir() else '...'}")
        self.sync(descriptor)


def test_a_draft_is_on_disk_before_it_shows_and_its_folder_after(
    world: MaildirWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = Order(monkeypatch)
    place(world.open(step=order.append))
    shown = ["renaming", "renamed", "sync .Drafts/cur", "folder synced"]
    assert order == ["creating", "written", "sync tmp/...", "synced", *shown]


def test_a_withdrawal_is_on_disk_when_it_is_told(world: MaildirWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    ref = place(world.open())
    order = Order(monkeypatch)
    world.open(step=order.append).withdraw_draft(ref)
    assert order[:3] == ["checked", "renamed", "checked again"]
    assert set(order[3:-1]) == {"sync .Drafts/cur", "sync .Trash/cur"}


def test_a_drafts_folder_that_is_made_is_on_disk_before_the_draft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = MaildirWorld(tmp_path / "mail", folders={Place.INBOX: "."})
    order = Order(monkeypatch)
    place(world.open(step=order.append))
    made = order.index("folder made")
    assert set(order[:made]) == {"making folder", "sync mail/.Drafts", f"sync {tmp_path.name}/mail"}
    assert order[made + 1] == "creating"


def test_a_name_that_is_taken_is_left_alone(world: MaildirWorld) -> None:
    folder = world.folders[Place.DRAFTS]
    (folder / "tmp/taken").write_bytes(b"half a mail")
    before = tree(world.root)
    with pytest.raises(Transient):
        deliver(folder, "taken", mail("own"), no_step)
    assert tree(world.root) == before


@pytest.mark.parametrize(
    ("number", "kind", "mend"),
    [
        (errno.ENOSPC, Transient, "Free some space"),
        (errno.EACCES, ActionNeeded, "write"),
        (errno.EROFS, ActionNeeded, "write"),
        (errno.EIO, Transient, "error"),
    ],
)
def test_a_disk_that_refuses_says_why_and_nothing_is_left(
    world: MaildirWorld, number: int, kind: type[Exception], mend: str
) -> None:
    before = tree(world.root)

    def refuse(step: str) -> None:
        if step == "written":
            raise OSError(number, os.strerror(number))

    box = world.open(step=refuse)
    with pytest.raises(kind, match=mend) as raised:
        place(box)
    assert not isinstance(raised.value, Uncertain)
    assert tree(world.root) == before


def test_a_rename_whose_answer_was_lost_is_uncertain(world: MaildirWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    """A network file system may carry out a rename and then report that it failed."""
    rename = Path.rename

    def lost(path: Path, target: Path) -> Path:
        rename(path, target)
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))

    box = world.open()
    ref = place(box)
    monkeypatch.setattr(Path, "rename", lost)
    with pytest.raises(Uncertain):
        box.withdraw_draft(ref)
    with pytest.raises(Uncertain):
        place(box)
    assert len(world.files(Place.DRAFTS)) == len(world.files(Place.TRASH)) == 1


@pytest.mark.parametrize("at", range(1, 7))
def test_a_kill_at_any_step_of_placing_leaves_one_draft_or_none(world: MaildirWorld, at: int) -> None:
    world.deliver(mail("theirs"), Place.DRAFTS)
    before = tree(world.root)
    kill = Kill(at)
    snapshot = world.open().snapshot()
    with pytest.raises(Killed):
        world.open(step=kill).place_draft(mail("own"), snapshot)
    assert len(world.open().find_drafts(OWN, snapshot)) == int("renamed" in kill.taken)
    assert before.items() <= tree(world.root).items()


@pytest.mark.parametrize("at", range(1, 5))
def test_a_kill_at_any_step_of_withdrawal_leaves_the_draft_or_takes_it(either: MaildirWorld, at: int) -> None:
    either.deliver(mail("theirs"), Place.DRAFTS)
    before = tree(either.root)
    ref = place(either.open())
    kill = Kill(at)
    with pytest.raises(Killed):
        either.open(step=kill).withdraw_draft(ref)
    assert (either.open().draft_state(ref) is DraftPresence.PRESENT) is ("renamed" not in kill.taken)
    assert before.items() <= tree(either.root).items()
