"""What the person owes, and what settles it."""

from __future__ import annotations

import pytest

from mailbot.tracking import track
from mailbot.tracking.application import Ask
from tests.tracking.build import Box, Facet, Kind, Writer

TESSA = "Tessa Moran <tessa@northwind.test>"
HUGO = "Hugo Lindt <hugo@northwind.test>"
ROBOT = "Northwind <no-reply@northwind.test>"
WHOLE = {"company": "Northwind", "role": "Buyer"}


def asks(box: Box) -> tuple[Ask, ...]:
    (application,) = track(box.readings).applications
    return application.asks


@pytest.mark.parametrize(
    ("kind", "facets", "what"),
    [
        (Kind.INTERVIEW_REQUEST, [], "invitation"),
        (Kind.INTERVIEW_CONFIRMED, [Facet.SETS_TIME, Facet.ASKS], "invitation"),
        (Kind.INTERVIEW_RESCHEDULED, [Facet.ASKS], "reschedule"),
        (Kind.STATUS_UPDATE, [Facet.ADVANCES, Facet.ASKS], "invitation"),
        (Kind.ASSESSMENT, [], "assessment"),
        (Kind.INFORMATION_REQUEST, [], "question"),
        (Kind.OFFER, [], "offer"),
    ],
)
def test_what_asks(kind: Kind, facets: list[Facet], what: str) -> None:
    box = Box()
    box.heard("2026-03-02 09:00", TESSA, kind, **WHOLE, facets=facets)
    (found,) = asks(box)
    assert (found.what, found.answered_by, found.settled_at) == (what, None, None)


@pytest.mark.parametrize(
    ("kind", "facets"),
    [
        (Kind.INTERVIEW_CONFIRMED, [Facet.ASKS_TO_CONFIRM]),
        (Kind.INTERVIEW_CONFIRMED, [Facet.SETS_TIME]),
        (Kind.INTERVIEW_RESCHEDULED, []),
        (Kind.STATUS_UPDATE, [Facet.STILL_DECIDING]),
        (Kind.APPLICATION_RECEIVED, []),
        (Kind.ASSESSMENT, [Facet.HANDED_IN]),
    ],
)
def test_what_may_get_a_reply_is_no_debt(kind: Kind, facets: list[Facet]) -> None:
    box = Box()
    box.heard("2026-03-02 09:00", TESSA, kind, **WHOLE, facets=facets)
    assert asks(box) == ()


def test_a_mail_in_the_thread_or_to_that_person_answers() -> None:
    box = Box()
    asked = box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, **WHOLE)
    box.wrote("2026-03-02 10:00", Kind.OWN_CHECK_IN, to=TESSA)
    assert asks(box)[0].answered_by is None
    other = box.wrote("2026-03-02 12:00", Kind.OWN_REPLY, to=TESSA)
    assert asks(box)[0].answered_by == other.message_id
    reply = box.wrote("2026-03-02 11:00", Kind.OWN_REPLY, to="Northwind <jobs@northwind.test>", answers=asked)
    assert asks(box)[0].answered_by == reply.message_id


def test_a_booked_time_settles_the_invitation() -> None:
    box = Box()
    box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, **WHOLE, facets=[Facet.BOOKING_LINK])
    booked = box.heard(
        "2026-03-02 19:00",
        ROBOT,
        Kind.INTERVIEW_CONFIRMED,
        **WHOLE,
        writer=Writer.ROBOT,
        interviews=[box.talk("2026-03-05 10:00")],
    )
    (found,) = asks(box)
    assert (found.answered_by, found.settled_at) == (booked.message_id, booked.date)


def test_a_reminder_of_the_first_talk_does_not_settle_the_invitation_to_the_second() -> None:
    box = Box()
    box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_CONFIRMED, **WHOLE, interviews=[box.talk("2026-03-10 10:00")])
    box.heard("2026-03-04 09:00", HUGO, Kind.INTERVIEW_REQUEST, **WHOLE)
    box.heard(
        "2026-03-09 10:00",
        ROBOT,
        Kind.INTERVIEW_CONFIRMED,
        **WHOLE,
        writer=Writer.ROBOT,
        interviews=[box.talk("2026-03-10 10:00")],
    )
    assert asks(box)[0].settled_at is None


def test_what_only_prepared_an_interview_is_settled_when_it_was_held() -> None:
    box = Box()
    box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_CONFIRMED, **WHOLE, interviews=[box.talk("2026-03-10 10:00")])
    box.heard("2026-03-04 09:00", TESSA, Kind.INFORMATION_REQUEST, **WHOLE)
    assert asks(box)[0].settled_at == box.at("2026-03-10 11:00")


def test_what_only_prepared_an_interview_is_settled_when_it_is_cancelled() -> None:
    box = Box()
    talk = box.talk("2026-03-10 10:00")
    box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_CONFIRMED, **WHOLE, interviews=[talk])
    box.heard("2026-03-04 09:00", TESSA, Kind.INFORMATION_REQUEST, **WHOLE)
    box.heard("2026-03-06 09:00", TESSA, Kind.INTERVIEW_CANCELLED, **WHOLE)
    assert asks(box)[0].settled_at == box.at("2026-03-06 09:00")


def test_a_test_is_settled_when_handed_in_and_not_by_a_polite_answer() -> None:
    box = Box()
    test = box.heard("2026-03-02 09:00", TESSA, Kind.ASSESSMENT, **WHOLE)
    box.wrote("2026-03-02 10:00", Kind.OWN_REPLY, to=TESSA, answers=test)
    assert asks(box)[0].answered_by is None
    handed = box.wrote("2026-03-05 10:00", Kind.OWN_REPLY, to=TESSA, answers=test, facets=[Facet.HANDED_IN])
    assert asks(box)[0].answered_by == handed.message_id


