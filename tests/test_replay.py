"""Replay: archives of every form, the virtual clock, the JSON of its events."""

from __future__ import annotations

import json
import mailbox
import subprocess
import sys
from pathlib import Path

import pytest

from mailbot.errors import ActionNeeded
from mailbot.mail.port import Place
from mailbot.replay import read_archive
from tests.sample_mail import ALERT, CANCELLATION, CONFIRMATION, OWN_THANKS

OWN = frozenset({"robin@example.com"})
MAILS = (CONFIRMATION, OWN_THANKS, ALERT)


def folder_of_eml(path: Path) -> Path:
    for number, raw in enumerate(MAILS):
        (path / f"{number}.eml").write_bytes(raw)
    return path


def maildir(path: Path) -> Path:
    for part in ("cur", "new", "tmp", ".Drafts/cur", ".Drafts/new", ".Drafts/tmp"):
        (path / part).mkdir(parents=True)
    for number, raw in enumerate(MAILS):
        (path / "cur" / f"{number}.x.y:2,S").write_bytes(raw)
    (path / ".Drafts" / "cur" / "9.x.y:2,DS").write_bytes(CANCELLATION)
    return path


def mbox(path: Path) -> Path:
    box = mailbox.mbox(path / "old.mbox")
    for raw in MAILS:
        box.add(raw)
    box.close()
    return path / "old.mbox"


@pytest.mark.parametrize("form", [folder_of_eml, maildir, mbox])
def test_every_form_of_archive_gives_the_same_mail_by_arrival(form, tmp_path: Path) -> None:
    arrivals = read_archive(form(tmp_path), OWN)
    assert [one.place for one in arrivals] == [Place.INBOX, Place.INBOX, Place.SENT]
    assert [one.at for one in arrivals] == sorted(one.at for one in arrivals)


def test_a_path_that_is_no_archive_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(ActionNeeded, match="no folder of"):
        read_archive(tmp_path / "none", OWN)


def play(path: Path, *args: str) -> list[dict[str, object]]:
    done = subprocess.run(
        [sys.executable, "-m", "mailbot", "replay", str(path), "--json", "--me", "robin@example.com",
         "--name", "Robin Adeyemi", "--tz", "America/New_York", *args],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_events_come_in_order_of_time_and_applications_last(tmp_path: Path) -> None:
    events = play(folder_of_eml(tmp_path), "--until", "2026-03-20T18:00:00-04:00")
    times = [one["at"] for one in events if "at" in one]
    assert times == sorted(times)
    assert events[-1]["event"] == "application"
    assert set(events[-1]) == {"event", "application", "company", "role", "stage", "people"}


def test_a_placed_draft_has_every_field_and_comes_at_its_moment(tmp_path: Path) -> None:
    events = play(folder_of_eml(tmp_path), "--until", "2026-03-05T18:00:00-05:00")
    placed = [one for one in events if one["event"] == "draft_placed" and one["follow_up"] == "thank_you"]
    assert {tuple(one["to"]): one["at"] for one in placed} == {
        ("ella.brandt@lindenworks.example",): "2026-03-04T14:45:00-05:00",
        ("tom.varga@lindenworks.example",): "2026-03-04T14:45:00-05:00",
    }
    assert set(placed[0]) == {
        "at", "event", "follow_up", "application", "company", "role", "to", "subject", "in_reply_to", "body", "reason",
    }  # fmt: skip
    (back,) = [one for one in events if one["event"] == "draft_withdrawn"]
    assert (back["to"], back["at"]) == (["ella.brandt@lindenworks.example"], "2026-03-04T15:30:00-05:00")


def test_the_same_archive_gives_the_same_events(tmp_path: Path) -> None:
    path = folder_of_eml(tmp_path)
    until = ("--until", "2026-03-20T18:00:00-04:00")
    assert play(path, *until) == play(path, *until)
