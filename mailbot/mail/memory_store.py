"""What a memory mailbox holds, and what the server and the person do to it.

A mailbox in memory has no other program beside it, so the hands of the person (edit, send, delete, move) are part of
it. The store outlives its mailboxes: another `MemoryMailbox` over the same store is the same account after a restart.
Numbers are given like IMAP's UIDs: rising, never twice, and a new one for every edit and every move.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain, takewhile
from threading import Condition

from mailbot.errors import Bug
from mailbot.mail.header_block import message_id_of
from mailbot.mail.port import Place


@dataclass(frozen=True, slots=True)
class Stored:
    """One copy of one mail."""

    number: int
    place: Place
    raw: bytes
    arrived: datetime | None
    draft: bool
    thread: str | None
    message_id: str


class MemoryStore:
    """One account's mail. Safe between threads.

    `reachable`: cleared, every mailbox over this store raises Transient. `drafts_folder`: cleared, there is no place
    for drafts. `validity` changes when the server numbers everything anew (`renumber`)."""

    def __init__(self) -> None:
        self.reachable = True
        self.drafts_folder = True
        self.validity = 1
        self.next_number = 1
        self.revision = 0  # counts the changes
        self.changed = Condition()
        self._stored: dict[int, Stored] = {}
        self._lying: dict[Place, dict[int, Stored]] = {place: {} for place in Place}
        self._named: dict[str, dict[int, Stored]] = {}

    def mails(self, *places: Place) -> tuple[Stored, ...]:
        """What lies in these places (all, if none is named), oldest first."""
        with self.changed:
            found = (self._lying[place].values() for place in places or Place)
            return tuple(sorted(chain.from_iterable(found), key=lambda each: each.number))

    def named(self, message_ids: Iterable[str]) -> tuple[Stored, ...]:
        """Every copy that bears one of these Message-IDs, oldest first."""
        with self.changed:
            found = (self._named.get(one, {}).values() for one in frozenset(message_ids))
            return tuple(sorted(chain.from_iterable(found), key=lambda each: each.number))

    def since(self, number: int) -> tuple[Stored, ...]:
        """What has come to lie anywhere from that number on, oldest first."""
        with self.changed:
            newest_first = takewhile(lambda each: each.number >= number, reversed(self._stored.values()))
            return tuple(newest_first)[::-1]

    def count(self) -> int:
        """How many copies lie anywhere."""
        return len(self._stored)

    def mail(self, number: int) -> Stored | None:
        with self.changed:
            return self._stored.get(number)

    def deliver(
        self,
        raw: bytes,
        place: Place = Place.INBOX,
        *,
        arrived: datetime | None = None,
        draft: bool = False,
        thread: str | None = None,
    ) -> Stored:
        """A mail comes to lie in `place`; in Drafts it is a draft, elsewhere only where `draft` says so."""
        with self.changed:
            draft = draft or place is Place.DRAFTS
            stored = Stored(self.next_number, place, raw, arrived, draft, thread, message_id_of(raw))
            self._add(stored)
            self.next_number += 1
            self._note()
            return stored

    def edit_draft(self, message_id: str, raw: bytes) -> Stored:
        """The person saves the draft with other bytes."""
        with self.changed:
            old = self._take(message_id, Place.DRAFTS)
            return self.deliver(raw, Place.DRAFTS, arrived=old.arrived, thread=old.thread)

    def send_draft(self, message_id: str, *, sent_as: str | None = None) -> Stored:
        """The person sends the draft: it lies in Sent, with the Message-ID `sent_as` where their program gives it
        another one."""
        with self.changed:
            old = self._take(message_id, Place.DRAFTS)
            new = message_id if sent_as is None else sent_as
            raw = old.raw.replace(message_id.encode(), new.encode(), 1)
            return self.deliver(raw, Place.SENT, arrived=old.arrived, thread=old.thread)

    def delete_draft(self, message_id: str) -> Stored:
        """The person deletes the draft: it lies in Trash."""
        return self.move(message_id, Place.DRAFTS, Place.TRASH)

    def move(self, message_id: str, source: Place, target: Place) -> Stored:
        """The mail goes from one place to another and keeps its draft flag."""
        with self.changed:
            return self._put(self._take(message_id, source), target)

    def take_back(self, number: int, target: Place | None) -> bool:
        """Move exactly that copy to `target`, or remove it for good; False where it no longer lies anywhere."""
        with self.changed:
            stored = self._remove(number)
            if stored is not None and target is not None:
                self._put(stored, target)
            self._note()
            return stored is not None

    def expunge(self, message_id: str, place: Place) -> None:
        """Every copy of the mail in that place is gone for good."""
        with self.changed:
            for each in self.mails(place):
                if each.message_id == message_id:
                    self._remove(each.number)
            self._note()

    def clear(self) -> None:
        """All mail is suddenly gone."""
        with self.changed:
            self._hold(())
            self._note()

    def renumber(self) -> None:
        """The server numbers everything anew (RFC 3501 section 2.3.1.1): no reference and no cursor holds any more."""
        with self.changed:
            kept = [replace(each, number=number) for number, each in enumerate(self._stored.values(), start=1)]
            self._hold(kept)
            self.next_number = len(kept) + 1
            self.validity += 1
            self._note()

    def _put(self, stored: Stored, target: Place) -> Stored:
        return self.deliver(stored.raw, target, arrived=stored.arrived, draft=stored.draft, thread=stored.thread)

    def _take(self, message_id: str, place: Place) -> Stored:
        for each in reversed(self.mails(place)):
            if each.message_id == message_id:
                self._remove(each.number)
                return each
        raise Bug(f"No mail {message_id} lies in {place.value} of this memory mailbox.")

    def _hold(self, mails: Iterable[Stored]) -> None:
        """These and nothing else."""
        self._stored, self._lying, self._named = {}, {place: {} for place in Place}, {}
        for each in mails:
            self._add(each)

    def _add(self, stored: Stored) -> None:
        self._stored[stored.number] = self._lying[stored.place][stored.number] = stored
        self._named.setdefault(stored.message_id, {})[stored.number] = stored

    def _remove(self, number: int) -> Stored | None:
        stored = self._stored.pop(number, None)
        if stored is not None:
            del self._lying[stored.place][number], self._named[stored.message_id][number]
        return stored

    def _note(self) -> None:
        self.revision += 1
        self.changed.notify_all()
