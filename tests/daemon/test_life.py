"""Two simulated years in five zones: whatever the clock does, each due step comes exactly once."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailbot.etiquette.follow_up import FollowUp, FollowUpKind
from tests.daemon.life import ClockSet, Life, Sleep

ZONES = ("America/New_York", "Europe/London", "Asia/Kolkata", "Australia/Lord_Howe", "America/St_Johns")
START, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
CALM = {zone: Life(zone, START, END) for zone in ZONES}


def calm(zone: str) -> Life:
    """The undisturbed life, played once."""
    return CALM[zone] if CALM[zone].outcomes else CALM[zone].live()


def identities(life: Life) -> Counter[object]:
    return Counter((one.follow_up.kind, one.follow_up.identity) for _, one in life.placed)


def first_thanks() -> FollowUp:
    return next(one.follow_up for _, one in calm(ZONES[0]).placed if one.follow_up.kind is FollowUpKind.THANK_YOU)


@pytest.mark.parametrize("zone", ZONES)
def test_in_two_years_each_thank_you_and_check_in_comes_once_and_in_its_time(zone: str) -> None:
    life = calm(zone)
    kinds = Counter(str(one.follow_up.kind) for _, one in life.placed)
    assert kinds["thank_you"] == kinds["check_in"] == 11
    assert set(identities(life).values()) == {1}
    for at, one in life.placed:
        assert timedelta(0) <= at - one.follow_up.due < timedelta(seconds=60)
    assert not life.missed
    assert not life.problems


@pytest.mark.parametrize("zone", ZONES)
def test_a_step_is_made_only_when_there_is_something_to_do(zone: str) -> None:
    polls = (END - START) / timedelta(days=3)
    assert calm(zone).outcomes < polls + 200


disturbances = st.lists(
    st.one_of(
        st.builds(
            Sleep, st.datetimes(datetime(2026, 1, 5), datetime(2027, 11, 1), timezones=st.just(UTC)),
            st.timedeltas(timedelta(seconds=1), timedelta(days=30)),
        ),
        st.builds(
            ClockSet, st.datetimes(datetime(2026, 1, 5), datetime(2027, 11, 1), timezones=st.just(UTC)),
            st.timedeltas(timedelta(days=-1), timedelta(days=1)),
        ),
    ),
    max_size=12,
)  # fmt: skip


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(ZONES), disturbances)
def test_sleep_and_set_clocks_neither_double_nor_lose_a_step(zone: str, happens: list[Sleep | ClockSet]) -> None:
    life = Life(zone, START, END, happens).live()
    placed = identities(life)
    assert set(placed.values()) <= {1}, "a follow-up came twice"
    came = set(placed) | {(one.follow_up.kind, one.follow_up.identity) for one in life.missed}
    assert {one for one in identities(calm(zone)) if one[0] in ("thank_you", "check_in")} <= came, "one was lost"


@pytest.mark.parametrize("length", [timedelta(seconds=1), timedelta(minutes=59), timedelta(hours=9), timedelta(days=2)])
def test_what_fell_due_in_sleep_comes_within_a_minute_of_waking(length: timedelta) -> None:
    first = first_thanks()
    asleep = Sleep(first.due.astimezone(UTC) - timedelta(seconds=30), length)
    life = Life(ZONES[0], START, START + timedelta(days=100), [asleep]).live()
    at = next(at for at, one in life.placed if one.follow_up.identity == first.identity)
    assert at <= max(asleep.at + asleep.length, first.due) + timedelta(seconds=60)


def test_after_a_month_of_sleep_what_is_past_its_time_is_missed_not_placed() -> None:
    first = first_thanks()
    asleep = Sleep(first.due.astimezone(UTC) - timedelta(minutes=5), timedelta(days=30))
    life = Life(ZONES[0], START, START + timedelta(days=100), [asleep]).live()
    assert FollowUpKind.CHECK_IN in [one.follow_up.kind for one in life.missed]
    firm = [one for one in life.placed if one[1].follow_up.identity.recipient == first.identity.recipient]
    assert all(at < asleep.at for at, _ in firm)
