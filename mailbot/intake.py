"""From a mailbox into the ledger: what is new is looked at, read if it may matter, and committed, batch by batch.

The headers are fetched first. What cannot matter by them (reading/first_look.py) and belongs to nothing known is set
aside and never fetched; it is read whole once something known calls it back (`read_again`). Of what the provider holds
for junk nothing else is ever read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from itertools import islice

from mailbot.errors import Transient, Unreadable
from mailbot.mail.port import Mailbox, MessageRef, Place, RawMessage
from mailbot.reading.statements import Reader, Reading
from mailbot.store.ledger import Ledger

# How many mails are read before they are committed: an interrupted first scan goes on from the last such batch.
BATCH = 200

# How one stored mail, or its headers, becomes a Reading (reading/stored.py). Raises Unreadable.
ReadMail = Callable[[RawMessage, Reader], Reading | None]
# Told how many mails of how many that are new were looked at, in one account.
Progress = Callable[[int, int], None]
# Whether a mail belongs to something known.
Calls = Callable[[Reading], bool]


class Intake:
    """Reads mailboxes for one person into a ledger. `read_mail` reads one mail: here, or in a process apart; what
    `calls` names is never set aside by its headers. `progress` is told after every batch."""

    def __init__(
        self,
        ledger: Ledger,
        reader: Reader,
        since: datetime | None,
        read_mail: ReadMail,
        calls: Calls,
        progress: Progress | None = None,
    ) -> None:
        self._ledger = ledger
        self._reader = reader
        self._since = since
        self._read_mail = read_mail
        self._calls = calls
        self._progress = progress or (lambda _done, _all: None)

    def fetch(self, mailbox: Mailbox, now: datetime) -> Iterator[list[Reading]]:
        """Read everything that is new in one account, then commit how far; what was read, batch by batch as each is
        committed. Raises what the mailbox and the ledger raise, and Transient for a mailbox that looks wrong."""
        state = self._ledger.account(mailbox.account)
        cursor = state.cursor
        while True:
            changes = mailbox.changes_since(cursor, since=self._since)
            if changes.suspicious:
                raise Transient(changes.suspicious, mend="Nothing is placed until this is clear.")
            new = self._ledger.unknown(mailbox.account, changes.appeared)
            refs = [one for one in new if one.place is not Place.DRAFTS]
            heads = iter(mailbox.headers(refs))  # of all at once: the next are on their way while mails are read
            for start in range(0, len(refs), BATCH):
                yield self._read_new(mailbox, islice(heads, BATCH), now)
                self._progress(min(start + BATCH, len(refs)), len(refs))
            if changes.cursor != cursor:
                self._ledger.save_cursor(mailbox.account, changes.cursor)
            cursor = changes.cursor
            if not changes.more:
                break
        if state.first_scan_done is None:
            self._ledger.finish_first_scan(mailbox.account, now)

    def read_again(self, mailbox: Mailbox, message_ids: Iterable[str], now: datetime) -> tuple[Reading, ...]:
        """Read whole those of these mails that lie in this account. Raises what the mailbox and the ledger raise."""
        places = (self._ledger.where(one) for one in message_ids)
        refs = [ref for found in places for ref in found if ref.account == mailbox.account]
        return tuple(self._read_whole(mailbox, refs, now, known=True))

    def read_anew(
        self, mailbox: Mailbox, message_ids: Iterable[str], zones: Mapping[str, str]
    ) -> list[tuple[MessageRef, Reading]]:
        """These mails read once more, and nothing kept of it yet: those in `zones` whole and in the zone they were read
        in, the others first by their headers. One that is gone, or cannot be read, is left out. Raises what the mailbox
        raises, and what reading apart raises."""
        places = [(one, self._ledger.where(one)) for one in message_ids]
        refs = {ref: one for one, found in places for ref in found[:1] if ref.account == mailbox.account}
        heads = mailbox.headers(ref for ref, one in refs.items() if one not in zones)
        found: list[tuple[MessageRef, Reading]] = []
        for head in heads:
            with suppress(Unreadable):
                if glimpse := self._glimpse(head):
                    found.append((head.ref, glimpse))
        aside = {ref for ref, _ in found}
        for raw in mailbox.fetch(ref for ref in refs if ref not in aside):
            reader = replace(self._reader, zone=zones.get(refs[raw.ref], self._reader.zone))
            with suppress(Unreadable):
                if reading := self._read_mail(replace(raw, known=True), reader):
                    found.append((raw.ref, reading))
        return found

    def _read_new(self, mailbox: Mailbox, heads: Iterable[RawMessage], now: datetime) -> list[Reading]:
        aside: list[tuple[MessageRef, Reading]] = []
        rest: list[MessageRef] = []
        for head in heads:
            if head.draft:
                continue
            try:
                glimpse = self._glimpse(head)
            except Unreadable:
                if head.ref.place is Place.JUNK:
                    continue  # nothing known calls it
                glimpse = None  # the whole mail says better what is wrong with it
            if glimpse:
                aside.append((head.ref, glimpse))
            else:
                rest.append(head.ref)
        return self._read_whole(mailbox, rest, now, beside=aside)

    def _glimpse(self, head: RawMessage) -> Reading | None:
        """What sets a mail aside by its headers; None where it is to be read whole. Raises Unreadable."""
        reading = self._read_mail(head, self._reader)
        return None if reading is None or self._calls(reading) else reading

    def _read_whole(
        self,
        mailbox: Mailbox,
        refs: Iterable[MessageRef],
        now: datetime,
        *,
        known: bool = False,
        beside: Iterable[tuple[MessageRef, Reading]] = (),
    ) -> list[Reading]:
        """These mails read and committed, in one transaction with what was read `beside` them."""
        readings = list(beside)
        for raw in mailbox.fetch(refs):
            if raw.draft:
                continue
            try:
                if reading := self._read(raw, known=known):
                    readings.append((raw.ref, reading))
            except Unreadable as error:
                self._ledger.quarantine(raw.ref, str(error), now)
        self._ledger.add_readings(mailbox.account, readings)
        return [reading for _, reading in readings]

    def _read(self, raw: RawMessage, *, known: bool) -> Reading | None:
        """One mail, to its end only if it shows something of hiring or belongs to something known."""
        reading = self._read_mail(replace(raw, known=known), self._reader)
        if reading and not reading.whole and self._calls(reading):
            return self._read_mail(replace(raw, known=True), self._reader)
        return reading
