"""The views are pure: where the picture draws what, and what the figures count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.demo.sample import LAST_DAY
from mailbot.household import open_household
from mailbot.outcome import Outlook
from mailbot.tracking.application import Application, Event, EventKind, Tracked
from mailbot.web.figures import figures
from mailbot.web.timeline import TICKS, Mark, _Scale, picture

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def outlook(demo: Path) -> Outlook:
    with open_household(demo / "mailbot.toml", demo / "state") as home:
        return home.assistant.outlook(LAST_DAY)


def named(outlook: Outlook, company: str) -> Application:
    return next(one for one in outlook.tracked.applications if one.company == company)


def only(outlook: Outlook, *applications: Application) -> Outlook:
    return replace(outlook, tracked=Tracked(applications))


def with_events(one: Application, *events: tuple[str, EventKind, str]) -> Application:
    """An application of these events: '+3' is three days after it was sent in; then the message they come from."""
    start = one.readings[0].date
    told = tuple(Event(start + int(day) * DAY, kind, message) for day, kind, message in events)
    return replace(one, events=told)


@given(st.lists(st.floats(-4000, 4000), min_size=1, max_size=30))
def test_whatever_happened_lies_inside_the_picture_in_the_order_of_time(days: list[float]) -> None:
    moments = sorted(LAST_DAY + timedelta(days=one) for one in days)
    scale = _Scale(moments, LAST_DAY.tzinfo)
    drawn = [scale.placed(Mark(one, "")).x for one in moments]
    assert drawn == sorted(drawn)
    assert all(0 < one < 100 for one in drawn)
    ticks = scale.ticks()
    assert len(ticks) <= TICKS + 1
    assert all(0 < one.x < 100 for one in ticks)
    assert [one.x for one in ticks] == sorted(one.x for one in ticks)


def test_a_promise_is_drawn_from_the_word_to_the_end_of_its_last_day(outlook: Outlook) -> None:
    drawn = picture(named(outlook, "Harborview Press"), [], outlook)
    (promise,) = next(lane.marks for lane in drawn.lanes if lane.title == "Promised by them")
    assert promise.text == "News promised by Friday 20 March"
    assert promise.until is not None
    assert promise.until.date() == date(2026, 3, 21)
    assert promise.look == "done"
    assert promise.width > 0


def test_what_is_to_come_is_drawn_right_of_today(outlook: Outlook) -> None:
    drawn = picture(named(outlook, "Tessera Health"), [], outlook)
    coming = [mark for lane in drawn.lanes for mark in lane.marks if mark.look == "coming"]
    assert {mark.at > outlook.now for mark in coming} == {mark.x > drawn.today for mark in coming} == {True}


def test_an_answer_is_counted_from_the_application_and_a_receipt_is_none(outlook: Outlook) -> None:
    one = with_events(
        named(outlook, "Harborview Press"),
        ("0", EventKind.RECEIVED, "<a>"), ("0", EventKind.CONTACTED, "<a>"), ("6", EventKind.INTERVIEW_ASKED, "<b>"),
    )  # fmt: skip
    (waited,) = figures(only(outlook, one)).waited
    assert (waited.days, waited.answered, waited.by) == (6.0, True, "greenhouse-mail.io")


def test_who_still_waits_is_last_and_no_part_of_the_median(outlook: Outlook) -> None:
    one, other = named(outlook, "Harborview Press"), named(outlook, "Juniper Data")
    answered = with_events(one, ("0", EventKind.APPLIED, "<a>"), ("4", EventKind.REJECTED, "<b>"))
    waits = with_events(other, ("0", EventKind.APPLIED, "<c>"))
    found = figures(only(outlook, waits, answered))
    assert [(each.name, each.answered) for each in found.waited] == [(one.company, True), (other.company, False)]
    assert (found.sent, found.answered, found.days) == (2, 1, 4.0)


def test_where_they_wrote_first_nothing_was_waited_for(outlook: Outlook) -> None:
    one = with_events(
        named(outlook, "Juniper Data"), ("0", EventKind.OUTREACH, "<a>"), ("0", EventKind.CONTACTED, "<a>"),
        ("1", EventKind.APPLIED, "<b>"),
    )  # fmt: skip
    assert figures(only(outlook, one)).waited == ()


def test_of_no_applications_there_are_no_figures(outlook: Outlook) -> None:
    found = figures(only(outlook))
    assert (found.applications, found.days, found.talks_each) == (0, None, None)
