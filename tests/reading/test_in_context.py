"""What a mail says once its writer or its thread is known to be about an application."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from mailbot.mail.message import Direction
from mailbot.mail.mime import parse
from mailbot.reading.reader import read
from mailbot.reading.statements import Facet, InterviewStatus, Kind, Part, Reader, Reading, Statement, Writer

ME = "sam.porter@home.example"
READER = Reader(frozenset({ME}), "Europe/London", "Sam Porter")


def told(body: str, *, sender: str = "Tessa Quinn <tessa@northwind.example>", **headers: str) -> Reading:
    mail = EmailMessage()
    mail["Date"] = "Thu, 12 Mar 2026 09:00:00 +0000"
    mail["From"], mail["To"], mail["Subject"] = sender, ME, "A word"
    mail["Message-ID"] = "<word@northwind.example>"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(body)
    own = ME in sender
    return read(parse(mail.as_bytes(), own=READER.addresses, direction=Direction.OUT if own else Direction.IN), READER)


def fixed_with(words: str) -> Reading:
    """A mail that fixes an interview, and says this besides."""
    return told(f"Hi Sam,\n\nYour interview is on Thursday, 19 March, at 1 pm. {words}\n\nTessa")


def test_a_day_for_the_answer_says_nothing_of_hiring_alone_but_is_a_promise_in_context() -> None:
    late = told("Hi Sam,\n\nYou will hear from us by Tuesday, 17 March.\n\nTessa")
    assert late.kind is Kind.UNRELATED
    (said,) = late.in_context
    assert said.decision_by is not None
    assert said.decision_by.latest.isoformat() == "2026-03-17"


def test_in_context_nothing_is_unrelated() -> None:
    chat = told("Hi Sam,\n\nThe lift is out of order again, use the stairs.\n\nTessa")
    assert [chat.kind, *(one.kind for one in chat.in_context)] == [Kind.UNRELATED, Kind.RECRUITER_REPLY]


def test_the_persons_own_plain_words_are_a_reply_in_context() -> None:
    chat = told("Hi Tessa,\n\nFound the stairs, all well.\n\nSam", sender=f"Sam Porter <{ME}>")
    assert [one.kind for one in chat.in_context] == [Kind.OWN_REPLY]


def test_a_robots_mail_has_no_other_sense_in_context() -> None:
    parcel = told("Your parcel arrives on Tuesday.", sender="no-reply@parcels.example", Auto_Submitted="auto-generated")
    assert parcel.kind is Kind.UNRELATED
    assert parcel.in_context == ()


def test_a_plain_word_that_asks_and_names_a_time_invites() -> None:
    back = told("Hi Sam,\n\nWe're back. Still around? Can you come in this Thursday at 2 pm to meet the band?\n\nT")
    assert back.in_context[0].kind is Kind.INTERVIEW_REQUEST


def test_a_call_at_an_hour_is_a_talk_and_no_day_of_news() -> None:
    call = told("Hi Sam,\n\nI'll call you on Thursday, 19 March, at 1 pm; half an hour should do.\n\nTessa")
    (said, *_) = call.in_context
    assert [one.start.isoformat() for one in said.interviews] == ["2026-03-19T13:00:00+00:00"]
    assert said.decision_by is None


def own(body: str) -> Statement:
    """The person's answer to a mail about an application, as its thread has it."""
    mine = told(body, sender=f"Sam Porter <{ME}>", In_Reply_To="<asked@northwind.example>")
    return (mine.in_context or mine.statements)[0]


@pytest.mark.parametrize(
    "words",
    [
        "Lovely. Monday at 10 for me, please.",
        "Tessa, 10 am on the 16th it is. Looking forward to it.",
        "Monday 16 March at 10 is in my diary.",
        "Yes, Monday at 10 should be fine.",
    ],
)
def test_an_hour_that_the_person_names_without_more_is_their_choice(words: str) -> None:
    assert [one.start.isoformat() for one in own(words).chosen] == ["2026-03-16T10:00:00+00:00"]


