"""`mailbot letter` and `mailbot templates`: a letter before it is drafted, and the person's own words in it."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from tests.cli.test_commands import Home
from tests.sample_mail import ZONE, fresh_invitation

WHO = "tom.varga@lindenworks.example"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    found = Home(tmp_path)
    found.deliver(fresh_invitation(datetime.now(ZONE)))
    found.here("sync", "--dry-run")
    return found


def test_a_letter_is_shown_and_nothing_is_placed(home: Home) -> None:
    done = home.here("letter", "linden", "invitation_reply", "--json")
    letter = json.loads(done.stdout)
    assert WHO in letter["to"]
    assert letter["body"].endswith("Robin Adeyemi\nrobin@example.com\n")
    assert home.drafts() == []


def test_a_letter_that_nothing_calls_for_is_said_with_what_is_missing(home: Home) -> None:
    done = home.here("letter", "linden", "offer_reply")
    assert done.returncode == 2
    assert "No offer has come" in done.stderr


def test_a_kind_that_there_is_not_is_said_with_those_that_there_are(home: Home) -> None:
    done = home.here("letter", "linden", "love_letter")
    assert done.returncode == 2
    assert "invitation_reply" in done.stderr


def test_a_letter_that_only_the_person_asks_for_is_shown_and_nothing_changes(home: Home) -> None:
    before = home.here("status", "--json").stdout
    letter = json.loads(home.here("letter", "linden", "withdrawal", "--json").stdout)
    assert WHO in letter["to"]
    assert home.here("status", "--json").stdout == before


def test_own_words_stand_in_place_of_ours(home: Home) -> None:
    folder = home.folder / "templates"
    folder.mkdir()
    for number in (1, 2):
        (folder / f"invitation_reply.{number}.txt").write_text("My own words about {{ the_role }}.")
    done = home.here("letter", "linden", "invitation_reply")
    assert "My own words about the " in done.stdout


def test_a_template_with_a_wrong_name_stops_with_its_file_and_line(home: Home) -> None:
    folder = home.folder / "templates"
    folder.mkdir()
    (folder / "check_in.1.txt").write_text("Hello\n{{ the_rol }}")
    done = home.here("status")
    assert done.returncode == 2
    assert f"{folder}/check_in.1.txt:2: there is no name 'the_rol'" in done.stderr


def test_samples_need_no_configuration(tmp_path: Path) -> None:
    done = Home(tmp_path).here("letter", "--samples")
    assert done.returncode == 0
    assert done.stdout.count("Subject: ") > 40


def test_a_file_that_was_promised_is_named_in_the_note(home: Home) -> None:
    file = home.folder / "case study.pdf"
    file.write_bytes(b"%PDF-1.7")
    done = home.here("note", "linden", "the case study", "--attach", str(file))
    assert done.returncode == 0, done.stderr
    assert str(file) in done.stdout
    assert home.here("note", "linden", "--attach", str(home.folder / "gone.pdf")).returncode == 2


def test_templates_are_exported_once(home: Home) -> None:
    done = home.here("templates", "export", "decline", "--json")
    written = {Path(json.loads(line)["written"]).name for line in done.stdout.splitlines()}
    assert written == {"README.txt", "decline.1.txt", "decline.2.txt"}
    assert home.here("templates", "export", "decline").stdout == ""
