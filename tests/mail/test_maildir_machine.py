"""A Maildir between our calls in the hands of other programs: every mail is seen once for each time it appears, every
fact we are told is true, and nothing of the person's ever changes."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, rule

from mailbot.mail.maildir import MaildirMailbox
from mailbot.mail.port import Cursor, DraftPresence, DraftRef
from tests.mail.conformance.letters import mail, message_id, same
from tests.mail.conformance.maildir_world import make_maildir
from tests.mail.tree import tree

FOLDERS = (".", ".Drafts", ".Sent", ".Trash", ".Archive")
T = TypeVar("T")

folders = st.sampled_from(FOLDERS)
parts = st.sampled_from(["new", "cur"])
flags = st.sets(st.sampled_from("DFPRST")).map(lambda letters: "".join(sorted(letters)))
fields = st.sampled_from(["", ",U=7", ",S=12,W=14", ",S=12,U=7"])


class Programs(RuleBasedStateMachine):
    """`files`: each mail's file by its number, as the other programs know it; `seen`: in which folder each mail lay at
    the last look; `placed`: how many drafts of ours there were."""

    numbers = Bundle("numbers")
    refs = Bundle("refs")

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp())
        for folder in FOLDERS:
            make_maildir(self.root / folder)
        self.files: dict[int, Path] = {}
        self.delivered = 0
        self.seen: dict[int, Path] = {}
        self.cursor: Cursor | None = None
        self.placed = 0

    def teardown(self) -> None:
        shutil.rmtree(self.root)

    # The other programs.

    @rule(target=numbers, folder=folders, part=parts, letters=flags)
    def deliver(self, folder: str, part: str, letters: str) -> int:
        self.delivered += 1
        number = self.delivered
        path = self.root / folder / part / named(number, letters, part)
        path.write_bytes(mail(str(number)))
        self.files[number] = path
        return number

    @rule(number=numbers, part=parts, letters=flags, more=fields)
    def rename(self, number: int, part: str, letters: str, more: str) -> None:
        """A flag is set, a mail is taken over from new, mbsync or Dovecot add a field."""
        if number in self.files:
            self._rename(number, self._folder(number) / part / named(number, letters, part, more))

    @rule(number=numbers, folder=folders)
    def move(self, number: int, folder: str) -> None:
        if number in self.files:
            self._rename(number, self.root / folder / "cur" / named(number, "S", "cur"))

    @rule(number=numbers)
    def expunge(self, number: int) -> None:
        if number in self.files:
            self.files.pop(number).unlink()

    @rule(ref=refs, in_place=st.booleans())
    def edit_ours(self, ref: DraftRef, in_place: bool) -> None:
        path = self._path(ref)
        if path is not None:
            path.write_bytes(path.read_bytes() + b"Edited.\n")
            if not in_place:
                path.rename(path.with_name(f"edited.{path.name}"))

    @rule(ref=refs, letters=st.sampled_from(["DS", "DST", "DFS", ""]), more=fields)
    def rename_ours(self, ref: DraftRef, letters: str, more: str) -> None:
        path = self._path(ref)
        if path is not None:
            path.rename(path.with_name(f"{unique(path)}{more}:2,{letters}"))

    # Ours.

    @rule()
    def look(self) -> None:
        """What is new since the last look is everything that appeared, once, and what it says can be fetched."""
        changes = self._untouched(lambda box: box.changes_since(self.cursor))
        self.cursor = changes.cursor
        fetched = self._untouched(lambda box: list(box.fetch(changes.appeared)))
        assert [raw.ref for raw in fetched] == list(changes.appeared)
        theirs = [(number, raw) for raw in fetched if (number := number_of(raw.raw))]
        now = {number: self._folder(number) for number in self.files}
        news = [number for number in now if now[number] != self.seen.get(number)]
        assert sorted(number for number, _ in theirs) == sorted(news)
        self.seen = now
        for number, raw in theirs:
            assert same(raw.raw, mail(str(number)))
            assert raw.draft == (now[number].name == ".Drafts" or "D" in self.files[number].name.partition(":2,")[2])

    @rule(number=numbers)
    def find(self, number: int) -> None:
        found = self._untouched(lambda box: box.find_by_message_id([message_id(str(number))]))
        looked_in = number in self.files and self._folder(number).name in {".Drafts", ".Sent", ".Trash"}
        assert len(found) == int(looked_in)

    @rule(target=refs)
    def place(self) -> DraftRef:
        before = tree(self.root)
        box = self._box()
        self.placed += 1
        letter = mail(f"ours-{self.placed}")
        ref = box.place_draft(letter, box.snapshot())
        after = tree(self.root)
        (path,) = after.keys() - before.keys()
        assert path.startswith(".Drafts/cur/")
        assert path.endswith(":2,DS")
        assert before.items() <= after.items()
        assert same(box.read_draft(ref), letter)
        return ref

    @rule(ref=refs)
    def withdraw(self, ref: DraftRef) -> None:
        """Taken back is exactly that version, into Trash; anything else stays as it is."""
        before = tree(self.root)
        present = self._box().draft_state(ref) is DraftPresence.PRESENT
        assert self._box().withdraw_draft(ref) is present
        after = tree(self.root)
        assert len(before.keys() - after.keys()) == len(after.keys() - before.keys()) == int(present)
        assert all(path.startswith(".Trash/cur/") for path in after.keys() - before.keys())
        assert all(after[path] == state for path, state in before.items() if path in after)

    @rule(ref=refs)
    def state(self, ref: DraftRef) -> None:
        path = self._path(ref)
        untouched = path is not None and "T" not in path.name.partition(":2,")[2] and b"Edited" not in path.read_bytes()
        state = self._untouched(lambda box: box.draft_state(ref))
        assert state is (DraftPresence.PRESENT if untouched else DraftPresence.ABSENT)

    def _box(self) -> MaildirMailbox:
        return MaildirMailbox("m", self.root)

    def _untouched(self, ask: Callable[[MaildirMailbox], T]) -> T:
        before = tree(self.root)
        answer = ask(self._box())
        assert tree(self.root) == before
        return answer

    def _folder(self, number: int) -> Path:
        return self.files[number].parent.parent

    def _rename(self, number: int, path: Path) -> None:
        self.files[number] = self.files[number].rename(path)

    def _path(self, ref: DraftRef) -> Path | None:
        """Our draft's file in Drafts by the unique part of its name."""
        name = ref.key.rpartition("/")[2]
        return next((path for path in (self.root / ".Drafts/cur").iterdir() if unique(path) == name), None)


def named(number: int, letters: str, part: str, more: str = "") -> str:
    return f"1700000000.{number}_1.desk{more}" + (f":2,{letters}" if part == "cur" else "")


def unique(path: Path) -> str:
    return path.name.partition(":")[0].partition(",")[0]


def number_of(raw: bytes) -> int | None:
    """The number of a mail of the other programs; None for one of our drafts."""
    name = raw.partition(b"Message-ID: <")[2].partition(b"@")[0].decode()
    return None if name.startswith("ours") else int(name)


TestPrograms = Programs.TestCase
TestPrograms.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