def test_an_hour_that_the_person_asks_about_is_offered() -> None:
    said = own("I'd love to. Monday at 10?")
    assert said.chosen == ()
    assert [one.start.isoformat() for one in said.proposed] == ["2026-03-16T10:00:00+00:00"]


def test_an_hour_at_which_the_person_cannot_is_no_choice() -> None:
    assert own("Sadly I can't do Monday at 10.").chosen == ()


@pytest.mark.parametrize(
    "words",
    [
        *("It does, thank you!", "I can, and I'll bring the file.", "That works for me.", "Sounds great.", "Can do."),
        *("I am, and I look forward to meeting Hugo on the 16th.", "I do, yes.", "I would, and thank you.", "It will."),
        *("I'm right for that, thanks.", "I'm free then, thank you.", "That time works very well.", "All good for me."),
        *("I'd be delighted to.", "Please go ahead and book me in.", "That would suit me very well.", "Happy to."),
    ],
)
def test_a_yes_in_few_words_agrees(words: str) -> None:
    assert own(words).has(Facet.TIMES_AGREED)


@pytest.mark.parametrize(
    "words",
    [
        *("I'm afraid I can't.", "Yes, but could we do it later?", "Let me ask my manager.", "I can't.", "I do not."),
        *("I am not sure yet.", "I'm free on Tuesday only, is that possible?", "I would rather come on Tuesday."),
        *("It is a bit early for me.", "I could do Tuesday instead.", "I am still at work then."),
    ],
)
def test_what_is_not_a_plain_yes_agrees_to_nothing(words: str) -> None:
    assert not own(words).has(Facet.TIMES_AGREED)


@pytest.mark.parametrize("words", ["Will do.", "Great, you're in my diary.", "Noted. Ask for me downstairs."])
def test_their_yes_in_few_words_agrees(words: str) -> None:
    said = told(words, In_Reply_To="<asked@home.example>")
    assert (said.in_context or said.statements)[0].has(Facet.TIMES_AGREED)


def test_come_by_names_an_hour_and_no_deadline() -> None:
    said = told("Hi Sam, come by on Monday at 3? Tessa").in_context[0]
    times = [*said.proposed, *said.interviews]
    assert [one.start.isoformat() for one in times] == ["2026-03-16T15:00:00+00:00"]


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("We'll start half an hour late today.", 30),
        ("My train is stuck, so I'm running 15 minutes late.", 15),
        ("The call before ours has pushed everything back by 20 minutes.", 20),
        ("Can we start half an hour late?", 0),
        ("Please be there 15 minutes early.", 0),
    ],
)
def test_by_how_much_a_talk_begins_late(words: str, minutes: int) -> None:
    assert told(f"Hi Sam,\n\n{words}\n\nTessa").in_context[0].late == minutes


def test_a_day_and_an_hour_of_the_persons_that_stand_apart_are_one_time() -> None:
    said = own("The 16th would be grand. Say 10 o'clock?")
    assert [one.start.isoformat() for one in said.proposed] == ["2026-03-16T10:00:00+00:00"]


def test_who_asks_to_sit_in_is_an_interviewer() -> None:
    said = told("Hi Sam,\n\nI train the new people here. Do you mind if I sit in on Monday?\n\nTessa").in_context[0]
    assert [(one.name, one.part) for one in said.people] == [("Tessa Quinn", Part.INTERVIEWER)]


def test_an_hour_that_they_ask_about_promises_no_news() -> None:
    said = told("Hi Sam,\n\nWhen can I ring you, Monday morning or Tuesday afternoon?\n\nTessa").in_context[0]
    assert said.decision_by is None


@pytest.mark.parametrize("words", ["We can't give you an answer yet.", "We can't give you a decision this week."])
def test_no_answer_yet_is_no_no(words: str) -> None:
    wait = told(f"Hi Sam,\n\n{words} It is nothing to do with you.\n\nTessa")
    kinds = {one.kind for one in wait.in_context}
    assert Kind.REJECTION not in kinds
    assert wait.in_context[0].has(Facet.STILL_DECIDING)