def test_what_the_person_sends_along_in_answer_hands_in_the_test() -> None:
    box = Box()
    test = box.heard("2026-03-02 09:00", TESSA, Kind.ASSESSMENT, **WHOLE)
    handed = box.wrote("2026-03-05 10:00", Kind.OWN_REPLY, to=TESSA, answers=test, facets=[Facet.ENCLOSES])
    assert asks(box)[0].answered_by == handed.message_id


def test_what_the_person_sends_along_elsewhere_hands_in_no_test() -> None:
    box = Box()
    box.heard("2026-03-02 09:00", TESSA, Kind.ASSESSMENT, **WHOLE)
    box.wrote("2026-03-05 10:00", Kind.OWN_REPLY, to=TESSA, facets=[Facet.ENCLOSES], **WHOLE)
    assert asks(box)[0].answered_by is None


@pytest.mark.parametrize("kind", [Kind.ASSESSMENT, Kind.INFORMATION_REQUEST])
def test_a_day_for_news_shows_that_they_have_what_they_asked_for(kind: Kind) -> None:
    box = Box()
    test = box.heard("2026-03-02 09:00", TESSA, kind, **WHOLE)
    later = box.heard(
        "2026-03-06 09:00", TESSA, Kind.STATUS_UPDATE, answers=test, decision_by=box.window("2026-03-13")
    )
    assert asks(box)[0].answered_by == later.message_id


def test_a_robots_day_for_news_settles_nothing() -> None:
    box = Box()
    box.heard("2026-03-02 09:00", TESSA, Kind.ASSESSMENT, **WHOLE)
    day = box.window("2026-03-13")
    box.heard("2026-03-06 09:00", ROBOT, Kind.STATUS_UPDATE, **WHOLE, decision_by=day, writer=Writer.ROBOT)
    assert asks(box)[0].answered_by is None


def test_an_answer_to_anyone_there_answers_an_offer() -> None:
    box = Box()
    box.heard("2026-03-01 09:00", HUGO, Kind.RECRUITER_REPLY, **WHOLE)
    box.heard("2026-03-02 09:00", TESSA, Kind.OFFER, **WHOLE)
    reply = box.wrote("2026-03-02 12:00", Kind.OWN_REPLY, to=HUGO)
    assert asks(box)[0].answered_by == reply.message_id


def test_an_end_settles_everything() -> None:
    box = Box()
    box.heard("2026-03-02 09:00", TESSA, Kind.INFORMATION_REQUEST, **WHOLE)
    no = box.heard("2026-03-05 09:00", TESSA, Kind.REJECTION, **WHOLE)
    assert asks(box)[0].settled_at == no.date


def test_word_that_the_interview_was_held_settles_the_invitation() -> None:
    box = Box()
    box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, **WHOLE)
    held = box.heard("2026-03-09 09:00", TESSA, Kind.STATUS_UPDATE, **WHOLE, facets=[Facet.INTERVIEW_HELD])
    assert asks(box)[0].settled_at == held.date


def test_what_else_is_asked_where_the_persons_own_choice_is_confirmed_is_a_question() -> None:
    box = Box()
    times = [box.slot("2026-03-10 14:00"), box.slot("2026-03-11 14:00")]
    asked = box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, **WHOLE, proposed=times)
    mine = box.wrote("2026-03-02 12:00", Kind.OWN_REPLY, to=TESSA, answers=asked, chosen=times[:1])
    box.heard(
        "2026-03-03 09:00",
        TESSA,
        Kind.INTERVIEW_CONFIRMED,
        **WHOLE,
        answers=mine,
        facets=[Facet.ASKS],
        interviews=[box.talk("2026-03-10 14:00")],
    )
    assert [one.what for one in asks(box)] == ["invitation", "question"]


def test_that_it_begins_late_wants_no_answer() -> None:
    for late, debts in ((30, 0), (0, 1)):
        box = Box()
        box.heard(
            "2026-03-02 09:00",
            TESSA,
            Kind.INTERVIEW_CONFIRMED,
            company="Northwind",
            role="Buyer",
            interviews=[box.talk("2026-03-10 14:00")],
        )
        box.heard("2026-03-10 13:30", TESSA, Kind.RECRUITER_REPLY, company="Northwind", facets=[Facet.ASKS], late=late)
        (application,) = track(box.readings).applications
        assert len(application.asks) == debts


@pytest.mark.parametrize("kind", [Kind.RECRUITER_OUTREACH, Kind.INTERVIEW_REQUEST])
def test_whether_they_may_put_the_person_forward_is_a_question(kind: Kind) -> None:
    facets = [Facet.ASKS, Facet.ANSWERED_APPLICATION, Facet.OFFERS_TO_SUBMIT]
    box = Box()
    box.heard("2026-03-02 09:00", TESSA, kind, **WHOLE, facets=facets)
    assert [one.what for one in asks(box)] == ["question"]


def test_who_names_a_time_and_may_put_the_person_forward_invites() -> None:
    box = Box()
    slots = [box.slot("2026-03-10 10:00")]
    facets = [Facet.ASKS, Facet.OFFERS_TO_SUBMIT]
    box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, **WHOLE, facets=facets, proposed=slots)
    assert [one.what for one in asks(box)] == ["invitation"]
