"""Who is written to, in which thread, and in which language."""

from __future__ import annotations

import pytest

from mailbot.etiquette.follow_up import FollowUp, Verdict
from mailbot.reading.statements import Authentication, Facet, Kind, Part, Writer
from tests.etiquette.desk import CHECK_IN, DANA, INVITATION_REPLY, KIM, OMAR, PRIYA, ROBOT, THANK_YOU, Desk
from tests.tracking.build import address, person

AT = "2026-03-20 09:00"


def main(desk: Desk, at: str = AT) -> str:
    return desk.one(at, CHECK_IN).identity.recipient


def thanks(desk: Desk, to: str = PRIYA) -> FollowUp:
    return desk.one("2026-03-10 15:00", THANK_YOU, to)


class TestMainContact:
    def test_a_recruiter_comes_before_an_interviewer_who_wrote_later(self) -> None:
        desk = Desk()
        desk.interview("2026-03-10 14:00")
        desk.heard("2026-03-11 09:00", PRIYA, Kind.RECRUITER_REPLY, facets=[Facet.COURTESY])
        assert main(desk) == "dana.reed@acme.test"

    def test_of_recruiters_and_coordinators_the_one_who_wrote_last(self) -> None:
        desk = Desk()
        desk.interview("2026-03-10 14:00")
        people = [person(OMAR, Part.COORDINATOR)]
        desk.heard("2026-03-11 09:00", OMAR, Kind.RECRUITER_REPLY, people=people)
        assert main(desk) == "omar.bell@acme.test"

    def test_a_manager_who_invites_does_a_coordinators_work(self) -> None:
        desk = Desk()
        boss = [person(DANA, Part.HIRING_MANAGER)]
        desk.heard("2026-03-02 10:00", DANA, Kind.INTERVIEW_REQUEST, facets=[Facet.ASKS], people=boss)
        desk.interview("2026-03-10 14:00", part=Part.HIRING_MANAGER)
        desk.heard("2026-03-11 09:00", PRIYA, Kind.RECRUITER_REPLY, facets=[Facet.COURTESY])
        assert main(desk) == "dana.reed@acme.test"

    def test_where_none_has_written_the_interviewer_who_wrote_last(self) -> None:
        desk = Desk()
        desk.applied(to=ROBOT)
        desk.interview("2026-03-10 14:00", by=ROBOT, writer=Writer.ROBOT, people=[PRIYA, OMAR])
        desk.heard("2026-03-11 09:00", OMAR, Kind.RECRUITER_REPLY, people=[person(OMAR)])
        desk.heard("2026-03-11 10:00", PRIYA, Kind.RECRUITER_REPLY, people=[person(PRIYA)])
        assert main(desk) == "priya.shah@acme.test"

    def test_where_an_agency_acts_its_recruiter_whoever_wrote_last_at_the_client(self) -> None:
        desk = Desk()
        desk.interview("2026-03-10 14:00", by=KIM, agency="Staffline")
        desk.heard("2026-03-11 09:00", DANA, Kind.RECRUITER_REPLY, people=[person(DANA, Part.RECRUITER)])
        assert main(desk) == "kim.oakes@staffline.test"

    def test_it_is_who_it_was_when_the_letter_fell_due(self) -> None:
        desk = Desk()
        desk.interview("2026-03-10 14:00")
        desk.heard("2026-03-21 09:00", OMAR, Kind.RECRUITER_REPLY, people=[person(OMAR, Part.RECRUITER)])
        assert main(desk, "2026-03-21 10:00") == "dana.reed@acme.test"