@pytest.mark.parametrize(
    ("words", "undated"),
    [
        ("We are still deciding, and that will take us well into the spring.", True),
        ("We are still seeing a few more people and will be in touch soon.", False),
    ],
)
def test_a_wait_without_a_day(words: str, undated: bool) -> None:
    said = told(f"Hi Sam,\n\nNice talking to you on Monday. {words}\n\nTessa").in_context[0]
    assert (said.has(Facet.STILL_DECIDING), said.decision_by) == (undated, None)


@pytest.mark.parametrize(
    ("words", "asks"),
    [
        ("Please give me until the end of next week.", False),
        ("Could you give us a few more days to decide?", False),
        ("Please let the committee have until Wednesday.", False),
        ("Can you hang on until Tuesday?", False),
        ("Would you bear with us a little longer?", False),
        ("Could you give us a few days that would suit you?", True),
        ("Please give me two or three times next week.", True),
        ("Pls share your available slots for next week.", True),
        ("Can you give us a couple of dates that work for you?", True),
    ],
)
def test_who_asks_for_patience_asks_for_no_answer(words: str, asks: bool) -> None:
    said = told(f"Hi Sam,\n\n{words}\n\nTessa").in_context
    assert said[0].has(Facet.ASKS) is asks
    assert said[0].has(Facet.DELAY) is not asks


@pytest.mark.parametrize(
    ("words", "asks"),
    [
        ("I am writing to follow up on our meeting of Monday and to set out why I would suit you.", False),
        ("Following up on our interview, I would like to explain in more detail what I would bring.", False),
        ("I am following up on our interview of Monday and wonder whether there is any news.", True),
    ],
)
def test_a_letter_that_says_why_one_fits_asks_for_no_news(words: str, asks: bool) -> None:
    own = told(f"Dear Tessa,\n\n{words}\n\nSam", sender=f"Sam Porter <{ME}>")
    said = own.in_context or own.statements
    assert any(one.kind is Kind.OWN_CHECK_IN or one.has(Facet.ASKS_NEWS) for one in said) is asks


@pytest.mark.parametrize(
    ("words", "by_others"),
    [
        ("It is a panel interview.", True),
        ("The selection committee will ask you about your lesson.", True),
        ("You will have an interview with the hiring manager.", True),
        ("You will be interviewed by Mr Sunday Okafor.", True),
        ("You will be interviewed by Lena Hale and me.", False),
        ("We look forward to meeting you.", False),
        ("I will show you the board room, too.", False),
    ],
)
def test_whether_others_than_the_writer_ask_the_questions(words: str, by_others: bool) -> None:
    fixed = fixed_with(words)
    assert fixed.main.has(Facet.BY_OTHERS) is by_others


@pytest.mark.parametrize(
    ("words", "with_copied"),
    [
        ("You will meet Lena Hale and Omar Dean (both in copy).", True),
        ("It is with Lena and Omar (cc'd).", True),
        ("I have copied Lena and Omar, who will be interviewing you.", True),
        ("It is with Lena Hale. I have copied Omar, who can help with travel.", False),
        ("It is with Lena Hale.", False),
    ],
)
def test_whether_those_in_copy_ask_the_questions(words: str, with_copied: bool) -> None:
    fixed = fixed_with(words)
    assert fixed.main.has(Facet.WITH_COPIED) is with_copied


@pytest.mark.parametrize(
    "words", ["You will hear from us by noon on Friday.", "We will let you know by 5 pm on Tuesday, 17 March."]
)
def test_the_hour_by_which_news_comes_is_no_talk(words: str) -> None:
    said = told(f"Hi Sam,\n\n{words}\n\nTessa").in_context
    assert said[0].kind is Kind.STATUS_UPDATE
    assert said[0].decision_by is not None


