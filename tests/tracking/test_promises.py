"""Their word on when news comes."""

from __future__ import annotations

from mailbot.tracking import track
from mailbot.tracking.application import Promise
from tests.tracking.build import Box, Facet, Kind, Part, Writer, person

TESSA = "Tessa Moran <tessa@northwind.test>"
ROBOT = "Northwind <no-reply@northwind.test>"
WHOLE = {"company": "Northwind", "role": "Buyer"}


def promises(box: Box) -> tuple[Promise, ...]:
    (application,) = track(box.readings).applications
    return application.promises


def interviewed() -> Box:
    box = Box()
    box.heard(
        "2026-03-02 09:00", TESSA, Kind.INTERVIEW_CONFIRMED, **WHOLE, interviews=[box.talk("2026-03-10 10:00", 30)]
    )
    return box


def test_a_new_promise_replaces_the_old_one() -> None:
    box = interviewed()
    box.heard("2026-03-11 09:00", TESSA, Kind.STATUS_UPDATE, **WHOLE, decision_by=box.window("2026-03-20"))
    box.heard("2026-03-19 09:00", TESSA, Kind.STATUS_UPDATE, **WHOLE, decision_by=box.window("2026-03-27"))
    assert [str(one.window.latest) for one in promises(box) if one.window] == ["2026-03-20", "2026-03-27"]


def test_restating_the_day_joins_its_occasion() -> None:
    box = interviewed()
    first = box.heard("2026-03-11 09:00", TESSA, Kind.STATUS_UPDATE, **WHOLE, decision_by=box.window("2026-03-20"))
    again = box.heard("2026-03-13 09:00", TESSA, Kind.RECRUITER_REPLY, **WHOLE, decision_by=box.window("2026-03-20"))
    (found,) = promises(box)
    assert found.occasion == (first.message_id, again.message_id)
    assert found.made == first.date


def test_an_older_promise_delivered_late_never_overrides() -> None:
    box = interviewed()
    box.heard("2026-03-19 09:00", TESSA, Kind.STATUS_UPDATE, **WHOLE, decision_by=box.window("2026-03-27"))
    box.heard("2026-03-11 09:00", TESSA, Kind.STATUS_UPDATE, **WHOLE, decision_by=box.window("2026-03-20"))
    assert str(promises(box)[-1].window) == str(box.window("2026-03-27"))


def test_an_undated_still_deciding_counts_after_an_interview_only() -> None:
    box = interviewed()
    box.heard("2026-03-05 09:00", TESSA, Kind.STATUS_UPDATE, **WHOLE, facets=[Facet.STILL_DECIDING])
    assert promises(box) == ()
    box.heard("2026-03-12 09:00", TESSA, Kind.STATUS_UPDATE, **WHOLE, facets=[Facet.STILL_DECIDING])
    (found,) = promises(box)
    assert found.window is None
    assert found.keeper is not None
    assert found.keeper.email == "tessa@northwind.test"


def test_a_robots_undated_word_promises_nothing_and_its_date_is_a_robots() -> None:
    box = interviewed()
    box.heard(
        "2026-03-12 09:00", ROBOT, Kind.STATUS_UPDATE, **WHOLE, writer=Writer.ROBOT, facets=[Facet.STILL_DECIDING]
    )
    box.heard(
        "2026-03-13 09:00",
        ROBOT,
        Kind.APPLICATION_RECEIVED,
        **WHOLE,
        writer=Writer.ROBOT,
        decision_by=box.window("2026-03-27"),
    )
    (found,) = promises(box)
    assert found.robot


def test_still_deciding_leaves_a_date_that_has_yet_to_come_but_a_delay_does_not() -> None:
    box = interviewed()
    box.heard("2026-03-11 09:00", TESSA, Kind.STATUS_UPDATE, **WHOLE, decision_by=box.window("2026-03-20"))
    box.heard("2026-03-13 09:00", TESSA, Kind.STATUS_UPDATE, **WHOLE, facets=[Facet.STILL_DECIDING])
    assert len(promises(box)) == 1
    box.heard("2026-03-16 09:00", TESSA, Kind.STATUS_UPDATE, **WHOLE, facets=[Facet.DELAY])
    assert promises(box)[-1].window is None


def test_a_promise_in_answer_to_a_check_in_says_so() -> None:
    box = interviewed()
    ask = box.wrote("2026-03-20 09:00", Kind.OWN_CHECK_IN, to=TESSA)
    box.heard(
        "2026-03-20 12:00",
        TESSA,
        Kind.STATUS_UPDATE,
        answers=ask,
        people=[person(TESSA, Part.RECRUITER)],
        decision_by=box.window("2026-03-27"),
    )
    assert promises(box)[-1].in_answer_to_check_in


def test_a_mailing_lists_copy_and_the_persons_own_words_promise_nothing() -> None:
    box = interviewed()
    box.heard(
        "2026-03-12 09:00", TESSA, Kind.STATUS_UPDATE, **WHOLE, writer=Writer.LIST, decision_by=box.window("2026-03-27")
    )
    box.wrote("2026-03-13 09:00", Kind.OWN_REPLY, to=TESSA, decision_by=box.window("2026-03-27"))
    assert promises(box) == ()


def test_the_interviews_own_day_is_no_day_of_a_decision() -> None:
    box = Box()
    box.heard(
        "2026-03-02 09:00",
        TESSA,
        Kind.INTERVIEW_CONFIRMED,
        company="Northwind",
        interviews=[box.talk("2026-03-10 10:00")],
        decision_by=box.window("2026-03-10"),
    )
    (application,) = track(box.readings).applications
    assert application.promises == ()
