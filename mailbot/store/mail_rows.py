"""What was read, where it lies, and how far each account was read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from mailbot.mail.message import Direction
from mailbot.mail.port import Cursor, MessageRef, Place
from mailbot.reading.statements import IRRELEVANT, Kind, Reading, Statement
from mailbot.store.codec import Codec, Remembered, Row, encode, iso, seconds
from mailbot.store.database import Database
from mailbot.store.forget_rows import ForgetRows, digest
from mailbot.store.ledger import SYNCED_EVERY, AccountState, Quarantined, SetAside
from mailbot.tracking.calling import keys

BEGAN_AT = "began_at"

_READING = Codec(Reading)
_KEYS = Codec(frozenset[str])
_REF = "account = ? AND place = ? AND key = ?"
_RANKS = {Direction.OUT: 0, Direction.IN: 1, Direction.NOBODY: 2}
_HEADERS_ALONE = 3  # the rank of what any whole reading replaces
_READINGS = "SELECT message_id, body FROM reading WHERE body IS NOT NULL"
_KNOWN = f"SELECT 1 FROM copy WHERE {_REF} UNION ALL SELECT 1 FROM quarantine WHERE {_REF}"  # noqa: S608 - a constant
# A newer reader's reading of a copy that ranks as well replaces the old one; so does that of a copy that ranks better.
_KEEP = """
INSERT INTO reading (message_id, kind, date, dated, reader_version, rank, arrived, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (message_id) DO UPDATE SET kind = excluded.kind, date = excluded.date, dated = excluded.dated,
  reader_version = excluded.reader_version, rank = excluded.rank, arrived = excluded.arrived, body = excluded.body
WHERE (excluded.rank, -excluded.reader_version, excluded.arrived) <= (rank, -reader_version, arrived)
"""


class MailRows(ForgetRows):
    """The part of `Ledger` that is about mail."""

    _db: Database

    def __init__(self) -> None:
        super().__init__()
        self._decoded = Remembered(_reading)
        self._readings: tuple[Reading, ...] = ()
        self._seen_at: object = None
        self._new: set[str] = set()

    def add_readings(
        self, account: str, found: Iterable[tuple[MessageRef, Reading]], cursor: Cursor | None = None
    ) -> None:
        with self._db.transaction("readings"):
            forgets = self.has_forgotten()
            for ref, reading in found:
                forgotten = forgets and self.is_forgotten(reading)
                if not forgotten:
                    self._keep(reading)
                place = (ref.account, ref.place.value, ref.key)
                name = digest(reading.message_id) if forgotten else reading.message_id
                self._db.run("INSERT OR REPLACE INTO copy VALUES (?, ?, ?, ?)", *place, name)
                self._db.run(f"DELETE FROM quarantine WHERE {_REF}", *place)  # noqa: S608 - a constant
            if cursor is not None:
                self.save_cursor(account, cursor)

    def _keep(self, reading: Reading) -> None:
        if reading.may_matter or self._decoded.knows(reading.message_id):  # a first scan sets tens of thousands aside
            self._new.add(reading.message_id)
        self._db.run(
            _KEEP, reading.message_id, reading.kind.value, iso(reading.date), seconds(reading.date),
            reading.reader_version, _RANKS[reading.direction] if reading.whole else _HEADERS_ALONE,
            seconds(reading.arrived), encode(reading).decode() if reading.may_matter else None,
        )  # fmt: skip
        if not reading.whole:
            self._db.run(
                "INSERT OR IGNORE INTO calling SELECT value, ? FROM json_each(?)",
                reading.message_id, encode(sorted(keys(reading))).decode(),
            )  # fmt: skip

    def called(self, known: Iterable[str], since: datetime) -> tuple[tuple[str, frozenset[str]], ...]:
        rows = self._db.rows(
            "SELECT message_id, json_group_array(key) FROM calling JOIN reading USING (message_id) WHERE message_id IN"
            " (SELECT message_id FROM calling WHERE key IN (SELECT value FROM json_each(?)))"
            " AND rank = ? AND (dated >= ? OR message_id IN (SELECT message_id FROM copy WHERE place = ?))"
            " GROUP BY message_id ORDER BY dated, message_id",
            encode(sorted(known)).decode(), _HEADERS_ALONE, seconds(since), Place.SENT.value,
        )  # fmt: skip
        return tuple((ident, _KEYS.decode(found)) for ident, found in rows)

    def readings(self) -> tuple[Reading, ...]:
        seen = self._db.seen()
        if seen != self._seen_at:
            self._readings = self._decoded.values(self._db.each(f"{_READINGS} ORDER BY dated, message_id"))
        elif self._new:
            rows = self._db.each(
                f"{_READINGS} AND message_id IN (SELECT value FROM json_each(?))",  # noqa: S608 - a constant
                encode(sorted(self._new)).decode(),
            )
            new = self._decoded.values(rows)
            others = tuple(one for one in self._readings if one.message_id not in self._new)
            if new or len(others) < len(self._readings):
                found = (*others, *new)
                self._readings = tuple(sorted(found, key=lambda one: (seconds(one.date), one.message_id)))
        self._seen_at, self._new = seen, set()
        return self._readings

    def set_aside(self, since: datetime) -> tuple[SetAside, ...]:
        rows = self._db.rows(
            "SELECT message_id, kind, date, reader_version FROM reading WHERE kind IN (?, ?) AND dated >= ?"
            " ORDER BY dated DESC, message_id",
            *IRRELEVANT, seconds(since),
        )
        return tuple(
            SetAside(ident, Kind(kind), datetime.fromisoformat(date), version) for ident, kind, date, version in rows
        )

    def unknown(self, account: str, refs: Iterable[MessageRef]) -> tuple[MessageRef, ...]:
        return tuple(ref for ref in refs if self._db.value(_KNOWN, *(account, ref.place.value, ref.key) * 2) is None)

    def known_ids(self, message_ids: Iterable[str]) -> frozenset[str]:
        rows = self._db.rows(
            "SELECT message_id FROM reading WHERE message_id IN (SELECT value FROM json_each(?))",
            encode(list(message_ids)).decode(),
        )
        return frozenset(ident for (ident,) in rows)

    def where(self, message_id: str) -> tuple[MessageRef, ...]:
        rows = self._db.rows(
            "SELECT account, place, key FROM copy WHERE message_id = ? ORDER BY place = 'sent' DESC, 1, 2, 3",
            message_id,
        )
        return tuple(MessageRef(account, Place(place), key) for account, place, key in rows)

    def in_junk(self) -> frozenset[str]:
        rows = self._db.rows(
            "SELECT message_id FROM copy JOIN reading USING (message_id) WHERE rank < ? GROUP BY message_id"
            " HAVING min(place = ?) = 1",
            _HEADERS_ALONE, Place.JUNK.value,
        )  # fmt: skip
        return frozenset(ident for (ident,) in rows)

    def stale_readings(self, version: int, since: datetime) -> tuple[str, ...]:
        rows = self._db.rows(
            "SELECT message_id FROM reading WHERE reader_version < ? AND (kind NOT IN (?, ?) OR dated >= ?)"
            " ORDER BY kind IN (?, ?), dated DESC, message_id",
            version, *IRRELEVANT, seconds(since), *IRRELEVANT,
        )  # fmt: skip
        return tuple(ident for (ident,) in rows)

    def quarantine(self, ref: MessageRef, error: str, at: datetime, message_id: str | None = None) -> None:
        with self._db.transaction("quarantine"):
            self._db.run(
                "INSERT OR REPLACE INTO quarantine VALUES (?, ?, ?, ?, ?, ?)",
                ref.account, ref.place.value, ref.key, message_id, error, iso(at),
            )  # fmt: skip

    def quarantined(self) -> tuple[Quarantined, ...]:
        rows = self._db.rows("SELECT account, place, key, message_id, error, at FROM quarantine ORDER BY at, 1, 2, 3")
        return tuple(
            Quarantined(MessageRef(account, Place(place), key), ident, error, datetime.fromisoformat(at))
            for account, place, key, ident, error, at in rows
        )

    def account(self, account: str) -> AccountState:
        rows = self._db.rows(
            "SELECT cursor, first_scan_done, synced, trouble, troubled_since FROM account WHERE name = ?", account
        )
        cursor, done, synced, trouble, since = rows[0] if rows else (None, None, None, None, None)
        return AccountState(
            None if cursor is None else Cursor(cursor), _moment(done), _moment(synced), trouble or "", _moment(since)
        )

    def note_synced(self, account: str, now: datetime) -> None:
        known = self.account(account)
        fresh = known.synced is not None and timedelta(0) <= now - known.synced < SYNCED_EVERY
        if fresh and not known.trouble:
            return
        with self._db.transaction("health"):
            self._db.run(
                "INSERT INTO account (name, synced) VALUES (?, ?) ON CONFLICT (name)"
                " DO UPDATE SET synced = excluded.synced, trouble = NULL, troubled_since = NULL",
                account, iso(now),
            )  # fmt: skip

    def note_trouble(self, account: str, text: str, now: datetime) -> bool:
        known = self.account(account)
        if known.trouble == text:
            return False
        with self._db.transaction("health"):
            self._db.run(
                "INSERT INTO account (name, trouble, troubled_since) VALUES (?, ?, ?) ON CONFLICT (name)"
                " DO UPDATE SET trouble = excluded.trouble,"
                " troubled_since = coalesce(troubled_since, excluded.troubled_since)",
                account, text, iso(now),
            )  # fmt: skip
        return not known.trouble

    def save_cursor(self, account: str, cursor: Cursor) -> None:
        with self._db.transaction("cursor"):
            self._db.run(
                "INSERT INTO account (name, cursor) VALUES (?, ?)"
                " ON CONFLICT (name) DO UPDATE SET cursor = excluded.cursor",
                account, cursor.value,
            )  # fmt: skip

    def finish_first_scan(self, account: str, now: datetime) -> None:
        with self._db.transaction("first scan"):
            self._db.run(
                "INSERT INTO account (name, first_scan_done) VALUES (?, ?) ON CONFLICT (name)"
                " DO UPDATE SET first_scan_done = coalesce(first_scan_done, excluded.first_scan_done)",
                account, iso(now),
            )  # fmt: skip
            self._db.run("INSERT OR IGNORE INTO meta VALUES (?, ?)", BEGAN_AT, iso(now))

    def forget_account(self, account: str) -> None:
        with self._db.transaction("account"):
            self._db.run("UPDATE account SET cursor = NULL WHERE name = ?", account)
            self._db.run("DELETE FROM copy WHERE account = ?", account)
            self._db.run("DELETE FROM quarantine WHERE account = ?", account)


def _reading(row: Row) -> Reading:
    reading = _READING.decode(row[1])
    said = (*reading.statements, *reading.in_context)
    for one in said[1:]:
        _hold_once(one, said[0], "company", "role", "people", "facets")
    for one, alone in zip(reading.in_context, reading.statements, strict=False):
        _hold_once(one, alone, "facets", "evidence")
    return reading


def _hold_once(one: Statement, other: Statement, *names: str) -> None:
    """Let two statements of a reading that was just decoded hold what they say alike once: it is nearly half of what a
    reading takes. Nothing with moments in it: they are equal also where they stand in two zones."""
    for name in names:
        value = getattr(other, name)
        if getattr(one, name) == value:
            object.__setattr__(one, name, value)


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