@pytest.mark.parametrize(
    ("words", "takes_part"),
    [
        ("Mr. Hale and I will meet you at the gate and talk with you in my office.", True),
        ("You will be interviewed by Lena Hale and me.", True),
        ("The last round is a short discussion with me by phone.", True),
        ("Come for a yarn with me and Lena Hale.", True),
        ("Lena Hale will interview you, and I will send you the address.", False),
    ],
)
def test_whether_the_writer_asks_the_questions_too(words: str, takes_part: bool) -> None:
    fixed = fixed_with(words)
    assert fixed.main.has(Facet.TAKES_PART) is takes_part


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("Could you make 10:00 or 14:30 on Thursday, 19 March?", [10, 14]),
        ("We have 10am, 11.30am or 2pm on Thursday, 19 March. Which would you like?", [10, 11, 14]),
        ("The doors open at 9:00. Could you make Thursday, 19 March at 10:00?", [10]),
    ],
)
def test_hours_before_their_day_are_of_that_day(words: str, hours: list[int]) -> None:
    asked = told(f"Hi Sam,\n\nWe would like to invite you to an interview. {words}\n\nTessa")
    assert [(one.start.day, one.start.hour) for one in asked.main.proposed] == [(19, hour) for hour in hours]


def test_a_name_behind_a_sentence_is_a_name_alone() -> None:
    fixed = told("Hi Sam,\n\nThursday 19 March at 10, all set. Lena Hale (lena.hale@northwind.example) runs it.\n\nT")
    people = {one.name: one.email for said in fixed.in_context for one in said.people}
    assert people["Lena Hale"] == "lena.hale@northwind.example"


def test_what_no_cue_hears_is_read_by_what_was_learned() -> None:
    (said,) = told("Hi Sam,\n\nPerfect. Here is the link for Monday at 3: https://meet.example/x\n\nTessa").in_context
    assert said.kind is Kind.INTERVIEW_CONFIRMED


@pytest.mark.parametrize(
    "words",
    [
        "Can I call you tomorrow at 11am to go through it?",
        "Could you drop by Tuesday at 9:30, before we open?",
    ],
)
def test_the_hour_that_a_question_for_a_talk_names_is_offered(words: str) -> None:
    said = told(f"Hi Sam,\n\nThanks, your CV looks good. {words}\n\nTessa").in_context[0]
    assert (said.kind, len(said.proposed), said.has(Facet.ASKS)) == (Kind.INTERVIEW_REQUEST, 1, True)


def test_a_receipt_that_says_when_somebody_rings_fixes_the_talk() -> None:
    words = "Thanks for applying for the Stock Planner position. I'll give you a ring tomorrow at 14:00."
    said = told(f"Hi Sam,\n\n{words}\n\nTessa").main
    assert (said.kind, [one.start.hour for one in said.interviews]) == (Kind.INTERVIEW_CONFIRMED, [14])


@pytest.mark.parametrize("words", ["Hugo (copied here) and I will expect you.", "Hugo, who chairs it, would join me."])
def test_who_will_be_there_too_takes_part(words: str) -> None:
    assert fixed_with(words).main.has(Facet.TAKES_PART)


@pytest.mark.parametrize(("words", "asks"), [("How are you fixed on Friday at 9.30?", True), ("How are you?", False)])
def test_how_somebody_is_fixed_wants_an_answer(words: str, asks: bool) -> None:
    assert told(f"Hi Sam,\n\n{words}\n\nTessa").in_context[0].has(Facet.ASKS) is asks


@pytest.mark.parametrize(
    "words",
    [
        "Mr. Hale and I would now like to meet you.",
        "My sister Lena, who owns the other half, and I want to see you here.",
        "Lena and I would both love to talk to you in person.",
        "You will be received by Eng. Lena Hale and the undersigned for the talk.",
        "Come out to the farm for a yarn with me and Lena.",
    ],
)
def test_who_wants_to_see_one_takes_part(words: str) -> None:
    assert fixed_with(words).main.has(Facet.TAKES_PART)


