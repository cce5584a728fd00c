"""After a draft was placed: what the person did with it, and the end of every doubt that a crash or a cut left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from mailbot.drafting.acts import OVERTAKEN, Acts, in_trash
from mailbot.drafting.changes import Doubt, DraftChange, unchanged
from mailbot.drafting.drafts import DraftRecord, DraftStatus
from mailbot.drafting.fingerprint import fingerprint
from mailbot.drafting.looking import Fate, Look, copies_of
from mailbot.etiquette.follow_up import Identity
from mailbot.mail.port import Capability, DraftPresence, DraftRef, Found, Mailbox
from mailbot.reading.statements import Reading

# For how long the sent mail of a draft that is gone may still turn up.
TURNS_UP = timedelta(days=7)


class Settling:
    """One look after the drafts of one account, at `now`."""

    def __init__(self, acts: Acts, account: str, now: datetime, sent: Sequence[Reading]) -> None:
        self._acts = acts
        self._account = account
        self._mailbox: Mailbox = acts.mailbox(account)
        self._now = now
        self._look = Look(acts.book, self._mailbox, sent, now)

    # Recovery

    def recover(self, still_wanted: Callable[[Identity], bool]) -> list[DraftChange]:
        """End every doubt, oldest first: what a draft is replaced by waits for it."""
        return [
            self._finish(one) if one.withdrawing else self._resolve(one, still_wanted)
            for one in self._open()
            if one.in_doubt
        ]

    def _finish(self, record: DraftRecord) -> DraftChange:
        """A withdrawal that was begun. A server may carry it out late, when it was just found undone."""
        self._mailbox.close()
        if record.ref and self._look.means(record.ref, record.fingerprint):
            return self._acts.take_back(record, self._now, self._left_drafts)
        return self._left_drafts(record)

    def _left_drafts(self, record: DraftRecord) -> DraftChange:
        """What has left Drafts without another trace was taken back by us."""
        fate = self._look.fate(record)
        if fate is None or fate.status is DraftStatus.DISMISSED:
            record = record if fate is None else in_trash(record, self._mailbox)
            fate = Fate(DraftStatus.WITHDRAWN, record.end_reason)
        return self._acts.end(record, fate, self._now)

    def _resolve(self, record: DraftRecord, still_wanted: Callable[[Identity], bool]) -> DraftChange:
        """An intent of which nobody knows whether it was carried out."""
        earlier = [one for one in self._acts.book.all_drafts() if one.id == record.replaces]
        if any(one.withdrawing for one in earlier):
            return unchanged(record, "The draft that it replaces is not yet taken back.")
        if any(one.status is not DraftStatus.WITHDRAWN for one in earlier):
            return self._acts.end(record, OVERTAKEN, self._now)
        if fate := self._look.fate(record):
            return self._acts.end(replace(record, fingerprint=fingerprint(record.raw)), fate, self._now)
        if not still_wanted(record.identity):
            fate = Fate(DraftStatus.WITHDRAWN, "It never arrived, and is not due any more.")
            return self._acts.end(record, fate, self._now)
        again = self._acts.place(self._acts.write(replace(record, attempts=record.attempts + 1)), self._now)
        if isinstance(again, Doubt):
            return unchanged(again.record, again.why)
        return DraftChange(again.record, record.status, again.record.status, "It had not arrived: it was placed now.")

    # After

    def settle(self) -> list[DraftChange]:
        """What the person did with each draft that lies there: one question to the mailbox for all of them, and more
        only for those that are not where they were."""
        lying = [one for one in self._open() if not one.in_doubt]
        found: defaultdict[str, list[Found]] = defaultdict(list)
        for one in self._mailbox.find_by_message_id([one.message_id for one in lying]) if lying else ():
            found[one.message_id].append(one)
        changes: list[DraftChange] = []
        for record in lying:
            drafts = copies_of(found[record.message_id], (record.message_id,)).drafts
            if record.ref in drafts:
                changes += self._without_surplus(record, drafts)
            elif record.ref is None or self._mailbox.draft_state(record.ref) is DraftPresence.ABSENT:
                changes.append(self._acts.vanished(record, self._now, self._look))
        return changes + self._turned_up()

    def _without_surplus(self, record: DraftRecord, drafts: tuple[DraftRef, ...]) -> list[DraftChange]:
        """Of several copies keep the one that the person edited, else the oldest, and take the other unedited ones
        back; where the server cannot, they stay."""
        if len(drafts) < 2 or Capability.WITHDRAW not in self._mailbox.capabilities:
            return []
        unedited = [one for one in drafts if self._look.means(one, record.fingerprint)]
        edited = [one for one in drafts if one not in unedited]
        kept = (edited or unedited)[0]
        surplus = [one for one in unedited if one != kept]
        if not surplus:
            return []
        status = DraftStatus.EDITED if edited else record.status
        kept_record = in_trash(replace(record, status=status, ref=kept), self._mailbox, len(surplus))
        self._acts.write(kept_record)
        for copy in surplus:
            self._mailbox.withdraw_draft(copy)
        return [DraftChange(kept_record, record.status, status, "It lay there more than once; one copy was kept.")]

    def _turned_up(self) -> list[DraftChange]:
        """Drafts that were gone, and whose sent mail has come to light."""
        gone = [
            one
            for one in self._acts.book.all_drafts()
            if one.status is DraftStatus.GONE and one.account == self._account
            and one.ended_at and self._now - one.ended_at < TURNS_UP
        ]  # fmt: skip
        return [
            self._acts.end(one, Fate(DraftStatus.SENT, "It was sent."), self._now)
            for one in gone
            if self._look.was_sent(one)
        ]

    def _open(self) -> list[DraftRecord]:
        return [one for one in self._acts.book.open_drafts() if one.account == self._account]
