"""The calendar: what stands in it, that an entry stays itself through every change, and that calendars can read it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest

from mailbot.outcome import Outlook
from mailbot.telling.calendar import Entry, entries, render
from tests.cli.person import PersonAtDesk
from tests.sample_mail import CANCELLATION, CONFIRMATION, TOM, at, mail
from tests.telling.desk import Desk, at_desk
from tests.telling.test_notices import PROMISE, REJECTION, TEST

MOVED = mail(
    "2026-03-03 12:00",
    TOM,
    "Re: Interview confirmed: Stage Technician at Linden Works",
    "Hi Robin,\n\nUnfortunately we need to reschedule your interview. The new time is Friday, March 6, 2026, from 10:00"
    " to 10:45 AM Eastern.\n\nTom Varga\nRecruiter, Linden Works\n",
    ident="moved@lindenworks.example",
    reply_to="confirm@lindenworks.example",
)


@pytest.fixture
def desk() -> Iterator[Desk]:
    with at_desk() as one:
        one.receive(CONFIRMATION, "2026-03-02 09:11")
        one.step("2026-03-02 09:12")
        yield one


def of(what: str, outlook: Outlook) -> list[Entry]:
    return [one for one in entries(outlook) if one.what == what]


def events(outlook: Outlook) -> list[Any]:
    """As a calendar program reads them."""
    return list(icalendar.Calendar.from_ical(render(entries(outlook))).walk("VEVENT"))


def test_an_interview_stands_in_it_with_its_time_and_people(desk: Desk) -> None:
    (one,) = of("interview", desk.outlook("2026-03-02 10:00"))
    assert (one.start, one.end) == (at("2026-03-04 14:00"), at("2026-03-04 14:45"))
    assert one.summary == "Interview: Linden Works, Stage Technician (video)"
    assert one.text == "With Ella Brandt."
    assert (one.status, one.busy) == ("CONFIRMED", True)


def test_an_interview_that_moves_stays_the_same_entry(desk: Desk) -> None:
    (before,) = of("interview", desk.outlook("2026-03-02 10:00"))
    desk.receive(MOVED, "2026-03-03 12:01")
    (after,) = of("interview", desk.step("2026-03-03 12:02"))
    assert after.uid == before.uid
    assert after.start == at("2026-03-06 10:00")
    assert after.sequence > before.sequence


def test_an_interview_that_is_off_stands_there_as_cancelled(desk: Desk) -> None:
    (before,) = of("interview", desk.outlook("2026-03-02 10:00"))
    desk.receive(CANCELLATION, "2026-03-03 16:00")
    (after,) = of("interview", desk.step("2026-03-03 16:01"))
    assert (after.uid, after.status, after.busy) == (before.uid, "CANCELLED", False)
    assert after.sequence > before.sequence


def test_a_promised_day_stands_there_until_news_come(desk: Desk) -> None:
    desk.receive(PROMISE, "2026-03-05 10:01")
    (one,) = of("promise", desk.step("2026-03-05 10:02"))
    assert (one.start, one.end) == (date(2026, 3, 11), date(2026, 3, 12))
    desk.receive(REJECTION, "2026-03-10 10:01")
    assert of("promise", desk.step("2026-03-10 10:02")) == []


def test_a_day_to_answer_by_has_alarms_the_morning_before_and_that_morning() -> None:
    with at_desk() as desk:
        desk.receive(TEST, "2026-03-02 11:00")
        outlook = desk.step("2026-03-02 11:01")
        (one,) = of("answer", outlook)
        (event,) = (found for found in events(outlook) if found["uid"] == one.uid)
    assert (one.start, one.end) == (date(2026, 3, 13), date(2026, 3, 14))
    alarms = [alarm["trigger"].dt for alarm in event.walk("VALARM")]
    assert alarms == [timedelta(hours=-15), timedelta(hours=9)]


def test_what_is_planned_stands_there_with_why(desk: Desk) -> None:
    planned = of("follow_up", desk.outlook("2026-03-02 10:00"))
    assert any(one.summary == "Thank-you to Ella Brandt: Linden Works, Stage Technician" for one in planned)
    assert all(one.text and one.start < one.end for one in planned)


def test_the_same_state_gives_the_same_text_whenever_it_is_asked(desk: Desk) -> None:
    first = render(entries(desk.outlook("2026-03-02 10:00")))
    assert render(entries(desk.outlook("2026-03-02 17:30"))) == first


def test_no_two_entries_are_the_same_and_no_uid_tells_of_a_mail(desk: Desk) -> None:
    desk.receive(PROMISE, "2026-03-05 10:01")
    found = entries(desk.step("2026-03-05 10:02"))
    uids = [one.uid for one in found]
    assert len(uids) == len(set(uids)) > 3
    assert not any("linden" in one or "example" in one for one in uids)


def test_other_programs_read_it(desk: Desk) -> None:
    desk.receive(PROMISE, "2026-03-05 10:01")
    outlook = desk.step("2026-03-05 10:02")
    found = events(outlook)
    assert len(found) == len(entries(outlook))
    interview = next(one for one in found if one["summary"].startswith("Interview"))
    assert interview["dtstart"].dt == datetime(2026, 3, 4, 19, tzinfo=UTC)
    assert all({"uid", "dtstamp", "dtstart", "dtend", "summary"} <= {key.lower() for key in one} for one in found)
    text = render(entries(outlook))
    assert all(len(line.encode()) <= 75 for line in text.splitlines())
    assert text.count("\r\n") == text.count("\n")


def test_what_is_long_over_is_left_out(desk: Desk) -> None:
    assert of("interview", desk.outlook("2026-05-30 10:00"))
    assert not of("interview", desk.outlook("2026-07-30 10:00"))


@pytest.fixture
def person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PersonAtDesk:
    one = PersonAtDesk(tmp_path, monkeypatch)
    one.receive(CONFIRMATION)
    return one


def test_the_command_writes_a_file_that_is_ones_own(person: PersonAtDesk) -> None:
    person.at("2026-03-02 10:00")
    person.do("sync")
    file = person.folder / "search.ics"
    assert f"entries are in {file}" in person.do("calendar", str(file))
    assert file.stat().st_mode & 0o777 == 0o600
    assert "Interview: Linden Works" in file.read_text().replace("\n ", "")
    assert person.do("calendar").startswith("BEGIN:VCALENDAR")


def test_a_step_keeps_the_file_current_and_leaves_it_alone_where_nothing_changed(person: PersonAtDesk) -> None:
    file = person.folder / "search.ics"
    person.do("config", "set", "calendar.file", str(file))
    person.at("2026-03-02 10:00")
    person.do("sync")
    before = file.stat()
    person.at("2026-03-02 10:05")
    person.do("sync")
    assert file.stat().st_ino == before.st_ino
    person.receive(CANCELLATION)
    person.at("2026-03-03 16:01")
    person.do("sync")
    assert "STATUS:CANCELLED" in file.read_text()
