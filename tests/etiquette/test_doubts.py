"""What is not sure enough is a question; one command answers it, the question goes and the letter falls due."""

from __future__ import annotations

import pytest

from mailbot.errors import ActionNeeded
from mailbot.etiquette.follow_up import Verdict
from mailbot.reading.statements import Kind
from mailbot.speech import answer
from mailbot.tracking import track
from mailbot.tracking.application import Application
from mailbot.tracking.ids import handle
from tests.etiquette.desk import CHECK_IN, DANA, OFFER_REPLY, THANK_YOU, Desk

NOW = "2026-03-13 10:00"


def doubtful() -> Desk:
    desk = Desk()
    desk.applied()
    desk.heard("2026-03-13 09:00", DANA, Kind.OFFER, confidence=0.2, quote="we would love to have you")
    return desk


def test_a_doubtful_reading_is_a_question_with_its_words_and_no_letter() -> None:
    desk = doubtful()
    assert desk.placed(NOW) == set()
    assert desk.verdict(NOW, OFFER_REPLY) is Verdict.UNSURE
    (question,) = desk.plan(NOW).questions
    assert "Dana Reed" in question.text
    assert "offer" in question.text
    assert "we would love to have you" in question.text


@pytest.mark.parametrize(("right", "verdict"), [(True, Verdict.DUE), (False, Verdict.OVERTAKEN)])
def test_the_answer_makes_the_letter_due_or_needless_and_the_question_goes(right: bool, verdict: Verdict) -> None:
    desk = doubtful()
    (question,) = desk.plan(NOW).questions
    said = answer([question], handle(question.message_ids[0]), desk.at(NOW), right=right)
    desk.wishes += said.answered
    assert desk.plan(NOW).questions == ()
    assert desk.verdict(NOW, OFFER_REPLY) is verdict


def test_whether_it_tells_how_things_stand_or_answers_is_no_doubt_about_the_day_it_names() -> None:
    about = {"company": "Acme", "role": "Analyst"}
    for beside, verdict in (((), Verdict.UNSURE), ((Kind.RECRUITER_REPLY,), Verdict.DUE)):
        desk = Desk()
        desk.interview("2026-03-02 14:00", fixed="2026-02-25 09:00")
        word = desk.says(Kind.STATUS_UPDATE, confidence=0.4, decision_by=desk.window("2026-03-06"), **about)
        both = (word, *(desk.says(one, confidence=0.9, **about) for one in beside))
        desk.heard("2026-03-03 09:00", DANA, Kind.STATUS_UPDATE, statements=both)
        assert desk.verdict("2026-03-10 09:00", CHECK_IN) is verdict


def test_what_is_sure_or_not_yet_due_is_no_question() -> None:
    desk = Desk()
    desk.interview("2026-03-10 14:00", confidence=0.2)
    assert desk.plan("2026-03-08 12:00").questions == ()
    assert len(desk.plan("2026-03-10 15:00").questions) == 1
    assert Desk().plan(NOW).questions == ()


def test_one_question_for_each_mail_however_many_letters_wait_for_it() -> None:
    desk = Desk()
    desk.interview("2026-03-10 14:00", confidence=0.2)
    assert len(desk.all("2026-03-10 15:00", THANK_YOU)) == 2
    assert len(desk.plan("2026-03-10 15:00").questions) == 1


class TestBelonging:
    def weak(self) -> Desk:
        """Two mails that only the likeness of two names joins."""
        desk = Desk(overrides={"threshold": {"application": 0.9}})
        desk.wrote("2026-03-01 09:00", Kind.OWN_APPLICATION, to="jobs@acme.test", company="Acme Robotics", role=None)
        desk.heard("2026-03-13 09:00", "Lee Wong <lee.wong@gmail.com>", Kind.OFFER, company="Acme", role=None)
        return desk

    def one(self, desk: Desk) -> Application:
        (found,) = track(desk.readings).applications
        return found

    def test_mails_that_may_not_belong_together_are_a_question_and_no_letter(self) -> None:
        desk = self.weak()
        assert self.one(desk).confidence < 0.9
        assert desk.placed(NOW) == set()
        (question,) = desk.plan(NOW).questions
        assert "belong together?" in question.text

    def test_yes_makes_them_one_for_ever_and_the_letter_due(self) -> None:
        desk = self.weak()
        (question,) = desk.plan(NOW).questions
        said = answer([question], handle(question.message_ids[0]), desk.at(NOW), right=True)
        (found,) = track(desk.readings, constraints=said.constraints).applications
        assert found.confidence == 1.0

    def test_no_asks_which(self) -> None:
        desk = self.weak()
        (question,) = desk.plan(NOW).questions
        with pytest.raises(ActionNeeded, match="mailbot split"):
            answer([question], handle(question.message_ids[0]), desk.at(NOW), right=False)


def test_what_is_not_asked_cannot_be_answered() -> None:
    with pytest.raises(ActionNeeded, match="status lists the questions"):
        answer([], "abcdef", Desk().at(NOW), right=True)


SOMEWHERE = "Priya Shah <office41@posthorn.test>"  # named in the invitation's text alone, and nobody's domain


def with_a_doubtful_address() -> Desk:
    desk = Desk()
    desk.interview("2026-03-10 14:00", people=[SOMEWHERE])
    return desk


def test_an_address_that_nothing_vouches_for_is_a_question_and_gets_no_letter() -> None:
    desk = with_a_doubtful_address()
    assert desk.verdict("2026-03-10 15:00", THANK_YOU, SOMEWHERE) is Verdict.UNSURE
    (question,) = desk.plan("2026-03-10 15:00").questions
    assert "office41@posthorn.test" in question.text
    assert "Priya Shah" in question.text


@pytest.mark.parametrize(("right", "verdict"), [(True, Verdict.DUE), (False, Verdict.OVERTAKEN)])
def test_the_answer_about_an_address_settles_it_and_nothing_else(right: bool, verdict: Verdict) -> None:
    desk = with_a_doubtful_address()
    now = "2026-03-10 15:00"
    (question,) = desk.plan(now).questions
    desk.wishes += answer([question], handle(question.address), desk.at(now), right=right).answered
    assert desk.plan(now).questions == ()
    assert desk.verdict(now, THANK_YOU, SOMEWHERE) is verdict
    assert desk.verdict(now, THANK_YOU, DANA) is Verdict.DUE


@pytest.mark.parametrize(
    "address", ["Priya Shah <office41@acme.test>", "Priya Shah <priya.shah@posthorn.test>"], ids=["their house", "name"]
)
def test_an_address_at_their_house_or_of_their_name_is_sure(address: str) -> None:
    desk = Desk()
    desk.interview("2026-03-10 14:00", people=[address])
    assert desk.verdict("2026-03-10 15:00", THANK_YOU, address) is Verdict.DUE
