"""Thanks for a no, staying in touch, and word to the others of an offer."""

from __future__ import annotations

import pytest

from mailbot.etiquette.follow_up import Verdict
from mailbot.reading.statements import Facet, Kind, Part, Writer
from tests.etiquette.desk import (
    DANA,
    INVITATION_REPLY,
    KIM,
    OFFER_ELSEWHERE,
    PRIYA,
    REJECTION_THANKS,
    ROBOT,
    STAY_IN_TOUCH,
    Desk,
)
from tests.tracking.build import person

NO = "2026-03-13 17:40"  # a Friday


def interviewed(preset: str = "coach") -> Desk:
    desk = Desk(preset=preset)
    desk.interview("2026-03-10 14:00")
    return desk


class TestRejectionThanks:
    @pytest.mark.parametrize("preset", ["coach", "three-strikes"])
    def test_a_humans_no_after_an_interview_is_thanked_for_at_once(self, preset: str) -> None:
        desk = interviewed(preset)
        no = desk.heard(NO, DANA, Kind.REJECTION)
        found = desk.one(NO, REJECTION_THANKS, DANA)
        assert (found.verdict, found.reply_to) == (Verdict.DUE, no.message_id)

    @pytest.mark.parametrize("preset", ["ten-steps", "one-follow-up"])
    def test_the_other_presets_write_none(self, preset: str) -> None:
        desk = interviewed(preset)
        desk.heard(NO, DANA, Kind.REJECTION)
        assert desk.all(NO, REJECTION_THANKS) == []

    def test_it_is_placed_for_five_working_days(self) -> None:
        desk = interviewed()
        desk.heard(NO, DANA, Kind.REJECTION)
        assert desk.verdict("2026-03-20 23:59", REJECTION_THANKS) is Verdict.DUE
        assert desk.verdict("2026-03-21 00:00", REJECTION_THANKS) is Verdict.PASSED

    def test_a_robots_no_after_an_interview_goes_to_the_main_contact(self) -> None:
        desk = interviewed()
        desk.heard(NO, ROBOT, Kind.REJECTION, writer=Writer.ROBOT)
        assert desk.verdict(NO, REJECTION_THANKS, DANA) is Verdict.DUE

    def test_a_personal_exchange_is_enough(self) -> None:
        desk = Desk()
        applied = desk.applied()
        desk.heard("2026-03-02 09:00", DANA, Kind.RECRUITER_REPLY, answers=applied)
        desk.heard(NO, ROBOT, Kind.REJECTION, writer=Writer.ROBOT)
        assert desk.verdict(NO, REJECTION_THANKS, DANA) is Verdict.DUE

    def test_a_humans_no_to_a_form_is_no_exchange(self) -> None:
        desk = Desk()
        desk.applied(to=ROBOT)
        desk.heard(NO, DANA, Kind.REJECTION)
        assert desk.all(NO, REJECTION_THANKS) == []

    def test_a_no_that_names_times_for_a_talk_about_another_job_is_answered_by_the_reply(self) -> None:
        desk = interviewed()
        no = desk.says(Kind.REJECTION)
        other = desk.says(Kind.INTERVIEW_REQUEST, proposed=[desk.slot("2026-03-18 10:00")], facets=[Facet.ASKS])
        desk.heard(NO, DANA, Kind.REJECTION, statements=(no, other))
        assert desk.all(NO, REJECTION_THANKS) == []
        assert desk.verdict(NO, INVITATION_REPLY, DANA) is Verdict.DUE

    def test_a_robots_no_without_either_gets_none(self) -> None:
        desk = Desk()
        desk.applied(to=ROBOT)
        desk.heard(NO, ROBOT, Kind.REJECTION, writer=Writer.ROBOT)
        assert desk.all(NO, REJECTION_THANKS) == []

    def test_a_role_closed_or_on_hold_after_an_interview_may_be_thanked_for(self) -> None:
        desk = interviewed()
        desk.heard(NO, DANA, Kind.POSITION_CLOSED, facets=[Facet.ON_HOLD])
        assert desk.verdict(NO, REJECTION_THANKS, DANA) is Verdict.DUE

    def test_done_when_the_person_wrote_to_them_or_in_that_thread(self) -> None:
        desk = interviewed()
        no = desk.heard(NO, DANA, Kind.REJECTION)
        desk.wrote("2026-03-14 09:00", Kind.OWN_REPLY, to=PRIYA, answers=no)
        assert desk.verdict("2026-03-14 09:00", REJECTION_THANKS) is Verdict.DONE

    def test_a_second_human_no_replaces_the_first_and_none_follows_an_answer(self) -> None:
        desk = interviewed()
        desk.heard(NO, DANA, Kind.REJECTION)
        second = desk.heard("2026-03-16 09:00", PRIYA, Kind.REJECTION)
        assert desk.verdict("2026-03-16 09:00", REJECTION_THANKS, DANA) is Verdict.OVERTAKEN
        assert desk.verdict("2026-03-16 09:00", REJECTION_THANKS, PRIYA) is Verdict.DUE
        desk.wrote("2026-03-16 10:00", Kind.OWN_REPLY, to=PRIYA, answers=second)
        desk.heard("2026-03-16 11:00", PRIYA, Kind.REJECTION)
        assert desk.placed("2026-03-16 12:00") == set()


