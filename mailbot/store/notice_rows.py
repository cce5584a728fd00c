"""What the person was told of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from mailbot.store.codec import iso
from mailbot.store.database import Database


class NoticeRows:
    """The part of `Ledger` that is about notices."""

    _db: Database

    def told(self) -> frozenset[str]:
        return frozenset(key for (key,) in self._db.rows("SELECT key FROM notice"))

    def note_told(self, keys: Iterable[str], now: datetime) -> None:
        with self._db.transaction("notices"):
            for key in keys:
                self._db.run("INSERT OR IGNORE INTO notice VALUES (?, ?)", key, iso(now))
