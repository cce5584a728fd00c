"""Asking for news: when, whom, and when not."""

from __future__ import annotations

import pytest

from mailbot.etiquette.follow_up import Verdict
from mailbot.reading.statements import Facet, Kind, Part, Writer
from tests.etiquette.desk import CHECK_IN, DANA, PRIYA, ROBOT, SECOND_CHECK_IN, Desk
from tests.tracking.build import person

# An interview on Tuesday, 10 March 2026, and a promise for Wednesday, 18 March.
THEN = "2026-03-12 12:00"


def held(preset: str = "coach", **what: object) -> Desk:
    desk = Desk(preset=preset, **what)
    desk.interview("2026-03-10 14:00")
    return desk


def promised(preset: str = "coach") -> Desk:
    desk = held(preset)
    desk.promised("2026-03-11 09:00", "2026-03-18")
    return desk


@pytest.mark.parametrize(
    ("preset", "due"),
    [
        ("coach", "2026-03-20 08:00"),
        ("ten-steps", "2026-03-19 08:00"),
        ("one-follow-up", "2026-03-19 08:00"),
        ("three-strikes", "2026-03-19 08:00"),
    ],
)
def test_after_a_promise_it_is_due_by_the_presets_days(preset: str, due: str) -> None:
    assert promised(preset).due(THEN, CHECK_IN) == due


@pytest.mark.parametrize(
    ("preset", "due"),
    [
        ("coach", "2026-03-20 08:00"),  # 10 days
        ("ten-steps", "2026-03-17 08:00"),  # 7
        ("one-follow-up", "2026-03-17 08:00"),  # 7
        ("three-strikes", "2026-03-24 08:00"),  # 14
    ],
)
def test_without_a_promise_it_is_due_by_the_presets_days_after_the_interview(preset: str, due: str) -> None:
    assert held(preset).due(THEN, CHECK_IN) == due


def test_calendar_days_move_on_to_a_working_day() -> None:
    desk = held()
    desk.promised("2026-03-11 09:00", "2026-03-19")  # a Thursday: two days past is a Saturday
    assert desk.due(THEN, CHECK_IN) == "2026-03-23 08:00"


def test_a_range_counts_from_its_last_day() -> None:
    desk = held()
    desk.heard("2026-03-11 09:00", DANA, Kind.STATUS_UPDATE, decision_by=desk.window("2026-03-24", "2026-03-23"))
    assert desk.due(THEN, CHECK_IN) == "2026-03-26 08:00"


def test_it_is_placed_until_fourteen_days_after_it_fell_due() -> None:
    desk = promised()
    assert desk.verdict("2026-04-03 07:59", CHECK_IN) is Verdict.DUE
    assert desk.verdict("2026-04-03 08:00", CHECK_IN) is Verdict.PASSED


def test_a_promise_made_before_the_interview_counts_after_it() -> None:
    desk = Desk()
    desk.interview("2026-03-10 14:00", decision_by=desk.window("2026-03-13"))
    assert desk.due(THEN, CHECK_IN) == "2026-03-16 08:00"


def test_a_promise_whose_day_lies_before_the_interview_is_behind_it() -> None:
    desk = Desk()
    desk.promised("2026-02-27 09:00", "2026-03-04")
    desk.interview("2026-03-10 14:00")
    assert desk.due(THEN, CHECK_IN) == "2026-03-20 08:00"


def test_a_new_promise_replaces_the_old_one() -> None:
    desk = promised()
    delay = desk.promised("2026-03-17 09:00", "2026-03-25", facets=[Facet.DELAY])
    found = desk.all("2026-03-20 08:00", CHECK_IN)
    assert [one.verdict for one in found if one.settled_by == delay.message_id] == [Verdict.OVERTAKEN]
    assert desk.due("2026-03-20 08:00", CHECK_IN) == "2026-03-27 08:00"


def test_an_older_promise_delivered_late_overrides_nothing() -> None:
    desk = promised()
    desk.promised("2026-03-10 18:00", "2026-03-12", arrived=desk.at("2026-03-13 09:00"))
    assert desk.due("2026-03-14 12:00", CHECK_IN) == "2026-03-20 08:00"


def test_the_same_day_said_again_is_the_same_occasion_another_day_a_new_one() -> None:
    desk = promised()
    first = desk.one(THEN, CHECK_IN).identity
    desk.promised("2026-03-13 09:00", "2026-03-18")
    assert desk.one("2026-03-14 12:00", CHECK_IN).identity.same(first)
    desk.promised("2026-03-16 09:00", "2026-03-27")
    assert not desk.one("2026-03-17 12:00", CHECK_IN).identity.same(first)


