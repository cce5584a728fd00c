"""The commands as a person runs them: real processes on Maildirs named by a configuration."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import datetime
from email import message_from_bytes
from itertools import count
from pathlib import Path

import pytest
from click.testing import CliRunner

from mailbot.cli import cli
from mailbot.errors import MailbotError
from tests.sample_mail import ZONE, fresh_invitation

COUNT = count()


class Home:
    """A configuration with Maildir accounts, two as a rule, and the commands run on it."""

    def __init__(self, folder: Path, accounts: Sequence[str] = ("work", "private")) -> None:
        self.folder = folder
        self.config = folder / "mailbot.toml"
        self.state = folder / "state"
        listed = ""
        for name in accounts:
            for part in ("cur", "new", "tmp", ".Drafts/cur", ".Drafts/new", ".Drafts/tmp", ".Sent/cur", ".Sent/new"):
                (folder / name / part).mkdir(parents=True)
            listed += f'[[account]]\nname = "{name}"\nkind = "maildir"\npath = "{folder / name}"\n'
        self.config.write_text(
            '[me]\nname = "Robin Adeyemi"\n'
            'addresses = ["robin@example.com"]\ntimezone = "America/New_York"\n' + listed
        )
        self.config.chmod(0o600)

    def deliver(self, raw: bytes, account: str = "work") -> Path:
        """As every program does it: a mail has its name in new once it is whole."""
        name = f"{int(time.time())}.a{next(COUNT)}.sample"
        written = self.folder / account / "tmp" / name
        written.write_bytes(raw)
        return written.rename(self.folder / account / "new" / name)

    def drafts(self, account: str = "work") -> list[bytes]:
        return [file.read_bytes() for file in sorted((self.folder / account / ".Drafts" / "cur").iterdir())]

    def mailbot(self, *args: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(self.command(*args), capture_output=True, text=True, check=False)

    def here(self, *args: str) -> subprocess.CompletedProcess[str]:
        """The same in this process, for what a process of its own shows nothing more of: its start takes longer than
        what it does."""
        result = CliRunner().invoke(cli, self.command(*args)[3:])
        error, status, stderr = result.exception, result.exit_code, result.stderr
        if isinstance(error, MailbotError):
            status, stderr = error.exit_status, f"{stderr}mailbot: {error}\n"
        elif error is not None and not isinstance(error, SystemExit):
            raise error
        return subprocess.CompletedProcess(args, status, result.stdout, stderr)

    def command(self, *args: str) -> list[str]:
        places = ["--config", str(self.config), "--state", str(self.state)]
        return [sys.executable, "-m", "mailbot", args[0], *places, *args[1:]]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def invitation() -> bytes:
    return fresh_invitation(datetime.now(ZONE))


def test_sync_places_a_draft_and_a_second_sync_places_none(home: Home) -> None:
    home.deliver(invitation())
    done = home.mailbot("sync")
    assert done.returncode == 0, done.stderr
    assert "draft placed: invitation reply to tom.varga@lindenworks.example" in done.stdout
    (draft,) = home.drafts()
    assert b"tom.varga@lindenworks.example" in draft
    home.mailbot("sync")
    assert home.drafts() == [draft]


def test_a_dry_run_prints_the_letter_and_changes_nothing(home: Home) -> None:
    home.deliver(invitation())
    before = sorted(str(one) for one in (home.folder / "work").rglob("*"))
    done = home.mailbot("sync", "--dry-run")
    assert "Would draft: invitation reply to tom.varga@lindenworks.example" in done.stdout
    assert sorted(str(one) for one in (home.folder / "work").rglob("*")) == before


def test_the_mail_of_the_person_is_never_touched(home: Home) -> None:
    file = home.deliver(invitation())
    before = (file.read_bytes(), file.stat().st_mtime_ns)
    home.mailbot("sync")
    assert (file.read_bytes(), file.stat().st_mtime_ns) == before


def test_status_plan_and_show_read_the_ledger_alone(home: Home) -> None:
    home.deliver(invitation())
    home.mailbot("sync")
    status = home.mailbot("status")
    assert "Linden Works" in status.stdout
    assert "interviewing" in status.stdout
    plan = home.mailbot("plan")
    assert plan.returncode == 0, plan.stderr
    show = home.mailbot("show", "linden")
    assert "interview asked" in show.stdout
    assert "Dear Tom" in show.stdout or "Hi Tom" in show.stdout


def test_show_gives_each_fact_the_words_of_the_mail_that_made_it(home: Home) -> None:
    home.deliver(invitation())
    home.mailbot("sync")
    said = " ".join(message_from_bytes(invitation()).get_payload(decode=True).decode().split())
    lines = [json.loads(line) for line in home.mailbot("show", "linden", "--json").stdout.splitlines()]
    facts = [one for one in lines if "fact" in one]
    assert {one["fact"] for one in facts} >= {"interview_asked"}
    assert [one for one in facts if not one["quote"] or one["quote"] not in said] == []


@pytest.mark.parametrize("args", [("sync",), ("status",), ("plan",), ("show", "linden"), ("sync", "--dry-run")])
def test_each_command_speaks_json_one_object_a_line(home: Home, args: tuple[str, ...]) -> None:
    home.deliver(invitation())
    home.mailbot("sync", *(["--dry-run"] if args[0] == "sync" else []))
    done = home.mailbot(*args, "--json")
    assert done.returncode == 0, done.stderr
    assert all(isinstance(json.loads(line), dict) for line in done.stdout.splitlines())
    assert done.stdout.strip() or args == ("plan",)


def test_an_application_that_there_is_not_is_said_so(home: Home) -> None:
    home.mailbot("sync")
    done = home.mailbot("show", "nobody")
    assert done.returncode == 2
    assert "There is no application 'nobody'" in done.stderr


def test_a_missing_mailbox_is_a_sentence_and_the_other_account_goes_on(home: Home) -> None:
    home.deliver(invitation())
    home.mailbot("sync")
    (home.folder / "private").rename(home.folder / "gone")
    done = home.mailbot("sync")
    assert done.returncode != 0
    assert "private" in done.stderr
    assert "Traceback" not in done.stderr
    assert len(home.drafts()) == 1


def test_run_places_a_draft_when_mail_comes_and_stops_within_five_seconds(home: Home) -> None:
    service = subprocess.Popen(
        home.command("run", "--json"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    try:
        assert service.stderr is not None
        assert "at work" in service.stderr.readline()
        home.deliver(invitation())
        assert service.stdout is not None
        assert select.select([service.stdout], [], [], 60)[0], "no draft within a minute"
        event = json.loads(service.stdout.readline())
        assert event["event"] == "draft_placed"
        again = home.mailbot("sync")
        assert f"process {service.pid}" in again.stderr
        assert again.returncode == 0
    finally:
        service.send_signal(signal.SIGTERM)
        service.communicate(timeout=5)
    assert service.returncode == 0
    assert len(home.drafts()) == 1


def test_state_and_key_can_be_read_by_the_person_alone(home: Home) -> None:
    home.mailbot("sync")
    for path in [home.state, *home.state.rglob("*"), home.folder / "identity.key"]:
        assert not path.stat().st_mode & 0o077, path
