"""What the person said, and the names that applications were given."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from mailbot.drafting.letter import Note
from mailbot.store.codec import Codec, encode, iso
from mailbot.store.database import Database
from mailbot.store.ledger import Word, WordKind
from mailbot.tracking.application import Constraint

_CONSTRAINT = Codec(Constraint)
_NOTE = Codec(Note)


class WordRows:
    """The part of `Ledger` that is about the person's words and the applications' ids."""

    _db: Database

    def say(self, kind: WordKind, payload: object, now: datetime) -> int:
        with self._db.transaction("word"):
            return self._db.run(
                "INSERT INTO word (kind, payload, said_at) VALUES (?, ?, ?)",
                kind.value, encode(payload).decode(), iso(now),
            )  # fmt: skip

    def unsay(self, word: int, now: datetime) -> bool:
        with self._db.transaction("word"):
            holds = self._db.value("SELECT 1 FROM word WHERE id = ? AND undone_at IS NULL", word) is not None
            self._db.run("UPDATE word SET undone_at = coalesce(undone_at, ?) WHERE id = ?", iso(now), word)
        return holds

    def words(self, kind: WordKind | None = None) -> tuple[Word, ...]:
        rows = self._db.rows(
            "SELECT id, kind, payload, said_at FROM word"
            " WHERE undone_at IS NULL AND kind = coalesce(?, kind) ORDER BY id",
            kind,
        )
        return tuple(
            Word(ident, WordKind(said), payload.encode(), datetime.fromisoformat(at))
            for ident, said, payload, at in rows
        )

    def constraints(self) -> tuple[Constraint, ...]:
        return tuple(_CONSTRAINT.decode(one.payload) for one in self.words(WordKind.CONSTRAINT))

    def notes(self) -> tuple[Note, ...]:
        return tuple(_NOTE.decode(one.payload) for one in self.words(WordKind.NOTE))

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
