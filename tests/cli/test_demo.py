"""`mailbot demo` as a newcomer meets it: a whole process, in a terminal of 80 columns and into a pipe."""

from __future__ import annotations

import json
import os
import pty
import shlex
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from tests.cli.test_json import check, shapes
from tests.cli.timing import processor_seconds

COMMAND = [sys.executable, "-m", "mailbot", "demo"]


@pytest.fixture(scope="module")
def piped(tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    """The page with its letters, all of it into pipes."""
    environment = {**os.environ, "TMPDIR": str(tmp_path_factory.mktemp("page")), "COLUMNS": "80"}
    return subprocess.run([*COMMAND, "--show"], capture_output=True, text=True, check=True, env=environment)


@pytest.fixture(scope="module")
def page(piped: subprocess.CompletedProcess[str]) -> str:
    return piped.stdout


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, bytes]:
    """Its JSON, and what a terminal sees meanwhile."""
    folder = tmp_path_factory.mktemp("told")
    ours, theirs = pty.openpty()
    with (folder / "stdout").open("w") as out:
        environment = {**os.environ, "TMPDIR": str(folder), "TERM": "xterm"}
        process = subprocess.Popen([*COMMAND, "--json"], stdout=out, stderr=theirs, env=environment)
        os.close(theirs)
        seen = b"".join(iter(lambda: read_some(ours), b""))
        os.close(ours)
        assert process.wait() == 0
    return (folder / "stdout").read_text(), seen


def read_some(terminal: int) -> bytes:
    """What the other side has written; nothing once it has gone (Linux then says EIO)."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""


@pytest.fixture(scope="module")
def told(watched: tuple[str, bytes]) -> list[dict[str, object]]:
    return [json.loads(line) for line in watched[0].splitlines()]


def test_its_objects_are_those_of_the_page_on_json(told: list[dict[str, object]]) -> None:
    assert check("demo", told) == shapes("demo")


def rows(told: list[dict[str, object]], key: str) -> list[dict[str, object]]:
    return [one for one in told if key in one]


def test_a_dozen_applications_with_all_kinds_of_outcomes(told: list[dict[str, object]]) -> None:
    stages = [one["stage"] for one in rows(told, "next_step")]
    assert len(stages) >= 12
    assert len(set(stages)) >= 6


def test_every_draft_says_when_to_whom_about_what_and_why(told: list[dict[str, object]]) -> None:
    drafts = [one for one in told if one.get("event") == "draft_placed"]
    assert len({one["follow_up"] for one in drafts}) >= 7
    assert all(one["at"] and one["to"] and one["subject"] and one["reason"] and one["body"] for one in drafts)


def test_the_page_has_the_applications_then_the_drafts_then_where_it_all_lies(page: str) -> None:
    places = [page.index(one) for one in ("Applications", "Drafts that mailbot placed", "To: ", "mutt -f ")]
    assert places == sorted(places)


def test_the_page_names_each_application_and_each_draft(page: str, told: list[dict[str, object]]) -> None:
    words = " ".join(page.split())
    for one in rows(told, "next_step"):
        assert f"{one['company']}" in words
        assert f"{one['role'] or ''}" in words
    for draft in (one for one in told if one.get("event") == "draft_placed"):
        assert " ".join(str(draft["reason"]).split()) in words


def test_notes_of_an_interview_that_is_over_do_not_wait(page: str) -> None:
    words = " ".join(page.split())
    notes = words.split("interview notes to Nora Castellan ")[1:]
    assert len(notes) > 3
    assert all("It stays in Drafts, for the next round." in one[:200] for one in notes)


def test_status_of_the_demo_counts_such_notes_and_lists_none(page: str) -> None:
    (ask,) = (line for line in page.splitlines() if line.startswith("Ask it yourself: "))
    command = shlex.split(ask.partition(": mailbot ")[2])
    done = subprocess.run([sys.executable, "-m", "mailbot", *command], capture_output=True, text=True, check=True)
    drafts = done.stdout[done.stdout.index("Drafts") :]
    assert "offer reply" in drafts
    assert "interview notes" not in drafts
    assert "Your notes of 6 interviews stay in Drafts." in drafts


def test_no_table_is_wider_than_the_terminal_or_breaks_a_word(page: str) -> None:
    table = page[: page.index("To: ")]
    assert max(map(len, table.splitlines())) <= 80
    assert "Implementation Specialist" in table


def test_into_a_pipe_goes_no_colour(page: str) -> None:
    assert "\x1b" not in page


def test_show_prints_the_letters(page: str, told: list[dict[str, object]]) -> None:
    (offer,) = (one for one in told if one.get("follow_up") == "offer_reply" and one["event"] == "draft_placed")
    assert str(offer["body"]).strip() in page


def test_the_mailbox_stays_and_answers_the_command_that_the_page_names(page: str) -> None:
    (mutt,) = (line for line in page.splitlines() if "mutt -f " in line)
    maildir = Path(mutt.partition("mutt -f ")[2])
    assert len(list((maildir / "cur").iterdir())) > 20
    assert list((maildir / ".Drafts" / "cur").iterdir())
    (ask,) = (line for line in page.splitlines() if line.startswith("Ask it yourself: "))
    command = shlex.split(ask.partition(": mailbot ")[2])
    done = subprocess.run([sys.executable, "-m", "mailbot", *command], capture_output=True, text=True, check=True)
    assert "Harborview Press" in done.stdout


def test_status_costs_little_more_than_the_libraries_it_stands_on(page: str) -> None:
    """A ratio of processor times, which other work on the machine leaves as it is; the half second that a person may
    wait is held by tests/bench."""
    (ask,) = (line for line in page.splitlines() if line.startswith("Ask it yourself: "))
    command = shlex.split(ask.partition(": mailbot ")[2])
    libraries = "import click, holidays.countries, msgspec, rich.console, rich.table, sqlite3"
    bare = min(processor_seconds([sys.executable, "-c", libraries]) for _ in range(5))
    assert min(processor_seconds([sys.executable, "-m", "mailbot", *command]) for _ in range(5)) < 4 * bare


def test_the_sample_ends_within_a_week_of_today(page: str) -> None:
    (mutt,) = (line for line in page.splitlines() if "mutt -f " in line)
    maildir = Path(mutt.partition("mutt -f ")[2])
    dates = [dated(file) for file in (maildir / "cur").iterdir()]
    now = datetime.now(UTC)
    assert timedelta() <= now - max(dates) <= timedelta(days=8)
    assert timedelta(days=50) <= max(dates) - min(dates) <= timedelta(days=70)


def dated(file: Path) -> datetime:
    line = next(line for line in file.read_text().splitlines() if line.startswith("Date: "))
    return parsedate_to_datetime(line.partition(": ")[2])


def test_a_terminal_sees_a_progress_bar_and_a_pipe_does_not(
    watched: tuple[str, bytes], piped: subprocess.CompletedProcess[str]
) -> None:
    assert b"Two months of mail" in watched[1]
    assert piped.stderr == ""
