"""Notes for an interview, what the person owes, and advice that is no letter."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from mailbot.etiquette.follow_up import Verdict
from mailbot.reading.statements import Facet, Kind, Statement, Writer
from tests.etiquette.desk import DANA, INTERVIEW_NOTES, PRIYA, ROBOT, Desk


class TestNotes:
    def test_they_are_due_at_six_the_evening_before(self) -> None:
        desk = Desk()
        desk.interview("2026-03-10 14:00")
        assert desk.due("2026-03-05 12:00", INTERVIEW_NOTES) == "2026-03-09 18:00"

    def test_at_once_where_it_was_fixed_later(self) -> None:
        desk = Desk()
        desk.interview("2026-03-10 14:00", fixed="2026-03-10 09:15")
        assert desk.due("2026-03-10 09:15", INTERVIEW_NOTES) == "2026-03-10 09:15"

    def test_until_the_interviews_end(self) -> None:
        desk = Desk()
        desk.interview("2026-03-10 14:00")
        assert desk.verdict("2026-03-10 14:59", INTERVIEW_NOTES) is Verdict.DUE
        assert desk.verdict("2026-03-10 15:00", INTERVIEW_NOTES) is Verdict.PASSED

    def test_to_oneself(self) -> None:
        desk = Desk()
        desk.interview("2026-03-10 14:00")
        assert desk.one("2026-03-09 18:00", INTERVIEW_NOTES).identity.recipient == "sam.porter@home.test"

    def test_none_while_it_is_in_doubt(self) -> None:
        desk = Desk()
        fixed = desk.interview("2026-03-10 14:00")
        desk.heard("2026-03-09 12:00", DANA, Kind.RECRUITER_REPLY, answers=fixed, facets=[Facet.DOUBTS_INTERVIEW])
        assert desk.verdict("2026-03-09 18:00", INTERVIEW_NOTES) is Verdict.OVERTAKEN

    def test_a_decision_after_the_interview_leaves_them(self) -> None:
        desk = Desk()
        desk.interview("2026-03-10 14:00")
        desk.heard("2026-03-12 12:00", DANA, Kind.REJECTION)
        assert desk.verdict("2026-03-12 18:00", INTERVIEW_NOTES) is Verdict.PASSED

    def test_one_for_each_interview(self) -> None:
        desk = Desk()
        desk.interview("2026-03-10 14:00")
        desk.interview("2026-03-12 14:00", fixed="2026-03-04 09:00", round=2)
        assert len(desk.all("2026-03-05 12:00", INTERVIEW_NOTES)) == 2

    def test_none_for_one_of_which_nothing_is_known_but_that_it_is_off(self) -> None:
        desk = Desk()
        desk.applied()
        off = desk.talk("2026-03-10 14:00", cancelled=True)
        desk.heard("2026-03-05 12:00", DANA, Kind.INTERVIEW_CANCELLED, interviews=[off])
        assert desk.all("2026-03-06 12:00", INTERVIEW_NOTES) == []


class TestDebts:
    @staticmethod
    def sent_a_test() -> Desk:
        desk = Desk()
        desk.interview("2026-03-10 14:00")
        desk.heard(
            "2026-03-11 09:00",
            ROBOT,
            Kind.ASSESSMENT,
            writer=Writer.ROBOT,
            respond_by=desk.window("2026-03-18").latest,
            links=["https://test.test/1"],
        )
        return desk

    def test_what_a_robot_asks_is_owed_too_with_its_day_and_link(self) -> None:
        desk = self.sent_a_test()
        debt = desk.plan("2026-03-11 10:00").debts[0]
        assert debt.respond_by == desk.at("2026-03-19 00:00")
        assert debt.link == "https://test.test/1"

    def test_a_notice_comes_on_the_second_working_day_before_and_on_the_day(self) -> None:
        desk = self.sent_a_test()
        assert desk.plan("2026-03-11 10:00").debts[0].notices == (
            desk.at("2026-03-16 08:00"),
            desk.at("2026-03-18 08:00"),
        )
        assert desk.plan("2026-03-13 10:00").next_due == desk.at("2026-03-16 08:00")

    def test_it_is_paid_when_handed_in(self) -> None:
        desk = self.sent_a_test()
        desk.wrote("2026-03-12 09:00", Kind.OWN_REPLY, to=DANA, facets=[Facet.HANDED_IN])
        assert desk.plan("2026-03-12 10:00").debts == ()

    def test_what_a_draft_answers_is_not_owed_beside_it(self) -> None:
        desk = Desk()
        desk.heard("2026-03-02 10:00", DANA, Kind.INTERVIEW_REQUEST, facets=[Facet.ASKS])
        assert desk.plan("2026-03-02 10:00").debts == ()
        assert len(desk.plan("2026-03-20 10:00").debts) == 1  # its time went by, the debt did not

    def test_a_call_they_asked_for_stands_there_in_their_words(self) -> None:
        desk = Desk()
        desk.interview("2026-03-10 14:00")
        quote = "Please ring me on 0161 496 0000"
        desk.heard("2026-03-11 09:00", DANA, Kind.RECRUITER_REPLY, quote=quote, facets=[Facet.ASKS, Facet.ASKS_TO_CALL])
        assert quote in desk.plan("2026-03-11 10:00").debts[0].text

    def test_a_passing_wish_and_a_calendar_invitation_are_none(self) -> None:
        desk = Desk()
        desk.interview("2026-03-10 14:00", calendar=True)
        desk.heard("2026-03-04 09:00", PRIYA, Kind.RECRUITER_REPLY)
        assert desk.plan("2026-03-05 10:00").debts == ()


class TestHints:
    def held(self, preset: str) -> Desk:
        desk = Desk(preset=preset)
        desk.interview("2026-03-10 14:00")
        return desk

    def test_linkedin_after_the_interview_and_on_day_45_of_silence(self) -> None:
        desk = self.held("coach")
        hints = [one for one in desk.plan("2026-03-10 15:00").hints if "LinkedIn" in one.text]
        assert [one.on for one in hints] == [desk.at("2026-03-10 15:00"), desk.at("2026-04-24 08:00")]
        assert all("Priya Shah" in one.text for one in hints)

    def test_a_friend_before_the_one_follow_up(self) -> None:
        desk = self.held("one-follow-up")
        hint = next(one for one in desk.plan("2026-03-11 12:00").hints if "friend" in one.text)
        assert hint.on == desk.at("2026-03-16 08:00")

    @pytest.mark.parametrize("preset", ["ten-steps", "three-strikes"])
    def test_the_phone_instead_of_a_mail(self, preset: str) -> None:
        assert any("phone" in one.text for one in self.held(preset).plan("2026-03-11 12:00").hints)

    @pytest.mark.parametrize(
        ("preset", "on"), [("ten-steps", "2026-03-17 10:00"), ("three-strikes", "2026-03-24 10:00")]
    )
    def test_one_rings_from_tuesday_to_thursday_at_an_hour_of_theirs_and_once(self, preset: str, on: str) -> None:
        desk = self.held(preset)
        desk.readings[-1] = replace(desk.readings[-1], statements=(self._in_berlin(desk.readings[-1].main),))
        (ring,) = [one for one in desk.plan("2026-03-11 12:00").hints if "phone" in one.text]
        assert ring.on == datetime.fromisoformat(on).replace(tzinfo=ZoneInfo("Europe/Berlin"))

    @staticmethod
    def _in_berlin(said: Statement) -> Statement:
        talk = said.interviews[0]
        return replace(said, interviews=(replace(talk, start=talk.start.astimezone(ZoneInfo("Europe/Berlin"))),))

    def test_none_once_a_decision_has_come(self) -> None:
        desk = self.held("coach")
        desk.heard("2026-03-11 09:00", DANA, Kind.REJECTION)
        assert desk.plan("2026-03-12 12:00").hints == ()

    def test_each_is_shown_while_it_is_of_use(self) -> None:
        desk = self.held("coach")
        shown = [one.on for one in desk.plan("2026-03-25 12:00").hints if "LinkedIn" in one.text]
        assert shown == [desk.at("2026-04-24 08:00")]
        assert not desk.plan("2026-05-30 12:00").hints
