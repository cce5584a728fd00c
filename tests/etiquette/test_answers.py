"""Answers at once: to invitations that ask, and to offers."""

from __future__ import annotations

import pytest

from mailbot.etiquette.follow_up import Verdict
from mailbot.reading.statements import Facet, Kind, Part, Reading, Writer
from tests.etiquette.desk import DANA, INVITATION_REPLY, OFFER_REPLY, OMAR, PRIYA, ROBOT, THANK_YOU, Desk
from tests.tracking.build import person


def invited(**what: object) -> tuple[Desk, Reading]:
    """Applied, and invited by Dana on Monday, 2 March, at 10:00."""
    desk = Desk()
    applied = desk.applied()
    defaults = {"answers": applied, "facets": [Facet.ASKS], "people": [person(DANA, Part.RECRUITER)]}
    kind = what.pop("kind", Kind.INTERVIEW_REQUEST)
    assert isinstance(kind, Kind)
    return desk, desk.heard("2026-03-02 10:00", str(what.pop("by", DANA)), kind, **defaults | what)


NOW = "2026-03-02 10:00"


def test_not_when_the_invitation_is_taken_back() -> None:
    desk, asked = invited()
    assert desk.one(NOW, INVITATION_REPLY).verdict is Verdict.DUE
    off = desk.heard("2026-03-02 12:00", DANA, Kind.INTERVIEW_CANCELLED, answers=asked)
    reply = desk.one("2026-03-02 12:00", INVITATION_REPLY)
    assert (reply.verdict is Verdict.DUE, reply.settled_by) == (False, off.message_id)


@pytest.mark.parametrize(
    ("kind", "facets"),
    [
        (Kind.INTERVIEW_REQUEST, [Facet.ASKS]),
        (Kind.INTERVIEW_REQUEST, [Facet.BOOKING_LINK]),
        (Kind.INTERVIEW_RESCHEDULED, [Facet.ASKS]),
        (Kind.INTERVIEW_RESCHEDULED, [Facet.BOOKING_LINK]),
        (Kind.STATUS_UPDATE, [Facet.ADVANCES, Facet.ASKS]),
        (Kind.RECRUITER_OUTREACH, [Facet.ASKS, Facet.ANSWERED_APPLICATION]),
    ],
)
def test_a_humans_message_that_asks_is_answered_at_once_in_its_thread(kind: Kind, facets: list[Facet]) -> None:
    desk, asked = invited(kind=kind, facets=facets)
    reply = desk.one(NOW, INVITATION_REPLY)
    assert (reply.verdict, reply.identity.recipient) == (Verdict.DUE, "dana.reed@acme.test")
    assert (reply.reply_to, reply.identity.occasion) == (asked.message_id, (asked.message_id,))


def test_several_times_without_a_question_ask_for_a_choice() -> None:
    desk, _ = invited(facets=[], proposed=[Desk().slot("2026-03-10 14:00"), Desk().slot("2026-03-11 10:00")])
    assert desk.verdict(NOW, INVITATION_REPLY) is Verdict.DUE


def test_a_time_that_is_fixed_and_asks_whether_it_suits_is_an_invitation_that_asks() -> None:
    desk = Desk()
    desk.applied()
    desk.interview("2026-03-10 14:00", facets=[Facet.ASKS, Facet.SETS_TIME])
    assert desk.verdict("2026-03-03 09:00", INVITATION_REPLY) is Verdict.DUE


@pytest.mark.parametrize(
    "facets", [[], [Facet.ASKS_TO_CONFIRM], [Facet.SETS_TIME], [Facet.TIMES_AGREED]], ids=lambda one: str(one)
)
def test_what_only_confirms_sets_a_time_or_asks_to_confirm_gets_none(facets: list[Facet]) -> None:
    desk = Desk()
    desk.applied()
    desk.interview("2026-03-10 14:00", facets=facets)
    assert desk.all("2026-03-03 09:00", INVITATION_REPLY) == []


@pytest.mark.parametrize("writer", [Writer.PERSON, Writer.CALENDAR])
def test_a_plain_calendar_invitation_gets_none(writer: Writer) -> None:
    desk = Desk()
    desk.applied()
    desk.interview("2026-03-10 14:00", calendar=True, writer=writer)
    assert desk.all("2026-03-03 09:00", INVITATION_REPLY) == []


