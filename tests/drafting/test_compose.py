"""What each kind of letter says, rule by rule."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from mailbot.etiquette.follow_up import FollowUpKind
from mailbot.reading.statements import Facet, Kind, Part, Tone, Window
from tests.drafting.desk_letters import Letters, each_wording, middle, sentences
from tests.etiquette.desk import DANA, KIM, OMAR, PRIYA, ROBOT
from tests.tracking.build import address, person

LEE = "Lee Marsh <lee.marsh@acme.test>"
ANA = "Ana Ruiz <ana.ruiz@acme.test>"
THANK_YOU = FollowUpKind.THANK_YOU
CHECK_IN = FollowUpKind.CHECK_IN
REPLY = FollowUpKind.INVITATION_REPLY


def held(preset: str = "coach", people: tuple[str, ...] = (PRIYA,), **what: object) -> Letters:
    desk = Letters(preset=preset)
    desk.applied()
    desk.interview("2026-03-12 14:00", 60, people=people, **what)  # type: ignore[arg-type]
    return desk


def asked(**what: object) -> Letters:
    desk = Letters()
    desk.applied()
    desk.heard("2026-03-02 10:00", DANA, Kind.INTERVIEW_REQUEST, **{"facets": [Facet.ASKS]} | what)
    return desk


@pytest.mark.parametrize("preset", ["coach", "one-follow-up", "three-strikes"])
@pytest.mark.parametrize("noted", [False, True])
@pytest.mark.parametrize("announced", [(), ("audits", "the new ledger", "how you plan", "returns")])
def test_letters_to_the_interviewers_of_one_interview_share_no_sentence(
    preset: str, noted: bool, announced: tuple[str, ...]
) -> None:
    desk = held(preset, (PRIYA, OMAR, LEE, ANA), topics=announced)
    if noted:
        desk.note(desk.readings[-1], "the move to the new ledger")
        desk.note(desk.readings[-1], "I have built such a ledger before")
    desk.person = replace(desk.person, strengths=("reporting", "forecasts"))
    for at in ("2026-03-12 15:00", "2026-03-17 09:00"):
        texts = [sentences(middle(one)) for one in desk.due(at)]
        for number, text in enumerate(texts):
            for other in texts[number + 1 :]:
                assert text.isdisjoint(other)


def test_thanks_open_a_thread_with_the_guides_subject() -> None:
    letter = held().letter("2026-03-12 15:00", THANK_YOU, PRIYA)
    assert (letter.subject, letter.in_reply_to) == ("Thank you: Analyst interview, March 12", None)
    assert "on Thursday, March 12" in letter.body


def test_thanks_answer_that_persons_own_last_mail() -> None:
    desk = held()
    own = desk.heard("2026-03-11 09:00", PRIYA, Kind.RECRUITER_REPLY, subject="Parking at the office")
    letter = desk.letter("2026-03-12 15:00", THANK_YOU, PRIYA)
    assert (letter.subject, letter.in_reply_to) == ("Re: Parking at the office", own.message_id)


def test_a_note_makes_the_thanks_specific() -> None:
    desk = held()
    desk.note(desk.readings[-1], "We talked about the move to the new ledger.", "Priya Shah")
    for letter in desk.every("2026-03-12 15:00", THANK_YOU, PRIYA):
        assert " the move to the new ledger" in letter.body


def test_without_a_note_the_thanks_name_what_the_invitation_announced() -> None:
    for preset in ("coach", "one-follow-up"):
        for letter in held(preset, topics=("the new ledger",)).every("2026-03-12 15:00", THANK_YOU, PRIYA):
            assert " the new ledger" in letter.body


def test_what_was_announced_stands_in_one_of_several_letters_and_gives_way_to_notes() -> None:
    desk = held(people=(PRIYA, OMAR, LEE), topics=("the new ledger", "audits"))
    told = {one.to[0].email: one.body for one in desk.due("2026-03-12 15:00")}
    assert [address(one).email for one in (PRIYA, OMAR, LEE) if "the new ledger" in told[address(one).email]] == [
        address(PRIYA).email
    ]
    assert "audits" in told[address(OMAR).email]
    desk.note(desk.readings[-1], "the winter rota")
    assert not any("the new ledger" in one.body for one in desk.due("2026-03-12 15:00"))


@pytest.mark.parametrize(("manner", "said"), [("us", "on the Payments team"), ("uk", "in the Payments team")])
def test_the_team_is_named_as_the_country_says_it(manner: str, said: str) -> None:
    desk = held(team="Payments")
    desk.person = replace(desk.person, manner=manner)
    for letter in desk.every("2026-03-12 15:00", THANK_YOU, PRIYA):
        assert f"the Analyst role {said}" in letter.body


def test_a_team_that_the_role_names_already_is_left_out() -> None:
    desk = held(team="analyst")
    assert " team" not in desk.letter("2026-03-12 15:00", THANK_YOU, PRIYA).body.replace("your team", "")


def test_a_note_on_one_person_reaches_no_other() -> None:
    desk = held(people=(PRIYA, OMAR))
    desk.note(desk.readings[-1], "the move to the new ledger", "priya.shah@acme.test")
    assert "ledger" not in desk.letter("2026-03-12 15:00", THANK_YOU, OMAR).body


@pytest.mark.parametrize("topic", ["She wants somebody who stays", "the launch next week", "the visit tomorrow"])
def test_what_cannot_be_said_to_them_or_is_true_for_a_day_stays_out(topic: str) -> None:
    desk = held()
    desk.note(desk.readings[-1], topic)
    plain = held().letter("2026-03-12 15:00", THANK_YOU, PRIYA).body
    assert desk.letter("2026-03-12 15:00", THANK_YOU, PRIYA).body == plain


def test_who_has_no_letter_of_their_own_is_thanked_by_name() -> None:
    desk = held(people=(PRIYA, "Tom Ellis"))
    for letter in desk.every("2026-03-12 15:00", THANK_YOU, DANA):
        thanks = next(one for one in sentences(middle(letter)) if "Tom Ellis" in one and "than" in one)
        assert "Priya" not in thanks


def test_who_alone_was_met_is_not_named_twice() -> None:
    desk = held(people=("Tom Ellis",))
    for letter in desk.every("2026-03-12 15:00", THANK_YOU, DANA):
        assert letter.body.count("Tom Ellis") == 1


def test_brief_thanks_name_all_who_were_there_and_sell_nothing() -> None:
    desk = held("one-follow-up", (PRIYA, OMAR, LEE))
    desk.person = replace(desk.person, strengths=("forecasts",))
    for letter in desk.every("2026-03-12 15:00", THANK_YOU, PRIYA):
        assert "you, Omar Bell and Lee Marsh" in letter.body
        assert "forecasts" not in letter.body
        assert 3 <= middle(letter).count(".") <= 4


def test_an_agencys_recruiter_gets_a_debrief() -> None:
    desk = Letters()
    desk.applied()
    desk.interview("2026-03-12 14:00", 60, by=KIM, agency="Staffline", people=(PRIYA, "Tom Ellis"))
    for letter in desk.every("2026-03-12 15:00", THANK_YOU, KIM):
        assert "Priya Shah and Tom Ellis" in letter.body
        assert "on Thursday, March 12" in letter.body
        assert "the Analyst role at Acme" in letter.body
        thanks = next(one for one in sentences(middle(letter)) if "my thanks" in one)
        assert "Tom Ellis" in thanks
        assert "Priya" not in thanks


def test_a_formal_letter_is_by_the_whole_name_and_closes_formally() -> None:
    desk = held("three-strikes")
    desk.person = replace(desk.person, strengths=("forecasts",))
    letter = desk.letter("2026-03-17 09:00", FollowUpKind.FORMAL_LETTER)
    assert letter.body.startswith("Dear Priya Shah,\n")
    assert "\nSincerely,\n" in letter.body
    assert "forecasts" in letter.body


def test_a_formal_letter_is_by_the_surname_where_the_title_is_known() -> None:
    desk = held("three-strikes", people=[replace(person(PRIYA), title="Dr.")])
    letter = desk.letter("2026-03-17 09:00", FollowUpKind.FORMAL_LETTER)
    assert letter.body.startswith("Dear Dr. Shah,\n")


@pytest.mark.parametrize(("signed", "called"), [("Priya", "Dear Priya,"), ("Priya Shah", "Dear Priya Shah,")])
def test_a_formal_letter_is_by_the_first_name_where_that_is_known_to_be_right(signed: str, called: str) -> None:
    desk = held("three-strikes")
    desk.heard("2026-03-12 18:00", PRIYA, Kind.RECRUITER_REPLY, signed=signed, calls_reader="Sam", tone=Tone.FRIENDLY)
    letter = desk.letter("2026-03-17 09:00", FollowUpKind.FORMAL_LETTER)
    assert letter.body.startswith(f"{called}\n")
    assert "\nSincerely,\n" in letter.body


def test_the_one_follow_ups_check_in_closes_with_something_concrete() -> None:
    desk = held("one-follow-up")
    desk.note(desk.readings[-1], "the move to the new ledger")
    for letter in desk.every("2026-03-19 09:00", CHECK_IN):
        close = letter.body.strip().split("\n\n")[-2]
        assert re.search(r"an example of my work|a short sample of work", close)
        assert "the move to the new ledger" in letter.body


def test_a_check_in_names_role_day_promise_and_who_made_it() -> None:
    desk = held()
    desk.heard("2026-03-13 09:00", PRIYA, Kind.STATUS_UPDATE, decision_by=desk.window("2026-03-17"))
    desk.heard("2026-03-13 10:00", DANA, Kind.RECRUITER_REPLY, facets=[Facet.COURTESY])
    for letter in desk.every("2026-03-19 09:00", CHECK_IN):
        assert "the Analyst role" in letter.body
        assert "on Thursday, March 12" in letter.body
        assert "Priya Shah mentioned that I would hear by Tuesday, March 17" in letter.body
        assert "interview" in letter.body  # Dana was not there: nothing is said of a talk with her
        assert "we talked" not in letter.body.lower()


def test_a_check_in_takes_in_thanks_that_still_lie() -> None:
    desk = held()
    desk.promised("2026-03-12 16:00", "2026-03-12")
    for letter in desk.every("2026-03-16 09:00", CHECK_IN):
        assert letter.follow_up.takes_in
        assert "thank you" in letter.body.lower()


def test_the_second_check_in_offers_samples_and_references_only_if_allowed() -> None:
    desk = held()
    desk.asked_news("2026-03-23 09:00")
    for letter in desk.every("2026-03-30 09:00", FollowUpKind.SECOND_CHECK_IN):
        assert "samples of my work" in letter.body
        assert "references" not in letter.body
        assert "Monday, March 23" in letter.body
    desk.person = replace(desk.person, references=True)
    for letter in desk.every("2026-03-30 09:00", FollowUpKind.SECOND_CHECK_IN):
        assert "samples of my work" in letter.body
        assert "references" in letter.body


def test_a_reply_chooses_the_earliest_offered_times_a_day_ahead() -> None:
    desk = Letters()
    slots = [desk.slot("2026-03-03 09:00", 60), desk.slot("2026-03-04 14:00", 60), desk.slot("2026-03-05 10:00", 60)]
    for letter in asked(proposed=slots).every("2026-03-02 10:05", REPLY):
        first, second = "Wednesday, March 4 at 2:00 PM", "Thursday, March 5 at 10:00 AM"
        assert 0 < letter.body.index(first) < letter.body.index(second)
        assert "March 3" not in letter.body


def test_a_reply_names_both_zones_where_they_differ() -> None:
    london = Letters(zone="Europe/London")
    london.applied()
    slots = [london.slot("2026-03-04 14:00", 60)]
    london.heard("2026-03-02 10:00", DANA, Kind.INTERVIEW_REQUEST, facets=[Facet.ASKS], proposed=slots)
    body = london.letter("2026-03-02 10:05", REPLY).body
    assert "Wednesday, March 4 at 2:00 PM London time (9:00 AM New York time)" in body


def test_a_reply_keeps_an_hour_clear_of_known_interviews() -> None:
    desk = Letters()
    desk.applied()
    desk.interview("2026-03-04 14:00", 60, fixed="2026-03-01 12:00")
    slots = [desk.slot("2026-03-04 15:30", 60), desk.slot("2026-03-04 16:00", 60)]
    desk.heard("2026-03-02 11:00", KIM, Kind.INTERVIEW_REQUEST, facets=[Facet.ASKS], proposed=slots, company="Birch")
    body = desk.letter("2026-03-02 11:05", REPLY, KIM).body
    assert "4:00 PM" in body
    assert "3:30 PM" not in body


def test_a_reply_proposes_three_times_where_none_is_offered() -> None:
    for letter in asked().every("2026-03-02 10:05", REPLY):
        assert letter.body.count("\n- ") == 3


def test_a_reply_says_so_where_no_offered_time_suits() -> None:
    desk = Letters()
    body = asked(proposed=[desk.slot("2026-03-04 22:00", 60)]).letter("2026-03-02 10:05", REPLY).body
    assert "that time does not suit me" in body
    assert body.count("\n- ") == 3


def test_a_time_that_is_fixed_with_a_question_is_agreed_to() -> None:
    desk = Letters()
    desk.applied()
    talk = desk.talk("2026-03-05 10:00", 60)
    desk.heard("2026-03-02 10:00", DANA, Kind.INTERVIEW_CONFIRMED, facets=[Facet.ASKS], interviews=[talk])
    for letter in desk.every("2026-03-02 10:05", REPLY):
        assert letter.body.count("Thursday, March 5 at 10:00 AM") == 1
        assert "choice" not in letter.body


def test_on_a_booking_page_the_person_books() -> None:
    for letter in asked(facets=[Facet.BOOKING_LINK]).every("2026-03-02 10:05", REPLY):
        assert "book" in letter.body
        assert "\n- " not in letter.body


@pytest.mark.parametrize("written", [False, True])
@pytest.mark.parametrize("day", [None, date(2026, 3, 20)])
def test_an_offer_is_neither_accepted_nor_declined(written: bool, day: date | None) -> None:
    desk = held()
    facets = [Facet.IN_WRITING] if written else []
    desk.heard("2026-03-16 10:00", DANA, Kind.OFFER, respond_by=day, facets=facets)
    for letter in desk.every("2026-03-16 10:05", FollowUpKind.OFFER_REPLY):
        body = letter.body
        assert ("terms in writing" in body) is not written
        assert ("by Friday, March 20." in body) is (day is not None)
        assert ("need" in body) is (day is None)
        assert not any(word in body.lower() for word in ("accept", "decline", "salary", "pay"))


@pytest.mark.parametrize("facet", [None, Facet.GIVES_FEEDBACK, Facet.REFUSES_FEEDBACK])
def test_advice_is_asked_for_only_where_it_is_neither_given_nor_refused(facet: Facet | None) -> None:
    desk = held()
    desk.heard("2026-03-16 10:00", DANA, Kind.REJECTION, facets=[facet] if facet else [])
    for letter in desk.every("2026-03-16 10:05", FollowUpKind.REJECTION_THANKS):
        asks = "advice" in letter.body or "done better" in letter.body
        assert asks is (facet is None)
        assert "at Acme" in letter.body


def test_a_robots_no_is_not_said_to_come_from_the_main_contact() -> None:
    desk = held()
    desk.heard("2026-03-16 10:00", ROBOT, Kind.REJECTION, writer="robot")
    for letter in desk.every("2026-03-16 10:05", FollowUpKind.REJECTION_THANKS):
        assert "letting me know" not in letter.body
        assert "your message" not in letter.body


def test_stay_in_touch_is_two_to_five_sentences_and_reopens_nothing() -> None:
    desk = held()
    desk.heard("2026-03-16 10:00", DANA, Kind.REJECTION, facets=[Facet.FUTURE_ROLES])
    for letter in desk.every("2026-05-01 09:00", FollowUpKind.STAY_IN_TOUCH):
        assert 2 <= middle(letter).count(".") <= 5
        assert "later roles" in letter.body


def test_word_of_another_offer_names_neither_firm_nor_pay() -> None:
    desk = held()
    desk.company, desk.role = "Birch", "Planner"
    desk.applied("2026-03-01 11:00", to=KIM)
    desk.interview("2026-03-10 10:00", 60, by=KIM, people=("Max Stone <max@birch.test>",))
    desk.heard("2026-03-16 10:00", KIM, Kind.OFFER, respond_by=date(2026, 3, 20))
    for letter in desk.every("2026-03-16 10:30", FollowUpKind.OFFER_ELSEWHERE):
        assert "another offer" in letter.body
        assert "Friday, March 20" in letter.body
        assert "he Analyst role" in letter.body
        assert "Birch" not in letter.body


def test_withdrawal_and_decline_are_short_and_kind() -> None:
    for kind in (FollowUpKind.WITHDRAWAL, FollowUpKind.DECLINE):
        letter = held().asked_for("2026-03-13 10:00", kind)
        assert "best fit" in letter.body
        assert len(middle(letter).split()) < 80


def test_the_notes_say_who_where_and_what_to_ask_and_leave_room_for_letters() -> None:
    desk = held()
    body = desk.letter("2026-03-11 18:00", FollowUpKind.INTERVIEW_NOTES).body
    assert "With: Priya Shah, to be greeted 'Dear Priya Shah'" in body
    assert "what the next step is, and when" in body
    assert body.index("Before you leave") < body.index("FOR LETTERS") < body.index("FOR MYSELF")


def test_the_notes_for_a_second_round_repeat_those_of_the_first() -> None:
    desk = held()
    desk.note(desk.readings[-1], "the move to the new ledger", "Priya Shah")
    desk.interview("2026-03-20 14:00", 60, fixed="2026-03-16 09:00", people=(OMAR,))
    body = desk.letter("2026-03-19 18:00", FollowUpKind.INTERVIEW_NOTES).body
    assert "- Priya Shah: the move to the new ledger" in body


@pytest.mark.parametrize(
    ("window", "said"),
    [
        (Window(None, date(2026, 3, 17)), "by Tuesday, March 17"),
        (Window(date(2026, 3, 16), date(2026, 3, 17)), "between Monday, March 16 and Tuesday, March 17"),
        (Window(date(2026, 3, 1), date(2026, 3, 31)), "in March"),
    ],
)
def test_promised_days_as_they_were_named(window: Window, said: str) -> None:
    desk = held()
    desk.heard("2026-03-13 09:00", DANA, Kind.STATUS_UPDATE, decision_by=window)
    due = (one for at in ("2026-03-19 09:00", "2026-04-02 09:00") for one in desk.due(at))
    letter = next(one for one in due if one.follow_up.promise)
    assert f"that I would hear {said}" in letter.body


@pytest.mark.parametrize(
    ("tone", "greeting", "close"),
    [(Tone.FRIENDLY, "Hi Dana,", "Best,"), (Tone.FORMAL, "Dear Dana Reed,", "Sincerely,")],
)
def test_a_letter_is_in_the_tone_of_their_own_mail(tone: Tone, greeting: str, close: str) -> None:
    body = asked(tone=tone).letter("2026-03-02 10:05", REPLY).body
    assert body.startswith(f"{greeting}\n")
    assert f"\n{close}\n" in body


@pytest.mark.parametrize(
    ("manner", "day", "close"),
    [("us", "Thursday, March 12", "Best regards,"), ("uk", "Thursday, 12 March", "Kind regards,")],
)
def test_a_letter_keeps_the_chosen_manner(manner: str, day: str, close: str) -> None:
    desk = held()
    desk.person = replace(desk.person, manner=manner)
    body = desk.letter("2026-03-12 15:00", THANK_YOU, PRIYA).body
    assert day in body
    assert f"\n{close}\n" in body


def test_the_day_is_that_of_the_invitations_zone() -> None:
    sydney = Letters(zone="Australia/Sydney")
    sydney.applied()
    sydney.interview("2026-03-13 09:00", 60)
    assert "Friday, 13 March" in sydney.letter("2026-03-13 10:00", THANK_YOU, PRIYA).body


def test_who_is_not_interested_thanks_and_asks_for_nothing() -> None:
    desk = held(people=(PRIYA, "Tom Ellis"))
    for follow_up, application, others in desk.due_follow_ups("2026-03-12 15:00"):
        cool = replace(follow_up, interested=False)
        for templates in each_wording():
            letter = replace(desk, templates=templates).compose("2026-03-12 15:00", cool, application, others)
            text = middle(letter).lower()
            assert "thank" in text
            assert not any(one in text for one in ("interested", "i would", "i want to", "look forward", "go further"))


def test_letters_to_an_agencys_client_touch_no_timing() -> None:
    desk = Letters()
    desk.applied()
    desk.interview("2026-03-12 14:00", 60, by=KIM, agency="Staffline", people=(PRIYA,))
    desk.promised("2026-03-12 14:30", "2026-03-20", by=KIM)
    for letter in desk.every("2026-03-12 15:00", THANK_YOU, PRIYA):
        assert "March 20" not in letter.body


def test_thanks_name_the_day_on_which_news_is_to_come() -> None:
    desk = held()
    desk.promised("2026-03-12 14:30", "2026-03-20")
    for letter in desk.every("2026-03-12 15:00", THANK_YOU, PRIYA):
        assert "by Friday, March 20" in letter.body


def test_thanks_name_no_day_for_news_that_is_over_when_they_are_due() -> None:
    """'I gather that there will be news by Tuesday' on the Thursday behind it."""
    desk = held()
    desk.promised("2026-03-09 14:30", "2026-03-10")
    for letter in desk.every("2026-03-12 15:00", THANK_YOU, PRIYA):
        assert "March 10" not in letter.body


def test_who_was_met_before_is_greeted_as_such() -> None:
    desk = held()
    desk.interview("2026-03-20 14:00", 60, fixed="2026-03-16 09:00", people=(PRIYA, OMAR))
    said = {one.to[0].email: middle(one) for one in desk.due("2026-03-20 15:00")}
    fresh = middle(desk.letter("2026-03-20 15:00", THANK_YOU, OMAR))
    assert " again " not in fresh
    assert said["priya.shah@acme.test"] != fresh


def test_snippets_of_the_person_take_their_places() -> None:
    desk = held()
    strengths = (("analyst", ("SQL",)), ("nurse", ("night shifts",)))
    desk.person = replace(
        desk.person, sign_off="Warm regards,", closing_line="I hope to see you soon.", role_strengths=strengths
    )
    for letter in desk.every("2026-03-12 15:00", THANK_YOU, PRIYA):
        assert "I hope to see you soon.\n\nWarm regards,\nSam Porter\n" in letter.body
        assert "SQL" in letter.body
        assert "night shifts" not in letter.body


def test_the_signature_has_name_phone_mail_and_house() -> None:
    desk = held()
    desk.person = replace(desk.person, postal_address="1 High Street\nLeeds")
    end = "Sam Porter\n+1 212 555 0100\nsam.porter@home.test\n1 High Street\nLeeds\n"
    assert desk.letter("2026-03-12 15:00", THANK_YOU, PRIYA).body.endswith(end)


def test_an_answer_has_one_re_the_whole_chain_and_the_address_written_to() -> None:
    desk = Letters(me="Sam Porter <sam@alias.test>")
    desk.person = replace(desk.person, addresses=("sam.porter@home.test", "sam@alias.test"))
    first = desk.applied()
    what = {"facets": [Facet.ASKS], "answers": first, "subject": "RE: AW: Re: Analyst"}
    said = desk.heard("2026-03-02 10:00", DANA, Kind.INTERVIEW_REQUEST, **what)
    letter = desk.letter("2026-03-02 10:05", REPLY)
    assert letter.subject == "Re: Analyst"
    assert letter.in_reply_to == said.message_id
    assert letter.references == (first.message_id, said.message_id)
    assert letter.sender.email == "sam@alias.test"


def test_an_unprompted_letter_joins_no_thread_whose_subject_is_true_for_a_day() -> None:
    desk = held()
    desk.heard("2026-03-11 09:00", PRIYA, Kind.RECRUITER_REPLY, subject="Our talk tomorrow")
    letter = desk.letter("2026-03-12 15:00", THANK_YOU, PRIYA)
    assert (letter.subject, letter.in_reply_to) == ("Thank you: Analyst interview, March 12", None)


def test_nothing_is_invented_where_nothing_is_known() -> None:
    desk = Letters(company=None, role=None)  # type: ignore[arg-type]
    desk.applied()
    desk.interview("2026-03-12 14:00", 60, people=(person(PRIYA, Part.INTERVIEWER),))
    for letter in desk.due("2026-03-12 15:00"):
        assert "the role" in letter.body
        assert "None" not in letter.body
        assert " at ," not in letter.body


def test_the_same_facts_give_the_same_letter_whenever_it_is_composed() -> None:
    desk = held(people=(PRIYA, OMAR))
    early = {one.to: (one.subject, one.body) for one in desk.due("2026-03-12 15:00")}
    late = {one.to: (one.subject, one.body) for one in desk.due("2026-03-13 11:00")}
    assert early == late


def test_who_has_signed_with_the_first_name_is_greeted_by_it_from_then_on() -> None:
    desk = asked(signed="Dana", tone=Tone.FRIENDLY)
    desk.heard("2026-03-03 10:00", DANA, Kind.RECRUITER_REPLY, signed="Dana Reed", tone=Tone.FRIENDLY)
    desk.interview("2026-03-12 14:00", 60, signed="Dana Reed", tone=Tone.FRIENDLY)
    assert desk.letter("2026-03-12 15:00", THANK_YOU, DANA).body.startswith("Hi Dana,")


@pytest.mark.parametrize(("people", "said"), [((PRIYA,), "for arranging"), ((PRIYA, DANA), "for your time")])
def test_late_thanks_are_for_what_they_did(people: tuple[str, ...], said: str) -> None:
    desk = held(people=people)
    desk.promised("2026-03-13 09:00", "2026-03-13")
    desk.overrides = {"thank_you": {"until": 30}}
    for letter in desk.every("2026-03-16 09:00", CHECK_IN, DANA):
        assert said in letter.body


def test_the_second_interview_is_called_so_to_who_arranged_it() -> None:
    desk = held()
    desk.interview("2026-03-19 14:00", 60, fixed="2026-03-16 09:00", people=(OMAR,))
    for letter in desk.every("2026-03-19 15:00", THANK_YOU, DANA):
        assert "second interview" in letter.body


def test_a_position_ends_without_a_stop() -> None:
    shown = replace(person(PRIYA), position="Head of Data.")
    for letter in held(people=(shown,)).every("2026-03-12 15:00", THANK_YOU, PRIYA):  # type: ignore[arg-type]
        assert "Head of Data" in letter.body
        assert not re.search(r"Head of Data\. [a-z]", letter.body)
