"""From a mailbox into the ledger: what is new is fetched, parsed, read and committed, batch by batch."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import islice

from mailbot.errors import Transient, Unreadable
from mailbot.mail.port import Mailbox, MessageRef, Place, RawMessage
from mailbot.reading.statements import Reader, Reading
from mailbot.store.ledger import Ledger

# How many mails are read before they are committed: an interrupted first scan goes on from the last such batch.
BATCH = 200

# How one stored mail becomes a Reading. Raises Unreadable.
ReadMail = Callable[[RawMessage, Reader], Reading]


class Intake:
    """Reads mailboxes for one person into a ledger. `read_mail` reads one mail: here, or in a process apart."""

    def __init__(self, ledger: Ledger, reader: Reader, since: datetime | None, read_mail: ReadMail) -> None:
        self._ledger = ledger
        self._reader = reader
        self._since = since
        self._read_mail = read_mail

    def fetch(self, mailbox: Mailbox, now: datetime) -> tuple[Reading, ...]:
        """Read everything that is new in one account and commit it with the cursor; what was read.
        Raises what the mailbox and the ledger raise, and Transient for a mailbox that looks wrong."""
        state = self._ledger.account(mailbox.account)
        cursor = state.cursor
        fetched: list[Reading] = []
        while True:
            changes = mailbox.changes_since(cursor, since=self._since)
            if changes.suspicious:
                raise Transient(changes.suspicious, mend="Nothing is placed until this is clear.")
            new = self._ledger.unknown(mailbox.account, changes.appeared)
            refs = iter([one for one in new if one.place is not Place.DRAFTS])
            while batch := tuple(islice(refs, BATCH)):
                fetched += self._read(mailbox, batch, now)
            if changes.cursor != cursor:
                self._ledger.save_cursor(mailbox.account, changes.cursor)
            cursor = changes.cursor
            if not changes.more:
                break
        if state.first_scan_done is None:
            self._ledger.finish_first_scan(mailbox.account, now)
        return tuple(fetched)

    def _read(self, mailbox: Mailbox, refs: Iterable[MessageRef], now: datetime) -> list[Reading]:
        readings: list[tuple[MessageRef, Reading]] = []
        for raw in mailbox.fetch(refs):
            if raw.draft:
                continue
            try:
                readings.append((raw.ref, self._read_mail(raw, self._reader)))
            except Unreadable as error:
                self._ledger.quarantine(raw.ref, str(error), now)
        self._ledger.add_readings(mailbox.account, readings)
        return [reading for _, reading in readings]
