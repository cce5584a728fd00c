"""Thanks after an interview, and the formal letter."""

from __future__ import annotations

import pytest

from mailbot.etiquette.follow_up import Verdict
from mailbot.etiquette.wishes import TopicNoted
from mailbot.reading.statements import Facet, Format, Kind, Part, Writer
from tests.etiquette.desk import DANA, FORMAL_LETTER, KIM, OMAR, PRIYA, ROBOT, THANK_YOU, Desk
from tests.tracking.build import person

BEFORE, END, LATER = "2026-03-10 14:59", "2026-03-10 15:00", "2026-03-10 18:00"


def test_each_interviewer_with_an_address_is_thanked_when_the_interview_ends() -> None:
    desk = Desk()
    desk.interview("2026-03-10 14:00", people=[PRIYA, OMAR])
    assert desk.placed(BEFORE) == {("interview_notes", "sam.porter@home.test")}
    assert desk.verdict(BEFORE, THANK_YOU, PRIYA) is Verdict.COMING
    assert {("thank_you", "priya.shah@acme.test"), ("thank_you", "omar.bell@acme.test")} <= desk.placed(END)


@pytest.mark.parametrize(("form", "end"), [(None, "15:00"), (Format.VIDEO, "15:00"), (Format.PHONE, "14:45")])
def test_an_interview_of_unknown_length_ends_after_an_hour_by_phone_after_45_minutes(
    form: Format | None, end: str
) -> None:
    desk = Desk()
    desk.interview("2026-03-10 14:00", talk=desk.talk("2026-03-10 14:00", form=form))
    assert desk.due("2026-03-09 12:00", THANK_YOU, PRIYA) == f"2026-03-10 {end}"


def test_whoever_fixed_the_time_gets_a_short_one_too() -> None:
    desk = Desk()
    desk.interview("2026-03-10 14:00")
    assert desk.one(END, THANK_YOU, DANA).arranger
    assert not desk.one(END, THANK_YOU, PRIYA).arranger


def test_an_interviewer_who_fixed_the_time_herself_gets_one_letter() -> None:
    desk = Desk()
    desk.interview("2026-03-10 14:00", by=PRIYA, part=Part.INTERVIEWER)
    assert len(desk.all(END, THANK_YOU)) == 1


def test_a_robot_that_fixed_the_time_is_not_thanked() -> None:
    desk = Desk()
    desk.applied()
    desk.interview("2026-03-10 14:00", by=ROBOT, writer=Writer.ROBOT)
    assert {one.identity.recipient for one in desk.all(END, THANK_YOU)} == {"priya.shah@acme.test"}


def test_interviewers_without_an_address_are_thanked_by_name_in_the_arrangers_letter() -> None:
    desk = Desk()
    desk.interview("2026-03-10 14:00", people=[PRIYA, "Lee Novak"])
    assert [one.name for one in desk.one(END, THANK_YOU, DANA).also_thank] == ["Lee Novak"]
    assert desk.one(END, THANK_YOU, PRIYA).also_thank == ()


def test_without_an_arranger_they_are_thanked_in_the_first_interviewers_letter() -> None:
    desk = Desk()
    desk.interview("2026-03-10 14:00", by=PRIYA, part=Part.INTERVIEWER, people=["Lee Novak"])
    assert [one.name for one in desk.one(END, THANK_YOU, PRIYA).also_thank] == ["Lee Novak"]


def test_one_who_arranged_several_interviews_of_a_round_gets_one_after_the_last() -> None:
    desk = Desk()
    desk.heard(
        "2026-03-03 09:00",
        DANA,
        Kind.INTERVIEW_CONFIRMED,
        interviews=[desk.talk("2026-03-10 14:00", 60)],
        people=[person(DANA, Part.COORDINATOR), person(PRIYA)],
    )
    desk.heard(
        "2026-03-03 09:30",
        DANA,
        Kind.INTERVIEW_CONFIRMED,
        interviews=[desk.talk("2026-03-10 16:00", 60)],
        people=[person(DANA, Part.COORDINATOR), person(OMAR)],
    )
    assert desk.verdict(END, THANK_YOU, PRIYA) is Verdict.DUE
    assert desk.due(END, THANK_YOU, DANA) == "2026-03-10 17:00"
    assert len(desk.all(END, THANK_YOU, DANA)) == 1


