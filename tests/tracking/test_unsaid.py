"""What the person's mail does by what happened before it, and what they said that is no no."""

from __future__ import annotations

import pytest

from mailbot.reading.statements import Facet, Kind, Reading
from mailbot.tracking import track
from mailbot.tracking.application import Application, EventKind, Patience, Stage
from mailbot.tracking.stages import stage
from tests.tracking.build import Box

TESSA = "Tessa Quinn <tessa@northwind.test>"
WHOLE = {"company": "Northwind", "role": "Buyer"}


def held(box: Box) -> Reading:
    talk = box.talk("2026-03-10 10:00", 60)
    return box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_CONFIRMED, interviews=[talk], **WHOLE)


def only(box: Box) -> Application:
    (application,) = track(box.readings).applications
    return application


def happened(box: Box, kind: EventKind) -> bool:
    return any(one.kind is kind for one in only(box).events)


def test_thanks_for_anything_right_after_an_interview_are_for_it() -> None:
    box = Box()
    fixed = held(box)
    box.wrote("2026-03-10 18:00", Kind.OWN_REPLY, to=TESSA, answers=fixed, facets=[Facet.GRATEFUL])
    assert happened(box, EventKind.THANKED)


def test_thanks_for_a_word_of_theirs_since_the_interview_are_not() -> None:
    box = Box()
    held(box)
    word = box.heard("2026-03-10 16:00", TESSA, Kind.RECRUITER_REPLY)
    box.wrote("2026-03-10 18:00", Kind.OWN_REPLY, to=TESSA, answers=word, facets=[Facet.GRATEFUL])
    assert not happened(box, EventKind.THANKED)


@pytest.mark.parametrize("when", ["2026-03-09 18:00", "2026-03-18 18:00"])
def test_thanks_before_the_interview_or_long_after_are_not(when: str) -> None:
    box = Box()
    fixed = held(box)
    box.wrote(when, Kind.OWN_REPLY, to=TESSA, answers=fixed, facets=[Facet.GRATEFUL])
    assert not happened(box, EventKind.THANKED)


def asked_twice(box: Box, second: str, **what: object) -> int:
    held(box)
    first = box.wrote("2026-03-20 09:00", Kind.OWN_CHECK_IN, to=TESSA)
    box.wrote(second, Kind.OWN_REPLY, to=TESSA, answers=first, **what)
    return sum(one.kind is EventKind.ASKED_NEWS for one in only(box).events)


def test_who_writes_again_days_after_a_question_that_nobody_answered_asks_once_more() -> None:
    assert asked_twice(Box(), "2026-03-27 09:00") == 2


@pytest.mark.parametrize(
    ("second", "what"), [("2026-03-21 09:00", {}), ("2026-03-27 09:00", {"facets": [Facet.ENCLOSES]})]
)
def test_a_word_on_the_next_day_or_with_something_enclosed_does_not(second: str, what: dict[str, object]) -> None:
    assert asked_twice(Box(), second, **what) == 1


def test_the_check_in_after_a_new_date_in_answer_to_one_is_the_last() -> None:
    box = Box()
    held(box)
    ask = box.wrote("2026-03-20 09:00", Kind.OWN_CHECK_IN, to=TESSA)
    box.heard("2026-03-21 09:00", TESSA, Kind.STATUS_UPDATE, answers=ask, decision_by=box.window("2026-03-27"))
    box.wrote("2026-03-30 09:00", Kind.OWN_CHECK_IN, to=TESSA)
    patience = Patience(check_ins=2)
    assert stage(only(box), box.at("2026-04-13 08:00"), patience) is Stage.WAITING
    assert stage(only(box), box.at("2026-04-13 10:00"), patience) is Stage.DORMANT


@pytest.mark.parametrize("open_", [{"facets": [Facet.STILL_DECIDING]}, {"decision": "2026-03-20"}])
def test_who_still_decides_has_not_said_no(open_: dict[str, object]) -> None:
    box = Box()
    held(box)
    day = open_.pop("decision", None)
    more = {"decision_by": box.window(str(day))} if day else dict(open_)
    box.heard("2026-03-12 09:00", TESSA, Kind.REJECTION, confidence=0.6, **more)
    assert not happened(box, EventKind.REJECTED)


def test_a_no_beside_the_day_of_a_decision_is_none() -> None:
    box = Box()
    held(box)
    said = box.says(Kind.STATUS_UPDATE, decision_by=box.window("2026-03-20"))
    box.heard("2026-03-12 09:00", TESSA, Kind.STATUS_UPDATE, statements=(said, box.says(Kind.REJECTION)))
    assert not happened(box, EventKind.REJECTED)


def test_a_plain_no_stays_one_whatever_else_is_still_decided() -> None:
    box = Box()
    held(box)
    box.heard("2026-03-12 09:00", TESSA, Kind.REJECTION, confidence=0.95, facets=[Facet.STILL_DECIDING])
    assert happened(box, EventKind.REJECTED)
