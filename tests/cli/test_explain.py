"""`mailbot explain` and the page of `replay`: the JSON of the design, and what a person sees."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mailbot.cli import cli
from tests.sample_mail import ALERT, CONFIRMATION, OWN_THANKS

FIELDS = [
    "file", "message_id", "direction", "kind", "confidence", "company", "agency", "role", "people", "interviews",
    "decision_by", "respond_by", "evidence",
]  # fmt: skip
ME = ("--me", "robin@example.com", "--tz", "America/New_York")


@pytest.fixture
def mails(tmp_path: Path) -> list[str]:
    files = []
    for name, raw in (("confirmed", CONFIRMATION), ("thanks", OWN_THANKS), ("alert", ALERT)):
        file = tmp_path / f"{name}.eml"
        file.write_bytes(raw)
        files.append(str(file))
    return files


def run(*args: str) -> Result:
    return CliRunner().invoke(cli, args)


def explained(*args: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in run("explain", "--json", *args).stdout.splitlines()]


def test_one_object_a_line_for_each_file_with_exactly_these_fields(mails: list[str]) -> None:
    found = explained(*ME, *mails)
    assert [one["file"] for one in found] == mails
    assert [list(one) for one in found] == [FIELDS] * 3


def test_the_fields_of_a_confirmation(mails: list[str]) -> None:
    (found,) = explained(*ME, mails[0])
    assert found["message_id"] == "<confirm@lindenworks.example>"
    assert (found["direction"], found["kind"], found["company"]) == ("in", "interview_confirmed", "Linden Works")
    assert (found["agency"], found["role"], found["respond_by"]) == (None, "Stage Technician", None)
    assert 0 < float(str(found["confidence"])) <= 1
    assert {"name": "Ella Brandt", "email": "ella.brandt@lindenworks.example", "part": "interviewer"} in found["people"]
    assert found["interviews"] == [
        {
            "start": "2026-03-04T14:00:00-05:00",
            "end": "2026-03-04T14:45:00-05:00",
            "format": "video",
            "status": "scheduled",
        }
    ]


def test_evidence_is_the_mails_own_words(mails: list[str]) -> None:
    (found,) = explained(*ME, mails[0])
    text = " ".join(CONFIRMATION.decode().replace("=\r\n", "").split())
    assert {one["field"] for one in found["evidence"]} >= {"kind", "company", "role", "interviews"}
    assert [one for one in found["evidence"] if " ".join(one["quote"].split()) not in text] == []


def test_mail_from_ones_own_address_is_sent(mails: list[str]) -> None:
    assert [one["direction"] for one in explained(*ME, *mails)] == ["in", "out", "in"]


def test_a_file_that_cannot_be_read_is_an_error_and_the_rest_are_read(mails: list[str], tmp_path: Path) -> None:
    (tmp_path / "folder.eml").mkdir()
    asked = [mails[0], str(tmp_path / "none.eml"), str(tmp_path / "folder.eml"), mails[1]]
    done = run("explain", "--json", *ME, *asked)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["file"] for one in found] == asked
    assert [set(one) for one in found[1:3]] == [{"file", "error"}] * 2
    assert found[3]["kind"] == "own_thank_you"
    assert done.exit_code == 1


def test_whose_mail_it_is_defaults_to_the_configuration(mails: list[str], tmp_path: Path) -> None:
    config = tmp_path / "mailbot.toml"
    config.write_text(
        '[me]\nname = "Robin"\naddresses = ["robin@example.com"]\ntimezone = "Europe/Paris"\n'
        f'[[account]]\nname = "a"\nkind = "maildir"\npath = "{tmp_path}"\n'
    )
    config.chmod(0o600)
    assert explained("--config", str(config), mails[1])[0]["direction"] == "out"


def test_the_page_for_a_person_names_the_facts_and_marks_their_words(mails: list[str]) -> None:
    done = CliRunner().invoke(cli, ["explain", *ME, mails[0]], color=True)
    assert done.exit_code == 0
    for said in ("interview confirmed", "Linden Works", "Ella Brandt", "Wed 04 Mar 2026 14:00"):
        assert said in done.stdout
    marked = [piece.partition("\x1b[0m")[0] for piece in done.stdout.split("\x1b[4m")[1:]]
    assert any("is confirmed for" in one for one in marked)


def test_a_mail_cannot_steer_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / "evil.eml"
    file.write_bytes(CONFIRMATION.replace(b"Hi Robin", b"Hi \x1b]0;owned\x07Robin\xe2\x80\xae"))
    done = run("explain", *ME, str(file))
    assert not set(done.stdout) & set("\x1b\x07\u202e")


def test_replay_without_json_is_a_page_for_a_person(mails: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mailbot", "replay", str(Path(mails[0]).parent), *ME, "--name", "Robin Adeyemi",
         "--until", "2026-03-10T18:00"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    drafts, _, ends = done.stdout.partition("At the end")
    assert "thank-you to Tom Varga" in " ".join(drafts.split())
    assert "Instead: you sent nothing" in " ".join(drafts.split())
    assert "Linden Works, Stage Technician" in ends


def test_replay_from_a_moment_begins_with_what_is_still_due_then(mails: list[str]) -> None:
    start = "2026-03-04T20:00:00-05:00"
    done = run(
        "replay", str(Path(mails[0]).parent), "--json", *ME, "--name", "Robin", "--from", start,
        "--until", "2026-03-06T18:00",
    )  # fmt: skip
    moments = {one["follow_up"]: one["at"] for one in map(json.loads, done.stdout.splitlines()) if "follow_up" in one}
    assert moments == {"thank_you": start}
