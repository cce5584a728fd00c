"""Which times are named in answer to an invitation."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.drafting.letter import Hours, Me
from mailbot.drafting.times import AHEAD, CLEAR, TALK, Diary, choose, named, propose, spoken
from mailbot.drafting.wording import Manner, zone_label
from mailbot.reading.statements import Slot, Tone

NEW_YORK, LONDON = ZoneInfo("America/New_York"), ZoneInfo("Europe/London")
ME = Me("Sam Porter", ("sam@home.test",), "America/New_York", hours=Hours(time(8), time(19)))


def at(text: str, zone: ZoneInfo = NEW_YORK) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


NOW = at("2026-03-02 10:00")


def free(*busy: tuple[str, str]) -> Diary:
    return Diary(ME, NOW, tuple((at(start), at(end)) for start, end in busy))


def slot(start: str, minutes: int = 60, zone: ZoneInfo = NEW_YORK) -> Slot:
    return Slot(at(start, zone), at(start, zone) + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("slots", "chosen"),
    [
        ([slot("2026-03-05 10:00"), slot("2026-03-04 10:00")], ["2026-03-04 10:00", "2026-03-05 10:00"]),
        ([slot("2026-03-03 09:00"), slot("2026-03-04 10:00")], ["2026-03-04 10:00"]),
        ([slot("2026-03-04 07:30"), slot("2026-03-04 18:30")], []),
        ([Slot(at("2026-03-04 18:00"))], ["2026-03-04 18:00"]),
        ([slot("2026-03-04 10:00", 240)], ["2026-03-04 10:00", "2026-03-04 11:00"]),
        ([slot("2026-03-04 10:00", 240), slot("2026-03-05 10:00", 240)], ["2026-03-04 10:00", "2026-03-05 10:00"]),
        ([slot("2026-03-02 15:00")], ["2026-03-02 15:00"]),
        ([slot("2026-03-02 11:00")], []),
        ([slot("2026-03-07 00:00", 3 * 24 * 60)], ["2026-03-09 09:00", "2026-03-09 10:00"]),
    ],
)
def test_first_and_second_choice(slots: list[Slot], chosen: list[str]) -> None:
    assert list(choose(slots, free())) == [at(one) for one in chosen]


def test_an_hour_is_kept_clear_of_known_interviews() -> None:
    diary = free(("2026-03-04 12:00", "2026-03-04 13:00"))
    offered = [slot("2026-03-04 10:30"), slot("2026-03-04 13:30"), slot("2026-03-04 10:00"), slot("2026-03-04 14:00")]
    assert choose(offered, diary) == (at("2026-03-04 10:00"), at("2026-03-04 14:00"))


def test_three_proposals_are_on_three_working_days() -> None:
    found = propose(free(), None)
    assert [one.date().isoformat() for one in found] == ["2026-03-03", "2026-03-04", "2026-03-05"]


def test_proposals_are_in_office_hours_on_both_sides_where_there_are_such() -> None:
    for start in propose(free(), LONDON):
        assert time(9) <= start.astimezone(LONDON).time() <= time(16)


def test_proposals_are_made_even_where_the_two_share_no_office_hours() -> None:
    assert len(propose(free(), ZoneInfo("Asia/Tokyo"))) == 3


@given(
    st.lists(st.tuples(st.integers(0, 400), st.integers(15, 3_000)), max_size=8),
    st.lists(st.tuples(st.integers(0, 400), st.integers(15, 300)), max_size=5),
)
@settings(max_examples=100, deadline=None)
def test_every_time_named_is_ahead_inside_the_hours_and_clear(
    offers: list[tuple[int, int]], busy: list[tuple[int, int]]
) -> None:
    begin = at("2026-03-03 15:00", LONDON)
    slots = [Slot(begin + timedelta(minutes=30 * a), begin + timedelta(minutes=30 * a + b)) for a, b in offers]
    talks = tuple((NOW + timedelta(minutes=30 * a), NOW + timedelta(minutes=30 * a + b)) for a, b in busy)
    diary = Diary(ME, NOW, talks)
    for start in (*choose(slots, diary), *propose(diary, LONDON)):
        mine = start.astimezone(NEW_YORK)
        assert start - NOW >= AHEAD
        assert time(8) <= mine.time() <= time(19)
        for first, last in diary.busy:
            assert start >= last + CLEAR or start + timedelta(minutes=15) <= first - CLEAR


def test_a_bare_offset_takes_the_name_of_their_zone_only_where_their_clock_shows_it() -> None:
    bare = datetime(2026, 3, 12, 15, tzinfo=UTC)
    assert zone_label(named(bare, ZoneInfo("Europe/London"))) == "London time"
    assert zone_label(named(bare.replace(month=6), ZoneInfo("Europe/London"))) == "GMT"
    assert named(bare, None) == bare


def test_a_time_is_spoken_in_both_zones_only_where_they_differ() -> None:
    us = Manner("us", Tone.NEUTRAL)
    assert spoken(at("2026-03-04 10:00"), NEW_YORK, us) == "Wednesday, March 4 at 10:00 AM"
    assert spoken(at("2026-03-04 10:00"), None, us) == "Wednesday, March 4 at 10:00 AM New York time"
    late = at("2026-03-04 20:00") + TALK
    there = "Thursday, March 5 at 2:00 AM London time"
    assert spoken(late, LONDON, us) == f"Wednesday, March 4 at 9:00 PM New York time ({there})"
