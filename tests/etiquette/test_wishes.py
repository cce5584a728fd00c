"""What the person wishes: mutes, pauses, rules of one application, letters that they ask for."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mailbot.etiquette import load
from mailbot.etiquette.follow_up import FollowUpKind, Verdict
from mailbot.etiquette.wishes import Asked, Muted, Paused, Ruled, Uninterested, Wanted
from mailbot.mail.message import Direction
from mailbot.reading.statements import Facet, Kind, Statement
from mailbot.tracking.application import Stage
from mailbot.tracking.words import Correction, Told, told
from tests.etiquette.desk import CHECK_IN, DANA, INVITATION_REPLY, OFFER_REPLY, PRIYA, THANK_YOU, Desk

NOW = "2026-03-10 15:05"
WITHDRAWAL, DECLINE = FollowUpKind.WITHDRAWAL, FollowUpKind.DECLINE
NO_SHOW, CONFIRMATION = FollowUpKind.NO_SHOW, FollowUpKind.CONFIRMATION


def held(**rules: object) -> Desk:
    desk = Desk(**rules)  # type: ignore[arg-type]
    desk.applied()
    desk.interview("2026-03-10 14:00")
    return desk


def about(desk: Desk) -> tuple[str, ...]:
    return tuple(one.message_id for one in desk.readings)


def ask(desk: Desk, when: str, kind: FollowUpKind, ident: str = "<w@told.invalid>") -> None:
    desk.wishes.append(Asked(about(desk), desk.at(when), kind, ident))


def phoned(desk: Desk, when: str, said: Statement, ident: str = "<t@told.invalid>") -> None:
    reading = told(ident, said, desk.readings[-1], desk.at(when), direction=Direction.IN)
    desk.words.append(Told(about(desk), reading))


class TestMute:
    def test_nothing_is_due_for_what_is_muted_and_nothing_is_said_of_it(self) -> None:
        desk = held()
        desk.heard("2026-03-10 15:02", DANA, Kind.INFORMATION_REQUEST, facets=[Facet.ASKS])
        assert desk.placed(NOW)
        assert desk.plan(NOW).debts
        desk.wishes.append(Muted(about(desk), desk.at("2026-03-09 09:00")))
        assert desk.placed(NOW) == set()
        planned = desk.plan(NOW)
        assert planned.debts == planned.hints == ()

    def test_the_others_go_on(self) -> None:
        desk = held()
        desk.wishes.append(Muted(about(desk), desk.at("2026-03-09 09:00")))
        desk.heard("2026-03-03 10:00", "Lee Wong <lee.wong@bolt.test>", Kind.INTERVIEW_CONFIRMED, company="Bolt",
                   role="Clerk", interviews=[desk.talk("2026-03-10 13:00", 30)])  # fmt: skip
        assert {to for _, to in desk.placed(NOW)} == {"lee.wong@bolt.test"}


class TestPause:
    def test_a_pause_holds_up_what_is_due_and_lets_it_come_when_it_ends(self) -> None:
        desk = held()
        end = desk.at("2026-03-11 08:00")
        desk.wishes.append(Paused((), desk.at("2026-03-10 14:30"), end))
        assert desk.verdict(NOW, THANK_YOU, PRIYA) is Verdict.PAUSED
        assert desk.plan(NOW).next_due == end
        assert desk.verdict("2026-03-11 08:00", THANK_YOU, PRIYA) is Verdict.DUE

    def test_what_passes_in_a_pause_has_passed(self) -> None:
        desk = held()
        desk.wishes.append(Paused(about(desk), desk.at("2026-03-10 14:30"), None))
        assert desk.verdict("2026-03-20 09:00", THANK_YOU, PRIYA) is Verdict.PASSED

    def test_a_letter_that_the_person_asks_for_comes_in_a_pause_too(self) -> None:
        desk = held()
        desk.wishes.append(Paused((), desk.at("2026-03-10 14:30"), None))
        ask(desk, "2026-03-10 15:00", WITHDRAWAL)
        assert desk.placed(NOW) == {("withdrawal", "dana.reed@acme.test")}


def test_one_application_may_have_rules_of_its_own() -> None:
    desk = held()
    assert desk.due("2026-03-12 09:00", CHECK_IN) == "2026-03-20 08:00"
    desk.wishes.append(Ruled(about(desk), desk.at("2026-03-11 09:00"), load("one-follow-up")))
    assert desk.due("2026-03-12 09:00", CHECK_IN) == "2026-03-17 08:00"


class TestNotInterested:
    def test_thanks_stay_without_interest_and_nothing_asks_for_news(self) -> None:
        desk = held()
        desk.wishes.append(Uninterested(about(desk), desk.at("2026-03-10 15:00")))
        assert [one.interested for one in desk.all(NOW, THANK_YOU, PRIYA)] == [False]
        assert desk.verdict(NOW, THANK_YOU, PRIYA) is Verdict.DUE
        assert desk.verdict("2026-03-21 09:00", CHECK_IN) is Verdict.OVERTAKEN

    def test_an_invitation_is_the_persons_to_answer(self) -> None:
        desk = held()
        desk.wishes.append(Uninterested(about(desk), desk.at("2026-03-10 15:00")))
        desk.heard("2026-03-12 09:00", DANA, Kind.INTERVIEW_REQUEST, facets=[Facet.ASKS])
        assert desk.verdict("2026-03-12 10:00", INVITATION_REPLY) is Verdict.OVERTAKEN
        assert len(desk.plan("2026-03-12 10:00").debts) == 1


class TestAskedFor:
    def test_a_withdrawal_goes_to_the_main_contact_and_is_all_that_is_due(self) -> None:
        desk = held()
        desk.words.append(Correction(about(desk), desk.at("2026-03-10 15:02"), stage=Stage.WITHDRAWN))
        ask(desk, "2026-03-10 15:02", WITHDRAWAL)
        assert desk.placed(NOW) == {("withdrawal", "dana.reed@acme.test")}

    def test_it_is_done_once_the_person_withdrew_themselves(self) -> None:
        desk = held()
        ask(desk, "2026-03-10 15:02", WITHDRAWAL)
        desk.wrote("2026-03-10 15:04", Kind.OWN_WITHDRAWAL, to=DANA)
        assert desk.verdict(NOW, WITHDRAWAL) is Verdict.DONE

    def test_a_decline_answers_the_offer_in_its_thread(self) -> None:
        desk = held()
        offer = desk.heard("2026-03-12 09:00", PRIYA, Kind.OFFER, facets=[Facet.ASKS])
        ask(desk, "2026-03-12 10:00", DECLINE)
        found = desk.one("2026-03-12 10:00", DECLINE)
        assert (found.identity.recipient, found.reply_to) == ("priya.shah@acme.test", offer.message_id)

    def test_a_letter_asked_for_is_placed_for_fourteen_days(self) -> None:
        desk = held()
        desk.words.append(Correction(about(desk), desk.at("2026-03-10 15:02"), stage=Stage.WITHDRAWN))
        ask(desk, "2026-03-10 15:02", WITHDRAWAL)
        assert desk.verdict("2026-03-24 20:00", WITHDRAWAL) is Verdict.DUE
        assert desk.verdict("2026-03-25 00:00", WITHDRAWAL) is Verdict.PASSED

    def test_each_word_is_an_occasion_of_its_own(self) -> None:
        desk = held()
        ask(desk, "2026-03-10 15:02", WITHDRAWAL, "<1@told.invalid>")
        ask(desk, "2026-03-10 15:03", WITHDRAWAL, "<2@told.invalid>")
        due = [one.identity.occasion for one in desk.all(NOW, WITHDRAWAL) if one.verdict is Verdict.DUE]
        assert due == [("<2@told.invalid>",)]


class TestMissedInterview:
    def missed(self) -> Desk:
        desk = held()
        talk = desk.talk("2026-03-10 14:00", cancelled=True)
        said = Statement(Kind.OWN_REPLY, 1.0, interviews=(talk,), facets=frozenset({Facet.DOUBTS_INTERVIEW}))
        at = desk.at("2026-03-10 14:20")
        reading = told("<t@told.invalid>", said, desk.readings[-1], at, direction=Direction.OUT)
        desk.words.append(Told(about(desk), reading))
        ask(desk, "2026-03-10 14:20", NO_SHOW)
        return desk

    def test_whoever_fixed_it_gets_the_friendly_word_and_nobody_is_thanked(self) -> None:
        assert self.missed().placed(NOW) == {("no_show", "dana.reed@acme.test")}

    def test_a_new_time_takes_the_word_back(self) -> None:
        desk = self.missed()
        desk.heard("2026-03-10 14:50", DANA, Kind.INTERVIEW_RESCHEDULED, interviews=[desk.talk("2026-03-12 10:00", 60)])
        desk.heard("2026-03-10 14:55", DANA, Kind.INTERVIEW_CONFIRMED, interviews=[desk.talk("2026-03-12 10:00", 60)])
        assert desk.verdict(NOW, NO_SHOW) is Verdict.OVERTAKEN
        assert desk.verdict("2026-03-12 11:05", THANK_YOU, PRIYA) is Verdict.DUE


class TestByPhone:
    def fixed(self) -> Desk:
        desk = Desk()
        desk.applied()
        desk.heard("2026-03-03 09:00", DANA, Kind.RECRUITER_REPLY)
        talk = desk.talk("2026-03-10 14:00", 60)
        phoned(desk, "2026-03-04 11:00", Statement(Kind.INTERVIEW_CONFIRMED, 1.0, interviews=(talk,)))
        return desk

    def test_a_talk_fixed_by_phone_is_confirmed_in_writing_at_once(self) -> None:
        desk = self.fixed()
        assert desk.placed("2026-03-04 11:00") == {("confirmation", "dana.reed@acme.test")}
        desk.wrote("2026-03-04 12:00", Kind.OWN_REPLY, to=DANA)
        assert desk.verdict("2026-03-04 12:00", CONFIRMATION) is Verdict.DONE

    def test_not_where_they_confirm_it_themselves(self) -> None:
        desk = self.fixed()
        desk.heard("2026-03-04 13:00", DANA, Kind.INTERVIEW_CONFIRMED, interviews=[desk.talk("2026-03-10 14:00", 60)])
        assert desk.verdict("2026-03-04 13:00", CONFIRMATION) is Verdict.OVERTAKEN

    def test_a_day_named_by_phone_makes_the_check_in_due(self) -> None:
        desk = held()
        phoned(desk, "2026-03-12 11:00", Statement(Kind.STATUS_UPDATE, 1.0, decision_by=desk.window("2026-03-24")))
        assert desk.due("2026-03-13 09:00", CHECK_IN) == "2026-03-26 08:00"

    def test_what_was_done_elsewhere_settles_the_debt(self) -> None:
        desk = held()
        asked = desk.heard("2026-03-12 09:00", DANA, Kind.INFORMATION_REQUEST, facets=[Facet.ASKS])
        assert len(desk.plan("2026-03-12 12:00").debts) == 1
        done = told("<t@told.invalid>", Statement(Kind.OWN_REPLY, 1.0), asked, desk.at("2026-03-12 11:00"),
                    direction=Direction.OUT, answers=asked.message_id)  # fmt: skip
        desk.words.append(Told(about(desk), done))
        assert desk.plan("2026-03-12 12:00").debts == ()

    def test_a_test_handed_in_elsewhere_starts_the_days(self) -> None:
        desk = Desk()
        desk.applied()
        asked = desk.heard("2026-03-12 09:00", DANA, Kind.ASSESSMENT, facets=[Facet.ASKS])
        said = Statement(Kind.OWN_REPLY, 1.0, facets=frozenset({Facet.HANDED_IN}))
        done = told("<t@told.invalid>", said, asked, desk.at("2026-03-13 11:00"), direction=Direction.OUT,
                    answers=asked.message_id)  # fmt: skip
        desk.words.append(Told(about(desk), done))
        assert desk.plan("2026-03-14 12:00").debts == ()
        assert desk.due("2026-03-14 12:00", CHECK_IN) == "2026-03-23 08:00"


class TestWanted:
    @pytest.mark.parametrize("when", ["2026-03-11 09:00", "2026-03-30 09:00"])
    def test_what_has_passed_or_is_to_come_is_due_when_it_is_wanted(self, when: str) -> None:
        desk = held()
        kind = CHECK_IN if when < "2026-03-12" else THANK_YOU
        found = desk.one(when, kind)
        assert found.verdict in (Verdict.COMING, Verdict.PASSED)
        desk.wishes.append(Wanted(about(desk), desk.at(when), found.identity))
        wanted = desk.one(when, kind, found.identity.recipient)
        assert (wanted.verdict, wanted.asked, wanted.identity) == (Verdict.DUE, True, found.identity)
        assert wanted.until >= desk.at(when) + timedelta(days=14)

    def test_what_was_overtaken_is_not_due_however_much_it_is_wanted(self) -> None:
        desk = held()
        desk.heard("2026-03-11 09:00", DANA, Kind.OFFER, facets=[Facet.ASKS])
        found = desk.one("2026-03-12 09:00", CHECK_IN)
        desk.wishes.append(Wanted(about(desk), desk.at("2026-03-12 09:00"), found.identity))
        assert desk.placed("2026-03-12 09:00") == {(OFFER_REPLY.value, "dana.reed@acme.test")}
