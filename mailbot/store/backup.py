"""A copy of the ledger for every day, the newest seven."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from datetime import date
from pathlib import Path

from mailbot.errors import ActionNeeded, Transient
from mailbot.store.database import Database
from mailbot.store.folder import create_private, private_folder, refused, sync_folder

FOLDER = "backups"
KEPT = 7
RESTORED = "restored"  # set in each backup alone: a ledger that has it was restored from one


def backups(state: Path) -> dict[date, Path]:
    """The daily backups in a state folder."""
    found = {}
    for file in (state / FOLDER).glob("ledger-*.sqlite"):
        with suppress(ValueError):
            found[date.fromisoformat(file.stem.removeprefix("ledger-"))] = file
    return found


def back_up(database: Database, day: date) -> Path | None:
    """Make the backup of that day beside the ledger, unless there is one (then None), and remove all but the newest
    seven. It is whole under its name or not there at all. Raises Transient, ActionNeeded."""
    folder = database.file.parent / FOLDER
    private_folder(folder, ours=FOLDER)
    file = folder / f"ledger-{day.isoformat()}.sqlite"
    if file.exists():
        return None
    _whole(database, file, day)
    try:
        for old in sorted(folder.glob("ledger-*.sqlite"))[:-KEPT]:
            old.unlink()
    except OSError as error:
        raise refused(file, error) from error
    return file


def copy_ledger(database: Database, file: Path, day: date) -> None:
    """A copy in a new file that its owner alone can read, whole or not there at all. Raises Transient, ActionNeeded."""
    if file.exists():
        raise ActionNeeded(f"{file} is there already.", mend="Name another file.")
    _whole(database, file, day)


def drop_backups(state: Path) -> None:
    """Remove every daily backup. Raises Transient, ActionNeeded."""
    for file in backups(state).values():
        try:
            file.unlink()
        except OSError as error:
            raise refused(file, error) from error


def _whole(database: Database, file: Path, day: date) -> None:
    part = file.with_suffix(".part")
    try:
        part.unlink(missing_ok=True)
        create_private(part)
        _copy(database, part, day)
        part.replace(file)
        sync_folder(file.parent)
    except OSError as error:
        raise refused(file, error) from error


def _copy(database: Database, part: Path, day: date) -> None:
    try:
        with closing(sqlite3.connect(part, isolation_level=None)) as target:
            database.copy_to(target)
            target.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (RESTORED, day.isoformat()))
    except sqlite3.Error as error:
        raise Transient(f"The backup {part} could not be written: {error}.", mend="Make room on the disk.") from error
