"""`mailbot doctor`: each thing that can be wrong is found, with what mends it; where all is well it says so."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import time
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from mailbot.cli.doctor import SIGNS
from mailbot.mail.port import MessageRef, Place
from mailbot.store.sqlite import FILE, open_ledger
from tests.cli.test_commands import Home
from tests.mail.conformance.gmail_world import GmailWorld
from tests.mail.conformance.imap_world import ImapWorld
from tests.mail.conformance.letters import mail
from tests.sample_mail import ZONE, fresh_invitation
from tests.servers.dovecot import PASSWORD, dovecot

READ_ONLY = "mail_plugins = acl\nprotocol imap {\n  mail_plugins = acl imap_acl\n}\nplugin {\n  acl = vfile\n}\n"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    one = Home(tmp_path, ("work",))
    one.deliver(fresh_invitation(datetime.now(ZONE)))
    one.here("sync")
    return one


def findings(home: Home, *args: str) -> list[dict[str, str]]:
    done = home.here("doctor", *args, "--json")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == (2 if any(one["state"] == "wrong" for one in found) else 0), done.stderr
    return found


def wrong(home: Home, *args: str) -> list[dict[str, str]]:
    return [one for one in findings(home, *args) if one["state"] == "wrong"]


def only(found: list[dict[str, str]]) -> dict[str, str]:
    assert len(found) == 1, found
    return found[0]


def test_where_all_is_well_every_check_says_so(home: Home) -> None:
    found = findings(home)
    assert [one for one in found if one["state"] == "wrong"] == []
    fine = {one["check"] for one in found if one["state"] == "ok"}
    assert fine == {"configuration", "secrets", "time zone", "SQLite", "ledger", "mail", "backup", "account work"}
    assert home.here("doctor").stdout.endswith("All is well.\n")


def test_a_page_names_each_check_with_its_sign_and_its_mend(home: Home) -> None:
    shutil.rmtree(home.folder / "work")
    page = home.here("doctor").stdout.splitlines()
    at = next(number for number, line in enumerate(page) if line.startswith(f"{SIGNS['wrong']}  account work:"))
    assert page[at + 1].startswith("      ")
    assert page[-1] == "1 to mend."


def test_every_fault_of_the_configuration_is_a_finding(home: Home) -> None:
    text = home.config.read_text()
    home.config.write_text(text.replace("timezone", "timezome").replace("robin@example.com", "robin"))
    found = [one for one in wrong(home) if one["check"] == "configuration"]
    assert any("Did you mean timezone?" in one["text"] for one in found)
    assert any("'robin' is no mail address" in one["text"] for one in found)


def test_a_configuration_that_others_can_write_is_found(home: Home) -> None:
    home.config.chmod(0o666)
    assert only(wrong(home))["mend"] == f"Run: chmod 600 {home.config}"


def test_a_secret_that_others_can_read_is_found(home: Home) -> None:
    (home.folder / "identity.key").chmod(0o644)
    assert only(wrong(home))["mend"] == f"chmod 600 {home.folder / 'identity.key'}"


def test_a_damaged_ledger_is_found(home: Home) -> None:
    file = home.state / FILE
    content = bytearray(file.read_bytes())
    content[4096:8192] = os.urandom(4096)
    file.write_bytes(content)
    assert [one for one in wrong(home) if one["check"] == "ledger"]


def test_a_ledger_of_a_newer_version_is_found(home: Home) -> None:
    with closing(sqlite3.connect(home.state / FILE)) as connection:
        connection.execute("PRAGMA user_version = 99")
    assert "newer mailbot" in only(wrong(home))["text"]


def test_mail_that_could_not_be_read_is_named(home: Home) -> None:
    with open_ledger(home.state) as ledger:
        ledger.quarantine(MessageRef("work", Place.INBOX, "new/7"), "It has no date.", datetime.now(ZONE))
    (said,) = [one for one in findings(home) if one["check"] == "mail"]
    assert "1 could not be read" in said["text"]
    assert "It has no date." in said["text"]


def test_no_ledger_yet_is_a_note(home: Home) -> None:
    shutil.rmtree(home.state)
    (said,) = [one for one in findings(home) if one["check"] == "ledger"]
    assert (said["state"], said["mend"]) == ("note", "mailbot sync")
    assert not home.state.exists()


def test_a_backup_that_is_old_is_said(home: Home) -> None:
    (made,) = (home.state / "backups").iterdir()
    old = datetime.now(ZONE).date() - timedelta(days=9)
    made.rename(made.with_name(f"ledger-{old}.sqlite"))
    with open_ledger(home.state) as ledger:
        ledger.begin_again(datetime.now(ZONE) - timedelta(days=9))
    (said,) = [one for one in findings(home) if one["check"] == "backup"]
    assert said["text"] == f"The newest backup is of {old}."


def test_a_maildir_without_a_drafts_folder_is_found(home: Home) -> None:
    shutil.rmtree(home.folder / "work" / ".Drafts")
    assert "has no Drafts folder" in only(wrong(home))["text"]


def test_without_a_probe_nothing_is_changed(home: Home) -> None:
    before = sorted((str(one), one.stat().st_mtime_ns) for one in (home.folder / "work").rglob("*"))
    findings(home)
    assert sorted((str(one), one.stat().st_mtime_ns) for one in (home.folder / "work").rglob("*")) == before


def test_a_probe_is_placed_and_taken_back(home: Home) -> None:
    before = home.drafts()
    assert [one["text"] for one in findings(home, "--probe") if " probe " in one["text"]] == [
        "A probe was placed in Drafts and read back.", "The probe was taken back.",
    ]  # fmt: skip
    assert home.drafts() == before


def on_server(home: Home, world: ImapWorld, password: str = PASSWORD) -> Home:
    """The same person with an account on that server."""
    head = home.config.read_text().partition("[[account]]")[0]
    home.config.write_text(
        f'{head}[[account]]\nname = "mail"\nkind = "imap"\nhost = "127.0.0.1"\nport = {world.server().port}\n'
        f'security = "none"\nuser = "{world.server().user}"\npassword_command = "echo {password}"\n'
    )
    return home


def test_a_mailbox_on_a_server_is_looked_over_and_probed(home: Home) -> None:
    with closing(ImapWorld(dovecot())) as world:
        found = findings(on_server(home, world), "--probe")
        said = " ".join(one["text"] for one in found if one["check"] == "account mail")
        assert world.at(Place.DRAFTS) == ()
    for part in ("IDLE", "Drafts go to 'Drafts'", "The probe was taken back", "clock and the server's agree"):
        assert part in said
    assert [one for one in found if one["state"] == "wrong"] == []


def test_a_sign_in_that_is_refused_is_a_sentence_with_its_mend(home: Home) -> None:
    with closing(ImapWorld(dovecot())) as world:
        one = only(wrong(on_server(home, world, "wrong")))
    assert "did not accept the sign-in" in one["text"]
    assert one["mend"]


def test_a_drafts_folder_that_may_not_be_written_is_found(home: Home) -> None:
    server = dovecot(READ_ONLY)
    with closing(ImapWorld(server)) as world:
        world.deliver(mail("a draft"), Place.DRAFTS)
        rights = server.home(world.server().user) / "Maildir" / ".Drafts" / "dovecot-acl"
        rights.write_text("owner lr\n")
        rights.chmod(0o644)
        one = only(wrong(on_server(home, world)))
    assert "may not change the Drafts folder" in one["text"]
    assert one["mend"]


def test_a_clock_that_is_behind_the_servers_is_found(home: Home) -> None:
    server = dovecot()
    with closing(ImapWorld(server)) as world:
        world.deliver(mail("early"))
        ahead = time.time() + 3 * 3600
        inbox = server.home(world.server().user) / "Maildir"
        for file in [*inbox.glob("cur/*"), *inbox.glob("new/*")]:
            os.utime(file, (ahead, ahead))
        for cache in inbox.glob("dovecot.index*"):
            cache.unlink()
        one = only(wrong(on_server(home, world)))
    assert "newest mail came" in one["text"]
    assert one["mend"] == "timedatectl set-ntp true"


def test_gmail_tells_its_clock_and_whose_it_is(tmp_path: Path) -> None:
    with closing(GmailWorld(tmp_path / "gmail.json")) as world:
        found = world.open().examine()
    assert found.clock is not None
    assert abs(found.clock.timestamp() - time.time()) < 5
    assert "@" in found.offers[0]