def test_a_humans_promise_without_any_interview_counts_like_any_other() -> None:
    desk = Desk()
    applied = desk.applied()
    desk.promised("2026-03-02 09:00", "2026-03-11", answers=applied, people=[person(DANA, Part.RECRUITER)])
    assert desk.due(THEN, CHECK_IN, DANA) == "2026-03-13 08:00"


def test_a_robots_receipt_promises_nothing() -> None:
    desk = Desk()
    desk.applied(to=ROBOT)
    receipt = desk.window("2026-03-11")
    desk.heard("2026-03-02 09:00", ROBOT, Kind.APPLICATION_RECEIVED, writer=Writer.ROBOT, decision_by=receipt)
    assert desk.all("2026-03-13 12:00", CHECK_IN) == []


def test_an_undated_still_deciding_after_an_interview_starts_the_days_anew() -> None:
    desk = held()
    desk.heard("2026-03-17 09:00", DANA, Kind.STATUS_UPDATE, facets=[Facet.STILL_DECIDING])
    assert desk.due("2026-03-18 12:00", CHECK_IN) == "2026-03-27 08:00"


def test_soon_starts_nothing_anew() -> None:
    desk = held()
    desk.heard("2026-03-17 09:00", DANA, Kind.STATUS_UPDATE)
    assert desk.due("2026-03-18 12:00", CHECK_IN) == "2026-03-20 08:00"


def test_a_handed_in_test_starts_the_days() -> None:
    desk = held()
    asked = desk.heard("2026-03-11 09:00", DANA, Kind.ASSESSMENT, facets=[Facet.ASKS])
    desk.wrote("2026-03-16 09:00", Kind.OWN_REPLY, to=DANA, answers=asked, facets=[Facet.HANDED_IN])
    assert desk.due("2026-03-17 12:00", CHECK_IN) == "2026-03-26 08:00"


def test_its_receipt_does_not_start_them_again() -> None:
    desk = held()
    asked = desk.heard("2026-03-11 09:00", DANA, Kind.ASSESSMENT, facets=[Facet.ASKS])
    sent = desk.wrote("2026-03-16 09:00", Kind.OWN_REPLY, to=DANA, answers=asked, facets=[Facet.HANDED_IN])
    desk.heard("2026-03-18 09:00", DANA, Kind.RECRUITER_REPLY, answers=sent, facets=[Facet.HANDED_IN, Facet.COURTESY])
    assert desk.due("2026-03-19 12:00", CHECK_IN) == "2026-03-26 08:00"


def test_a_day_named_for_another_time_is_kept_by_naming_one() -> None:
    desk = Desk()
    desk.interview("2026-03-10 14:00")
    desk.promised("2026-03-10 09:00", "2026-03-11", facets=[Facet.DOUBTS_INTERVIEW])
    again = desk.heard("2026-03-11 09:00", DANA, Kind.INTERVIEW_REQUEST, facets=[Facet.ASKS])
    desk.wrote("2026-03-11 10:00", Kind.OWN_REPLY, to=DANA, answers=again)
    assert desk.placed("2026-03-13 09:00") == set()