class TestStayInTouch:
    """A no on Friday, 13 March: day 40 is 22 April, day 45 27 April, day 60 12 May."""

    @staticmethod
    def refused(by: str = DANA, **what: object) -> Desk:
        desk = interviewed()
        desk.heard(NO, by, Kind.REJECTION, **what)
        return desk

    def test_it_is_due_45_days_after_a_no_that_followed_an_interview(self) -> None:
        assert self.refused().due("2026-03-20 09:00", STAY_IN_TOUCH) == "2026-04-27 08:00"

    def test_until_day_60(self) -> None:
        assert self.refused().verdict("2026-05-12 23:59", STAY_IN_TOUCH) is Verdict.DUE
        assert self.refused().verdict("2026-05-13 00:00", STAY_IN_TOUCH) is Verdict.PASSED

    def test_a_date_that_they_named_replaces_day_45(self) -> None:
        desk = self.refused(decision_by=Desk().window("2026-09-30", "2026-09-01"), facets=[Facet.FUTURE_ROLES])
        assert desk.due("2026-03-20 09:00", STAY_IN_TOUCH) == "2026-09-01 08:00"

    def test_not_after_a_no_without_an_interview(self) -> None:
        desk = Desk()
        applied = desk.applied()
        desk.heard(NO, DANA, Kind.REJECTION, answers=applied)
        assert desk.all("2026-04-27 09:00", STAY_IN_TOUCH) == []

    def test_after_a_check_in_that_went_unanswered(self) -> None:
        desk = interviewed()
        desk.asked_news("2026-03-20 10:00")
        assert desk.due("2026-03-21 09:00", STAY_IN_TOUCH) == "2026-05-04 08:00"

    def test_not_after_a_check_in_that_was_answered(self) -> None:
        desk = interviewed()
        desk.asked_news("2026-03-20 10:00")
        desk.promised("2026-03-21 10:00", "2026-04-03")
        assert desk.verdict("2026-05-04 09:00", STAY_IN_TOUCH) is Verdict.OVERTAKEN

    @pytest.mark.parametrize("refused_first", [False, True])
    def test_not_after_a_question_about_a_standing_offer(self, refused_first: bool) -> None:
        desk = self.refused() if refused_first else interviewed()
        desk.heard("2026-03-14 10:00", DANA, Kind.OFFER)
        desk.asked_news("2026-03-20 10:00")
        assert desk.placed("2026-05-04 09:00") == set()

    def test_the_offer_stands_though_an_older_no_comes_after_it(self) -> None:
        desk = interviewed()
        desk.heard("2026-03-14 10:00", DANA, Kind.OFFER)
        desk.heard(NO, DANA, Kind.REJECTION, arrived=desk.at("2026-03-19 09:00"))
        desk.asked_news("2026-03-20 10:00")
        assert desk.placed("2026-05-04 09:00") == set()

    @pytest.mark.parametrize("kind", [Kind.OFFER, Kind.INTERVIEW_REQUEST])
    def test_not_where_it_lives_again(self, kind: Kind) -> None:
        desk = self.refused()
        desk.heard("2026-04-10 10:00", DANA, kind, facets=[Facet.ASKS])
        assert desk.verdict("2026-04-27 09:00", STAY_IN_TOUCH) is Verdict.OVERTAKEN

    def test_not_where_another_application_there_lives(self) -> None:
        desk = self.refused()
        desk.role = "Archivist"
        desk.wrote("2026-04-20 09:00", Kind.OWN_APPLICATION, to="Jobs <jobs@acme.test>")
        assert desk.verdict("2026-04-27 09:00", STAY_IN_TOUCH, DANA) is Verdict.OVERTAKEN

    def test_done_when_the_person_wrote_to_them_from_day_40_on(self) -> None:
        desk = self.refused()
        desk.wrote("2026-03-14 09:00", Kind.OWN_REPLY, to=DANA)
        assert desk.verdict("2026-04-27 09:00", STAY_IN_TOUCH) is Verdict.DUE
        desk.wrote("2026-04-24 09:00", Kind.OWN_REPLY, to=DANA)
        assert desk.verdict("2026-04-27 09:00", STAY_IN_TOUCH) is Verdict.DONE

    @pytest.mark.parametrize("preset", ["ten-steps", "one-follow-up", "three-strikes"])
    def test_no_other_preset_writes_it(self, preset: str) -> None:
        desk = self.refused()
        desk.preset = preset
        assert desk.all("2026-04-27 09:00", STAY_IN_TOUCH) == []