@pytest.mark.parametrize(
    ("words", "held"),
    [
        ("I enjoyed our call.", True),
        ("It was easy to talk to you on Tuesday.", True),
        ("That was fun on Tuesday.", True),
        ("The children loved your lesson.", True),
        ("We all liked having you here.", True),
        ("Thank you for coming in yesterday.", True),
        ("We acknowledge your presence at the interview of Friday last.", True),
        ("I liked your letter.", False),
        ("It was nice to hear from you.", False),
        ("Thank you for coming back to me.", False),
        ("Thank you for your visit to our page.", False),
        ("It would be lovely to meet you on Tuesday.", False),
        ("We liked your lesson plan.", False),
    ],
)
def test_whether_a_talk_is_told_of_that_was_held(words: str, held: bool) -> None:
    said = told(f"Hi Sam,\n\n{words} We will write to you by Friday, 20 March.\n\nTessa").in_context
    assert any(one.has(Facet.INTERVIEW_HELD) for one in said) is held


@pytest.mark.parametrize(
    ("words", "moves"),
    [
        ("It was easy to talk to you on Tuesday.", False),
        ("Dr. Hale and I would now like to meet you on Monday at 10.", False),
        ("That was fun on Tuesday.", False),
        ("The talk is now on Monday at 10.", True),
        ("Your interview will now take place on Monday at 10.", True),
        ("It was to be Tuesday at 10, but let us do Monday at 11.", True),
        ("The interview was on Tuesday at 9, we make it Monday at 10.", True),
    ],
)
def test_whether_another_time_takes_the_place_of_one_that_was(words: str, moves: bool) -> None:
    said = told(f"Hi Sam,\n\n{words}\n\nTessa").in_context
    assert any(one.kind is Kind.INTERVIEW_RESCHEDULED for one in said) is moves


@pytest.mark.parametrize("tag", ["Agreed?", "OK?", "Is that all right with you?", "All right?", "Does that suit you?"])
def test_a_question_in_a_word_behind_a_time_asks_for_an_answer(tag: str) -> None:
    said = told(f"Hi Sam,\n\nI would like to ring you on Thursday, 19 March at 10 in the morning. {tag}\n\nTessa")
    assert said.in_context[0].has(Facet.ASKS)
    assert not said.in_context[0].has(Facet.TIMES_AGREED)
    assert [one.start.day for one in (*said.in_context[0].interviews, *said.in_context[0].proposed)] == [19]


@pytest.mark.parametrize(
    ("words", "handed_in"),
    [
        ("I have finished the course that you asked about.", False),
        ("I have completed my degree.", False),
        ("I have finished the test.", True),
        ("I have completed your take-home exercise.", True),
        ("I have uploaded my solution.", True),
        ("I have finished it, here it is.", True),
    ],
)
def test_what_was_finished_is_handed_in_where_it_is_a_test(words: str, handed_in: bool) -> None:
    said = told(f"Hi Tessa,\n\n{words}\n\nSam", sender=f"Sam Porter <{ME}>", In_Reply_To="<a@northwind.example>")
    assert any(one.has(Facet.HANDED_IN) for one in said.in_context) is handed_in


def test_a_bid_that_was_not_taken_is_no_application() -> None:
    mail = told(
        "We are sorry: your offer for lot 12 (a chair) was not accepted. Thank you for your interest in our lots.",
        sender="Harbour Auctions <lots@harbour.example>",
        Auto_Submitted="auto-generated",
    )
    assert mail.kind is Kind.UNRELATED


@pytest.mark.parametrize(
    ("words", "off", "offered"),
    [
        ("Naturally. Would Tuesday, 17 March at 9:00 be possible?", [], [17]),
        ("Naturally, let us find another time. How about Tuesday, 17 March at 9:00?", [], [17]),
        ("I can't make our talk on Monday, 16 March at 2 pm. Would Tuesday, 17 March at 9:00 suit you?", [16], []),
        ("Could we find another time than Tuesday, 17 March at 9:00?", [17], []),
        ("Would it be possible to move the talk of Monday, 16 March at 2 pm to another day?", [16], []),
    ],
)
def test_the_time_of_which_it_is_asked_whether_it_suits_is_not_the_one_that_is_off(
    words: str, off: list[int], offered: list[int]
) -> None:
    said = told(f"Hi Sam,\n\n{words}\n\nTessa", In_Reply_To="<a@home.example>").in_context[0]
    assert [one.start.day for one in said.interviews if one.status is InterviewStatus.CANCELLED] == off
    assert [one.start.day for one in said.proposed] == offered


