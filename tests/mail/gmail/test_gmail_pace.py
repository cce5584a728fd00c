"""Within the quota, and how often Gmail is asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.mail.gmail.mailbox import GmailMailbox
from mailbot.mail.gmail.pace import Pace, cost, pause
from mailbot.mail.gmail.polling import interval, units_a_day
from mailbot.mail.gmail.service import Requests
from mailbot.mail.tables import table
from tests.mail.conformance.gmail_world import GmailWorld

README = Path(__file__).parents[3] / "README.md"


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += seconds


@given(st.lists(st.integers(1, 250), min_size=1, max_size=300))
def test_no_minute_has_more_units_than_google_gives_a_new_project(wanted: list[int]) -> None:
    clock = Clock()
    pace = Pace(clock, clock.wait)
    spent = []
    for units in wanted:
        pace.take(units)
        spent.append((clock.now, units))
    for end, _ in spent:
        assert sum(units for at, units in spent if end - 60 < at <= end) <= 6_000


def test_a_batch_never_waits_longer_than_a_few_seconds() -> None:
    clock = Clock()
    pace = Pace(clock, clock.wait)
    for _ in range(100):
        before = clock.now
        pace.take(50 * cost("gmail.users.messages.get"))
        assert clock.now - before < 5


@pytest.mark.parametrize("chance", [0.0, 0.5, 0.999])
def test_pauses_double_with_jitter_and_have_an_end(chance: float) -> None:
    pauses = [pause(attempt, lambda: chance) for attempt in range(8)]
    assert all(0.5 <= one <= 16 for one in pauses)
    assert pauses == sorted(pauses)


def test_every_request_that_is_made_has_a_cost_in_the_table() -> None:
    ask = Requests("http://127.0.0.1:9")
    made = [
        ask.profile(), ask.messages("", token=None, most=1), ask.labelled("SENT", 1), ask.head("a"), ask.raw("a"),
        ask.full("a"), ask.labels("a"), ask.name("a"), ask.thread("a"), ask.history("1"), ask.drafts(None),
        ask.draft("a"), ask.create_draft("", None), ask.delete_draft("a"),
    ]  # fmt: skip
    assert {one.methodId for one in made} == set(table("gmail")["cost"]) - {"other"}


@pytest.mark.parametrize(
    ("hour", "since", "seconds"),
    [(12, 30, 15), (3, 30, 15), (12, 700, 60), (23, 700, 300), (6, 1e9, 300), (7, 1e9, 60)],
)
def test_it_asks_often_after_something_came_and_seldom_at_night(hour: int, since: float, seconds: float) -> None:
    assert interval(hour, since) == seconds


@pytest.mark.parametrize("hour", [3, 12])
def test_it_asks_often_around_an_interview(hour: int) -> None:
    asked: list[tuple[float, float]] = []

    def near(before: float, after: float) -> bool:
        asked.append((before, after))
        return True

    assert interval(hour, 1e9, near) == 20
    assert asked == [(3600, 7200)]


def test_a_mailbox_asks_by_what_it_is_told_of_interviews(world: GmailWorld) -> None:
    told: list[float] = []

    def near(before: float, after: float) -> bool:
        told.append(before + after)
        mailbox.close()  # which ends the wait
        return True

    mailbox = GmailMailbox("gmail", world.token, api=world.server.url, token_uri=f"{world.server.url}/token", near=near)
    assert not mailbox.wait_for_change(60)
    assert told


def test_a_day_of_asking_costs_little_however_busy() -> None:
    assert units_a_day() < units_a_day(changes=20) < units_a_day(changes=20, interviews=4) < 20_000


def test_the_readme_says_what_a_day_of_asking_costs() -> None:
    words = README.read_text(encoding="utf-8")
    assert f"{units_a_day():,} units of quota in a day" in words
    assert f"{units_a_day(changes=10, interviews=1):,} on a busy one" in words
