"""What the person said, and the names that applications were given."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from mailbot.store.codec import Codec, encode, iso
from mailbot.store.database import Database
from mailbot.store.ledger import Said, Word, WordKind

_SAID = Codec(Said)


class WordRows:
    """The part of `Ledger` that is about the person's words and the applications' ids."""

    _db: Database

    def say(self, kind: WordKind, said: Said, now: datetime) -> int:
        with self._db.transaction("word"):
            return self._db.run(
                "INSERT INTO word (kind, payload, said_at) VALUES (?, ?, ?)",
                kind.value, encode(said).decode(), iso(now),
            )  # fmt: skip

    def unsay(self, word: int, now: datetime) -> bool:
        with self._db.transaction("word"):
            holds = self._db.value("SELECT 1 FROM word WHERE id = ? AND undone_at IS NULL", word) is not None
            self._db.run("UPDATE word SET undone_at = coalesce(undone_at, ?) WHERE id = ?", iso(now), word)
        return holds

    def words(self) -> tuple[Word, ...]:
        rows = self._db.rows("SELECT id, kind, payload, said_at FROM word WHERE undone_at IS NULL ORDER BY id")
        return tuple(
            Word(ident, WordKind(kind), _SAID.decode(said), datetime.fromisoformat(at))
            for ident, kind, said, at in rows
        )

    def application_ids(self) -> Mapping[str, str]:
        return dict(self._db.rows("SELECT message_id, application FROM application_id"))

    def save_application_ids(self, ids: Mapping[str, str], aliases: Mapping[str, str] | None = None) -> None:
        with self._db.transaction("applications"):
            for pair in ids.items():
                self._db.run("INSERT OR REPLACE INTO application_id VALUES (?, ?)", *pair)
            for pair in (aliases or {}).items():
                self._db.run("INSERT OR REPLACE INTO alias VALUES (?, ?)", *pair)

    def aliases(self) -> Mapping[str, str]:
        return dict(self._db.rows("SELECT application, stays FROM alias"))