class TestNotWhen:
    """What stops a check-in that is due on 20 March."""

    AT = "2026-03-20 09:00"

    @pytest.mark.parametrize(
        ("kind", "facets"),
        [
            (Kind.REJECTION, []),
            (Kind.OFFER, []),
            (Kind.POSITION_CLOSED, []),
            (Kind.POSITION_CLOSED, [Facet.ON_HOLD]),
            (Kind.INTERVIEW_REQUEST, [Facet.ASKS]),
            (Kind.STATUS_UPDATE, [Facet.ADVANCES]),
            (Kind.ASSESSMENT, [Facet.ASKS]),
        ],
    )
    def test_their_word_that_answers(self, kind: Kind, facets: list[Facet]) -> None:
        desk = promised()
        assert desk.verdict(self.AT, CHECK_IN) is Verdict.DUE
        word = desk.heard("2026-03-19 09:00", DANA, kind, facets=facets)
        found = desk.one(self.AT, CHECK_IN)
        assert (found.verdict, found.settled_by) == (Verdict.OVERTAKEN, word.message_id)

    def test_a_kind_word_neither_answers_nor_moves_it(self) -> None:
        desk = promised()
        desk.heard("2026-03-19 09:00", PRIYA, Kind.RECRUITER_REPLY, facets=[Facet.COURTESY])
        assert desk.verdict(self.AT, CHECK_IN) is Verdict.DUE

    def test_no_answer_is_a_receipt(self) -> None:
        desk = promised()
        desk.heard("2026-03-19 09:00", DANA, Kind.APPLICATION_RECEIVED)
        assert desk.verdict(self.AT, CHECK_IN) is Verdict.DUE

    @pytest.mark.parametrize("writer", [Writer.AUTO_REPLY, Writer.BOUNCE, Writer.CALENDAR, Writer.LIST])
    def test_no_answer_is_an_absence_notice_a_bounce_a_calendars_answer_or_a_list_copy(self, writer: Writer) -> None:
        desk = promised()
        desk.heard("2026-03-19 09:00", DANA, Kind.REJECTION, writer=writer)
        assert desk.verdict(self.AT, CHECK_IN) is Verdict.DUE

    def test_the_person_withdrew(self) -> None:
        desk = promised()
        desk.wrote("2026-03-19 09:00", Kind.OWN_WITHDRAWAL, to=DANA)
        assert desk.verdict(self.AT, CHECK_IN) is Verdict.OVERTAKEN

    def test_the_person_asked_already(self) -> None:
        desk = promised()
        asked = desk.asked_news("2026-03-19 09:00", to=PRIYA)
        found = desk.one(self.AT, CHECK_IN)
        assert (found.verdict, found.settled_by) == (Verdict.DONE, asked.message_id)

    def test_asking_within_another_mail_counts(self) -> None:
        desk = promised()
        desk.wrote("2026-03-19 09:00", Kind.OWN_REPLY, to=DANA, facets=[Facet.ASKS_NEWS])
        assert desk.verdict(self.AT, CHECK_IN) is Verdict.DONE

    def test_a_mail_to_them_in_ones_own_words_once_it_is_due_counts(self) -> None:
        desk = promised()
        desk.wrote("2026-03-19 09:00", Kind.OWN_REPLY, to=DANA)
        assert desk.verdict(self.AT, CHECK_IN) is Verdict.DUE
        desk.wrote("2026-03-20 10:00", Kind.OWN_REPLY, to=DANA)
        assert desk.verdict("2026-03-20 10:00", CHECK_IN) is Verdict.DONE
        assert desk.due("2026-03-21 10:00", SECOND_CHECK_IN) == "2026-03-27 08:00"

    @pytest.mark.parametrize(
        ("kind", "facets"), [(Kind.INFORMATION_REQUEST, [Facet.ASKS]), (Kind.RECRUITER_REPLY, [Facet.ASKS])]
    )
    def test_the_person_owes_an_answer(self, kind: Kind, facets: list[Facet]) -> None:
        desk = promised()
        question = desk.heard("2026-03-19 09:00", DANA, kind, facets=facets)
        found = desk.one(self.AT, CHECK_IN)
        assert (found.verdict, found.settled_by) == (Verdict.OVERTAKEN, question.message_id)

    def test_an_invitation_that_asks_nothing_is_no_debt(self) -> None:
        desk = Desk()
        desk.applied()
        desk.heard("2026-03-11 09:00", DANA, Kind.INTERVIEW_REQUEST, decision_by=desk.window("2026-03-18"))
        assert desk.verdict(self.AT, CHECK_IN) is Verdict.DUE

    def test_once_the_debt_is_paid_it_is_due_on_the_next_working_morning(self) -> None:
        desk = promised()
        question = desk.heard("2026-03-19 09:00", DANA, Kind.INFORMATION_REQUEST, facets=[Facet.ASKS])
        desk.wrote("2026-03-20 17:00", Kind.OWN_REPLY, to=DANA, answers=question)
        assert desk.due("2026-03-20 18:00", CHECK_IN) == "2026-03-23 08:00"

    def test_a_later_interview_is_fixed(self) -> None:
        desk = promised()
        again = desk.interview("2026-03-25 10:00", fixed="2026-03-19 09:00")
        found = [one for one in desk.all(self.AT, CHECK_IN) if one.settled_by == again.message_id]
        assert [one.verdict for one in found] == [Verdict.OVERTAKEN]
        assert desk.due(self.AT, CHECK_IN) == "2026-04-06 08:00"


def test_what_looks_back_at_the_talk_beside_their_word_is_no_next_round() -> None:
    desk = Desk()
    desk.interview("2026-03-02 14:00", fixed="2026-02-25 09:00")
    held = desk.says(Kind.INTERVIEW_CONFIRMED, company="Acme", role="Analyst")
    word = desk.says(Kind.STATUS_UPDATE, company="Acme", role="Analyst", facets=[Facet.INTERVIEW_HELD])
    desk.heard("2026-03-04 09:00", DANA, Kind.STATUS_UPDATE, statements=(word, held))
    assert desk.verdict("2026-03-12 09:00", CHECK_IN) is Verdict.DUE


def test_nobody_to_address_the_person_is_told() -> None:
    desk = Desk()
    desk.applied(to=ROBOT)
    desk.interview("2026-03-10 14:00", by=ROBOT, writer=Writer.ROBOT, people=["Lee Novak"])
    found = desk.one("2026-03-20 09:00", CHECK_IN)
    assert (found.verdict, found.to.email) == (Verdict.THEIRS_TO_WRITE, None)