def test_who_arranges_one_talk_and_holds_the_next_of_that_day_is_thanked_once_for_their_own() -> None:
    desk = Desk()
    desk.interview("2026-03-10 14:00", people=[PRIYA, "Lee Novak"])
    desk.interview("2026-03-10 15:00", 30, part=Part.INTERVIEWER, people=[])
    assert [one.due.strftime("%H:%M") for one in desk.all(END, THANK_YOU, DANA)] == ["15:30"]
    assert [one.name for one in desk.one(END, THANK_YOU, PRIYA).also_thank] == ["Lee Novak"]


def test_who_holds_a_talk_on_another_day_is_thanked_for_arranging_too() -> None:
    desk = Desk()
    desk.interview("2026-03-10 14:00", people=[PRIYA])
    desk.interview("2026-03-12 15:00", 30, part=Part.INTERVIEWER, people=[])
    assert len(desk.all("2026-03-12 16:00", THANK_YOU, DANA)) == 2


def test_of_more_than_four_interviewers_four_get_their_own_the_hiring_manager_first() -> None:
    desk = Desk()
    five = [f"Ann Number{at} <ann{at}@acme.test>" for at in range(5)]
    boss = person("Bea Last <bea@acme.test>", Part.HIRING_MANAGER)
    desk.interview("2026-03-10 14:00", people=[*five, boss])
    own = [one for one in desk.all(END, THANK_YOU) if not one.arranger]
    assert len(own) == 4
    assert "bea@acme.test" in {one.identity.recipient for one in own}
    assert len(desk.one(END, THANK_YOU, DANA).also_thank) == 2


def test_of_more_than_four_interviewers_those_with_a_topic_come_before_the_others() -> None:
    desk = Desk()
    desk.interview("2026-03-10 14:00", people=[f"Ann Number{at} <ann{at}@acme.test>" for at in range(6)])
    about = tuple(one.message_id for one in desk.readings)
    desk.wishes += [TopicNoted(about, desk.at("2026-03-10 15:00"), one) for one in ("Ann Number5", "ann4@acme.test")]
    own = {one.identity.recipient for one in desk.all(END, THANK_YOU) if not one.arranger}
    assert own >= {"ann4@acme.test", "ann5@acme.test"}
    assert len(own) == 4


def test_it_is_placed_until_the_end_of_the_second_working_day_after() -> None:
    desk = Desk()
    desk.interview("2026-03-12 14:00")  # a Thursday
    assert desk.verdict("2026-03-16 23:59", THANK_YOU, PRIYA) is Verdict.DUE
    assert desk.verdict("2026-03-17 00:00", THANK_YOU, PRIYA) is Verdict.PASSED


def test_not_when_the_interview_is_cancelled() -> None:
    desk = Desk()
    fixed = desk.interview("2026-03-10 14:00")
    off = desk.talk("2026-03-10 14:00", 60, cancelled=True)
    cancelled = desk.heard("2026-03-09 12:00", DANA, Kind.INTERVIEW_CANCELLED, answers=fixed, interviews=[off])
    found = desk.one(LATER, THANK_YOU, PRIYA)
    assert (found.verdict, found.settled_by) == (Verdict.OVERTAKEN, cancelled.message_id)


def test_a_moved_interview_is_thanked_for_at_its_new_end_only() -> None:
    desk = Desk()
    fixed = desk.interview("2026-03-10 14:00")
    moved = desk.talk("2026-03-12 10:00", 60, replaces="2026-03-10 14:00")
    desk.heard("2026-03-09 12:00", DANA, Kind.INTERVIEW_RESCHEDULED, answers=fixed, interviews=[moved])
    assert desk.verdict(LATER, THANK_YOU, PRIYA) is Verdict.COMING
    assert desk.due(LATER, THANK_YOU, PRIYA) == "2026-03-12 11:00"


@pytest.mark.parametrize("theirs", [True, False])
def test_not_while_it_is_in_doubt_until_a_time_is_fixed_again(theirs: bool) -> None:
    desk = Desk()
    fixed = desk.interview("2026-03-10 14:00")
    if theirs:
        desk.heard("2026-03-10 13:00", DANA, Kind.RECRUITER_REPLY, answers=fixed, facets=[Facet.DOUBTS_INTERVIEW])
    else:
        desk.wrote("2026-03-10 13:00", Kind.OWN_REPLY, to=DANA, answers=fixed, facets=[Facet.DOUBTS_INTERVIEW])
    assert desk.verdict(LATER, THANK_YOU, PRIYA) is Verdict.OVERTAKEN
    again = desk.talk("2026-03-11 09:00", 60)
    desk.heard("2026-03-10 19:00", DANA, Kind.INTERVIEW_CONFIRMED, answers=fixed, interviews=[again])
    assert desk.due("2026-03-10 20:00", THANK_YOU, PRIYA) == "2026-03-11 10:00"


