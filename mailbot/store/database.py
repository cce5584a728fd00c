"""SQLite as the ledger needs it: durable transactions, numbered migrations, and errors in our family.

journal_mode=DELETE (no release of SQLite before 3.51.3 is safe with WAL and two connections), synchronous=EXTRA and
BEGIN IMMEDIATE: a commit that has returned is on disk, and a reader that goes on to write is never refused half-way.
FULL would not do: a commit is the removal of the journal, and only EXTRA syncs the folder after it. A power cut could
bring the journal back, and roll back an intent whose draft lies in the mailbox already (sqlite.org, 'PRAGMA
synchronous').
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

from mailbot.errors import ActionNeeded, Bug, MailbotError, Transient
from mailbot.mail.steps import Step, no_step

BUSY = 5.0  # seconds that a transaction waits for another process's
MEMORY = Path(":memory:")

_PASSES = {
    sqlite3.SQLITE_BUSY: ("is in use by another process", "Try again."),
    sqlite3.SQLITE_LOCKED: ("is in use by another process", "Try again."),
    sqlite3.SQLITE_FULL: ("cannot be written: the disk is full", "Make room on the disk."),
    sqlite3.SQLITE_IOERR: ("cannot be read or written: the disk has trouble", "Look after the disk, then try again."),
    sqlite3.SQLITE_CANTOPEN: ("cannot be opened", "Look whether its folder is there, then try again."),
    sqlite3.SQLITE_NOMEM: ("needs more memory than there is", "Try again."),
}
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT)
_REFUSED = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH)


class Database:
    """One connection, for one thread at a time. `step` is called before and after each commit, with 'commit NAME' and
    'committed NAME': the seam at which a test cuts or kills. Without `durable` a commit does not wait for the disk."""

    def __init__(self, file: Path = MEMORY, *, step: Step = no_step, durable: bool = True) -> None:
        self.file = file
        self._step = step
        self._depth = 0
        self._undone = 0
        with self._in_our_words():
            self._connection = sqlite3.connect(file, timeout=BUSY, isolation_level=None, check_same_thread=False)
        try:
            sync = "EXTRA" if durable else "OFF"
            for pragma in ("journal_mode = DELETE", f"synchronous = {sync}", "fullfsync = ON", "foreign_keys = ON"):
                self.rows(f"PRAGMA {pragma}")
        except MailbotError:
            self._connection.close()
            raise

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        return list(self.each(sql, *values))

    def each(self, sql: str, *values: object) -> Iterator[tuple[Any, ...]]:
        """The same, one after the other: for texts that are not to be held all at once."""
        with self._in_our_words():
            yield from self._connection.execute(sql, values)

    def value(self, sql: str, *values: object) -> Any:
        """The first column of the first row; None where there is none."""
        found = self.rows(sql, *values)
        return found[0][0] if found else None

    def seen(self) -> tuple[int, int]:
        """Another value whenever another connection has written, or what this one had written was undone: what is
        remembered of the tables then holds no longer."""
        return int(self.value("PRAGMA data_version")), self._undone

    def run(self, sql: str, *values: object) -> int:
        """One statement inside a transaction; the id of the row it inserted."""
        if not self._depth:
            raise Bug("The ledger was written outside a transaction.", mend="Please report this.")
        with self._in_our_words():
            return self._connection.execute(sql, values).lastrowid or 0

    @contextmanager
    def transaction(self, name: str) -> Iterator[None]:
        """All of the block or nothing; on disk when it ends. One inside another is part of it."""
        if self._depth:
            yield
            return
        with self._in_our_words():
            self._connection.execute("BEGIN IMMEDIATE")
        self._depth = 1
        try:
            yield
            self._step(f"commit {name}")
            with self._in_our_words():
                self._connection.execute("COMMIT")
        finally:
            self._depth = 0
            if self._connection.in_transaction:
                self._connection.rollback()
                self._undone += 1
        self._step(f"committed {name}")

    def copy_to(self, target: sqlite3.Connection) -> None:
        """Everything as it is now, by SQLite's backup API."""
        with self._in_our_words():
            self._connection.backup(target)

    def migrate(self) -> None:
        """Bring the tables up to this version's: each migration is committed together with its number. Raises
        ActionNeeded for a ledger of a newer version."""
        scripts = migrations()
        while (version := self._version()) < len(scripts):
            with self.transaction("migration"):
                if self._version() != version:  # another process was faster
                    continue
                for statement in statements(scripts[version]):
                    self.run(statement)
                self.run(f"PRAGMA user_version = {version + 1}")
        if version > len(scripts):
            raise ActionNeeded(
                f"{self.file} was written by a newer mailbot (version {version}; this one knows {len(scripts)}).",
                mend="Install the newer mailbot again.",
            )

    def close(self) -> None:
        self._connection.close()

    def _version(self) -> int:
        return int(self.value("PRAGMA user_version"))

    @contextmanager
    def _in_our_words(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise self._told(error) from error

    def _told(self, error: sqlite3.Error) -> MailbotError:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF  # the primary of an extended code
        if code in _PASSES:
            what, mend = _PASSES[code]
            return Transient(f"{self.file} {what}.", mend=mend)
        if code in _DAMAGED:
            return ActionNeeded(
                f"{self.file} is damaged ({error}).",
                mend=f"Stop mailbot, then run: mailbot restore   (the newest of {self.file.parent / 'backups'})",
            )
        if code in _REFUSED:
            return ActionNeeded(f"{self.file} may not be written.", mend=f"Run: chmod u+rw {self.file}")
        return Bug(f"{self.file}: {error}.", mend="Please report this.")


def migrations() -> tuple[str, ...]:
    """The SQL scripts in order; the first makes version 1 out of an empty file."""
    folder = files("mailbot.store") / "migrations"
    names = sorted(one.name for one in folder.iterdir() if one.name.endswith(".sql"))
    return tuple((folder / name).read_text(encoding="utf-8") for name in names)


def statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one: `executescript` would commit what is open."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
