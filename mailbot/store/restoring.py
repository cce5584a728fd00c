"""A backup put in the place of the ledger. Nobody may be at work on it: the caller holds the instance lock."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from mailbot.errors import ActionNeeded
from mailbot.store.backup import FOLDER, RESTORED, backups
from mailbot.store.database import migrations
from mailbot.store.folder import create_private, private_folder, refused, sync_folder
from mailbot.store.sqlite import FILE, open_ledger

TABLES = {"reading", "draft", "word", "meta"}


def newest_backup(state: Path) -> Path:
    """The newest of the daily backups. Raises ActionNeeded where there is none."""
    known = backups(state)
    if not known:
        raise ActionNeeded(f"There is no backup in {state / FOLDER}.", mend="Name a file: mailbot restore FILE")
    return known[max(known)]


def restore(state: Path, backup: Path, now: datetime) -> Path | None:
    """Put the ledger of that file in the place of the one in the state folder; where the one that was there lies now.
    Raises ActionNeeded for a file that is no whole ledger, or a newer version's: then nothing has happened."""
    private_folder(state, ours=FILE)
    fresh = state / f".{FILE}.restored"
    try:
        fresh.unlink(missing_ok=True)
        create_private(fresh)
        _copy(backup, fresh, now)
        kept = _put_away(state, now)
        fresh.replace(state / FILE)
        sync_folder(state)
    except OSError as error:
        raise refused(fresh, error) from error
    finally:
        fresh.unlink(missing_ok=True)
    open_ledger(state).close()
    return kept


def _copy(backup: Path, fresh: Path, now: datetime) -> None:
    if not backup.is_file():
        raise ActionNeeded(f"There is no file {backup}.", mend="Without a name the newest backup is restored.")
    try:
        with (
            closing(sqlite3.connect(f"{backup.resolve().as_uri()}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(fresh, isolation_level=None)) as target,
        ):
            _require_ledger(backup, source)
            source.backup(target)
            target.execute("INSERT OR IGNORE INTO meta VALUES (?, ?)", (RESTORED, now.date().isoformat()))
    except sqlite3.Error as error:
        raise ActionNeeded(f"{backup} cannot be restored: {error}.", mend="Name another backup.") from error


def _require_ledger(backup: Path, source: sqlite3.Connection) -> None:
    whole = source.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    tables = {name for (name,) in source.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not whole or not tables >= TABLES:
        raise ActionNeeded(f"{backup} is no whole ledger of mailbot.", mend="Name another backup.")
    version, known = source.execute("PRAGMA user_version").fetchone()[0], len(migrations())
    if version > known:
        raise ActionNeeded(
            f"{backup} was written by a newer mailbot (version {version}; this one knows {known}).",
            mend="Install the newer mailbot first.",
        )


def _put_away(state: Path, now: datetime) -> Path | None:
    """The ledger that was there, under another name, with the journal that a crash may have left."""
    file, kept = state / FILE, state / f"ledger-before-{now:%Y-%m-%d-%H%M%S}.sqlite"
    if not file.exists():
        return None
    journal = file.with_name(f"{FILE}-journal")
    if journal.exists():
        journal.replace(kept.with_name(f"{kept.name}-journal"))
    return file.replace(kept)
