"""The first look at a mailbox: everything is tracked, nothing stale is drafted, what was missed is listed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.person import PersonAtDesk
from tests.sample_mail import CONFIRMATION, at


@pytest.fixture
def person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PersonAtDesk:
    one = PersonAtDesk(tmp_path, monkeypatch)
    one.receive(CONFIRMATION)
    return one


def missed(person: PersonAtDesk) -> list[object]:
    return [one["missed"] for one in person.objects("status") if "missed" in one]


def test_what_is_old_is_tracked_and_listed_and_never_drafted(person: PersonAtDesk) -> None:
    person.at("2026-04-20 09:00")
    person.do("sync")
    assert person.stage() == {"linden-works-stage-technician": "waiting"}
    assert person.drafted() == []
    # The check-in to Tom takes in the thanks to him.
    assert sorted(map(str, missed(person))) == ["check_in", "thank_you"]


def test_what_is_still_in_its_time_is_drafted(person: PersonAtDesk) -> None:
    person.at("2026-03-18 09:00")
    person.do("sync")
    assert person.drafted() == [("check_in", "tom.varga@lindenworks.example")]
    assert "thank_you" in missed(person)


def test_status_says_what_was_missed_lately_with_its_command(person: PersonAtDesk) -> None:
    person.at("2026-03-12 09:00")
    person.do("sync")
    page = person.do("status")
    assert "Missed: thank-you to ella.brandt@lindenworks.example" in page
    assert "mailbot draft linden-works-stage-technician thank_you --to ella.brandt@lindenworks.example" in page


def test_what_was_missed_long_ago_is_counted_and_not_listed_line_by_line(person: PersonAtDesk) -> None:
    person.at("2026-04-20 09:00")
    page = person.do("sync")
    assert "2 follow-ups were missed long ago" in page
    assert "missed: " not in page


def test_what_was_missed_lately_is_listed_with_its_day(person: PersonAtDesk) -> None:
    person.at("2026-03-12 09:00")
    assert "missed: thank-you to ella.brandt@lindenworks.example, due Wed 4 Mar" in person.do("sync")


def test_mail_from_before_the_day_that_is_named_is_left_unread(person: PersonAtDesk) -> None:
    file = next((person.folder / "work" / "new").iterdir())
    arrived = at("2026-03-02 09:10").timestamp()
    os.utime(file, (arrived, arrived))
    person.config.write_text(person.config.read_text() + '[scan]\nsince = "2026-03-10"\n')
    person.at("2026-03-12 09:00")
    person.do("sync")
    assert person.stage() == {}
