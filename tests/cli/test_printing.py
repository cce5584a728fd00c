"""Text from mail cannot steer a terminal; moments are told in the person's zone and words."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from mailbot.standing.wording import plain, short_day

NOW = datetime(2026, 3, 12, 9, 0, tzinfo=ZoneInfo("America/New_York"))


@given(st.text())
def test_no_control_or_bidi_character_is_ever_printed(text: str) -> None:
    shown = plain(text)
    assert not any(ord(char) < 32 and char != "\n" for char in shown)
    assert not set(shown) & set("\x1b\x7f\x9b\u202e\u2066\u200f\ufeff")


def test_a_moment_is_told_in_the_persons_zone() -> None:
    at = datetime(2026, 3, 12, 18, 30, tzinfo=UTC)
    assert short_day(at, NOW) == "today 14:30"


def test_near_days_have_names_and_other_years_are_said() -> None:
    assert short_day(datetime(2026, 3, 13, 8, tzinfo=NOW.tzinfo), NOW) == "tomorrow 08:00"
    assert short_day(datetime(2027, 3, 13, 8, tzinfo=NOW.tzinfo), NOW) == "Sat 13 Mar 2027 08:00"
