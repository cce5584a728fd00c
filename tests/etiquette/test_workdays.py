"""Working days, named by rule."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.errors import ConfigError
from mailbot.etiquette import load
from mailbot.etiquette.workdays import Calendar, public_holidays, whose_holidays
from mailbot.reading.statements import Kind, Reader
from tests.etiquette.desk import CHECK_IN, DANA, FORMAL_LETTER, PRIYA, SECOND_CHECK_IN, STAY_IN_TOUCH, THANK_YOU, Desk


def calendar(zone: str, country: str = "", region: str = "") -> Calendar:
    return Calendar(load("coach"), Reader(frozenset(), zone, country=country, region=region))


@pytest.mark.parametrize(
    ("zone", "day", "working"),
    [
        ("America/New_York", "2026-09-07", False),  # Labor Day
        ("America/Los_Angeles", "2026-02-16", False),  # Presidents' Day
        ("America/Chicago", "2026-11-26", False),  # Thanksgiving
        ("America/Chicago", "2026-11-27", True),  # the Friday after it is no federal holiday
        ("America/New_York", "2026-04-03", True),  # Good Friday is none either
        ("US/Eastern", "2026-07-03", False),  # Independence Day, observed
        ("Europe/London", "2026-04-03", False),  # Good Friday
        ("Europe/London", "2026-04-06", False),  # Easter Monday, in England
        ("Europe/London", "2026-08-31", False),  # summer bank holiday
        ("Europe/Berlin", "2026-05-14", False),  # Ascension Day
        ("Europe/Berlin", "2026-03-09", True),
        ("Europe/Berlin", "2027-03-08", False),  # Women's Day, in Berlin
        ("Europe/Berlin", "2026-11-01", False),
        ("Australia/Melbourne", "2026-11-03", False),  # Melbourne Cup, in Victoria
        ("Australia/Sydney", "2026-11-03", True),
        ("Australia/Canberra", "2026-06-01", False),  # Reconciliation Day
        ("America/Toronto", "2026-02-16", False),  # Family Day, in Ontario
        ("America/Montreal", "2026-06-24", False),  # in Quebec
        ("America/Vancouver", "2026-06-24", True),
        ("Asia/Calcutta", "2026-01-26", False),  # Republic Day, by the zone's old name
        ("UTC", "2026-12-25", True),  # no country
        ("UTC", "2026-12-26", False),  # a Saturday
    ],
)
def test_whose_holidays_hold_follows_from_the_zone(zone: str, day: str, working: bool) -> None:
    assert calendar(zone).is_working(date.fromisoformat(day)) is working


def test_country_and_region_of_the_configuration_come_first() -> None:
    assert whose_holidays(Reader(frozenset(), "America/New_York", country="GB", region="SCT")) == ("GB", "SCT")
    assert whose_holidays(Reader(frozenset(), "Europe/Berlin", region="BY")) == ("DE", "BY")
    assert whose_holidays(Reader(frozenset(), "Europe/London", country="gb")) == ("GB", "ENG")
    assert not calendar("Europe/Berlin", region="BY").is_working(date(2026, 6, 4))  # Corpus Christi


def test_a_region_that_the_country_has_not_is_said() -> None:
    with pytest.raises(ConfigError, match="ZZ"):
        public_holidays("DE", "ZZ")


def test_working_days_are_counted_over_weekends_and_holidays() -> None:
    rule = load("coach").days("thank_you.until")  # two working days
    berlin = calendar("Europe/Berlin")
    assert berlin.count(date(2026, 4, 2), rule) == date(2026, 4, 8)  # over Good Friday and Easter Monday
    assert berlin.count(date(2026, 4, 8), rule, back=True) == date(2026, 4, 2)


def test_a_promise_before_easter_moves_the_check_in_behind_it() -> None:
    desk = Desk(zone="Europe/London")
    desk.interview("2026-03-24 10:30")
    desk.promised("2026-03-25 09:00", "2026-04-01")  # two days past is Good Friday
    assert desk.due("2026-03-26 12:00", CHECK_IN) == "2026-04-07 08:00"


def test_ascension_day_in_berlin_moves_it_by_one_day() -> None:
    desk = Desk(zone="Europe/Berlin")
    desk.interview("2026-05-05 10:30")
    desk.promised("2026-05-06 09:00", "2026-05-12")
    assert desk.due("2026-05-07 12:00", CHECK_IN) == "2026-05-15 08:00"


def test_labor_day_moves_it_to_tuesday() -> None:
    desk = Desk()
    desk.interview("2026-08-25 10:30")
    desk.promised("2026-08-26 09:00", "2026-09-04")
    assert desk.due("2026-08-27 12:00", CHECK_IN) == "2026-09-08 08:00"


def test_presidents_day_is_no_working_day_after_a_promise() -> None:
    desk = Desk(preset="ten-steps")
    desk.interview("2026-02-10 10:30")
    desk.promised("2026-02-11 09:00", "2026-02-13")
    assert desk.due("2026-02-12 12:00", CHECK_IN) == "2026-02-17 08:00"


class TestRestDays:
    """No unprompted word from 23 December to 2 January, nor on the weekend after."""

    def test_a_check_in(self) -> None:
        desk = Desk(zone="Europe/London")
        desk.interview("2026-12-11 10:30")
        assert desk.due("2026-12-12 12:00", CHECK_IN) == "2026-12-21 08:00"
        desk.promised("2026-12-14 09:00", "2026-12-21")
        assert desk.due("2026-12-15 12:00", CHECK_IN) == "2027-01-04 08:00"

    def test_a_second_check_in(self) -> None:
        desk = Desk()
        desk.interview("2026-12-01 10:30")
        desk.asked_news("2026-12-16 10:00")
        assert desk.due("2026-12-17 12:00", SECOND_CHECK_IN) == "2027-01-04 08:00"

    def test_a_formal_letter_keeps_a_day_on_which_it_may_appear(self) -> None:
        desk = Desk(preset="three-strikes")
        desk.interview("2026-12-21 10:30")
        assert desk.due("2026-12-21 12:00", FORMAL_LETTER, PRIYA) == "2027-01-04 08:00"
        assert desk.one("2027-01-04 09:00", FORMAL_LETTER, PRIYA).verdict.value == "due"

    def test_staying_in_touch(self) -> None:
        desk = Desk()
        desk.interview("2026-11-02 10:30")
        desk.heard("2026-11-10 09:00", DANA, Kind.REJECTION)
        assert desk.due("2026-11-11 12:00", STAY_IN_TOUCH) == "2027-01-04 08:00"

    def test_thanks_and_answers_know_no_rest_days(self) -> None:
        desk = Desk()
        desk.interview("2026-12-23 10:30", fixed="2026-12-20 09:00")
        assert desk.due("2026-12-22 12:00", THANK_YOU, PRIYA) == "2026-12-23 11:30"


class TestClockChanges:
    """Days are counted on the calendar: a letter stays at 08:00 on either side of a change."""

    @pytest.mark.parametrize(
        ("zone", "promise", "due"),
        [
            ("America/New_York", "2026-03-06", "2026-03-09T08:00:00-04:00"),  # clocks go forward on the 8th
            ("America/New_York", "2026-10-30", "2026-11-02T08:00:00-05:00"),  # and back on the 1st
            ("Europe/London", "2026-10-23", "2026-10-26T08:00:00+00:00"),
            ("Australia/Sydney", "2026-10-02", "2026-10-06T08:00:00+11:00"),  # Labour Day on the 5th
        ],
    )
    def test_a_check_in_over_the_change(self, zone: str, promise: str, due: str) -> None:
        desk = Desk(zone=zone)
        desk.interview(f"{promise[:8]}02 10:30" if promise[8:] > "05" else "2026-09-28 10:30", fixed="2026-02-20 09:00")
        desk.promised(f"{promise} 09:00", promise)
        assert desk.one(f"{promise} 12:00", CHECK_IN).due.isoformat() == due

    def test_a_time_that_does_not_exist_is_moved_behind_the_gap(self) -> None:
        new_york = calendar("America/New_York")
        found = new_york.at(date(2026, 3, 8), datetime(2026, 3, 8, 2, 30).time())
        assert found.isoformat() == "2026-03-08T03:30:00-04:00"

    def test_an_interview_fixed_in_winter_and_held_in_summer_time_ends_when_it_says(self) -> None:
        desk = Desk()
        desk.interview("2026-03-12 14:00", 45)
        assert desk.one("2026-03-09 12:00", THANK_YOU, PRIYA).due.astimezone(UTC).hour == 18


@settings(max_examples=60)
@given(
    zone=st.sampled_from(["America/New_York", "Europe/London", "Europe/Berlin", "Asia/Kolkata", "Pacific/Auckland"]),
    moment=st.datetimes(datetime(2025, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
)
def test_a_working_morning_is_always_eight_oclock_of_an_open_day_and_never_past(zone: str, moment: datetime) -> None:
    found = calendar(zone).next_morning(moment)
    assert found >= moment
    assert f"{found:%H:%M}" == "08:00"
    assert found.weekday() < 5
    assert (1, 2) < (found.month, found.day) < (12, 23)
