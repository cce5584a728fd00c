"""The file: who can reach it, what becomes of it when the disk fails, and other versions of it."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from mailbot.errors import ActionNeeded, Bug, MailbotError, Transient
from mailbot.mail.port import Cursor
from mailbot.store import database, folder
from mailbot.store.backup import FOLDER, KEPT
from mailbot.store.database import Database, migrations, statements
from mailbot.store.ledger import AccountState
from mailbot.store.sqlite import FILE, SqliteLedger, memory_ledger, open_ledger
from tests.store.values import NOW, draft, reading, ref

OLD = Path(__file__).parent.parent / "data"


@pytest.fixture(autouse=True)
def _open_mask() -> object:
    """Nothing may depend on a careful umask."""
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def test_everything_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    state = tmp_path / "a" / "state"
    seen: set[int] = set()

    def look(name: str) -> None:
        seen.update(mode(path) for path in state.iterdir() if path.is_file())

    with open_ledger(state, step=look) as ledger:
        ledger.save_cursor("home", Cursor("1"))
        ledger.backup(NOW)
    assert mode(state) == mode(state / FOLDER) == 0o700
    assert seen | {mode(path) for path in state.rglob("*") if path.is_file()} == {0o600}


def test_what_is_kept_is_there_at_the_next_start(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "state") as ledger:
        ledger.add_readings("home", [(ref("1"), reading())], Cursor("5"))
        record = ledger.intend(draft("<a@x.example>"))
    with open_ledger(tmp_path / "state") as ledger:
        assert ledger.readings() == (reading(),)
        assert ledger.account("home") == AccountState(Cursor("5"))
        assert ledger.open_drafts() == (record,)


def test_a_folder_of_ones_own_that_is_empty_is_closed_to_others(tmp_path: Path) -> None:
    state = tmp_path / "state"
    state.mkdir(0o755)
    open_ledger(state).close()
    assert mode(state) == 0o700


def test_a_folder_with_other_files_that_others_can_read_is_refused(tmp_path: Path) -> None:
    state = tmp_path / "state"
    state.mkdir(0o755)
    (state / "letter.txt").touch()
    with pytest.raises(ActionNeeded, match="chmod 700"):
        open_ledger(state)
    assert mode(state) == 0o755


def test_a_ledger_that_others_can_read_is_closed_to_them(tmp_path: Path) -> None:
    state = tmp_path / "state"
    open_ledger(state).close()
    (state / FILE).chmod(0o644)
    open_ledger(state).close()
    assert mode(state / FILE) == 0o600


@pytest.mark.parametrize("planted", ["state", f"state/{FILE}"])
def test_a_link_is_refused_and_its_target_untouched(tmp_path: Path, planted: str) -> None:
    target = tmp_path / "target"
    link = tmp_path / planted
    link.parent.mkdir(mode=0o700, exist_ok=True)
    if planted == "state":
        target.mkdir(0o700)
    else:
        target.touch(0o600)
    link.symlink_to(target)
    before = target.lstat()
    with pytest.raises(ActionNeeded, match="link"):
        open_ledger(tmp_path / "state")
    assert target.lstat() == before


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    with pytest.raises(ActionNeeded, match="another user"):
        open_ledger(tmp_path / "state")


def test_a_network_file_system_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(
        "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
        f"23 22 0:5 / {tmp_path}/far\\040away rw - nfs4 server:/home rw\n"
        f"24 22 0:6 / {tmp_path}/far rw - ext4 /dev/sdb1 rw\n"
    )
    monkeypatch.setattr(folder, "_MOUNTS", mounts)
    with pytest.raises(ActionNeeded, match="nfs4"):
        open_ledger(tmp_path / "far away" / "state")
    open_ledger(tmp_path / "far" / "state").close()


def test_a_ledger_of_a_newer_version_is_refused_and_untouched(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "state") as ledger:
        ledger.set_meta("kept", "yes")
    file = tmp_path / "state" / FILE
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = file.read_bytes()
    with pytest.raises(ActionNeeded, match=r"newer mailbot \(version 99"):
        open_ledger(tmp_path / "state")
    assert file.read_bytes() == before


def of_version(version: int, state: Path) -> Path:
    """A state folder with a ledger as that version left it."""
    state.mkdir(0o700)
    with closing(sqlite3.connect(state / FILE)) as connection:
        connection.executescript((OLD / f"ledger-v{version}.sql").read_text(encoding="utf-8"))
    return state


VERSIONS = range(1, len(migrations()) + 1)


def test_a_ledger_of_each_version_is_kept() -> None:
    """Whoever adds a migration adds a ledger as its version leaves it (`iterdump`)."""
    assert {one.name for one in OLD.glob("ledger-v*.sql")} == {f"ledger-v{version}.sql" for version in VERSIONS}
    texts = {version: (OLD / f"ledger-v{version}.sql").read_text(encoding="utf-8") for version in VERSIONS}
    assert [version for version, text in texts.items() if f"PRAGMA user_version = {version};" not in text] == []


@pytest.mark.parametrize("version", VERSIONS)
def test_a_stored_ledger_of_each_version_is_read(tmp_path: Path, version: int) -> None:
    with open_ledger(of_version(version, tmp_path / "state")) as ledger:
        assert ledger.integrity_check() == ()
        assert [one.message_id for one in ledger.readings()] == ["<m1@firm.example>"]
        assert [one.message_id for one in ledger.set_aside(NOW - timedelta(days=9))] == ["<ad@board.example>"]
        account = ledger.account("home")
        assert (account.cursor, account.first_scan_done) == (Cursor("17:4"), NOW)
        assert bool(account.trouble) == (version >= 3)
        assert [(one.status, one.identity.occasion) for one in ledger.all_drafts()] == [
            ("withdrawn", ("<a@x.example>",)), ("placed", ("<a@x.example>", "<b@x.example>")),
        ]  # fmt: skip
        assert ledger.all_drafts()[1].replaces == 1
        said = [one.said for one in ledger.words()]
        assert [note.topic for one in said for note in one.notes] == ["harbour cranes"]
        assert len([constraint for one in said for constraint in one.constraints]) == 1
        assert len([muted for one in said for muted in one.muted]) == (version >= 2)
        assert len(ledger.missed()) == len(ledger.quarantined()) == 1
        assert ledger.aliases() == {"app-2": "app-1"}
        assert len(ledger.told()) == (version >= 5)


@pytest.mark.parametrize("version", VERSIONS)
def test_every_migrated_ledger_has_the_tables_of_a_new_one(tmp_path: Path, version: int) -> None:
    def columns(ledger: SqliteLedger) -> set[tuple[str, str]]:
        return set(ledger._db.rows("SELECT m.name, c.name FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c"))

    with open_ledger(of_version(version, tmp_path / "state")) as old, memory_ledger() as new:
        assert columns(old) - {("sqlite_sequence", "name"), ("sqlite_sequence", "seq")} == columns(new) - {
            ("sqlite_sequence", "name"), ("sqlite_sequence", "seq"),
        }  # fmt: skip


@pytest.mark.parametrize("at", ["commit migration", "committed migration"])
def test_a_migration_that_was_cut_is_done_at_the_next_start(tmp_path: Path, at: str) -> None:
    def cut(name: str) -> None:
        if name == at:
            raise ConnectionError(name)

    with pytest.raises(ConnectionError):
        open_ledger(tmp_path / "state", step=cut)
    with open_ledger(tmp_path / "state") as ledger:
        ledger.set_meta("works", "yes")
        assert ledger.integrity_check() == ()


def test_a_migration_that_fails_leaves_no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    scripts = (*migrations(), "CREATE TABLE half (a); CREATE TABLE half (a);")
    monkeypatch.setattr(database, "migrations", lambda: scripts)
    base = Database()
    with pytest.raises(Bug):
        base.migrate()
    assert base.value("PRAGMA user_version") == len(scripts) - 1
    assert base.value("SELECT count(*) FROM sqlite_master WHERE name = 'half'") == 0
    base.close()


def test_a_script_is_cut_into_its_statements() -> None:
    trigger = "CREATE TRIGGER t AFTER DELETE ON a BEGIN\nSELECT 1;\nEND;\n"
    script = f"-- a; comment\nCREATE TABLE a (b TEXT DEFAULT ';');\n{trigger}"
    assert [one.split()[0] for one in statements(script)] == ["--", "CREATE"]


def test_a_file_that_is_no_database_names_the_backups(tmp_path: Path) -> None:
    state = tmp_path / "state"
    open_ledger(state).close()
    (state / FILE).write_bytes(b"not a database at all" * 100)
    with pytest.raises(ActionNeeded, match="backups"):
        open_ledger(state)


def test_a_damaged_database_names_the_backups(tmp_path: Path) -> None:
    state = tmp_path / "state"
    with open_ledger(state) as ledger:
        for number in range(200):
            ledger.save_cursor(f"account {number}", Cursor("x" * 400))
    file = state / FILE
    raw = file.read_bytes()
    file.write_bytes(raw[:4096] + bytes(len(raw) - 4096))

    def use() -> None:
        with open_ledger(state) as ledger:
            for number in range(200):
                ledger.account(f"account {number}")
            assert ledger.integrity_check()

    with pytest.raises(ActionNeeded, match="backups"):
        use()


def test_a_ledger_in_use_is_transient(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY", 0.0)
    with open_ledger(tmp_path / "state") as ledger, closing(sqlite3.connect(tmp_path / "state" / FILE)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Transient, match="another process"):
            ledger.set_meta("a", "b")
        other.rollback()
        ledger.set_meta("a", "b")
        assert ledger.meta("a") == "b"


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_FULL, Transient),
        (sqlite3.SQLITE_IOERR_WRITE, Transient),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, Transient),
        (sqlite3.SQLITE_CORRUPT, ActionNeeded),
        (sqlite3.SQLITE_NOTADB, ActionNeeded),
        (sqlite3.SQLITE_READONLY_DBMOVED, ActionNeeded),
        (sqlite3.SQLITE_ERROR, Bug),
    ],
)
def test_each_error_of_sqlite_has_its_place_in_our_family(code: int, kind: type[MailbotError]) -> None:
    error = sqlite3.OperationalError("as SQLite says it")
    error.sqlite_errorcode = code
    base = Database()
    told = base._told(error)
    base.close()
    assert type(told) is kind
    assert told.mend


def test_a_full_disk_is_transient_and_leaves_the_ledger_whole(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "state") as ledger:
        pages = ledger._db.value("PRAGMA page_count")
        ledger._db.value(f"PRAGMA max_page_count = {pages + 1}")
        with pytest.raises(Transient, match="full"):
            ledger.set_meta("big", "x" * 100_000)
        assert ledger.meta("big") is None
        assert ledger.integrity_check() == ()


def test_a_write_outside_a_transaction_is_a_bug() -> None:
    with memory_ledger() as ledger, pytest.raises(Bug):
        ledger._db.run("DELETE FROM meta")


def test_each_commit_is_full_and_no_wal_is_left(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "state") as ledger:
        assert ledger._db.value("PRAGMA journal_mode") == "delete"
        assert ledger._db.value("PRAGMA synchronous") == 3  # EXTRA
        ledger.set_meta("a", "b")
        assert {path.name for path in (tmp_path / "state").iterdir()} == {FILE}


def test_one_backup_a_day_and_the_newest_seven_are_kept(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "state") as ledger:
        ledger.set_meta("a", "b")
        for day in range(10):
            made = ledger.backup(NOW + timedelta(days=day))
            assert made is not None
            assert made.name == f"ledger-2026-03-{4 + day:02}.sqlite"
        assert ledger.backup(NOW + timedelta(days=9, hours=1)) is None
    assert len(list((tmp_path / "state" / FOLDER).iterdir())) == KEPT


def test_a_restored_backup_is_whole_and_knows_what_it_is(tmp_path: Path) -> None:
    state = tmp_path / "state"
    with open_ledger(state) as ledger:
        ledger.finish_first_scan("home", NOW)
        ledger.add_readings("home", [(ref("1"), reading())])
        backup = ledger.backup(NOW)
        assert ledger.restored() is None
    assert backup is not None
    backup.replace(state / FILE)
    with open_ledger(state) as ledger:
        assert ledger.integrity_check() == ()
        assert ledger.readings() == (reading(),)
        assert ledger.restored() == "2026-03-04"
        later = NOW + timedelta(days=3)
        ledger.begin_again(later)
        assert (ledger.restored(), ledger.began_at()) == (None, later)


def test_a_ledger_in_memory_has_no_backup() -> None:
    with memory_ledger() as ledger:
        assert ledger.backup(NOW) is None


def test_the_ledger_closes_with_its_block(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "state") as ledger:
        assert isinstance(ledger, SqliteLedger)
    with pytest.raises(MailbotError):
        ledger.readings()
