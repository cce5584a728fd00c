"""The person's data in their own hands: exported, copied, brought back, forgotten, removed."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.cli.export import FORMULA, cell
from mailbot.store.sqlite import FILE
from tests.cli.person import PersonAtDesk
from tests.cli.test_commands import Home
from tests.ring import Ring, in_use
from tests.sample_mail import CONFIRMATION, TOM, ZONE, fresh_invitation, mail

NETTLE = mail(
    "2026-03-02 10:00",
    "Pat Osei <pat@nettle.example>",
    "Interview confirmed: Analyst at Nettle Foods",
    "Hi Robin,\n\nYour interview for the Analyst position at Nettle Foods is confirmed for Thursday, March 5, 2026, at"
    " 10:00 AM Eastern, by video.\n\nBest,\nPat Osei\nNettle Foods\n",
    ident="one@nettle.example",
)


@pytest.fixture
def person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PersonAtDesk:
    one = PersonAtDesk(tmp_path, monkeypatch)
    one.receive(CONFIRMATION)
    one.receive(NETTLE)
    one.at("2026-03-04 15:00")
    one.do("sync")
    return one


def rows(person: PersonAtDesk) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(person.do("export"))))


def test_a_table_has_a_row_for_each_application(person: PersonAtDesk) -> None:
    found = {row["company"]: row for row in rows(person)}
    assert set(found) == {"Linden Works", "Nettle Foods"}
    assert found["Linden Works"]["stage"] == "waiting"
    assert "Ella Brandt <ella.brandt@lindenworks.example>" in found["Linden Works"]["people"]
    assert found["Linden Works"]["interviews"].startswith("2026-03-04 14:00")


@given(st.text())
def test_no_cell_is_ever_a_formula_or_breaks_its_row(text: str) -> None:
    made = cell(text)
    assert not made.startswith(FORMULA)
    assert len(made.splitlines()) <= 1


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "  =1", "\r=1"])
def test_what_looks_like_a_formula_is_marked_as_text(text: str) -> None:
    assert cell(text).startswith("'")


def test_json_holds_everything_that_is_known(person: PersonAtDesk) -> None:
    person.do("note", "linden", "the new stage")
    found = person.objects("export")
    (linden,) = (one for one in found if one.get("company") == "Linden Works")
    assert [fact for fact in linden["facts"] if fact["quote"]]  # type: ignore[attr-defined]
    assert [one for one in linden["letters"] if "Ella" in one["body"]]  # type: ignore[attr-defined]
    assert [one["said"] for one in found if "said" in one] == ["note"]


def test_a_copy_is_ones_own_and_never_overwrites(person: PersonAtDesk) -> None:
    file = person.folder / "copy.sqlite"
    person.do("backup", str(file))
    assert file.stat().st_mode & 0o777 == 0o600
    assert "is there already" in person.refused("backup", str(file))


def test_what_was_said_since_a_backup_is_gone_after_it_is_restored_and_kept_beside(person: PersonAtDesk) -> None:
    file = person.folder / "copy.sqlite"
    person.do("note", "linden", "the new stage")
    person.do("backup", str(file))
    person.do("note", "linden", "the old stage")
    said = person.do("restore", str(file))
    assert len(person.objects("undo", "--list")) == 1
    (before,) = person.state.glob("ledger-before-*.sqlite")
    assert str(before) in said


def test_without_a_name_the_newest_backup_is_restored_also_over_a_damaged_ledger(person: PersonAtDesk) -> None:
    (person.state / FILE).write_bytes(b"nothing of a ledger" * 400)
    assert "damaged" in person.refused("status")
    person.do("restore")
    assert set(person.stage()) >= {"linden-works-stage-technician"}


def test_after_a_restore_no_draft_is_placed_a_second_time(person: PersonAtDesk) -> None:
    file = person.folder / "copy.sqlite"
    person.do("backup", str(file))
    drafts = person.drafts()
    person.do("restore", str(file))
    person.do("sync")
    person.do("sync")
    assert person.drafts() == drafts


def kept(person: PersonAtDesk) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in person.state.iterdir() if one.is_file() and one.name != "lock"}


@pytest.mark.parametrize("what", ["no file", "no database", "another database", "a newer version"])
def test_what_is_no_backup_is_refused_and_nothing_changes(person: PersonAtDesk, what: str) -> None:
    file = person.folder / "copy.sqlite"
    if what == "no database":
        file.write_bytes(b"text" * 1000)
    elif what != "no file":
        if what == "a newer version":
            person.do("backup", str(file))
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("CREATE TABLE mine (a)")
            connection.execute("PRAGMA user_version = 99")
            connection.commit()
    before = {one.name: one.read_bytes() for one in person.state.iterdir() if one.is_file() and one.name != "lock"}
    assert person.refused("restore", str(file))
    assert {
        one.name: one.read_bytes() for one in person.state.iterdir() if one.is_file() and one.name != "lock"
    } == before


def to_linden(person: PersonAtDesk) -> list[bytes]:
    folders = [person.folder / account / ".Drafts" / "cur" for account in ("work", "private")]
    letters = [file.read_bytes() for folder in folders for file in sorted(folder.iterdir())]
    return [one for one in letters if b"lindenworks" in one]


def test_a_forgotten_application_never_comes_back(person: PersonAtDesk) -> None:
    drafts = to_linden(person)
    assert "drafts still lie in your Drafts" in person.do("forget", "linden", "--yes")
    assert "linden-works-stage-technician" not in person.stage()
    person.receive(CONFIRMATION, account="private")
    person.receive(
        mail("2026-03-05 08:00", TOM, "Re: Interview", "Hi Robin,\n\nCould you come again on Monday, March 9, 2026, at"
             " 2 PM?\n\nTom Varga\nLinden Works\n", ident="again@lindenworks.example",
             reply_to="confirm@lindenworks.example")
    )  # fmt: skip
    person.at("2026-03-05 09:00")
    person.do("sync")
    assert "linden-works-stage-technician" not in person.stage()
    assert to_linden(person) == drafts
    assert "nettle-foods-analyst" in person.stage()


def test_no_backup_holds_what_was_forgotten(person: PersonAtDesk) -> None:
    person.do("forget", "linden", "--yes")
    for file in person.state.rglob("*.sqlite"):
        assert b"lindenworks" not in file.read_bytes()
    assert list((person.state / "backups").iterdir())


@pytest.mark.parametrize("args", [("forget", "linden"), ("uninstall", "--purge")])
def test_with_nobody_there_nothing_goes_without_a_yes(person: PersonAtDesk, args: tuple[str, ...]) -> None:
    assert "--yes" in person.refused(*args)
    assert "linden-works-stage-technician" in person.stage()


@pytest.mark.parametrize("args", [("restore",), ("forget", "linden", "--yes")])
def test_while_mailbot_is_at_work_it_is_refused(tmp_path: Path, args: tuple[str, ...]) -> None:
    home = Home(tmp_path, ("work",))
    home.deliver(fresh_invitation(datetime.now(ZONE)))
    home.mailbot("sync")
    with subprocess.Popen(home.command("run"), stderr=subprocess.PIPE, text=True) as service:
        assert service.stderr is not None
        assert "at work" in service.stderr.readline()
        done = home.mailbot(*args)
        service.send_signal(signal.SIGTERM)
    assert done.returncode == 75
    assert f"process {service.pid}" in done.stderr


def uninstall(person: PersonAtDesk, *args: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ, "HOME": str(person.folder), "MAILBOT_CONFIG": str(person.config),
        "MAILBOT_STATE": str(person.state), "XDG_CONFIG_HOME": str(person.folder / "xdg"),
    }  # fmt: skip
    command = [sys.executable, "-m", "mailbot", "uninstall", *args]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


def test_purging_removes_all_of_mailbots_own_and_nothing_else(person: PersonAtDesk) -> None:
    for name in ("client_secret.json", "letter.txt"):
        (person.folder / name).write_text("mine")
    (person.folder / "password-work").write_text("secret")
    mails = sorted(str(one) for one in (person.folder / "work").rglob("*"))
    done = uninstall(person, "--purge", "--yes")
    assert done.returncode == 0, done.stderr
    assert {one.name for one in person.folder.iterdir()} == {"client_secret.json", "letter.txt", "work", "private"}
    assert sorted(str(one) for one in (person.folder / "work").rglob("*")) == mails
    assert "client_secret.json" in done.stdout


def test_without_purging_all_stays_but_the_service(person: PersonAtDesk) -> None:
    before = sorted(str(one) for one in person.folder.rglob("*"))
    assert "No service was installed." in uninstall(person).stdout
    assert sorted(str(one) for one in person.folder.rglob("*")) == before


def test_each_of_them_speaks_json(person: PersonAtDesk) -> None:
    told = {"service_removed": False, "removed": [], "left": [], "left_in_keyring": []}
    assert json.loads(uninstall(person, "--json").stdout) == told


def test_a_password_that_a_locked_keyring_keeps_is_said_with_the_command_that_removes_it(person: PersonAtDesk) -> None:
    server = '[[account]]\nname = "far"\nkind = "imap"\nhost = "imap.example.com"\nuser = "robin@example.com"\n'
    person.config.write_text(person.config.read_text() + server)
    with in_use(Ring(locked=True)):
        said = person.refused("uninstall", "--purge", "--yes")
    assert said.startswith("What the keyring holds of mailbot stays in it: it is locked. Once it is open, run: \n")
    assert said.endswith("-m keyring del mailbot far")
    assert not person.config.exists()
