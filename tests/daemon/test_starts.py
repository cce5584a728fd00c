"""Waiting before a start that follows failed ones."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.starts import FIRST, FREE, LONGEST, NAME, WELL, Starts, noted_start

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
MANAGER = timedelta(seconds=30)  # the service manager's own wait


class BrokenStartError(Exception):
    """What ends a service that cannot start."""


def start(state: Path, now: datetime, *, ends: type[BaseException] | None = None) -> float:
    """One start; the seconds that it waited."""
    slept: list[float] = []
    try:
        with noted_start(state, now, slept.append):
            if ends is not None:
                raise ends
    except (BrokenStartError, SystemExit, KeyboardInterrupt):
        pass
    return sum(slept)


def crash_loop(state: Path, times: int, now: datetime = NOW) -> tuple[list[float], datetime]:
    """The waits of so many failing starts, and when the next one would be."""
    waits = []
    for _ in range(times):
        waits.append(start(state, now, ends=BrokenStartError))
        now += timedelta(seconds=waits[-1]) + MANAGER
    return waits, now


def test_a_crash_loop_waits_twice_as_long_from_time_to_time_up_to_an_hour(tmp_path: Path) -> None:
    waits, _ = crash_loop(tmp_path, 14)
    first = FIRST.total_seconds()
    assert waits[: FREE + 4] == [0] * (FREE + 1) + [first, 2 * first, 4 * first]
    assert waits[-3:] == [LONGEST.total_seconds()] * 3


@pytest.mark.parametrize("asked", [None, SystemExit, KeyboardInterrupt], ids=str)
def test_after_an_end_that_was_asked_for_nothing_is_waited_for(
    tmp_path: Path, asked: type[BaseException] | None
) -> None:
    _, now = crash_loop(tmp_path, 8)
    assert start(tmp_path, now, ends=asked) > 0
    assert start(tmp_path, now + MANAGER) == 0


def test_a_stop_while_it_waits_is_an_end_that_was_asked_for(tmp_path: Path) -> None:
    def stopped(_: float) -> None:
        raise SystemExit(0)

    _, now = crash_loop(tmp_path, 8)
    with pytest.raises(SystemExit), noted_start(tmp_path, now, stopped):
        pytest.fail("it was to stop")
    assert start(tmp_path, now) == 0


def test_one_that_was_at_work_for_long_had_started_well(tmp_path: Path) -> None:
    waits, now = crash_loop(tmp_path, 8)
    assert start(tmp_path, now + timedelta(seconds=waits[-1]) + WELL) == 0


def test_a_clock_that_was_set_back_holds_nothing_against_it(tmp_path: Path) -> None:
    _, now = crash_loop(tmp_path, 8)
    assert start(tmp_path, now - timedelta(days=30)) == 0


@pytest.mark.parametrize("said", ["", "{", "[]", '{"failed": 3}', '{"failed": 9, "at": "soon"}'], ids=repr)
def test_a_note_that_nobody_can_read_is_none(tmp_path: Path, said: str) -> None:
    (tmp_path / NAME).write_text(said)
    assert start(tmp_path, NOW) == 0


def test_where_nothing_can_be_noted_it_starts_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert start(tmp_path / "file" / "state", NOW) == 0


@given(st.lists(st.integers(-(10**6), 10**6), max_size=40))
def test_no_wait_is_longer_than_an_hour_whatever_the_clock_does(gaps: list[int]) -> None:
    starts = Starts(0, NOW)
    for seconds in gaps:
        starts = starts.next(starts.at + timedelta(seconds=seconds))
        assert timedelta() <= starts.wait <= LONGEST
