"""What holds for all kinds: strikes, one letter a person, the end, doubt, and when the clock turns."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.etiquette import lies_too_long, load, patience, plan
from mailbot.etiquette.follow_up import Verdict
from mailbot.reading.statements import Facet, Kind
from mailbot.tracking import track
from tests.etiquette.desk import (
    CHECK_IN,
    DANA,
    INVITATION_REPLY,
    OFFER_ELSEWHERE,
    OMAR,
    PRIYA,
    REJECTION_THANKS,
    SECOND_CHECK_IN,
    STAY_IN_TOUCH,
    THANK_YOU,
    Desk,
)


def interviewed(preset: str = "coach") -> Desk:
    desk = Desk(preset=preset)
    desk.interview("2026-03-10 14:00", people=[PRIYA, OMAR])
    return desk


class TestStrikes:
    def test_the_thank_yous_of_one_interview_are_one(self) -> None:
        desk = interviewed()
        for hour, to in ((15, PRIYA), (16, OMAR), (17, DANA)):
            desk.wrote(f"2026-03-10 {hour}:30", Kind.OWN_THANK_YOU, to=to)
        assert desk.verdict("2026-03-20 09:00", CHECK_IN) is Verdict.DUE

    def test_at_most_three_since_their_last_word(self) -> None:
        desk = interviewed()
        desk.wrote("2026-03-10 15:30", Kind.OWN_THANK_YOU, to=PRIYA)
        desk.asked_news("2026-03-20 10:00")
        assert desk.verdict("2026-03-27 09:00", SECOND_CHECK_IN) is Verdict.DUE
        third = desk.asked_news("2026-03-27 10:00")
        found = desk.one("2026-05-11 09:00", STAY_IN_TOUCH)
        assert (found.verdict, found.settled_by) == (Verdict.OVERTAKEN, third.message_id)

    def test_any_word_of_theirs_begins_the_count_anew(self) -> None:
        desk = interviewed()
        desk.wrote("2026-03-10 15:30", Kind.OWN_THANK_YOU, to=PRIYA)
        desk.heard("2026-03-11 09:00", PRIYA, Kind.RECRUITER_REPLY, facets=[Facet.COURTESY])
        desk.asked_news("2026-03-20 10:00")
        desk.asked_news("2026-03-27 10:00")
        assert desk.verdict("2026-05-11 09:00", STAY_IN_TOUCH) is Verdict.DUE

    def test_never_more_than_three_unanswered_mails_to_one_person(self) -> None:
        desk = interviewed()
        desk.wrote("2026-03-10 15:30", Kind.OWN_THANK_YOU, to=DANA)
        desk.asked_news("2026-03-20 10:00")
        desk.heard("2026-03-21 09:00", PRIYA, Kind.RECRUITER_REPLY, facets=[Facet.COURTESY])
        desk.asked_news("2026-03-27 10:00")
        assert desk.verdict("2026-05-11 09:00", STAY_IN_TOUCH, DANA) is Verdict.OVERTAKEN

    def test_answers_and_thanks_for_a_no_are_none(self) -> None:
        desk = interviewed("three-strikes")
        for day, kind in (("10", Kind.OWN_THANK_YOU), ("17", Kind.OWN_THANK_YOU), ("24", Kind.OWN_CHECK_IN)):
            desk.wrote(f"2026-03-{day} 16:00", kind, to=DANA)
        no = desk.heard("2026-04-01 09:00", "Acme <no-reply@acme.test>", Kind.REJECTION)
        assert desk.verdict("2026-04-01 09:00", REJECTION_THANKS) is Verdict.DUE
        assert no.message_id in desk.one("2026-04-01 09:00", REJECTION_THANKS).identity.occasion

    def test_own_replies_are_none(self) -> None:
        desk = interviewed()
        for hour in (10, 11, 12):
            desk.wrote(f"2026-03-04 {hour}:00", Kind.OWN_REPLY, to=DANA)
        assert desk.verdict("2026-03-10 15:00", THANK_YOU, DANA) is Verdict.DUE


class TestOneLetterAPerson:
    def test_the_later_letter_takes_in_the_earlier(self) -> None:
        desk = interviewed()
        desk.heard("2026-03-11 09:00", DANA, Kind.INTERVIEW_REQUEST, facets=[Facet.ASKS])
        reply = desk.one("2026-03-11 09:00", INVITATION_REPLY, DANA)
        thanks = desk.one("2026-03-11 09:00", THANK_YOU, DANA)
        assert (reply.verdict, reply.takes_in) == (Verdict.DUE, (thanks.identity,))
        assert thanks.verdict is Verdict.OVERTAKEN

    def test_letters_to_others_stay(self) -> None:
        desk = interviewed()
        desk.heard("2026-03-11 09:00", DANA, Kind.INTERVIEW_REQUEST, facets=[Facet.ASKS])
        assert desk.verdict("2026-03-11 09:00", THANK_YOU, PRIYA) is Verdict.DUE

    def test_thanks_that_lay_too_long_are_not_taken_in(self) -> None:
        desk = interviewed()
        assert desk.one("2026-03-20 09:00", CHECK_IN).takes_in == ()

    def test_a_letter_that_was_sent_is_not_taken_in(self) -> None:
        desk = interviewed()
        desk.wrote("2026-03-10 16:00", Kind.OWN_THANK_YOU, to=DANA)
        desk.heard("2026-03-11 09:00", DANA, Kind.INTERVIEW_REQUEST, facets=[Facet.ASKS])
        assert desk.one("2026-03-11 09:00", INVITATION_REPLY, DANA).takes_in == ()

    def test_nobody_has_two_drafts_though_the_later_one_has_been_sent(self) -> None:
        desk = interviewed()
        asked = desk.heard("2026-03-11 09:00", DANA, Kind.INTERVIEW_REQUEST, facets=[Facet.ASKS])
        desk.wrote("2026-03-11 12:00", Kind.OWN_REPLY, to=DANA, answers=asked)
        assert desk.verdict("2026-03-11 13:00", THANK_YOU, DANA) is Verdict.OVERTAKEN


class TestTheEnd:
    @pytest.mark.parametrize("kind", [Kind.OWN_WITHDRAWAL, Kind.OWN_ACCEPTANCE])
    def test_the_persons_own_end_ends_everything_there(self, kind: Kind) -> None:
        desk = interviewed()
        desk.wrote("2026-03-10 16:00", kind, to=DANA)
        desk.promised("2026-03-10 17:00", "2026-03-16")
        for at in ("2026-03-10 18:00", "2026-03-18 09:00", "2026-03-20 09:00", "2026-05-01 09:00"):
            assert desk.placed(at) == set()

    def test_after_an_acceptance_nothing_unprompted_is_drafted_elsewhere(self) -> None:
        desk = interviewed()
        desk.company, desk.role = "Birchway", "Researcher"
        lorna = "Lorna Vale <lorna@birchway.test>"
        desk.interview("2026-03-10 10:00", by=lorna, people=[])
        desk.wrote("2026-03-12 09:00", Kind.OWN_ACCEPTANCE, to=DANA, company="Acme", role="Analyst")
        assert desk.placed("2026-03-20 09:00") == set()
        desk.heard("2026-03-21 09:00", lorna, Kind.INTERVIEW_REQUEST, facets=[Facet.ASKS])
        assert desk.placed("2026-03-21 09:00") == {("invitation_reply", "lorna@birchway.test")}

    def test_a_search_begun_after_it_is_another_matter(self) -> None:
        desk = interviewed()
        desk.wrote("2026-03-12 09:00", Kind.OWN_ACCEPTANCE, to=DANA)
        desk.company, desk.role = "Birchway", "Researcher"
        lorna = "Lorna Vale <lorna@birchway.test>"
        desk.interview("2026-09-10 10:00", fixed="2026-09-01 09:00", by=lorna, people=[])
        assert desk.verdict("2026-09-10 11:00", THANK_YOU, lorna) is Verdict.DUE


def test_one_person_in_two_processes_hears_of_an_offer_once() -> None:
    desk = Desk()
    kim = "Kim Oakes <kim.oakes@staffline.test>"
    for company, role, day in (("Birchway", "Researcher", "10"), ("Colne", "Editor", "11")):
        desk.company, desk.role = company, role
        desk.interview(f"2026-03-{day} 10:00", by=kim, people=[], agency="Staffline")
    desk.company, desk.role = "Acme", "Analyst"
    desk.interview("2026-03-10 14:00")
    desk.heard("2026-03-13 10:00", DANA, Kind.OFFER)
    assert len(desk.all("2026-03-13 10:00", OFFER_ELSEWHERE)) == 1


class TestDoubt:
    @pytest.mark.parametrize(("confidence", "due"), [(0.2, False), (0.95, True)])
    def test_a_match_below_the_threshold_gives_nothing_due(self, confidence: float, due: bool) -> None:
        desk = interviewed()
        now = desk.at("2026-03-10 15:00")
        unsure = [replace(one, confidence=confidence) for one in track(desk.readings).applications]
        verdicts = {one.verdict for one in plan(unsure, now, load("coach"), desk.reader).follow_ups}
        assert (Verdict.DUE in verdicts) is due

    def test_a_reading_below_the_threshold_gives_nothing_due(self) -> None:
        desk = Desk()
        desk.interview("2026-03-10 14:00", confidence=0.1)
        assert desk.placed("2026-03-10 15:00") == set()


class TestTheClock:
    def test_next_due_is_when_something_changes_next(self) -> None:
        desk = interviewed()
        turns = []
        at = "2026-03-03 10:00"
        while (then := desk.plan(at).next_due) is not None and len(turns) < 20:
            at = f"{then:%Y-%m-%d %H:%M}"
            turns.append(at)
        assert turns[:5] == [
            "2026-03-09 18:00",  # the notes
            "2026-03-10 15:00",  # their end, and the thanks
            "2026-03-13 00:00",  # no more thanks
            "2026-03-20 08:00",  # the check-in
            "2026-04-03 08:00",  # no more
        ]

    def test_between_two_turns_no_verdict_changes(self) -> None:
        desk = interviewed()
        for before, after in (("2026-03-10 15:00", "2026-03-12 23:59"), ("2026-03-13 00:00", "2026-03-20 07:59")):
            first, last = ([(one.identity, one.verdict) for one in desk.plan(at).follow_ups] for at in (before, after))
            assert first == last

    def test_nothing_to_come_is_none(self) -> None:
        assert Desk().plan("2026-03-10 12:00").next_due is None


class TestLying:
    def test_thanks_lie_five_working_days(self) -> None:
        desk, coach = Desk(), load("coach")
        placed = desk.at("2026-03-12 15:00")
        assert not lies_too_long(THANK_YOU, placed, desk.at("2026-03-19 14:59"), coach, desk.reader)
        assert lies_too_long(THANK_YOU, placed, desk.at("2026-03-19 15:00"), coach, desk.reader)

    @pytest.mark.parametrize("kind", [CHECK_IN, SECOND_CHECK_IN])
    def test_check_ins_lie_twenty_one_days(self, kind: object) -> None:
        desk, coach = Desk(), load("coach")
        placed = desk.at("2026-03-02 08:00")
        assert not lies_too_long(kind, placed, desk.at("2026-03-23 07:59"), coach, desk.reader)  # type: ignore[arg-type]
        assert lies_too_long(kind, placed, desk.at("2026-03-23 08:00"), coach, desk.reader)  # type: ignore[arg-type]

    def test_an_answer_may_lie(self) -> None:
        desk = Desk()
        assert not lies_too_long(
            INVITATION_REPLY, desk.at("2026-03-02 08:00"), desk.at("2026-06-02 08:00"), load("coach"), desk.reader
        )


@pytest.mark.parametrize(
    ("preset", "check_ins"), [("coach", 2), ("ten-steps", 2), ("one-follow-up", 1), ("three-strikes", 1)]
)
def test_patience_is_the_presets(preset: str, check_ins: int) -> None:
    calm = patience(load(preset))
    assert (calm.check_ins, calm.after_last, calm.silence) == (check_ins, 14, 60)