def test_a_dash_behind_an_hour_ends_it() -> None:
    said = told("Hi Sam,\n\nThe manager would like to meet you. Monday, 16 March at 3 - OK for you?\n\nTessa")
    assert [(one.start.day, one.start.hour) for one in said.in_context[0].proposed] == [(16, 15)]


def test_the_year_in_which_things_are_decided_is_no_day_for_news() -> None:
    words = "They vote on every new position this year. You will have a yes or a no from me on Thursday, 19 March."
    said = told(f"Hi Sam,\n\n{words}\n\nTessa").in_context[0]
    assert said.decision_by is not None
    assert said.decision_by.latest.isoformat() == "2026-03-19"


LEAVE = [
    *("Shall I send them your resume too?", "Are you happy for me to submit your CV?", "OK if I share your profile?"),
    *("May I put you forward?", "Do you want me to put your name in?", "Can I have your permission to represent you?"),
]
NO_LEAVE = [
    *("Can you send me your CV?", "Which one may I put you down for?", "May I introduce you to Hugo on Monday at 10?"),
    *("Happy to share that you have cleared the first round.", "Could we discuss your application on Monday?"),
    *("Could you put your name on the list at the gate?", "Could you share your portfolio before we talk?"),
]


@pytest.mark.parametrize(("words", "asks"), [*((one, True) for one in LEAVE), *((one, False) for one in NO_LEAVE)])
def test_whether_it_asks_for_leave_to_put_the_person_forward(words: str, asks: bool) -> None:
    pitch = "Your Buyer application is with the client. Otway Timber are after a Production Scheduler, too."
    said = told(f"Hi Sam,\n\n{pitch} {words}\n\nTessa").in_context
    assert any(one.has(Facet.OFFERS_TO_SUBMIT) for one in said) is asks


BACK = ["They liked what they saw and want you back.", "You're in the last two.", "Hugo would like to meet you again."]
NOT_BACK = ["Please call me back.", "They want you back in the office by 9 to sign in.", "You are one of many."]


@pytest.mark.parametrize(("words", "on"), [*((one, True) for one in BACK), *((one, False) for one in NOT_BACK)])
def test_whom_they_want_back_goes_on(words: str, on: bool) -> None:
    said = told(f"Hi Sam,\n\n{words} Friday 20 March, 8am.\n\nTessa", In_Reply_To="<x@home.example>").in_context
    assert any(one.has(Facet.ADVANCES) for one in said) is on


@pytest.mark.parametrize(
    "words",
    [
        "The Data Center Technician post is a graveyard shift, 10 PM to 7 AM. Is that okay with you?",
        "The role is on site three days a week, Monday to Wednesday, 8 to 4. Does that work for you?",
    ],
)
def test_whether_the_conditions_of_the_job_suit_is_no_invitation(words: str) -> None:
    said = told(f"Hi Sam,\n\nThanks for your application. {words}\n\nTessa", In_Reply_To="<x@home.example>")
    every = (*said.statements, *said.in_context)
    assert not any(one.kind is Kind.INTERVIEW_REQUEST for one in every)


def test_a_test_that_is_sent_is_not_handed_in() -> None:
    words = "Here is the exercise we give everybody: a two-page plan for the brief attached."
    sent = told(f"Hi Sam,\n\n{words} Please send it back to me by Friday.\n\nTessa")
    assert not sent.main.has(Facet.HANDED_IN)
    assert own("Here is my exercise, two pages and not a line more.").has(Facet.HANDED_IN)