def test_in_doubt_until_a_message_shows_that_it_was_held() -> None:
    desk = Desk()
    fixed = desk.interview("2026-03-10 14:00")
    desk.heard("2026-03-10 13:00", DANA, Kind.RECRUITER_REPLY, answers=fixed, facets=[Facet.DOUBTS_INTERVIEW])
    desk.heard(
        "2026-03-10 17:00",
        DANA,
        Kind.RECRUITER_REPLY,
        answers=fixed,
        facets=[Facet.INTERVIEW_HELD, Facet.COURTESY],
    )
    assert desk.verdict(LATER, THANK_YOU, PRIYA) is Verdict.DUE


def test_not_where_the_person_already_thanked_them_even_before_the_planned_end() -> None:
    desk = Desk()
    desk.interview("2026-03-10 14:00", people=[PRIYA, OMAR])
    sent = desk.wrote("2026-03-10 14:50", Kind.OWN_THANK_YOU, to=PRIYA)
    found = desk.one(END, THANK_YOU, PRIYA)
    assert (found.verdict, found.settled_by) == (Verdict.DONE, sent.message_id)
    assert desk.verdict(END, THANK_YOU, OMAR) is Verdict.DUE


def test_thanks_in_another_letter_or_in_copy_count_too() -> None:
    desk = Desk()
    desk.interview("2026-03-10 14:00", people=[PRIYA, OMAR])
    desk.wrote("2026-03-10 15:30", Kind.OWN_REPLY, to=PRIYA, copied=[OMAR], facets=[Facet.THANKS])
    assert desk.verdict(LATER, THANK_YOU, PRIYA) is Verdict.DONE
    assert desk.verdict(LATER, THANK_YOU, OMAR) is Verdict.DONE


def test_bounced_thanks_count_as_not_sent() -> None:
    desk = Desk()
    desk.interview("2026-03-10 14:00", people=[PRIYA, OMAR])
    sent = desk.wrote("2026-03-10 15:10", Kind.OWN_THANK_YOU, to=PRIYA, copied=[OMAR])
    desk.heard(
        "2026-03-10 15:11",
        "Mail Delivery <mailer-daemon@home.test>",
        Kind.UNRELATED,
        answers=sent,
        writer=Writer.BOUNCE,
        bounced=("omar.bell@acme.test", sent.message_id),
    )
    assert desk.verdict(LATER, THANK_YOU, PRIYA) is Verdict.DONE
    assert desk.verdict(LATER, THANK_YOU, OMAR) is Verdict.DUE


def test_an_attendee_who_declined_is_not_thanked() -> None:
    desk = Desk()
    desk.interview("2026-03-10 14:00", people=[PRIYA, person(OMAR, declined=True)])
    assert desk.verdict(END, THANK_YOU, OMAR) is None


@pytest.mark.parametrize(
    "kind", [Kind.REJECTION, Kind.OFFER, Kind.POSITION_CLOSED], ids=["a no", "an offer", "a closing"]
)
def test_a_decision_takes_back_every_unsent_thank_you(kind: Kind) -> None:
    desk = Desk()
    fixed = desk.interview("2026-03-10 14:00", people=[PRIYA, OMAR])
    decided = desk.heard("2026-03-10 17:00", DANA, kind, answers=fixed)
    for person_thanked in (PRIYA, OMAR, DANA):
        found = desk.one(LATER, THANK_YOU, person_thanked)
        assert (found.verdict, found.settled_by) == (Verdict.OVERTAKEN, decided.message_id)


def test_an_agencys_recruiter_gets_a_debrief_and_the_client_letters_of_its_own() -> None:
    desk = Desk()
    desk.interview("2026-03-10 14:00", by=KIM, agency="Staffline")
    assert desk.one(END, THANK_YOU, KIM).debrief
    assert desk.verdict(END, THANK_YOU, PRIYA) is Verdict.DUE


def test_what_the_person_tells_an_agencys_recruiter_after_the_interview_is_the_debrief() -> None:
    desk = Desk()
    desk.interview("2026-03-10 14:00", by=KIM, agency="Staffline")
    desk.wrote("2026-03-10 15:30", Kind.OWN_REPLY, to=KIM)
    assert desk.verdict("2026-03-10 16:00", THANK_YOU, KIM) is Verdict.DONE
    assert desk.verdict("2026-03-10 16:00", THANK_YOU, PRIYA) is Verdict.DUE


