"""Bombs and every charset label through the real `mailbot explain`, and through the service: nothing stops it, memory
stays flat, and the next mail is read."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from mailbot.errors import Unreadable
from mailbot.mail.mime import parse
from mailbot.reading.reader import read
from mailbot.reading.statements import Reader
from tests.cli.test_commands import Home, invitation
from tests.hostile.bombs import BOMBS, of_every_charset
from tests.sample_mail import CONFIRMATION

READER = Reader(frozenset({"robin@example.com"}), "America/New_York", "Robin Adeyemi")
# Runs a command and says how many kilobytes it and its children held at most.
MEASURED = (
    "import resource, subprocess, sys; done = subprocess.run(sys.argv[1:], check=False);"
    " print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr); sys.exit(done.returncode)"
)
MOST = 300 << 10  # kilobytes; half of it is the program


def explained(folder: Path, mails: list[bytes]) -> tuple[list[dict[str, object]], int]:
    """What `explain` says of these mails, and the memory that it took."""
    files = [folder / f"{number}.eml" for number in range(len(mails))]
    for file, raw in zip(files, mails, strict=True):
        file.write_bytes(raw)
    command = ["-m", "mailbot", "explain", "--json", "--me", "robin@example.com", "--tz", "America/New_York"]
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, sys.executable, *command, *map(str, files)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()], int(done.stderr.splitlines()[-1])


def test_explain_answers_for_every_bomb_and_reads_the_mail_behind_them(tmp_path: Path) -> None:
    said, memory = explained(tmp_path, [*BOMBS.values(), CONFIRMATION])
    assert len(said) == len(BOMBS) + 1
    assert all("kind" in one or "error" in one for one in said)
    assert said[-1]["company"] == "Linden Works"
    assert memory < MOST


def test_explain_reads_a_mail_under_every_charset_label(tmp_path: Path) -> None:
    mails = dict(of_every_charset())
    assert len(mails) > 300
    said, memory = explained(tmp_path, [*mails.values(), CONFIRMATION])
    assert [one for one in said if "kind" not in one] == []
    assert said[-1]["company"] == "Linden Works"
    assert memory < MOST


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_takes_less_than_a_second(name: str) -> None:
    """Of the processor: the service gives a mail five seconds of the clock, in a process of its own."""
    parse(CONFIRMATION)
    read(parse(CONFIRMATION), READER)
    began = time.process_time()
    with suppress(Unreadable):
        read(parse(BOMBS[name]), READER)
    assert time.process_time() - began < 1


def test_a_mailbox_of_bombs_costs_no_draft(tmp_path: Path) -> None:
    home = Home(tmp_path, ["work"])
    for raw in BOMBS.values():
        home.deliver(raw)
    home.deliver(invitation())
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *home.command("sync")], capture_output=True, text=True, check=False
    )
    memory = int(done.stderr.splitlines()[-1])
    assert done.returncode == 0, done.stderr
    assert len([one for one in home.drafts() if b"tom.varga@lindenworks.example" in one]) == 1
    assert memory < MOST
