"""Asking a mailbox what became of one draft. Nothing is changed here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from mailbot.drafting.drafts import DraftBook, DraftRecord, DraftStatus
from mailbot.drafting.fingerprint import fingerprint
from mailbot.drafting.purpose import Purpose, purpose_kept
from mailbot.mail.port import DraftRef, Found, Mailbox, Place
from mailbot.reading.statements import Reading


@dataclass(frozen=True, slots=True)
class Copies:
    """Where mails with the Message-IDs of one follow-up lie: in Drafts (oldest first), how many in Sent and Trash."""

    drafts: tuple[DraftRef, ...]
    sent: int
    trash: int


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a draft, and why we think so; `ref` the version that lies in Drafts now."""

    status: DraftStatus
    why: str
    ref: DraftRef | None = None


def copies_of(found: Iterable[Found], message_ids: Iterable[str]) -> Copies:
    """Those of the mails found that bear one of these Message-IDs."""
    wanted = frozenset(message_ids)
    mine = [one for one in found if one.message_id in wanted]
    drafts = tuple(one.draft for one in mine if one.draft is not None)
    places = [one.ref.place for one in mine]
    return Copies(drafts, places.count(Place.SENT), places.count(Place.TRASH))


class Look:
    """Looks after drafts of ours in one mailbox, on a fresh connection: what was asked before a doubt may have been
    answered from before it. `sent` are readings of the person's sent mail."""

    def __init__(self, book: DraftBook, mailbox: Mailbox, sent: Sequence[Reading], now: datetime) -> None:
        self._book = book
        self._mailbox = mailbox
        self._sent = sent
        self._now = now

    def fate(self, record: DraftRecord) -> Fate | None:
        """What became of a draft whose version is not in Drafts, or of one that may never have arrived. None where
        there is no sign of it: looked for twice."""
        return self._fate(record) or self._fate(record)

    def _fate(self, record: DraftRecord) -> Fate | None:
        self._mailbox.close()
        copies = copies_of(self._mailbox.find_by_message_id((record.message_id,)), (record.message_id,))
        later = self._mailbox.find_drafts(record.message_id, record.snapshot)
        lying = tuple(dict.fromkeys((*copies.drafts, *later)))
        if lying:
            return self._lies(record, lying)
        if copies.sent or self.was_sent(record):
            return Fate(DraftStatus.SENT, "It was sent.")
        if other := self.draft_like(purpose_kept(record)):
            return Fate(DraftStatus.EDITED, "It was edited, and lies there under another Message-ID.", other)
        if copies.trash > self.trashed((record.message_id,)):
            return Fate(DraftStatus.DISMISSED, "It was deleted.")
        return None

    def _lies(self, record: DraftRecord, lying: tuple[DraftRef, ...]) -> Fate:
        if record.status is DraftStatus.INTENDED:
            wanted = fingerprint(record.raw)
            for ref in lying:
                if self.means(ref, wanted):
                    return Fate(DraftStatus.PLACED, "It lies there.", ref)
        return Fate(DraftStatus.EDITED, "It was edited.", lying[0])

    def means(self, ref: DraftRef, wanted: str) -> bool:
        """Whether that version lies there and has this fingerprint."""
        raw = self._mailbox.read_draft(ref)
        return raw is not None and fingerprint(raw) == wanted

    def was_sent(self, record: DraftRecord) -> bool:
        """Whether one of the sent mails is this draft."""
        purpose = purpose_kept(record)
        return any(one.message_id == record.message_id or purpose.sent_as(one) for one in self._sent)

    def draft_like(self, purpose: Purpose) -> DraftRef | None:
        """A draft for the same purpose that is none of those in the book."""
        records = self._book.all_drafts()
        ours = {record.ref for record in records}
        ids = {record.message_id for record in records}
        known = {one.draft for one in self._mailbox.find_by_message_id(ids)} if ids else set()
        for ref in self._mailbox.drafts():
            if ref in ours or ref in known:
                continue
            raw = self._mailbox.read_draft(ref)
            if raw is not None and purpose.drafted_in(raw, self._now):
                return ref
        return None

    def trashed(self, message_ids: Iterable[str]) -> int:
        """How many copies with these Message-IDs we have put into this account's Trash ourselves."""
        wanted = frozenset(message_ids)
        mine = (one for one in self._book.all_drafts() if one.account == self._mailbox.account)
        return sum(one.trashed for one in mine if one.message_id in wanted)