def test_through_the_agency_the_clients_interviewers_get_none_of_their_own() -> None:
    desk = Desk(overrides={"agency": "through"})
    desk.interview("2026-03-10 14:00", by=KIM, agency="Staffline")
    assert desk.verdict(END, THANK_YOU, PRIYA) is None
    debrief = desk.one(END, THANK_YOU, KIM)
    assert debrief.debrief
    assert [one.name for one in debrief.also_thank] == ["Priya Shah"]


def test_the_occasion_is_every_message_that_fixed_or_moved_the_interview() -> None:
    desk = Desk()
    fixed = desk.interview("2026-03-10 14:00")
    moved = desk.talk("2026-03-12 10:00", 60, replaces="2026-03-10 14:00")
    told = desk.heard("2026-03-09 12:00", DANA, Kind.INTERVIEW_RESCHEDULED, answers=fixed, interviews=[moved])
    assert desk.one(LATER, THANK_YOU, PRIYA).identity.occasion == (fixed.message_id, told.message_id)


class TestFormalLetter:
    """`three-strikes`, an interview on Thursday, 12 March."""

    @pytest.fixture
    def desk(self) -> Desk:
        desk = Desk(preset="three-strikes")
        desk.interview("2026-03-12 14:00")
        return desk

    def test_it_is_due_on_the_third_working_morning_until_the_end_of_the_seventh(self, desk: Desk) -> None:
        assert desk.due("2026-03-13 12:00", FORMAL_LETTER, PRIYA) == "2026-03-17 08:00"
        assert desk.verdict("2026-03-23 23:00", FORMAL_LETTER, PRIYA) is Verdict.DUE
        assert desk.verdict("2026-03-24 00:00", FORMAL_LETTER, PRIYA) is Verdict.PASSED

    def test_it_goes_to_interviewers_not_to_whoever_arranged(self, desk: Desk) -> None:
        assert desk.all("2026-03-13 12:00", FORMAL_LETTER, DANA) == []

    def test_it_takes_in_thanks_still_lying(self, desk: Desk) -> None:
        found = desk.one("2026-03-17 08:00", FORMAL_LETTER, PRIYA)
        assert [one.kind for one in found.takes_in] == [THANK_YOU]
        assert desk.verdict("2026-03-17 08:00", THANK_YOU, PRIYA) is Verdict.OVERTAKEN

    @pytest.mark.parametrize(
        ("kind", "facets"),
        [
            (Kind.REJECTION, []),
            (Kind.OFFER, []),
            (Kind.POSITION_CLOSED, []),
            (Kind.INTERVIEW_REQUEST, [Facet.ASKS]),
            (Kind.STATUS_UPDATE, [Facet.ADVANCES]),
        ],
    )
    def test_not_after_a_next_round_a_no_an_offer_or_a_closing(
        self, desk: Desk, kind: Kind, facets: list[Facet]
    ) -> None:
        desk.heard("2026-03-16 10:00", DANA, kind, facets=facets)
        assert desk.verdict("2026-03-17 09:00", FORMAL_LETTER, PRIYA) is Verdict.OVERTAKEN

    def test_a_courtesy_answer_or_a_new_promise_does_not_count(self, desk: Desk) -> None:
        desk.heard("2026-03-16 10:00", PRIYA, Kind.RECRUITER_REPLY, facets=[Facet.COURTESY])
        desk.promised("2026-03-16 11:00", "2026-03-27")
        assert desk.verdict("2026-03-17 09:00", FORMAL_LETTER, PRIYA) is Verdict.DUE

    def test_the_first_thanks_are_not_the_letter_the_second_are(self, desk: Desk) -> None:
        desk.wrote("2026-03-12 18:00", Kind.OWN_THANK_YOU, to=PRIYA)
        assert desk.verdict("2026-03-17 09:00", FORMAL_LETTER, PRIYA) is Verdict.DUE
        desk.wrote("2026-03-17 10:00", Kind.OWN_THANK_YOU, to=PRIYA)
        assert desk.verdict("2026-03-17 11:00", FORMAL_LETTER, PRIYA) is Verdict.DONE

    def test_no_other_preset_writes_it(self) -> None:
        for preset in ("coach", "ten-steps", "one-follow-up"):
            desk = Desk(preset=preset)
            desk.interview("2026-03-12 14:00")
            assert desk.all("2026-03-17 09:00", FORMAL_LETTER) == []
