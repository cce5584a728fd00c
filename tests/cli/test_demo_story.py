"""The sample mailbox tells a story, and the demo ends as it says, on whatever day it is looked at.

Days are those of the sample's own calendar; all its dates move by whole weeks.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest

from mailbot.demo.play import play_demo
from mailbot.demo.sample import LAST_DAY, ZONE, sample
from mailbot.outcome import DraftChanged, DraftPlaced, Outcome

STAGES = {
    "Harborview Press": "offer",
    "Bluestem Foods": "waiting",
    "Cobalt Freight": "rejected",
    "Quarry Lane Software": "rejected",
    "Wintergreen Museum": "closed",
    "Tessera Health": "interviewing",
    "Pell & Rowe": "waiting",
    "Ashgrove College": "assessment",
    "Marlow & Finch Architects": "interviewing",
    "Lantern Credit Union": "applied",
    "Salt River Outfitters": "withdrawn",
    "Juniper Data": "waiting",
    "Fernhill Schools": "closed",
}
# When, what, to whom, and on which day it was taken back again; notes are for Nora herself.
DRAFTS = {
    ("02-04 10:05", "invitation_reply", "Tom Abara", "02-04"),
    ("02-10 18:00", "interview_notes", "Nora Castellan", ""),
    ("02-11 14:45", "thank_you", "Elena Sorrel", "02-11"),
    ("02-11 14:45", "thank_you", "Tom Abara", "02-19"),
    ("02-23 08:00", "check_in", "Tom Abara", "02-24"),
    ("02-24 11:15", "invitation_reply", "Tom Abara", "02-24"),
    ("03-04 18:00", "interview_notes", "Nora Castellan", ""),
    ("03-05 11:30", "thank_you", "Elena Sorrel", "03-12"),
    ("03-05 11:30", "thank_you", "Marcus Teel", "03-12"),
    ("03-05 11:30", "thank_you", "Tom Abara", "03-12"),
    ("03-19 15:30", "offer_reply", "Tom Abara", ""),
    ("02-06 08:50", "invitation_reply", "Priscilla Wendt", "02-06"),
    ("02-18 18:00", "interview_notes", "Nora Castellan", ""),
    ("02-19 14:00", "thank_you", "Priscilla Wendt", "02-26"),
    ("03-05 08:00", "check_in", "Priscilla Wendt", "03-06"),
    ("03-13 08:00", "second_check_in", "Priscilla Wendt", "03-19"),
    ("03-19 15:30", "offer_elsewhere", "Priscilla Wendt", ""),
    ("02-04 18:00", "interview_notes", "Nora Castellan", ""),
    ("02-05 10:00", "thank_you", "Kwabena Osei", "02-05"),
    ("02-16 16:40", "rejection_thanks", "Kwabena Osei", ""),
    ("02-25 18:00", "interview_notes", "Nora Castellan", ""),
    ("02-26 11:00", "thank_you", "Gwen Farrow", "03-05"),
    ("03-18 08:00", "check_in", "Gwen Farrow", "03-19"),
    ("03-19 15:30", "offer_elsewhere", "Gwen Farrow", ""),
    ("03-20 10:55", "invitation_reply", "Beatriz Lange", ""),
    ("03-15 18:00", "interview_notes", "Nora Castellan", ""),
    ("03-16 16:30", "thank_you", "Casey Nordstrom", "03-19"),
    ("03-19 15:30", "offer_elsewhere", "Casey Nordstrom", ""),
}
# A weekend after the clocks went back, and the days of rest at the turn of the year.
DAYS = ("2026-12-05 23:30", "2027-01-06 12:00")


@cache
def played(now: datetime) -> tuple[Outcome, ...]:
    with TemporaryDirectory() as folder:
        return tuple(outcome for _, outcome in play_demo(Path(folder), now))


def stages(now: datetime) -> dict[str, str]:
    last = played(now)[-1].outlook
    return {one.company or "": str(last.stages[one.id]) for one in last.tracked.applications}


def drafts(now: datetime) -> Iterator[tuple[str, str, str, str]]:
    """As in `DRAFTS`."""
    events = [event for outcome in played(now) for event in outcome.events]
    back = {one.change.record.message_id: f"{one.at:%m-%d}" for one in events if isinstance(one, DraftChanged)}
    for one in events:
        if isinstance(one, DraftPlaced) and not one.recomposed:
            to = one.letter.to[0].name or ""
            yield f"{one.at:%m-%d %H:%M}", str(one.follow_up.kind), to, back.get(one.letter.message_id, "")


def test_each_application_ends_as_the_story_says() -> None:
    assert stages(LAST_DAY) == STAGES


def test_each_draft_comes_and_goes_as_the_story_says() -> None:
    assert set(drafts(LAST_DAY)) == DRAFTS


@pytest.mark.parametrize("day", DAYS)
def test_on_any_day_each_application_ends_the_same(day: str) -> None:
    assert stages(moment(day)) == STAGES


@pytest.mark.parametrize("day", DAYS)
def test_on_any_day_the_same_letters_come_but_for_check_ins_that_holidays_move(day: str) -> None:
    def letters(now: datetime) -> set[tuple[str, str]]:
        return {(kind, to) for _, kind, to, _ in drafts(now) if "check_in" not in kind}

    assert letters(moment(day)) == {(kind, to) for _, kind, to, _ in DRAFTS if "check_in" not in kind}


@pytest.mark.parametrize("day", DAYS)
def test_no_check_in_comes_on_a_day_of_rest(day: str) -> None:
    asked = [one.at for outcome in played(moment(day)) for one in outcome.events
             if isinstance(one, DraftPlaced) and "check_in" in one.follow_up.kind]  # fmt: skip
    assert all(one.weekday() < 5 and (one.month, one.day) not in ((12, 25), (1, 1)) for one in asked)
    assert all(not (one.month == 12 and one.day >= 23) and not (one.month == 1 and one.day <= 2) for one in asked)


def test_the_sample_ends_in_the_week_before_today() -> None:
    for days in range(8):
        now = LAST_DAY + timedelta(days=days, hours=1)
        assert timedelta() <= now - sample(now)[-1].at < timedelta(days=8)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(ZONE))
