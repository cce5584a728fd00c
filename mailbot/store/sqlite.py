"""The ledger in one SQLite file that its owner alone can read."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from mailbot.mail.steps import Step, no_step
from mailbot.store.backup import RESTORED, back_up, copy_ledger
from mailbot.store.codec import iso
from mailbot.store.database import MEMORY, Database
from mailbot.store.draft_rows import DraftRows
from mailbot.store.folder import create_private, private_folder, require_private
from mailbot.store.mail_rows import BEGAN_AT, MailRows
from mailbot.store.notice_rows import NoticeRows
from mailbot.store.word_rows import WordRows

FILE = "ledger.sqlite"


class SqliteLedger(MailRows, DraftRows, WordRows, NoticeRows):
    """Implements `Ledger`; for one thread at a time."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self._db = database

    def began_at(self) -> datetime | None:
        began = self.meta(BEGAN_AT)
        return None if began is None else datetime.fromisoformat(began)

    def restored(self) -> str | None:
        return self.meta(RESTORED)

    def begin_again(self, now: datetime) -> None:
        with self._db.transaction("begin"):
            self.set_meta(BEGAN_AT, iso(now))
            self._db.run("DELETE FROM meta WHERE name = ?", RESTORED)

    def meta(self, name: str) -> str | None:
        value = self._db.value("SELECT value FROM meta WHERE name = ?", name)
        return None if value is None else str(value)

    def set_meta(self, name: str, value: str) -> None:
        with self._db.transaction("meta"):
            self._db.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", name, value)

    def backup(self, now: datetime) -> Path | None:
        return None if self._db.file == MEMORY else back_up(self._db, now.date())

    def integrity_check(self) -> tuple[str, ...]:
        said = [str(row[0]) for row in self._db.rows("PRAGMA integrity_check")]
        broken = [f"A row of {row[0]} refers to nothing." for row in self._db.rows("PRAGMA foreign_key_check")]
        return (*(one for one in said if one != "ok"), *broken)

    def copy_to(self, file: Path, now: datetime) -> None:
        copy_ledger(self._db, file, now.date())

    def _forgotten(self) -> None:
        self._seen_at = None
        self._touched()
        self._missed.forget()

    def close(self) -> None:
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_ledger(folder: Path, *, step: Step = no_step, durable: bool = True) -> SqliteLedger:
    """The ledger in that folder, made if there is none. `step` is called before and after each commit; without
    `durable` (a demonstration, which a power cut may take) none waits for the disk.
    Raises ActionNeeded for a folder or file that others can reach, a damaged ledger, and one of a newer version;
    Transient where it is locked or the disk is full."""
    private_folder(folder, ours=FILE)
    file = folder / FILE
    if not create_private(file):
        require_private(file)
    return _opened(Database(file, step=step, durable=durable))


def memory_ledger(*, step: Step = no_step) -> SqliteLedger:
    """The same ledger in memory, for replay, demonstrations and tests; gone when closed."""
    return _opened(Database(step=step))


def _opened(database: Database) -> SqliteLedger:
    try:
        database.migrate()
    except BaseException:
        database.close()
        raise
    return SqliteLedger(database)