@pytest.mark.parametrize("kind", [Kind.INTERVIEW_RESCHEDULED, Kind.ASSESSMENT, Kind.STATUS_UPDATE])
def test_a_move_without_a_question_a_test_and_news_that_asks_nothing_get_none(kind: Kind) -> None:
    desk, _ = invited(kind=kind, facets=[Facet.ADVANCES] if kind is Kind.STATUS_UPDATE else [])
    assert desk.all(NOW, INVITATION_REPLY) == []


def test_news_of_being_further_that_brings_a_test_gets_none() -> None:
    desk, _ = invited(kind=Kind.ASSESSMENT, facets=[Facet.ADVANCES, Facet.ASKS])
    assert desk.all(NOW, INVITATION_REPLY) == []


def test_cold_outreach_never() -> None:
    desk = Desk()
    pitch = desk.heard("2026-03-02 10:00", DANA, Kind.RECRUITER_OUTREACH, facets=[Facet.ASKS])
    assert desk.all("2026-03-02 10:00", INVITATION_REPLY) == []
    desk.wrote("2026-03-02 12:00", Kind.OWN_REPLY, to=DANA, answers=pitch)
    assert desk.all("2026-03-02 13:00", INVITATION_REPLY) == []


@pytest.mark.parametrize("writer", [Writer.ROBOT, Writer.SHARED])
def test_a_robots_invitation_is_a_debt_with_its_link_and_no_draft(writer: Writer) -> None:
    desk, asked = invited(by=ROBOT, writer=writer, people=[], links=["https://book.test/1"])
    assert desk.all(NOW, INVITATION_REPLY) == []
    debt = desk.plan(NOW).debts[0]
    assert (debt.message_id, debt.link) == (asked.message_id, "https://book.test/1")
    assert "Acme" in debt.text


def test_not_where_the_person_already_answered() -> None:
    desk, asked = invited()
    answer = desk.wrote("2026-03-02 12:00", Kind.OWN_REPLY, to=DANA, answers=asked)
    reply = desk.one("2026-03-02 12:00", INVITATION_REPLY)
    assert (reply.verdict, reply.settled_by) == (Verdict.DONE, answer.message_id)


def test_a_booking_settles_it() -> None:
    desk, _ = invited(facets=[Facet.BOOKING_LINK])
    desk.interview("2026-03-10 14:00", fixed="2026-03-02 18:00", by=ROBOT, writer=Writer.ROBOT, people=[])
    assert desk.verdict("2026-03-02 18:00", INVITATION_REPLY) is Verdict.OVERTAKEN


@pytest.mark.parametrize("kind", [Kind.REJECTION, Kind.POSITION_CLOSED])
def test_a_decision_overtakes_it(kind: Kind) -> None:
    desk, asked = invited()
    desk.heard("2026-03-03 10:00", DANA, kind, answers=asked)
    assert desk.verdict("2026-03-03 10:00", INVITATION_REPLY) is Verdict.OVERTAKEN


def test_it_is_placed_for_five_working_days() -> None:
    desk, _ = invited()
    assert desk.verdict("2026-03-09 23:59", INVITATION_REPLY) is Verdict.DUE
    assert desk.verdict("2026-03-10 00:00", INVITATION_REPLY) is Verdict.PASSED


def test_or_to_the_end_of_the_day_asked_for() -> None:
    desk, _ = invited(respond_by=Desk().window("2026-03-04").latest)
    assert desk.verdict("2026-03-04 23:59", INVITATION_REPLY) is Verdict.DUE
    assert desk.verdict("2026-03-05 00:00", INVITATION_REPLY) is Verdict.PASSED


def test_an_answer_keeps_people_of_the_same_organisation_in_copy() -> None:
    desk, _ = invited(copied=[PRIYA, "Jo Far <jo@elsewhere.test>", "HR <hr@acme.test>", "No <noreply@acme.test>"])
    assert desk.one(NOW, INVITATION_REPLY).cc == ("priya.shah@acme.test",)


def test_it_carries_the_times_that_were_offered() -> None:
    slots = [Desk().slot("2026-03-10 14:00"), Desk().slot("2026-03-11 10:00")]
    desk, _ = invited(proposed=slots)
    assert desk.one(NOW, INVITATION_REPLY).slots == tuple(slots)


