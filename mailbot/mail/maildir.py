"""A Maildir on this machine, shared at any moment with the programs that sync it and those that show it.

- A mail is known by its folder and the unique part of its file's name, looked up anew at each use: programs rename
  files when flags change and move them from new to cur.
- Nothing of the person's is renamed, flagged or moved: mail that lies in new stays there for their program.
- The cursor and the snapshot hold a short hash of every name (see `seen`), so that asking what is new costs one
  listing of the folders and reads no file. A mailbox of 100,000 mails has a cursor of 800 kB.
- A draft flagged T (trashed, not yet expunged) is deleted in the person's eyes: it counts as lying in Trash.
- Symbolic links, special files and files that this user may not read are left out.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from mailbot.errors import ActionNeeded, Transient
from mailbot.mail.examined import Examination
from mailbot.mail.header_block import head_of, message_id_of
from mailbot.mail.maildir_alarm import Alarm
from mailbot.mail.maildir_delivery import deliver, make_folder, take_back
from mailbot.mail.maildir_files import Remembered, arrived, digest, digest_of, list_files, read_head, read_whole
from mailbot.mail.maildir_layout import Folder, Layout, read_layout
from mailbot.mail.maildir_look import TRIES, Look, Mail
from mailbot.mail.maildir_names import new_name
from mailbot.mail.maildir_watch import Mark, changed, marks
from mailbot.mail.port import (
    Capability,
    Changes,
    Cursor,
    DraftPresence,
    DraftRef,
    Found,
    MessageRef,
    Place,
    RawMessage,
)
from mailbot.mail.seen import mark_of, read_marks, write_marks
from mailbot.mail.steps import Step, no_step
from mailbot.mail.suspicion import emptied

FEW = 10  # mails; so few may well all have been moved or renamed between two looks
LOOK_EVERY = 1.0  # seconds between two looks while waiting for a change, where nothing wakes us


class MaildirMailbox:
    """One account under the folder `root`; implements `port.Mailbox`. `folders` names those whose names are unusual,
    by their path below `root`. The steps are those of `maildir_delivery`.

    A root with nothing but its own cur, new and tmp, as local delivery leaves it, gets a Maildir++ folder `.Drafts`
    when the first draft is placed: there is no other place that a program would show as drafts, and nothing there
    that it could be confused with. Any other Maildir without a Drafts folder is the person's to mend."""

    def __init__(
        self,
        account: str,
        root: Path,
        *,
        folders: Mapping[Place, str] = MappingProxyType({}),
        step: Step = no_step,
    ) -> None:
        self.account = account
        self._root = root
        self._named = folders
        self._step = step
        self._message_id = Remembered(lambda file: message_id_of(read_head(file)))
        self._digest = Remembered(digest)
        self._marks: dict[Path, Mark] | None = None
        self._alarm: Alarm | None = None
        self._closed = False

    @property
    def capabilities(self) -> frozenset[Capability]:
        able = {Capability.WITHDRAW, Capability.PUSH}
        return frozenset(able | {Capability.RECOVERABLE} if self._layout().trash() else able)

    def changes_since(self, cursor: Cursor | None, *, since: datetime | None = None) -> Changes:
        layout = self._layout()
        self._marks = marks(_watched(layout))
        known = None if cursor is None else read_marks(cursor.value)
        look, mails = self._all(layout, known or frozenset())
        wrong = emptied(len(known or ()), len(mails))
        if wrong and cursor is not None:
            return Changes((), cursor, suspicious=wrong)
        whole = known is None or (len(known) >= FEW and not known & mails.keys())
        appeared = [mail for mark, mail in mails.items() if known is None or mark not in known]
        if cursor is None and since is not None:
            appeared = [mail for mail in appeared if (at := look.read(mail.key, arrived)) and at >= since]
        appeared.sort(key=Mail.order)
        return Changes(tuple(map(self._message_ref, appeared)), Cursor(write_marks(mails)), whole=whole)

    def headers(self, refs: Iterable[MessageRef]) -> Iterator[RawMessage]:
        return map(head_of, self.fetch(refs))

    def fetch(self, refs: Iterable[MessageRef]) -> Iterator[RawMessage]:
        look = Look(self._layout())
        for ref in refs:
            found = look.read(ref.key, lambda file: (read_whole(file), arrived(file)))
            mail = look.find(ref.key)
            if found is not None and mail is not None:
                yield RawMessage(ref, found[0], mail.draft, found[1])

    def find_by_message_id(self, message_ids: Iterable[str]) -> tuple[Found, ...]:
        wanted = frozenset(message_ids)
        layout = self._layout()
        look = Look(layout)
        mails = look.twice(layout.at(Place.DRAFTS, Place.SENT, Place.TRASH))
        found = [(mail, look.read(mail.key, self._message_id)) for mail in mails]
        return tuple(
            Found(self._message_ref(mail), self._draft_ref(look, mail), name)
            for mail, name in found
            if name in wanted
        )

    def drafts(self) -> tuple[DraftRef, ...]:
        look, mails = self._drafts()
        return tuple(ref for mail in mails if (ref := self._draft_ref(look, mail)))

    def read_draft(self, ref: DraftRef) -> bytes | None:
        look = Look(self._layout())
        raw = look.read(ref.key, read_whole)
        return raw if self._holds(look, ref) else None

    def draft_state(self, ref: DraftRef) -> DraftPresence:
        return DraftPresence.PRESENT if self._holds(Look(self._layout()), ref) else DraftPresence.ABSENT

    def snapshot(self) -> str:
        self._drafts_folder(self._layout())
        _, mails = self._drafts()
        return write_marks(mark_of(mail.key) for mail in mails)

    def place_draft(self, raw: bytes, snapshot: str, *, thread: str | None = None) -> DraftRef:  # noqa: ARG002 - port
        layout = self._layout()
        folder = self._drafts_folder(layout)
        if folder not in layout.folders:
            make_folder(folder.path, self._step)
        stored = raw.replace(b"\r\n", b"\n")  # the line ends of files on this system, as mail programs store them
        name = new_name()
        deliver(folder.path, f"{name}{_delimiter(layout)}2,DS", stored, self._step)
        return DraftRef(self.account, f"{folder.name}/{name}", digest_of(stored))

    def find_drafts(self, message_id: str, snapshot: str) -> tuple[DraftRef, ...]:
        before = read_marks(snapshot) or frozenset()
        look, mails = self._drafts()
        new = [mail for mail in mails if mark_of(mail.key) not in before]
        same = [mail for mail in new if look.read(mail.key, self._message_id) == message_id]
        return tuple(ref for mail in same if (ref := self._draft_ref(look, mail)))

    def withdraw_draft(self, ref: DraftRef) -> bool:
        for _ in range(TRIES):
            layout = self._layout()
            mail = Look(layout).find(ref.key)
            if mail is None or mail.place is not Place.DRAFTS:
                return False
            trash = layout.trash()
            folder = trash.path / "cur" if trash else mail.folder.path / "tmp"
            target = folder / f"{new_name()}{mail.file.name.info}"
            try:
                return take_back(mail.file, ref.version, target, keep=trash is not None, step=self._step)
            except FileNotFoundError:
                continue
        raise Transient(f"The draft {ref.key} of {self._root} has another name at every look; nothing was done.")

    def wait_for_change(self, timeout: float) -> bool:
        end = time.monotonic() + timeout
        layout = self._layout()
        if self._marks is None:
            self._marks = marks(_watched(layout))
        with Alarm([self._root, *(one.path for one in layout.folders), *_watched(layout)], LOOK_EVERY) as alarm:
            self._closed, self._alarm = False, alarm
            # The alarm is set before the first look, so that nothing can come between them.
            while not (found := changed(self._marks, _watched(self._layout()))):
                if self._closed or (left := end - time.monotonic()) <= 0:
                    break
                alarm.wait(left)
            self._alarm = None
        if found:
            self._marks = marks(_watched(self._layout()))
        return found

    def examine(self) -> Examination:
        layout = self._layout()
        folder = self._drafts_folder(layout)
        places = [folder.path / part for part in ("cur", "tmp")] if folder in layout.folders else [self._root]
        closed = [str(one) for one in places if not os.access(one, os.W_OK | os.X_OK)]
        refusal = f"You may not write in {' and '.join(closed)}." if closed else ""
        return Examination(str(folder.path), refusal)

    def close(self) -> None:
        """Nothing is held open; a wait in another thread ends."""
        self._closed = True
        if alarm := self._alarm:
            alarm.ring()

    def _layout(self) -> Layout:
        return read_layout(self._root, self._named)

    def _all(self, layout: Layout, known: frozenset[bytes]) -> tuple[Look, dict[bytes, Mail]]:
        """Every mail by its mark. Where a known one is missing there is a second listing (see `Look.twice`), so that it
        does not come back as news."""
        look = Look(layout)
        mails = {mark_of(mail.key): mail for mail in look.mails(layout.folders)}
        if known - mails.keys():
            look = Look(layout)
            mails |= {mark_of(mail.key): mail for mail in look.mails(layout.folders)}
        return look, mails

    def _drafts(self) -> tuple[Look, list[Mail]]:
        layout = self._layout()
        look = Look(layout)
        return look, look.twice(layout.at(Place.DRAFTS))

    def _drafts_folder(self, layout: Layout) -> Folder:
        """Where drafts are placed; it may be one that is yet to be made."""
        folder = layout.drafts()
        if folder is not None:
            return folder
        if layout.plain:
            return Folder(self._root / ".Drafts", ".Drafts", Place.DRAFTS)
        raise ActionNeeded(
            f"The Maildir {self._root} has no Drafts folder that mailbot knows by its name.",
            mend='Name the one your mail program uses: `drafts = "..."` in its [[account]].',
        )

    def _holds(self, look: Look, ref: DraftRef) -> bool:
        mail = look.find(ref.key)
        return mail is not None and mail.place is Place.DRAFTS and look.read(ref.key, digest) == ref.version

    def _message_ref(self, mail: Mail) -> MessageRef:
        return MessageRef(self.account, mail.place, mail.key)

    def _draft_ref(self, look: Look, mail: Mail) -> DraftRef | None:
        version = look.read(mail.key, self._digest) if mail.place is Place.DRAFTS else None
        return None if version is None else DraftRef(self.account, mail.key, version)


def _watched(layout: Layout) -> list[Path]:
    """The directories in which mail appears."""
    return [folder.path / part for folder in layout.folders for part in ("new", "cur")]


def _delimiter(layout: Layout) -> str:
    """What stands before the flags in the names of this Maildir's files: a colon, where no other is in use."""
    places = (*layout.at(Place.DRAFTS), *layout.at(Place.INBOX))
    names = (file.name for folder in places for file in list_files(folder.path).values())
    return next((name.delimiter for name in names if name.delimiter), ":")