LORNA = "Lorna Vale <lorna@birchway.test>"


class TestOfferElsewhere:
    """Birchway interviewed on 10 March; Acme, too, and makes an offer on Friday, 13 March, at 10:00."""

    AT = "2026-03-13 10:00"

    @staticmethod
    def two(offered: bool = True, **other: object) -> Desk:
        desk = interviewed()
        desk.company, desk.role = "Birchway", "Researcher"
        desk.interview("2026-03-10 10:00", by=LORNA, people=[], **other)
        desk.company, desk.role = "Acme", "Analyst"
        if offered:
            desk.heard(TestOfferElsewhere.AT, DANA, Kind.OFFER)
        return desk

    def test_every_other_process_with_an_interview_and_no_decision_is_told_at_once(self) -> None:
        found = self.two().one(self.AT, OFFER_ELSEWHERE)
        assert (found.verdict, found.identity.recipient) == (Verdict.DUE, "lorna@birchway.test")

    def test_for_three_working_days(self) -> None:
        assert self.two().verdict("2026-03-18 23:59", OFFER_ELSEWHERE) is Verdict.DUE
        assert self.two().verdict("2026-03-19 00:00", OFFER_ELSEWHERE) is Verdict.PASSED

    @pytest.mark.parametrize(("held", "told"), [("2026-03-13 09:00", True), ("2026-03-13 11:00", False)])
    def test_not_where_the_interview_comes_after_the_offer(self, held: str, told: bool) -> None:
        desk = interviewed()
        desk.company, desk.role = "Birchway", "Researcher"
        desk.interview(held, 30, by=LORNA, people=[])
        desk.company, desk.role = "Acme", "Analyst"
        desk.heard(self.AT, DANA, Kind.OFFER)
        assert bool(desk.all("2026-03-13 12:00", OFFER_ELSEWHERE)) is told

    def test_its_occasion_is_the_offer(self) -> None:
        desk = self.two()
        offer = desk.readings[-1]
        assert desk.one(self.AT, OFFER_ELSEWHERE).identity.occasion == (offer.message_id,)

    def test_it_takes_in_thanks_still_lying(self) -> None:
        found = self.two().one(self.AT, OFFER_ELSEWHERE)
        assert [one.kind.value for one in found.takes_in] == ["thank_you"]

    def test_not_where_no_interview_took_place(self) -> None:
        desk = interviewed()
        desk.company, desk.role = "Birchway", "Researcher"
        desk.applied(to=LORNA)
        desk.company, desk.role = "Acme", "Analyst"
        desk.heard(self.AT, DANA, Kind.OFFER)
        assert desk.all(self.AT, OFFER_ELSEWHERE) == []

    def test_not_where_the_offer_came_without_an_interview(self) -> None:
        desk = Desk(company="Birchway", role="Researcher")
        desk.interview("2026-03-10 10:00", by=LORNA, people=[])
        desk.company, desk.role = "Acme", "Analyst"
        desk.applied()
        desk.heard(self.AT, DANA, Kind.OFFER)
        assert desk.all(self.AT, OFFER_ELSEWHERE) == []

    def test_not_where_a_decision_has_come(self) -> None:
        desk = self.two(offered=False)
        desk.heard("2026-03-12 10:00", LORNA, Kind.REJECTION, company="Birchway", role="Researcher")
        desk.heard(self.AT, DANA, Kind.OFFER)
        assert desk.all(self.AT, OFFER_ELSEWHERE) == []

    def test_not_to_the_company_that_made_the_offer(self) -> None:
        desk = interviewed()
        desk.role = "Archivist"
        desk.interview("2026-03-11 10:00", by=PRIYA, part=Part.INTERVIEWER, people=[])
        desk.role = "Analyst"
        desk.heard(self.AT, DANA, Kind.OFFER)
        assert desk.all(self.AT, OFFER_ELSEWHERE) == []

    def test_not_to_the_agency_that_made_it(self) -> None:
        desk = Desk()
        for company, role, day in (("Acme", "Analyst", "10"), ("Birchway", "Researcher", "11")):
            talk = desk.talk(f"2026-03-{day} 10:00", 60)
            desk.heard(
                "2026-03-03 10:00",
                KIM,
                Kind.INTERVIEW_CONFIRMED,
                company=company,
                role=role,
                agency="Staffline",
                interviews=[talk],
                people=[person(KIM, Part.RECRUITER)],
            )
        desk.heard(self.AT, KIM, Kind.OFFER, agency="Staffline")
        assert desk.all(self.AT, OFFER_ELSEWHERE) == []

    def test_done_when_the_person_told_them(self) -> None:
        desk = self.two()
        desk.wrote(
            "2026-03-13 12:00",
            Kind.OWN_CHECK_IN,
            to=LORNA,
            company="Birchway",
            role="Researcher",
            facets=[Facet.TELLS_DEADLINE],
        )
        assert desk.verdict("2026-03-13 12:00", OFFER_ELSEWHERE) is Verdict.DONE

    @pytest.mark.parametrize("kind", [Kind.OWN_WITHDRAWAL, Kind.OWN_ACCEPTANCE])
    def test_not_once_the_person_has_decided(self, kind: Kind) -> None:
        desk = self.two()
        desk.wrote("2026-03-13 12:00", kind, to=DANA)
        assert desk.verdict("2026-03-13 12:00", OFFER_ELSEWHERE) is Verdict.OVERTAKEN

    @pytest.mark.parametrize("preset", ["ten-steps", "one-follow-up", "three-strikes"])
    def test_no_other_preset_writes_it(self, preset: str) -> None:
        desk = self.two()
        desk.preset = preset
        assert desk.all(self.AT, OFFER_ELSEWHERE) == []