def test_what_a_calendar_mail_asks_is_not_answered_in_its_own_thread() -> None:
    desk, _ = invited(calendar=True)
    assert desk.one(NOW, INVITATION_REPLY).reply_to == desk.readings[0].message_id


class TestOffer:
    """An offer by Dana on Wednesday, 18 March."""

    @pytest.fixture
    def desk(self) -> Desk:
        desk = Desk()
        desk.interview("2026-03-10 14:00")
        desk.heard("2026-03-18 09:30", DANA, Kind.OFFER, facets=[Facet.ASKS])
        return desk

    def test_it_is_answered_at_once(self, desk: Desk) -> None:
        assert desk.due("2026-03-18 09:30", OFFER_REPLY, DANA) == "2026-03-18 09:30"
        assert desk.verdict("2026-03-18 09:30", OFFER_REPLY) is Verdict.DUE

    def test_for_five_working_days(self, desk: Desk) -> None:
        assert desk.verdict("2026-03-25 23:59", OFFER_REPLY) is Verdict.DUE
        assert desk.verdict("2026-03-26 00:00", OFFER_REPLY) is Verdict.PASSED

    def test_not_where_the_person_answered_anyone_there(self, desk: Desk) -> None:
        desk.wrote("2026-03-18 10:00", Kind.OWN_REPLY, to=OMAR)
        assert desk.verdict("2026-03-18 10:00", OFFER_REPLY) is Verdict.DONE

    def test_an_offer_that_is_withdrawn_overtakes_it(self, desk: Desk) -> None:
        desk.heard("2026-03-19 10:00", DANA, Kind.POSITION_CLOSED)
        assert desk.verdict("2026-03-19 10:00", OFFER_REPLY) is Verdict.OVERTAKEN

    def test_of_two_words_on_one_offer_the_later_is_answered(self, desk: Desk) -> None:
        desk.heard("2026-03-19 10:00", OMAR, Kind.OFFER, people=[person(OMAR, Part.RECRUITER)])
        assert desk.verdict("2026-03-19 10:00", OFFER_REPLY, DANA) is Verdict.OVERTAKEN
        assert desk.verdict("2026-03-19 10:00", OFFER_REPLY, OMAR) is Verdict.DUE

    def test_a_later_word_after_the_answer_only_where_it_asks_again(self, desk: Desk) -> None:
        desk.wrote("2026-03-18 10:00", Kind.OWN_REPLY, to=DANA)
        desk.heard("2026-03-19 10:00", DANA, Kind.OFFER)
        assert desk.verdict("2026-03-19 11:00", OFFER_REPLY) is Verdict.DONE
        asked = desk.heard("2026-03-19 12:00", DANA, Kind.OFFER, facets=[Facet.ASKS])
        assert desk.one("2026-03-19 12:00", OFFER_REPLY).identity.occasion == (asked.message_id,)

    def test_a_robots_offer_is_a_debt(self) -> None:
        desk = Desk()
        desk.interview("2026-03-10 14:00")
        offer = desk.heard("2026-03-18 09:30", ROBOT, Kind.OFFER, writer=Writer.ROBOT, links=["https://sign.test/1"])
        assert desk.all("2026-03-18 09:30", OFFER_REPLY) == []
        assert [one.message_id for one in desk.plan("2026-03-18 09:30").debts] == [offer.message_id]


@pytest.mark.parametrize("preset", ["coach", "ten-steps", "one-follow-up", "three-strikes"])
def test_answers_and_the_arrangers_thanks_hold_in_every_preset(preset: str) -> None:
    desk = Desk(preset=preset)
    desk.heard("2026-03-02 10:00", DANA, Kind.INTERVIEW_REQUEST, facets=[Facet.ASKS])
    assert desk.verdict("2026-03-02 10:00", INVITATION_REPLY) is Verdict.DUE
    desk.interview("2026-03-10 14:00")
    assert desk.verdict("2026-03-10 15:00", THANK_YOU, DANA) is Verdict.DUE
    desk.heard("2026-03-18 09:30", DANA, Kind.OFFER)
    assert desk.verdict("2026-03-18 09:30", OFFER_REPLY) is Verdict.DUE
