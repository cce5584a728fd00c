"""The person's own calendar: what it holds is not offered."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.drafting.agenda import AHEAD, busy
from mailbot.etiquette.follow_up import FollowUpKind
from mailbot.reading.statements import Facet, Kind
from tests.drafting.desk_letters import Letters
from tests.etiquette.desk import DANA

ZONE = "America/New_York"
NOW = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo(ZONE))  # a Monday


def spans(*lines: str) -> list[str]:
    text = "\r\n".join(("BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:a", *lines, "END:VEVENT", "END:VCALENDAR"))
    here = [(one.astimezone(NOW.tzinfo), other.astimezone(NOW.tzinfo)) for one, other in busy(text, NOW, ZONE)]
    return [f"{start:%m-%d %H:%M}-{end:%H:%M}" for start, end in here]


HOUR = ("DTSTART;TZID=America/New_York:20260303T140000", "DTEND;TZID=America/New_York:20260303T150000")


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (HOUR, ["03-03 14:00-15:00"]),
        (("DTSTART:20260303T190000Z", "DURATION:PT1H30M"), ["03-03 14:00-15:30"]),
        (("DTSTART:20260303T140000", "DTEND:20260303T150000"), ["03-03 14:00-15:00"]),
        (("DTSTART;VALUE=DATE:20260303",), ["03-03 00:00-00:00"]),
        (("DTSTART;TZID=Eastern Standard Time:20260303T140000", "DURATION:PT1H"), ["03-03 14:00-15:00"]),
        (("DTSTART:20260301T140000", "DURATION:PT1H"), []),
        (("DTSTART:20270303T140000", "DURATION:PT1H"), []),
        ((*HOUR, "TRANSP:TRANSPARENT"), []),
        ((*HOUR, "STATUS:CANCELLED"), []),
        ((*HOUR, "BEGIN:VALARM", "DTSTART:20260304T140000", "END:VALARM"), ["03-03 14:00-15:00"]),
        (("DTSTART:2026030", " 3T140000", "DURATION:PT1H"), ["03-03 14:00-15:00"]),
        (("DTSTART:20261399T990000",), []),
        (("DTSTART:nonsense",), []),
    ],
)
def test_an_event(lines: tuple[str, ...], found: list[str]) -> None:
    assert spans(*lines) == found


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=DAILY;COUNT=3", ["03-03", "03-04", "03-05", "03-06"]),  # one more than it is: too much is no harm
        ("FREQ=WEEKLY;UNTIL=20260318T000000Z", ["03-03", "03-10", "03-17"]),
        ("FREQ=WEEKLY;BYDAY=MO,TH;UNTIL=20260312", ["03-05", "03-09", "03-12"]),
        ("FREQ=WEEKLY;INTERVAL=2;UNTIL=20260401", ["03-03", "03-17", "03-31"]),
        ("FREQ=MONTHLY;UNTIL=20260501", ["03-03", "04-03"]),
        ("FREQ=MONTHLY;BYDAY=1TU;UNTIL=20260501", ["03-03", "04-07"]),
        ("FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20260501", ["03-27"]),
        ("FREQ=YEARLY", ["03-03"]),
        ("FREQ=SECONDLY", ["03-03"]),
    ],
)
def test_what_recurs(rule: str, days: list[str]) -> None:
    assert [one[:5] for one in spans(*HOUR, f"RRULE:{rule}")] == days


def test_a_turn_that_was_left_out_or_moved_is_free() -> None:
    weekly = (*HOUR, "RRULE:FREQ=WEEKLY;UNTIL=20260318", "EXDATE;TZID=America/New_York:20260310T140000")
    assert [one[:5] for one in spans(*weekly)] == ["03-03", "03-17"]
    other = ("RECURRENCE-ID:20260317T140000", "DTSTART:20260318T100000", "DURATION:PT1H")
    moved = ("END:VEVENT", "BEGIN:VEVENT", "UID:a", *other)
    assert [one[:5] for one in spans(*weekly, *moved)] == ["03-03", "03-18"]


def test_no_time_of_the_calendar_is_offered() -> None:
    desk = Letters()
    desk.applied()
    slots = [desk.slot("2026-03-04 10:00", 60), desk.slot("2026-03-04 15:00", 60), desk.slot("2026-03-05 10:00", 60)]
    desk.heard("2026-03-02 10:00", DANA, Kind.INTERVIEW_REQUEST, facets=[Facet.ASKS], proposed=slots)
    desk.busy = [(desk.at("2026-03-04 09:30"), desk.at("2026-03-04 10:30"))]
    body = desk.letter("2026-03-02 10:05", FollowUpKind.INVITATION_REPLY).body
    assert "10:00 AM" not in body.partition("March 5")[0]
    assert "March 4 at 3:00 PM" in body


LINES = st.sampled_from([
    "BEGIN:VEVENT", "END:VEVENT", "BEGIN:VALARM", "END:VALARM", "DTSTART:20260303T140000",
    "DTSTART;VALUE=DATE:19010101",
    "RRULE:FREQ=DAILY;INTERVAL=0", "RRULE:FREQ=YEARLY;BYMONTHDAY=99", "RRULE:FREQ=MONTHLY;BYDAY=99TU;COUNT=99999",
    "DURATION:P99999W", "DTEND:18000101", "EXDATE:,,,", 'DTSTART;TZID="a:b":20260303T140000', " folded", ":", ";;", "",
    "DTSTART:99991231T235959", "UID:", "RRULE:=;=", "DTSTART:00010101T000000Z",
])  # fmt: skip


@given(st.lists(LINES, max_size=30).map("\n".join))
@settings(max_examples=300, deadline=None)
def test_any_calendar_is_read_without_error_and_ahead(text: str) -> None:
    for start, end in busy(text, NOW, ZONE):
        assert start <= end
        assert end > NOW
        assert start < NOW + AHEAD


def test_a_large_calendar_takes_no_longer_than_its_size() -> None:
    event = "BEGIN:VEVENT\nDTSTART:19700101T140000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=99999\nEND:VEVENT\n"
    began = time.monotonic()
    assert len(busy(event * 500, NOW, ZONE)) <= AHEAD // timedelta(days=1) + 2
    assert time.monotonic() - began < 5
