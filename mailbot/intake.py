"""From a mailbox into the ledger: what is new is looked at, read if it may matter, and committed, batch by batch.

The headers are fetched first. What cannot matter by them (reading/first_look.py) and belongs to nothing known is set
aside and never fetched; it is read whole once something known calls it back (`read_again`). Of what the provider holds
for junk nothing else is ever read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby

from mailbot.errors import Transient, Unreadable
from mailbot.mail.port import Mailbox, MessageRef, Place, RawMessage
from mailbot.reading.statements import Reader, Reading
from mailbot.scanning import Calls, Picked, Scan
from mailbot.store.ledger import Ledger

# How many mails are read before they are committed: an interrupted first scan goes on from the last such batch. That is
# a second or two of reading; each commit waits for the disk several times.
BATCH = 500

# How stored mails, or their headers, become Readings (reading/stored.py): each mail with its own, in order. At a None
# among the mails all before it are answered before the next is taken.
ReadMails = Callable[[Iterable[RawMessage | None], Reader], Iterator[tuple[RawMessage, Reading | Unreadable | None]]]
# Told how many mails of how many that are new were looked at, in one account.
Progress = Callable[[int, int], None]


def one_by_one(read: Callable[[RawMessage, Reader], Reading | None]) -> ReadMails:
    """Mails read by what reads one of them, or raises Unreadable."""

    def answer(raw: RawMessage, reader: Reader) -> Reading | Unreadable | None:
        try:
            return read(raw, reader)
        except Unreadable as error:
            return error

    return lambda raws, reader: ((raw, answer(raw, reader)) for raw in raws if raw is not None)


class Intake:
    """Reads mailboxes for one person into a ledger. `read_mails` reads: here, or in a process apart; what `calls` names
    is never set aside by its headers. `progress` is told after every batch."""

    def __init__(
        self,
        ledger: Ledger,
        reader: Reader,
        since: datetime | None,
        read_mails: ReadMails,
        calls: Calls,
        progress: Progress | None = None,
    ) -> None:
        self._ledger = ledger
        self._reader = reader
        self._since = since
        self._read_mails = read_mails
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
            yield from self._scan(mailbox, self._new(mailbox.account, changes.appeared), now)
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
        whole = (replace(one, known=True) for one in mailbox.fetch(refs) if not one.draft)
        found = [one for raw, read in self._read_mails(whole, self._reader) for one in self._kept(raw, read, now)]
        return tuple(self._commit(mailbox, found))

    def read_anew(
        self, mailbox: Mailbox, message_ids: Iterable[str], zones: Mapping[str, str]
    ) -> list[tuple[MessageRef, Reading]]:
        """These mails read once more, and nothing kept of it yet: those in `zones` whole and in the zone they were read
        in, the others first by their headers. One that is gone, or cannot be read, is left out. Raises what the mailbox
        raises, and what reading apart raises."""
        places = [(one, self._ledger.where(one)) for one in message_ids]
        refs = {ref: one for one, found in places for ref in found[:1] if ref.account == mailbox.account}
        heads = mailbox.headers(ref for ref, one in refs.items() if one not in zones)
        glimpses = _readings(self._read_mails(heads, self._reader))
        found = [(ref, reading) for ref, reading in glimpses if not self._calls(reading)]
        aside = {ref for ref, _ in found}
        zone_of = {ref: zones.get(ident, self._reader.zone) for ref, ident in refs.items() if ref not in aside}
        for zone, several in groupby(sorted(zone_of, key=zone_of.__getitem__), key=zone_of.__getitem__):
            whole = (replace(one, known=True) for one in mailbox.fetch(several))
            found += _readings(self._read_mails(whole, replace(self._reader, zone=zone)))
        return found

    def _new(self, account: str, listed: Sequence[MessageRef]) -> Picked:
        """Those of the mails listed that are to be read."""
        wanted = ((at, one) for at, one in enumerate(listed) if one.place is not Place.DRAFTS)
        return Picked(listed, (at for at, one in wanted if self._ledger.unknown(account, (one,))))

    def _scan(self, mailbox: Mailbox, refs: Picked, now: datetime) -> Iterator[list[Reading]]:
        """Read these mails; what was read, as it is committed."""
        scan = Scan(mailbox, refs, self._calls)
        found: list[tuple[MessageRef, Reading]] = []
        done = 0
        for raw, read in self._read_mails(scan.mails(), self._reader):
            if scan.settles(raw, read):
                found += self._kept(raw, read, now)
            if len(found) >= BATCH:
                yield self._commit(mailbox, found)
                done += len(found)
                self._progress(done, len(refs))
                found = []
        if found:
            yield self._commit(mailbox, found)
        if done < len(refs):
            self._progress(len(refs), len(refs))

    def _kept(
        self, raw: RawMessage, read: Reading | Unreadable | None, now: datetime
    ) -> Iterator[tuple[MessageRef, Reading]]:
        """What is kept of a mail; one that cannot be read is set aside at once."""
        if isinstance(read, Unreadable):
            self._ledger.quarantine(raw.ref, str(read), now)
        elif read is not None:
            yield raw.ref, read

    def _commit(self, mailbox: Mailbox, found: Sequence[tuple[MessageRef, Reading]]) -> list[Reading]:
        self._ledger.add_readings(mailbox.account, found)
        return [reading for _, reading in found]


def _readings(
    answers: Iterable[tuple[RawMessage, Reading | Unreadable | None]],
) -> Iterator[tuple[MessageRef, Reading]]:
    return ((raw.ref, read) for raw, read in answers if isinstance(read, Reading))
