"""The acts on a mailbox, each with its place in the protocol: what the book must say before, what it says after.

A caller commits the intent; an act asks the mailbox once; whatever it answers is committed. An act that is cut leaves
the intent in the book, and recovery goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from mailbot.drafting.changes import Doubt, DraftChange, Placed, unchanged
from mailbot.drafting.drafts import ENDED, DraftBook, DraftRecord, DraftStatus
from mailbot.drafting.fingerprint import fingerprint
from mailbot.drafting.looking import Fate, Look
from mailbot.errors import ActionNeeded, ProtocolBroken, Transient
from mailbot.mail.port import Capability, Mailbox

GONE = Fate(DraftStatus.GONE, "It is no longer there; whether it was sent or deleted cannot be told.")
OVERTAKEN = Fate(DraftStatus.SETTLED, "You have the earlier version of it in hand.")


class Acts:
    """The only hand that writes drafts. `mailboxes` by account."""

    def __init__(self, book: DraftBook, mailboxes: Mapping[str, Mailbox]) -> None:
        self.book = book
        self.mailboxes = mailboxes

    def mailbox(self, account: str) -> Mailbox:
        """Raises ActionNeeded for an account that is no longer configured."""
        if account not in self.mailboxes:
            raise ActionNeeded(f"There is no account '{account}' any more.", mend="Add it to the configuration again.")
        return self.mailboxes[account]

    def place(self, record: DraftRecord, now: datetime) -> Placed | Doubt:
        """One attempt at a letter whose intent is in the book; what the mailbox gives back decides whether it is what
        was meant."""
        mailbox = self.mailbox(record.account)
        try:
            ref = mailbox.place_draft(record.raw, record.snapshot, thread=record.thread)
            back = mailbox.read_draft(ref)
        except (Transient, ProtocolBroken, ActionNeeded) as trouble:
            return Doubt(str(trouble), record)
        if back is None:
            return Doubt("It was changed in the moment in which it came.", record)
        meaning = fingerprint(back)
        status = DraftStatus.PLACED if meaning == fingerprint(record.raw) else DraftStatus.EDITED
        placed = record.placed_at or now
        return Placed(self.write(replace(record, status=status, ref=ref, fingerprint=meaning, placed_at=placed)))

    def take_back(
        self, record: DraftRecord, now: datetime, left: Callable[[DraftRecord], DraftChange] | None = None
    ) -> DraftChange:
        """One attempt at a withdrawal that is in the book (`withdrawing`), of exactly the version there. `left` says
        what it means that it is no longer there, where that is no riddle."""
        if record.ref is None:
            return unchanged(record, "It is not known which draft it is.")
        mailbox = self.mailbox(record.account)
        try:
            done = mailbox.withdraw_draft(record.ref)
        except Transient as trouble:
            return unchanged(record, str(trouble))
        if done:
            return self.end(in_trash(record, mailbox), Fate(DraftStatus.WITHDRAWN, record.end_reason), now)
        return left(record) if left else self.vanished(record, now)

    def no_longer_ours(self, record: DraftRecord, now: datetime) -> DraftChange | None:
        """None where this very version lies there and means what was placed; else what became of it."""
        raw = self.mailbox(record.account).read_draft(record.ref) if record.ref else None
        if raw is None:
            return self.vanished(record, now)
        if fingerprint(raw) != record.fingerprint:
            return self.end(record, Fate(DraftStatus.EDITED, "It was edited."), now)
        return None

    def vanished(self, record: DraftRecord, now: datetime, look: Look | None = None) -> DraftChange:
        """The version in the book is no longer in Drafts: look what became of it."""
        look = look or Look(self.book, self.mailbox(record.account), (), now)
        return self.end(record, look.fate(record) or GONE, now)

    def end(self, record: DraftRecord, fate: Fate, now: datetime) -> DraftChange:
        """Commit what became of a draft."""
        return DraftChange(self.write(after(record, fate, now)), record.status, fate.status, fate.why)

    def write(self, record: DraftRecord) -> DraftRecord:
        """Commit the record as it is now."""
        self.book.update(record)
        return record


def in_trash(record: DraftRecord, mailbox: Mailbox, copies: int = 1) -> DraftRecord:
    """The record once we took copies of it back: they lie in Trash where the mailbox keeps them."""
    kept = copies if Capability.RECOVERABLE in mailbox.capabilities else 0
    return replace(record, trashed=record.trashed + kept)


def after(record: DraftRecord, fate: Fate, now: datetime) -> DraftRecord:
    """The record once its fate is known."""
    placed = record.placed_at or (now if fate.status is DraftStatus.PLACED else None)
    return replace(
        record, status=fate.status, ref=fate.ref or record.ref, placed_at=placed, end_reason=fate.why,
        ended_at=now if fate.status in ENDED else None, withdrawing=False,
    )  # fmt: skip