class TestWhoMayBeAddressed:
    @pytest.mark.parametrize("email", ["no-reply@acme.test", "sam.porter@home.test"])
    def test_never_a_robot_or_oneself(self, email: str) -> None:
        desk = Desk()
        desk.interview("2026-03-10 14:00", people=[f"Some Body <{email}>"])
        assert all(one.identity.recipient != email for one in desk.all("2026-03-10 15:00", THANK_YOU))

    def test_a_role_address_only_if_a_named_person_wrote_from_it(self) -> None:
        hr = "Ida Lund <hr@acme.test>"
        desk = Desk()
        desk.interview("2026-03-10 14:00", people=[hr])
        assert desk.all("2026-03-10 15:00", THANK_YOU, hr) == []
        desk.heard("2026-03-04 09:00", hr, Kind.RECRUITER_REPLY, people=[person(hr)], signed="Ida")
        assert desk.verdict("2026-03-10 15:00", THANK_YOU, hr) is Verdict.DUE

    def test_a_shared_mailbox_that_nobody_signs_is_a_robot(self) -> None:
        desk = Desk()
        desk.applied()
        shared = "Acme Jobs <jobs@acme.test>"
        desk.heard("2026-03-02 10:00", shared, Kind.INTERVIEW_REQUEST, writer=Writer.SHARED, facets=[Facet.ASKS])
        assert desk.all("2026-03-02 10:00", INVITATION_REPLY) == []

    @pytest.mark.parametrize(
        ("sender", "authentication", "told"),
        [
            ("Acme <updates@acme.test>", Authentication.NEUTRAL, True),  # the From's organisation
            ("Acme <acme@us.greenhouse-mail.io>", Authentication.PASS, True),  # a known tool that passed
            ("Acme <acme@us.greenhouse-mail.io>", Authentication.FAIL, False),
            ("Acme <hello@stranger.test>", Authentication.PASS, False),
        ],
    )
    def test_a_stranger_that_only_a_reply_to_names_must_be_vouched_for(
        self, sender: str, authentication: Authentication, told: bool
    ) -> None:
        desk = Desk()
        desk.applied(to=ROBOT)
        desk.interview(
            "2026-03-10 14:00",
            by=sender,
            writer=Writer.ROBOT,
            people=[PRIYA],
            reply_to=(address(PRIYA),),
            authentication=authentication,
        )
        assert bool(desk.all("2026-03-10 15:00", THANK_YOU, PRIYA)) is told

    def test_an_address_already_known_there_needs_nobody_to_vouch(self) -> None:
        desk = Desk()
        desk.wrote("2026-03-01 09:00", Kind.OWN_APPLICATION, to=PRIYA)
        desk.interview(
            "2026-03-10 14:00",
            by="Acme <hello@stranger.test>",
            writer=Writer.ROBOT,
            people=[PRIYA],
            reply_to=(address(PRIYA),),
        )
        assert desk.verdict("2026-03-10 15:00", THANK_YOU, PRIYA) is Verdict.DUE

    def test_where_a_tool_wrote_for_a_human_the_reply_to_is_answered(self) -> None:
        desk = Desk()
        desk.applied(to=ROBOT)
        tool = "Dana Reed <no-reply@us.greenhouse-mail.io>"
        desk.heard("2026-03-02 10:00", tool, Kind.INTERVIEW_REQUEST, facets=[Facet.ASKS], reply_to=(address(DANA),))
        assert desk.one("2026-03-02 10:00", INVITATION_REPLY).identity.recipient == "dana.reed@acme.test"


class TestThread:
    def test_the_newest_thread_in_which_that_person_wrote(self) -> None:
        desk = Desk()
        desk.interview("2026-03-10 14:00")
        desk.heard("2026-03-04 09:00", PRIYA, Kind.RECRUITER_REPLY)
        last = desk.heard("2026-03-05 09:00", PRIYA, Kind.RECRUITER_REPLY)
        desk.heard("2026-03-06 09:00", DANA, Kind.RECRUITER_REPLY, copied=[PRIYA])
        assert thanks(desk).reply_to == last.message_id

    def test_else_in_which_they_were_addressed(self) -> None:
        desk = Desk()
        desk.interview("2026-03-10 14:00")
        copied = desk.heard("2026-03-06 09:00", DANA, Kind.RECRUITER_REPLY, copied=[PRIYA])
        assert thanks(desk).reply_to == copied.message_id

    def test_never_a_calendar_mails_own_else_a_new_one(self) -> None:
        desk = Desk()
        desk.interview("2026-03-10 14:00", by=PRIYA, part=Part.INTERVIEWER, people=[], calendar=True)
        assert thanks(desk).reply_to is None

    def test_unprompted_letters_have_no_copy(self) -> None:
        desk = Desk()
        desk.interview("2026-03-10 14:00", copied=[OMAR])
        assert {one.cc for one in desk.plan(AT).follow_ups} == {()}

    def test_the_draft_belongs_into_the_account_of_the_conversation(self) -> None:
        desk = Desk()
        desk.interview("2026-03-10 14:00", account="work")
        desk.heard("2026-03-11 09:00", OMAR, Kind.RECRUITER_REPLY, account="home")
        assert thanks(desk, DANA).account == "work"


class TestLanguage:
    @pytest.mark.parametrize(("words", "verdict"), [(20, Verdict.THEIRS_TO_WRITE), (19, Verdict.DUE)])
    def test_no_english_letter_to_a_person_whose_last_words_are_not_english(self, words: int, verdict: Verdict) -> None:
        desk = Desk()
        desk.interview("2026-03-10 14:00", language="de", words=words)
        assert desk.verdict("2026-03-10 15:00", THANK_YOU, DANA) is verdict

    def test_the_last_message_of_enough_words_counts(self) -> None:
        desk = Desk()
        desk.interview("2026-03-10 14:00", language="de")
        desk.heard("2026-03-05 09:00", DANA, Kind.RECRUITER_REPLY)
        desk.heard("2026-03-06 09:00", DANA, Kind.RECRUITER_REPLY, language="de", words=5)
        assert desk.verdict("2026-03-10 15:00", THANK_YOU, DANA) is Verdict.DUE

    def test_nor_in_such_a_thread_to_one_who_wrote_nothing(self) -> None:
        desk = Desk()
        desk.interview("2026-03-10 14:00", language="de", copied=[PRIYA])
        assert desk.verdict("2026-03-10 15:00", THANK_YOU, PRIYA) is Verdict.THEIRS_TO_WRITE

    def test_it_is_done_when_the_person_sent_it(self) -> None:
        desk = Desk()
        desk.interview("2026-03-10 14:00", language="de")
        desk.wrote("2026-03-10 16:00", Kind.OWN_THANK_YOU, to=DANA)
        assert desk.verdict("2026-03-10 17:00", THANK_YOU, DANA) is Verdict.DONE
