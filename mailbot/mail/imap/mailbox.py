"""A mailbox on an IMAP server (RFC 3501, RFC 9051).

- Folders are opened by EXAMINE and read by PEEK; one is opened to be changed only while a draft is taken back.
- A mail is known by its folder, UIDVALIDITY and UID; a draft's version by the same: no program can change a mail in
  place, so that an edit always has another UID.
- A draft that bears \\Deleted, not yet expunged, is deleted in the person's eyes: it counts as lying in Trash.
- Every request opens its folder anew, so that the answer is of the mailbox as it is now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType

from mailbot.errors import ActionNeeded, MailbotError, Uncertain
from mailbot.mail.examined import Examination
from mailbot.mail.header_block import message_id_of
from mailbot.mail.imap import drafts, gmail
from mailbot.mail.imap.cursor import Mark
from mailbot.mail.imap.ear import Ear, listens
from mailbot.mail.imap.fetching import Looks, read_heads, read_mails
from mailbot.mail.imap.folders import Folder, Folders, read_folders
from mailbot.mail.imap.keys import Key, read_key
from mailbot.mail.imap.line import Line, Opened
from mailbot.mail.imap.listing import list_changes, mark_of
from mailbot.mail.imap.server import Server
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
from mailbot.mail.steps import Step, no_step

# What mailbot makes use of where it is there.
OFFERS = ("IDLE", "UIDPLUS", "MOVE", "SPECIAL-USE", gmail.EXTENSION)


class ImapMailbox:
    """One account on a server; implements `port.Mailbox`. `folders` names those whose names are unusual, `more` are
    folders of the person's own that are read too. The steps are those of `drafts`."""

    def __init__(
        self,
        account: str,
        server: Server,
        *,
        folders: Mapping[Place, str] = MappingProxyType({}),
        more: Iterable[str] = (),
        step: Step = no_step,
    ) -> None:
        self.account = account
        self._line = Line(account, server)
        self._ear = Ear(lambda: Line(account, server), self._listened, self._has_changed)
        self._named = folders
        self._more = tuple(more)
        self._step = step
        self._marks: dict[str, Mark] | None = None
        self._looks = Looks()

    @property
    def capabilities(self) -> frozenset[Capability]:
        able = {Capability.PUSH} if self._line.able("IDLE") else set()
        if self._line.able(gmail.EXTENSION):
            able.add(Capability.THREAD_IDS)
        if self._folders().trash() and (self._line.able("MOVE") or self._line.able("UIDPLUS")):
            able |= {Capability.WITHDRAW, Capability.RECOVERABLE}
        return frozenset(able)

    def changes_since(self, cursor: Cursor | None, *, since: datetime | None = None) -> Changes:
        changes, self._marks = list_changes(self._line, self._read(), cursor, since)
        return changes

    def headers(self, refs: Iterable[MessageRef]) -> Iterator[RawMessage]:
        return read_heads(self._line, refs, self._looks)

    def fetch(self, refs: Iterable[MessageRef]) -> Iterator[RawMessage]:
        return read_mails(self._line, refs, self._looks)

    def find_by_message_id(self, message_ids: Iterable[str]) -> tuple[Found, ...]:
        wanted = frozenset(message_ids)
        folders = self._folders()
        return tuple(
            one
            for place in (Place.DRAFTS, Place.SENT, Place.TRASH)
            for folder in folders.at(place)
            for one in self._find(folder, wanted)
        )

    def drafts(self) -> tuple[DraftRef, ...]:
        return tuple(
            self._draft_ref(opened, uid)
            for folder in self._folders().at(Place.DRAFTS)
            for opened in (self._line.examine(folder.name),)
            for uid in self._line.uids(opened, 1, "UNDELETED")
        )

    def read_draft(self, ref: DraftRef) -> bytes | None:
        uid = self._open_draft(ref)
        raw = None if uid is None else self._line.fetch([uid], ["BODY.PEEK[]"]).get(uid, {}).get(b"BODY[]")
        return raw if isinstance(raw, bytes) else None

    def draft_state(self, ref: DraftRef) -> DraftPresence:
        return DraftPresence.ABSENT if self._open_draft(ref) is None else DraftPresence.PRESENT

    def snapshot(self) -> str:
        opened = self._line.examine(self._folders().drafts().name)
        following = opened.following or max(self._line.uids(opened), default=0) + 1
        return str(Key(opened.validity, following))

    def place_draft(self, raw: bytes, snapshot: str, *, thread: str | None = None) -> DraftRef:  # noqa: ARG002 - port
        folder = self._folders().drafts()
        key = drafts.place(self._line, folder, raw, self._step)
        if key is not None:
            return DraftRef(self.account, str(key), str(key))
        found = self._later(folder, message_id_of(raw), snapshot)
        if not found:
            raise Uncertain(f"The draft that was just placed in account '{self.account}' is not found there.")
        return found[-1]

    def find_drafts(self, message_id: str, snapshot: str) -> tuple[DraftRef, ...]:
        self._line.drop()
        found = (self._later(folder, message_id, snapshot) for folder in self._folders().at(Place.DRAFTS))
        return tuple(ref for several in found for ref in several)

    def withdraw_draft(self, ref: DraftRef) -> bool:
        folders = self._folders()
        trash = folders.trash()
        if trash is None:
            raise ActionNeeded(
                f"Account '{self.account}' has no Trash folder, so that nothing is taken back.",
                mend="Delete the draft in your mail program.",
            )
        return bool(folders.at(Place.DRAFTS)) and drafts.withdraw(self._line, folders.drafts(), trash, ref, self._step)

    def wait_for_change(self, timeout: float) -> bool:
        try:
            return self._ear.wait(timeout)
        except MailbotError:
            self._line.drop()  # what ended one line (sleep, another network) has ended the other
            raise

    def examine(self) -> Examination:
        folders = self._folders()
        folder = folders.drafts()
        places = (folder, *folders.at(Place.INBOX))
        newest = max((at for one in places if (at := self._newest(one))), default=None)
        offers = tuple(one for one in OFFERS if self._line.able(one))
        return Examination(folder.shown, drafts.refusal(self._line, folder), offers, newest=newest)

    def close(self) -> None:
        self._ear.stop()
        self._line.drop()

    def _folders(self) -> Folders:
        with self._line.talk() as client:
            listed = client.list_folders()
        return read_folders(self.account, listed, self._named, self._more)

    def _newest(self, folder: Folder) -> datetime | None:
        """When its last mail came."""
        uids = self._line.uids(self._line.examine(folder.name))[-1:]
        return next((data[b"INTERNALDATE"] for data in self._line.fetch(uids, ["INTERNALDATE"]).values()), None)

    def _read(self) -> tuple[Folder, ...]:
        return self._folders().read(labels=self._line.able(gmail.EXTENSION))

    def _listened(self) -> tuple[Folder, ...]:
        if not self._line.able("IDLE"):
            return ()
        wanted = self._folders().listened(labels=self._line.able(gmail.EXTENSION))
        return wanted[: listens(self._line.server.host)]

    def _has_changed(self) -> bool:
        """Whether any folder that is read differs from the last look; without one there is nothing to compare."""
        before = self._marks
        self._marks = {one.name: mark_of(one, self._line.examine(one.name)) for one in self._read()}
        return before is not None and before != self._marks

    def _find(self, folder: Folder, wanted: frozenset[str]) -> Iterator[Found]:
        opened = self._line.examine(folder.name)
        drafted = folder.place is Place.DRAFTS
        look = drafts.with_id if drafted else drafts.searched
        for uid, name, deleted in look(self._line, opened, wanted):
            place = Place.TRASH if drafted and deleted else folder.place
            ref = MessageRef(self.account, place, str(Key(opened.validity, uid, folder.name)))
            yield Found(ref, self._draft_ref(opened, uid) if place is Place.DRAFTS else None, name)

    def _later(self, folder: Folder, message_id: str, snapshot: str) -> list[DraftRef]:
        opened = self._line.examine(folder.name)
        start = read_key(snapshot)
        first = start.uid if start and start.validity == opened.validity else 1
        found = drafts.with_id(self._line, opened, frozenset({message_id}), first)
        return [self._draft_ref(opened, uid) for uid, _, deleted in found if not deleted]

    def _open_draft(self, ref: DraftRef) -> int | None:
        """The UID of that version, with its folder open; None where it does not lie there."""
        for folder in self._folders().at(Place.DRAFTS):
            if (uid := drafts.is_there(self._line, self._line.examine(folder.name), ref)) is not None:
                return uid
        return None

    def _draft_ref(self, opened: Opened, uid: int) -> DraftRef:
        key = str(Key(opened.validity, uid))
        return DraftRef(self.account, key, key)
