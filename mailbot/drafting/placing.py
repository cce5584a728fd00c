"""A draft's life in the mailbox: before, placing, after, withdrawal, recomposing, recovery.

The intent is committed before the mailbox is touched; there is one attempt; after any doubt the mailbox is asked
before the same bytes are tried again. What the person touched is theirs.

What no mail protocol can tell: whether a draft that was to come, or to go, in the very moment of a crash was instead
deleted by the person for good before we looked again. It then counts as our own doing: its letter is placed, once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from mailbot.drafting.acts import OVERTAKEN, Acts, after
from mailbot.drafting.changes import Blocked, Doubt, DraftChange, Placed, unchanged
from mailbot.drafting.drafts import DraftBook, DraftRecord, DraftStatus
from mailbot.drafting.fingerprint import fingerprint
from mailbot.drafting.identity import message_ids
from mailbot.drafting.letter import Letter
from mailbot.drafting.looking import Fate, Look
from mailbot.drafting.purpose import Purpose, purpose_of
from mailbot.drafting.settling import Settling
from mailbot.errors import ActionNeeded, ProtocolBroken, Transient
from mailbot.etiquette.follow_up import Identity
from mailbot.mail.port import Capability, Found, Mailbox, Place
from mailbot.reading.statements import Reading

__all__ = ["Blocked", "Doubt", "DraftChange", "Placed", "Placing"]

T = TypeVar("T")


def always(identity: Identity) -> bool:  # noqa: ARG001 - whichever it is
    """Every follow-up is still wanted."""
    return True


class Placing:
    """The only writer of drafts. `mailboxes` by account; `key` makes the Message-IDs; `domains` are those of the
    person's addresses, under which a letter may have been placed before."""

    def __init__(
        self, book: DraftBook, mailboxes: Mapping[str, Mailbox], key: bytes, domains: Iterable[str] = ()
    ) -> None:
        self._book = book
        self._acts = Acts(book, mailboxes)
        self._key = key
        self._domains = frozenset(domains)

    def settle(
        self,
        account: str,
        now: datetime,
        sent: Sequence[Reading] = (),
        still_wanted: Callable[[Identity], bool] = always,
    ) -> tuple[DraftChange, ...]:
        """Once a step, before anything is placed: `recover`, then what the person did with each draft that lies in
        this account. `sent` are readings of their sent mail, of every account. Raises what the mailbox raises; what
        was settled before that is in the book."""
        settling = Settling(self._acts, account, now, sent)
        return (*settling.recover(still_wanted), *settling.settle())

    def recover(
        self,
        account: str,
        now: datetime,
        sent: Sequence[Reading] = (),
        still_wanted: Callable[[Identity], bool] = always,
    ) -> tuple[DraftChange, ...]:
        """End every doubt of this account: withdrawals begun are finished; an intent whose letter lies there is
        placed, one that never arrived is tried again with the same bytes, or ended if it is not wanted any more."""
        return tuple(Settling(self._acts, account, now, sent).recover(still_wanted))

    def place(
        self,
        letter: Letter,
        *,
        application: str,
        account: str,
        thread: str | None,
        reason: str,
        now: datetime,
        since: datetime,
        sent: Sequence[Reading] = (),
    ) -> Placed | Blocked | Doubt:
        """Look whether it was done already, in every mailbox that answers; if not, one draft in `account`. `thread`
        is the provider's thread id; `since` the moment of the occasion: what the person drafted or sent after it
        counts. `sent` are readings of the person's sent mail of this application. Raises what the account's mailbox
        raises while it is only asked."""
        known = self._book.draft_for(letter.follow_up.identity)
        if known is not None and known.status is not DraftStatus.WITHDRAWN:
            return Blocked(f"There is a draft of it already: {known.status}.", known)
        record = _record(letter, application, account, thread, reason, now)
        done = self._lies_already(record, letter) or self._done_by_hand(record, purpose_of(letter, thread, since), sent)
        if done:
            return Blocked(done.end_reason, self._book.intend(done))
        snapshot = self._acts.mailbox(account).snapshot()
        return self._acts.place(self._book.intend(replace(record, snapshot=snapshot)), now)

    def recognise(
        self, letter: Letter, *, application: str, account: str, thread: str | None, reason: str, now: datetime
    ) -> DraftRecord | None:
        """A copy of this letter in Drafts, Sent or Trash that a lost ledger knew: it is kept as the person's. None
        where there is none. Raises what the account's mailbox raises."""
        done = self._lies_already(_record(letter, application, account, thread, reason, now), letter)
        return self._book.intend(done) if done else None

    def _lies_already(self, record: DraftRecord, letter: Letter) -> DraftRecord | None:
        """A copy in Drafts, Sent or Trash that no record knows, under any Message-ID that the follow-up can have: it
        counts as the person's."""
        domains = self._domains | {letter.sender.domain}
        ids = {one for domain in domains for one in message_ids(self._key, record.identity, domain)}
        ids.add(letter.message_id)
        for mailbox, found in self._asked(record.account, lambda one: one.find_by_message_id(ids)):
            ours = Look(self._book, mailbox, (), record.intended_at).trashed(ids)
            trash = [one for one in found if one.ref.place is Place.TRASH]
            theirs = [one for one in found if one not in trash] + trash[ours:]
            if theirs:
                known = replace(record, account=mailbox.account, message_id=theirs[0].message_id)
                return after(known, _fate_of(theirs[0]), record.intended_at)
        return None

    def _done_by_hand(self, record: DraftRecord, purpose: Purpose, sent: Sequence[Reading]) -> DraftRecord | None:
        """Mail that the person sent, or has drafted, that does what this letter would do; our own letters do not
        count."""
        now = record.intended_at
        ours = {one.message_id for one in self._book.all_drafts()}
        if any(purpose.done_by(one) for one in sent if one.message_id not in ours):
            return after(record, Fate(DraftStatus.SETTLED, "You wrote to them yourself."), now)
        looks = self._asked(record.account, lambda one: Look(self._book, one, (), now).draft_like(purpose))
        if any(found for _, found in looks):
            return after(record, Fate(DraftStatus.SETTLED, "You have a draft to them of your own."), now)
        return None

    def _asked(self, account: str, question: Callable[[Mailbox], T]) -> Iterator[tuple[Mailbox, T]]:
        """Every mailbox with its answer. One that does not answer, and is not the one in which the draft belongs,
        stops nothing: its own step says what is wrong with it."""
        for mailbox in self._acts.mailboxes.values():
            try:
                answer = question(mailbox)
            except (Transient, ProtocolBroken, ActionNeeded):
                if mailbox.account == account:
                    raise
                continue
            yield mailbox, answer

    def withdraw(self, record: DraftRecord, reason: str, now: datetime) -> DraftChange:
        """Take a draft back that is still exactly ours; one that is not, or that the server cannot take back, is
        OBSOLETE: left alone. What is in doubt stays as it is: `recover` ends it. Raises what the mailbox raises while
        it is only asked."""
        if record.in_doubt:
            return unchanged(record, "Whether it lies there is not known yet.")
        if record.status is DraftStatus.EDITED:
            return self._acts.end(record, Fate(DraftStatus.OBSOLETE, f"{reason} You edited it: it is yours."), now)
        if not self._can_take_back(record):
            why = f"{reason} This server cannot take it back: please delete it."
            return self._acts.end(record, Fate(DraftStatus.OBSOLETE, why), now)
        change = self._acts.no_longer_ours(record, now)
        if change is None:
            return self._acts.take_back(self._acts.write(replace(record, withdrawing=True, end_reason=reason)), now)
        if change.at is DraftStatus.EDITED:
            return replace(self.withdraw(change.record, reason, now), was=record.status)
        return change

    def recompose(self, record: DraftRecord, letter: Letter, now: datetime) -> Placed | Blocked | Doubt:
        """Put `letter` in the place of an unedited draft of the same follow-up; nothing happens where both mean the
        same. Never two at any moment, and never none for good. It counts as lying there since the first was placed."""
        if record.status is not DraftStatus.PLACED or record.withdrawing:
            return Blocked("Only an unedited draft is composed anew.")
        if fingerprint(letter.raw) == record.fingerprint:
            return Placed(record)
        if not self._can_take_back(record):
            return Blocked("This server cannot take the earlier draft back.")
        if change := self._acts.no_longer_ours(record, now):
            return Blocked(change.why, change.record)
        new = replace(
            record, identity=letter.follow_up.identity, message_id=letter.message_id, status=DraftStatus.INTENDED,
            subject=letter.subject, body=letter.body, raw=letter.raw, ref=None, fingerprint="", intended_at=now,
            snapshot=self._acts.mailbox(record.account).snapshot(), attempts=1, replaces=record.id, trashed=0,
        )  # fmt: skip
        with self._book.transaction():
            old = self._acts.write(replace(record, withdrawing=True, end_reason="It was composed anew."))
            new = self._book.intend(new)
        change = self._acts.take_back(old, now)
        if change.at is DraftStatus.WITHDRAWN:
            return self._acts.place(new, now)
        if change.record.withdrawing:
            return Doubt(change.why, new)
        return Blocked(change.why, self._acts.end(new, OVERTAKEN, now).record)

    def _can_take_back(self, record: DraftRecord) -> bool:
        return Capability.WITHDRAW in self._acts.mailbox(record.account).capabilities


def _record(
    letter: Letter, application: str, account: str, thread: str | None, reason: str, now: datetime
) -> DraftRecord:
    """The intent to place this letter, before the mailbox was looked at."""
    return DraftRecord(
        id=0, identity=letter.follow_up.identity, application=application, account=account,
        message_id=letter.message_id, status=DraftStatus.INTENDED, subject=letter.subject, body=letter.body,
        raw=letter.raw, snapshot="", ref=None, fingerprint="", reason=reason, intended_at=now, attempts=1,
        thread=thread,
    )  # fmt: skip


def _fate_of(found: Found) -> Fate:
    """What a copy means that no record knows."""
    if found.draft is not None:
        return Fate(DraftStatus.EDITED, "A draft of it lies there already.", found.draft)
    if found.ref.place is Place.SENT:
        return Fate(DraftStatus.SENT, "It was sent already.")
    return Fate(DraftStatus.DISMISSED, "It was deleted already.")