@pytest.mark.parametrize("words", ["Are you open on Thursday, 19 March, from 10:00 to 10:45?", "Thursday, 10 am?"])
def test_the_hour_that_a_pitch_asks_about_is_offered(words: str) -> None:
    saw = "I recruit for Northwind. Hugo, our VP (cc'd), saw your application for Buyer and wants to talk."
    assert [one.start.hour for one in told(f"Hi Sam,\n\n{saw} {words}\n\nTessa").main.proposed] == [10]


@pytest.mark.parametrize(
    ("ending", "writer"),
    [
        ("Northwind Freight\nHuman Resources", Writer.SHARED),
        ("Northwind", Writer.SHARED),
        ("Tessa Moran\nNorthwind Freight", Writer.PERSON),
        ("Tessa", Writer.PERSON),
    ],
)
def test_a_shared_mailbox_that_the_firm_signs_is_nobodys(ending: str, writer: Writer) -> None:
    words = "The interview for Buyer will be held on Thursday, 19 March, 15:00. Please confirm your attendance."
    said = told(f"Dear applicant,\n\n{words}\n\n{ending}", sender="Northwind Freight HR <hr@northwind.example>")
    assert said.writer is writer


def test_the_last_of_several_people_in_a_list_signs_nothing() -> None:
    listed = "Thursday 19 March, 1 pm to 2 pm\nRenata Lindt, Director of Planning\nDwayne Abernathy, Senior Analyst"
    said = told(
        f"Hi Sam,\n\nYour interview with Northwind for Planner is confirmed.\n\n{listed}",
        sender="Northwind <no-reply@greenhouse.io>",
    )
    assert [one.name for one in said.main.people][:1] == ["Renata Lindt"]


@pytest.mark.parametrize(
    "words",
    [
        "Oh no, poor you. Would Tuesday 17 March at 9:00 be possible?",
        "Naturally, let us rearrange. Would Tuesday 17 March at 9:00 be any good?",
    ],
)
def test_the_other_time_that_a_mail_about_a_move_asks_about_is_not_off(words: str) -> None:
    said = told(f"Hi Sam,\n\n{words}\n\nTessa", In_Reply_To="<moving@home.example>")
    main = (said.in_context or said.statements)[0]
    assert (main.interviews, [one.start.day for one in main.proposed]) == ((), [17])


@pytest.mark.parametrize("words", ["You're in: Monday, Mar 16, 3:00 - 3:45 pm.", "I've put you down for Monday at 3."])
def test_for_what_they_put_the_person_down_is_fixed(words: str) -> None:
    said = told(f"Hi Sam,\n\nHa! {words}\n\nTessa", In_Reply_To="<chosen@home.example>")
    assert [one.start.hour for one in (said.in_context or said.statements)[0].interviews] == [15]


@pytest.mark.parametrize(
    ("words", "takes_part"),
    [
        ("We'd love to have you out for a yarn with me and Hugo Lindt, our winemaker.", True),
        ("\n\nPlease share any questions with me and Hugo beforehand.", False),
    ],
)
def test_with_me_and_another_is_with_the_writer(words: str, takes_part: bool) -> None:
    assert fixed_with(words).main.has(Facet.TAKES_PART) is takes_part


def test_who_is_said_to_interview_is_not_the_writer() -> None:
    assert fixed_with("You will be interviewed by Mr Okafor, our Chief Operating Officer.").main.has(Facet.BY_OTHERS)


@pytest.mark.parametrize(
    "words",
    [
        "Their Head of Procurement, Hugo Lindt, has Wednesday 18 March at 2pm or Thursday 19 March at 10am.",
        "They would like a short presentation on Thursday 19 March at 10am, in front of Hugo Lindt and the board.",
    ],
)
def test_who_has_time_for_the_person_asks_the_questions(words: str) -> None:
    (asked, *_) = told(f"Hi Sam,\n\nNorthwind would like to see you for Buyer. {words} Is it fine?\n\nTessa").in_context
    assert {one.name: one.part for one in asked.people}["Hugo Lindt"] is Part.INTERVIEWER
