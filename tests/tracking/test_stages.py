"""The stage at a moment: the table of transitions, and what the clock does."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mailbot.tracking import track
from mailbot.tracking.application import Application, Event, EventKind, Patience, Stage
from mailbot.tracking.stages import anomalies, history, next_change, stage, transitions
from tests.tracking.build import Box, Facet, Kind, Writer

TESSA = "Tessa Moran <tessa@northwind.test>"
ROBOT = "Northwind <no-reply@northwind.test>"
WHOLE = {"company": "Northwind", "role": "Buyer"}
COACH = Patience(check_ins=2)
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
ENDED = {Stage.OFFER, Stage.ACCEPTED, Stage.REJECTED, Stage.WITHDRAWN, Stage.CLOSED}


def only(box: Box) -> Application:
    (application,) = track(box.readings).applications
    return application


def at(box: Box, moment: str) -> Stage:
    return stage(only(box), box.at(moment), COACH)


def told(*events: Event) -> Application:
    return Application("i", "s", None, None, None, None, (), (), (), (), (), events)


@pytest.mark.parametrize("before", list(Stage))
@pytest.mark.parametrize("kind", [one for one in EventKind if one is not EventKind.CORRECTED])
def test_every_cell_of_the_table(before: Stage, kind: EventKind) -> None:
    """From each stage, reached by a correction, each event leads where the table says, or is an anomaly."""
    application = told(
        Event(START, EventKind.CORRECTED, stage=Stage.IN_CONTACT),
        Event(START + timedelta(days=1), EventKind.CORRECTED, stage=before),
        Event(START + timedelta(days=2), kind),
    )
    now = START + timedelta(days=3)
    if (before, kind) in transitions():
        after = transitions()[before, kind] or Stage.IN_CONTACT
        assert stage(application, now, COACH) is after
        assert anomalies(application, now, COACH) == ()
    else:
        assert stage(application, now, COACH) is before
        assert [one.event.kind for one in anomalies(application, now, COACH)] == [kind]


def test_the_happy_path_with_the_interviews_end_made_by_the_clock() -> None:
    box = Box()
    box.heard("2026-03-01 09:00", ROBOT, Kind.APPLICATION_RECEIVED, **WHOLE, writer=Writer.ROBOT)
    asked = box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, **WHOLE)
    box.heard(
        "2026-03-03 09:00",
        TESSA,
        Kind.INTERVIEW_CONFIRMED,
        answers=asked,
        interviews=[box.talk("2026-03-10 10:00", 30)],
    )
    offer = box.heard("2026-03-16 09:00", TESSA, Kind.OFFER, **WHOLE)
    box.wrote("2026-03-17 09:00", Kind.OWN_REPLY, to=TESSA, answers=offer)
    box.wrote("2026-03-18 09:00", Kind.OWN_ACCEPTANCE, to=TESSA, answers=offer)
    found = [(one.at, one.stage) for one in history(only(box), box.at("2026-04-01 09:00"), COACH)]
    assert found == [
        (box.at("2026-03-01 09:00"), Stage.APPLIED),
        (box.at("2026-03-02 09:00"), Stage.INTERVIEWING),
        (box.at("2026-03-10 10:30"), Stage.WAITING),
        (box.at("2026-03-16 09:00"), Stage.OFFER),
        (box.at("2026-03-18 09:00"), Stage.ACCEPTED),
    ]
    assert next_change(only(box), box.at("2026-03-05 09:00"), COACH) == box.at("2026-03-10 10:30")


def test_a_cancelled_interview_falls_back_to_the_stage_before() -> None:
    box = Box()
    box.heard("2026-03-01 09:00", ROBOT, Kind.APPLICATION_RECEIVED, **WHOLE, writer=Writer.ROBOT)
    box.heard(
        "2026-03-02 09:00",
        ROBOT,
        Kind.INTERVIEW_CONFIRMED,
        **WHOLE,
        writer=Writer.ROBOT,
        interviews=[box.talk("2026-03-10 10:00")],
    )
    box.heard("2026-03-05 09:00", ROBOT, Kind.INTERVIEW_CANCELLED, **WHOLE, writer=Writer.ROBOT)
    assert at(box, "2026-03-04 09:00") is Stage.INTERVIEWING
    assert at(box, "2026-03-11 09:00") is Stage.APPLIED


@pytest.mark.parametrize(
    ("facets", "stage"),
    [((), Stage.IN_CONTACT), ((Facet.ASKS,), Stage.INTERVIEWING)],
    ids=["off", "another time, please"],
)
def test_an_invitation_that_is_taken_back_falls_back_too(facets: tuple[Facet, ...], stage: Stage) -> None:
    box = Box()
    box.heard("2026-03-01 09:00", ROBOT, Kind.APPLICATION_RECEIVED, **WHOLE, writer=Writer.ROBOT)
    box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, **WHOLE, facets=[Facet.ASKS])
    box.heard("2026-03-03 09:00", TESSA, Kind.INTERVIEW_CANCELLED, **WHOLE, facets=facets)
    assert at(box, "2026-03-02 10:00") is Stage.INTERVIEWING
    assert at(box, "2026-03-04 09:00") is stage


def test_one_cancelled_of_two_coming_interviews_changes_nothing() -> None:
    box = Box()
    box.heard(
        "2026-03-02 09:00",
        TESSA,
        Kind.INTERVIEW_CONFIRMED,
        **WHOLE,
        interviews=[box.talk("2026-03-10 10:00"), box.talk("2026-03-12 10:00")],
    )
    box.heard(
        "2026-03-05 09:00",
        TESSA,
        Kind.INTERVIEW_CANCELLED,
        **WHOLE,
        interviews=[box.talk("2026-03-10 10:00", cancelled=True)],
    )
    assert at(box, "2026-03-06 09:00") is Stage.INTERVIEWING
    assert at(box, "2026-03-13 09:00") is Stage.WAITING


def test_an_interview_in_doubt_is_not_held() -> None:
    box = Box()
    first = box.heard(
        "2026-03-02 09:00", TESSA, Kind.INTERVIEW_CONFIRMED, **WHOLE, interviews=[box.talk("2026-03-10 10:00")]
    )
    box.heard("2026-03-09 09:00", TESSA, Kind.INTERVIEW_RESCHEDULED, answers=first)
    assert at(box, "2026-03-12 09:00") is Stage.INTERVIEWING


def test_news_of_being_further_that_brings_a_test_is_the_test() -> None:
    box = Box()
    box.heard("2026-03-02 09:00", TESSA, Kind.ASSESSMENT, **WHOLE, facets=[Facet.ADVANCES, Facet.ASKS])
    assert at(box, "2026-03-03 09:00") is Stage.ASSESSMENT


def test_a_test_that_is_handed_in_is_waiting() -> None:
    box = Box()
    test = box.heard("2026-03-02 09:00", TESSA, Kind.ASSESSMENT, **WHOLE)
    assert at(box, "2026-03-03 09:00") is Stage.ASSESSMENT
    box.wrote("2026-03-05 09:00", Kind.OWN_REPLY, to=TESSA, answers=test, facets=[Facet.HANDED_IN])
    assert at(box, "2026-03-06 09:00") is Stage.WAITING


def test_dormant_two_weeks_after_the_last_allowed_check_in() -> None:
    box = Box()
    box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_CONFIRMED, **WHOLE, interviews=[box.talk("2026-03-10 10:00")])
    box.wrote("2026-03-20 09:00", Kind.OWN_CHECK_IN, to=TESSA)
    assert next_change(only(box), box.at("2026-03-21 09:00"), COACH) == box.at("2026-05-19 09:00")
    assert next_change(only(box), box.at("2026-03-21 09:00"), Patience(check_ins=1)) == box.at("2026-04-03 09:00")
    box.wrote("2026-03-27 09:00", Kind.OWN_CHECK_IN, to=TESSA)
    assert at(box, "2026-04-10 08:59") is Stage.WAITING
    assert at(box, "2026-04-10 09:00") is Stage.DORMANT


def test_a_word_of_theirs_begins_the_count_of_check_ins_anew_and_a_receipt_or_absence_does_not() -> None:
    for writer, kind, expected in (
        (Writer.PERSON, Kind.RECRUITER_REPLY, Stage.WAITING),
        (Writer.AUTO_REPLY, Kind.UNRELATED, Stage.DORMANT),
        (Writer.ROBOT, Kind.STATUS_UPDATE, Stage.DORMANT),
    ):
        box = Box()
        box.heard(
            "2026-03-02 09:00", TESSA, Kind.INTERVIEW_CONFIRMED, **WHOLE, interviews=[box.talk("2026-03-10 10:00")]
        )
        ask = box.wrote("2026-03-20 09:00", Kind.OWN_CHECK_IN, to=TESSA)
        box.heard("2026-03-21 09:00", TESSA, kind, answers=ask, writer=writer)
        box.wrote("2026-03-27 09:00", Kind.OWN_CHECK_IN, to=TESSA)
        assert at(box, "2026-04-15 09:00") is expected


@pytest.mark.parametrize("kind", [Kind.APPLICATION_RECEIVED, Kind.RECRUITER_REPLY])
def test_dormant_after_sixty_days_that_never_got_further(kind: Kind) -> None:
    box = Box()
    box.heard("2026-03-02 09:00", TESSA, kind, **WHOLE)
    assert at(box, "2026-04-30 09:00") in (Stage.APPLIED, Stage.IN_CONTACT)
    assert at(box, "2026-05-02 09:00") is Stage.DORMANT


def test_silence_counts_from_the_promised_day_and_an_offer_never_falls_silent() -> None:
    box = Box()
    box.heard("2026-03-02 09:00", TESSA, Kind.RECRUITER_REPLY, **WHOLE, decision_by=box.window("2026-05-01"))
    assert at(box, "2026-06-29 09:00") is Stage.IN_CONTACT
    assert at(box, "2026-07-01 09:00") is Stage.DORMANT
    offer = Box()
    offer.heard("2026-03-02 09:00", TESSA, Kind.OFFER, **WHOLE)
    assert at(offer, "2027-03-02 09:00") is Stage.OFFER


def test_any_word_of_theirs_revives_and_the_persons_own_does_not() -> None:
    box = Box()
    box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_CONFIRMED, **WHOLE, interviews=[box.talk("2026-03-10 10:00")])
    box.wrote("2026-06-01 09:00", Kind.OWN_REPLY, to=TESSA)
    assert at(box, "2026-06-02 09:00") is Stage.DORMANT
    box.heard("2026-06-03 09:00", TESSA, Kind.RECRUITER_REPLY, **WHOLE)
    assert at(box, "2026-06-04 09:00") is Stage.WAITING


def test_a_correction_is_a_dated_event_from_which_later_mail_moves_on() -> None:
    application = told(
        Event(START, EventKind.RECEIVED),
        Event(START + timedelta(days=1), EventKind.CORRECTED, stage=Stage.WAITING),
        Event(START + timedelta(days=2), EventKind.OFFERED),
    )
    assert stage(application, START + timedelta(days=1), COACH) is Stage.WAITING
    assert stage(application, START + timedelta(days=2), COACH) is Stage.OFFER


def test_the_table_lists_only_known_stages_and_never_changes_what_is_ended_by_silence() -> None:
    assert not [before for before, kind in transitions() if kind is EventKind.FELL_SILENT and before in ENDED]


def test_a_yes_to_an_invitation_accepts_no_offer_however_sure_it_sounds() -> None:
    box = Box()
    asked = box.heard("2026-03-06 08:00", TESSA, Kind.INTERVIEW_REQUEST, **WHOLE)
    box.wrote("2026-03-06 09:00", Kind.OWN_ACCEPTANCE, to=TESSA, answers=asked, **WHOLE, confidence=0.95)
    assert at(box, "2026-03-07 09:00") is Stage.INTERVIEWING


def test_words_that_may_accept_accept_nothing_where_nothing_was_offered() -> None:
    box = Box()
    box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_CONFIRMED, **WHOLE, interviews=[box.talk("2026-03-05 09:00")])
    box.wrote("2026-03-06 09:00", Kind.OWN_ACCEPTANCE, to=TESSA, **WHOLE, confidence=0.6)
    assert at(box, "2026-03-07 09:00") is Stage.WAITING


def test_an_acceptance_by_the_way_accepts_nothing_where_nothing_was_offered() -> None:
    box = Box()
    box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_CONFIRMED, **WHOLE, interviews=[box.talk("2026-03-05 09:00")])
    keen = (box.says(Kind.OWN_CHECK_IN, **WHOLE), box.says(Kind.OWN_ACCEPTANCE, **WHOLE))
    box.wrote("2026-03-06 09:00", Kind.OWN_CHECK_IN, to=TESSA, statements=keen)
    assert at(box, "2026-03-07 09:00") is Stage.WAITING


@pytest.mark.parametrize(("confidence", "stage"), [(0.6, Stage.WAITING), (0.9, Stage.OFFER)])
def test_words_that_may_offer_offer_nothing_where_their_thread_surely_says_something_else(
    confidence: float, stage: Stage
) -> None:
    box = Box()
    box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_CONFIRMED, **WHOLE, interviews=[box.talk("2026-03-05 09:00")])
    word = box.heard("2026-03-06 09:00", TESSA, Kind.OFFER, **WHOLE, confidence=confidence)
    box.readings[-1] = replace(word, in_context=(box.says(Kind.RECRUITER_REPLY, **WHOLE),))
    assert at(box, "2026-03-07 09:00") is stage


@pytest.mark.parametrize(("confidence", "stage"), [(0.6, Stage.INTERVIEWING), (0.9, Stage.WITHDRAWN)])
def test_words_that_may_withdraw_and_ask_for_another_time_only_ask(confidence: float, stage: Stage) -> None:
    box = Box()
    talk = box.talk("2026-03-09 09:00")
    box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_CONFIRMED, **WHOLE, interviews=[talk])
    off = {"confidence": confidence, "facets": [Facet.DOUBTS_INTERVIEW]}
    box.wrote("2026-03-06 09:00", Kind.OWN_WITHDRAWAL, to=TESSA, **WHOLE, **off)
    assert at(box, "2026-03-07 09:00") is stage


def test_words_after_a_no_that_may_withdraw_are_a_reply() -> None:
    box = Box()
    box.heard("2026-03-02 09:00", TESSA, Kind.REJECTION, **WHOLE)
    box.wrote("2026-03-02 11:00", Kind.OWN_WITHDRAWAL, to=TESSA, **WHOLE, confidence=0.6)
    assert at(box, "2026-03-03 09:00") is Stage.REJECTED


def test_a_machines_warm_word_on_an_application_is_its_receipt_and_no_offer() -> None:
    box = Box()
    box.heard("2026-03-02 09:00", ROBOT, Kind.OFFER, **WHOLE, writer=Writer.ROBOT)
    assert at(box, "2026-03-03 09:00") is Stage.APPLIED


def test_a_machines_offer_after_an_interview_is_one() -> None:
    box = Box()
    box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_CONFIRMED, **WHOLE, interviews=[box.talk("2026-03-05 09:00")])
    box.heard("2026-03-09 09:00", ROBOT, Kind.OFFER, **WHOLE, writer=Writer.ROBOT)
    assert at(box, "2026-03-10 09:00") is Stage.OFFER
