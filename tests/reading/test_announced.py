"""What an invitation says beyond time and place: topics, and the team of the job."""

from __future__ import annotations

import pytest

from mailbot.mail.mime import parse
from mailbot.reading.reader import read
from mailbot.reading.statements import Statement
from tests.reading.entity_mails import READER, raw_mail

INVITED = (
    "Hi Alex,\n\n{}\n\n"
    "We would like to invite you to an interview at Tallow Foods. Which times would suit you?\n\nBest,\nRosa\n"
)


def reading(said: str, role: str = "Stock Planner") -> Statement:
    raw = raw_mail(INVITED.format(said), sender="rosa@tallow.test", name="Rosa Quill", subject=f"Interview: {role}")
    return read(parse(raw, own=READER.addresses), READER).main


@pytest.mark.parametrize(
    ("said", "topics"),
    [
        ("The interview will focus on your experience with demand forecasting.", ("demand forecasting",)),
        ("In our call we'll talk about the move to the Leeds depot and our new rota.",
         ("the move to the Leeds depot", "your new rota")),
        ("We'd love to hear more about how we could plan returns better.", ("how you could plan returns better",)),
        ("It will cover stock counts, night rotas, and the way we buy.",
         ("stock counts", "night rotas", "the way you buy")),
        ("Petra would like to talk with you about shelf life on Tuesday at 3pm.", ("shelf life",)),
        ("Topics: waste; a tour", ("waste",)),
    ],
)  # fmt: skip
def test_a_topic_is_said_from_the_readers_side(said: str, topics: tuple[str, ...]) -> None:
    assert reading(said).topics == topics


@pytest.mark.parametrize(
    "said",
    [
        "We would like to discuss your application and your salary expectations.",
        "We look forward to talking to you soon.",
        "I'd love to tell you more about the role and the company.",
        "We will discuss next steps with you.",
        "We'd like to talk to you about the Stock Planner role.",
    ],
)
def test_what_any_interview_is_about_is_no_topic(said: str) -> None:
    assert reading(said).topics == ()


@pytest.mark.parametrize(
    ("said", "team"),
    [
        ("Thank you for applying to join our Supply Planning team.", "Supply Planning"),
        ("Petra Vance, who leads the night stock team, will talk with you.", "night stock"),
        ("We need somebody in our Customer Success team.", "Customer Success"),
        ("You applied to join our growing team.", None),
        ("Petra works with the hiring team.", None),
        ("You would join the Tallow team.", None),
        ("Petra leads the buying team, and Joe runs the returns team.", None),
    ],
)
def test_the_team_of_the_job_is_read_where_one_is_named(said: str, team: str | None) -> None:
    assert reading(said).team == team


def test_topics_and_team_keep_the_words_they_were_read_from() -> None:
    said = "You would be in our Supply Planning team, and the interview will focus on waste."
    quotes = {one.field: one.quote for one in reading(said).evidence}
    assert (quotes["team"], quotes["topics"]) == (said, said)


def test_no_topic_is_read_from_a_mail_that_is_no_invitation() -> None:
    raw = raw_mail("Hi Alex,\n\nUnfortunately we will not go on with you. In our call we will talk about shelf life.\n")
    assert read(parse(raw, own=READER.addresses), READER).main.topics == ()