@pytest.mark.parametrize(("back", "due"), [("2026-03-23", "2026-03-25 08:00"), ("2026-03-12", "2026-03-20 08:00")])
def test_an_absence_with_a_return_date_moves_it_to_the_second_working_day_after(back: str, due: str) -> None:
    desk = promised()
    sent = desk.wrote("2026-03-11 10:00", Kind.OWN_REPLY, to=DANA)
    desk.heard(
        "2026-03-11 10:01",
        DANA,
        Kind.UNRELATED,
        answers=sent,
        writer=Writer.AUTO_REPLY,
        absent_until=desk.window(back).latest,
    )
    assert desk.due("2026-03-13 12:00", CHECK_IN) == due


class TestSecond:
    """The first was sent on Friday, 20 March."""

    @staticmethod
    def sent(preset: str = "coach") -> Desk:
        desk = promised(preset)
        desk.asked_news("2026-03-20 10:00")
        return desk

    @pytest.mark.parametrize("preset", ["coach", "ten-steps"])
    def test_it_is_due_seven_days_after_the_first_was_sent(self, preset: str) -> None:
        assert self.sent(preset).due("2026-03-21 12:00", SECOND_CHECK_IN) == "2026-03-27 08:00"

    @pytest.mark.parametrize("preset", ["one-follow-up", "three-strikes"])
    def test_the_other_presets_ask_once(self, preset: str) -> None:
        assert self.sent(preset).all("2026-03-27 09:00", SECOND_CHECK_IN) == []

    def test_word_of_another_offer_is_no_first(self) -> None:
        desk = promised()
        desk.asked_news("2026-03-16 10:00", facets=[Facet.TELLS_DEADLINE])
        desk.promised("2026-03-17 10:00", "2026-03-20")
        found = desk.plan("2026-03-23 09:00").follow_ups
        kinds = {one.kind for one in found if one.verdict is Verdict.DUE}
        assert CHECK_IN in kinds
        assert SECOND_CHECK_IN not in kinds

    def test_never_if_the_first_was_not_sent(self) -> None:
        assert promised().all("2026-04-10 12:00", SECOND_CHECK_IN) == []

    def test_its_occasion_is_the_check_in_that_was_sent(self) -> None:
        desk = promised()
        first = desk.asked_news("2026-03-20 10:00")
        assert desk.one("2026-03-21 12:00", SECOND_CHECK_IN).identity.occasion == (first.message_id,)

    def test_done_when_the_person_asked_again(self) -> None:
        desk = self.sent()
        desk.asked_news("2026-03-26 10:00")
        assert desk.verdict("2026-03-27 09:00", SECOND_CHECK_IN) is Verdict.DONE

    def test_a_third_never(self) -> None:
        desk = self.sent()
        desk.asked_news("2026-03-30 10:00")
        assert {one.verdict for one in desk.all("2026-04-10 09:00", SECOND_CHECK_IN)} == {Verdict.DONE}

    def test_after_a_broken_promise_in_answer_to_the_first_it_goes_by_the_new_date(self) -> None:
        desk = self.sent()
        desk.promised("2026-03-23 09:00", "2026-03-30")
        assert desk.due("2026-03-27 09:00", SECOND_CHECK_IN) == "2026-04-01 08:00"
        assert desk.verdict("2026-04-01 09:00", CHECK_IN) is Verdict.DONE

    @pytest.mark.parametrize("preset", ["one-follow-up", "three-strikes"])
    def test_a_promise_in_answer_brings_nothing_where_one_is_all(self, preset: str) -> None:
        desk = self.sent(preset)
        desk.promised("2026-03-23 09:00", "2026-03-30")
        assert desk.placed("2026-04-01 09:00") == set()

    def test_an_answer_of_substance_stops_it_soon_does_not(self) -> None:
        desk = self.sent()
        desk.heard("2026-03-23 09:00", DANA, Kind.STATUS_UPDATE)
        assert desk.verdict("2026-03-27 09:00", SECOND_CHECK_IN) is Verdict.DUE
        desk.heard("2026-03-27 08:30", DANA, Kind.RECRUITER_REPLY)
        assert desk.verdict("2026-03-27 09:00", SECOND_CHECK_IN) is Verdict.OVERTAKEN

    def test_asked_early_the_second_never_comes_before_the_promised_day(self) -> None:
        desk = held()
        desk.promised("2026-03-11 09:00", "2026-03-27")
        desk.asked_news("2026-03-13 10:00")
        assert desk.due("2026-03-16 12:00", SECOND_CHECK_IN) == "2026-03-30 08:00"

    def test_the_next_round_begins_with_a_first_one_again(self) -> None:
        desk = self.sent()
        desk.interview("2026-04-02 14:00", fixed="2026-03-24 09:00")
        assert desk.due("2026-04-03 12:00", CHECK_IN) == "2026-04-13 08:00"
