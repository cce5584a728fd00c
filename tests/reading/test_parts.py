"""What a person is in the hiring, by what a mail says of them or they say themselves."""

from __future__ import annotations

import pytest

from mailbot.mail.mime import parse
from mailbot.reading.reader import read
from tests.reading.entity_mails import ME, READER, read_mail, rows

SIGNED = "\n\nBest regards,\nIsa Molenaar\nTalent Partner\nKiln & Co\n"
WRITER = {"sender": "noor.faber@kiln.example", "name": "Noor Faber", "subject": "Glazier"}


@pytest.mark.parametrize(("sentence", "name", "part"), rows("parts_told"))
def test_words_around_a_name_tell_the_part(sentence: str, name: str, part: str) -> None:
    text = f"Hi Alex,\n\nThanks for your patience with the Glazier post. {sentence}{SIGNED}"
    people = read_mail(text, sender="isa.molenaar@kiln.example", name="Isa Molenaar", subject="Glazier at Kiln").people
    assert {(one.name, one.part.value) for one in people} >= {(name, part), ("Isa Molenaar", "recruiter")}


@pytest.mark.parametrize(("words", "below", "part"), rows("parts_of_writers"))
def test_writers_words_and_position_tell_their_part(words: str, below: str, part: str) -> None:
    text = f"Hi Alex,\n\nabout the Glazier post: {words}\n\nBest regards,\nNoor Faber\n{below}\n"
    people = read_mail(text, **WRITER).people
    assert ("Noor Faber", part) in {(one.name, one.part.value) for one in people}


def test_who_bears_the_name_of_the_firm_hires() -> None:
    text = "Hi Alex,\n\nStill two people to meet, you'll have a yes or no by Friday.\n\nCheers\nNoor\nFaber Windows\n"
    people = read_mail(text, sender="noor@faberwindows.example", name="Noor Faber", subject="Glazier").people
    assert [(one.name, one.part.value) for one in people] == [("Noor Faber", "hiring_manager")]


@pytest.mark.parametrize(("words", "employer"), rows("clients"))
def test_who_seeks_people_for_another_firm_is_an_agency_and_recruits(words: str, employer: str) -> None:
    text = f"Hi Alex,\n\n{words}\n\nBest,\nIsa Molenaar\nSenior Consultant\nMolenhart Partners\n"
    found = read_mail(text, sender="isa@molenhartpartners.example", name="Isa Molenaar", subject="Project Manager")
    assert (found.company or "", found.agency) == (employer, "Molenhart Partners")
    assert [(one.name, one.part.value) for one in found.people] == [("Isa Molenaar", "recruiter")]


@pytest.mark.parametrize(("words", "employer"), rows("clients_people"))
def test_who_tells_of_people_of_another_firm_is_an_agency_and_recruits(words: str, employer: str) -> None:
    text = f"Hi Alex,\n\n{words}\n\nBest,\nIsa Molenaar\nSenior Consultant\nMolenhart Partners\n"
    found = read_mail(text, sender="isa@molenhartpartners.example", name="Isa Molenaar", subject="Project Manager")
    assert (found.company, found.agency) == (employer, "Molenhart Partners")
    assert ("Isa Molenaar", "recruiter") in [(one.name, one.part.value) for one in found.people]


def test_who_got_the_job_or_vouches_for_the_reader_is_none_of_theirs() -> None:
    text = "Sam here of Ostrow Mill.\n\nThe miller job went to Bridget, who has been with us for years.\n\nNoor\n"
    found = read_mail(text, sender="noor@ostrowmill.example", name="Noor Faber", subject="Miller")
    assert "Bridget" not in [one.name for one in found.people]


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("I've thought about it and I'd say you're the one. Don't tell the others yet!", "hiring_manager"),
        ("The manager liked you, but I've not heard more. I'll tell you once she's back!", "recruiter"),
        ("We have received many applications. You will be informed in due course.", "contact"),
    ],
)
def test_a_writer_without_a_position_is_known_by_how_they_speak(words: str, part: str) -> None:
    text = f"Hi Alex,\n\n{words}\n\nNoor\nOstrow Mill\n"
    found = read_mail(text, sender="noor@ostrowmill.example", name="Noor Faber", subject="Miller")
    assert [(one.name, one.part.value) for one in found.people] == [("Noor Faber", part)]


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("I enjoyed this morning more than I had thought I would.", "interviewer"),
        ("Appreciate you sitting down with me today.", "interviewer"),
        ("Thank you for arranging it all so quickly.", "contact"),
    ],
)
def test_whom_one_thanks_for_a_talk_held_it(words: str, part: str) -> None:
    text = f"Dear Noor,\n\n{words}\n\nBest regards,\nAlex Rivera\n"
    found = read_mail(text, sender=ME, name="Alex Rivera", subject="Glazier", to="Noor Faber <noor@kiln.example>")
    assert [(one.name, one.part.value) for one in found.people] == [("Noor Faber", part)]


def test_the_client_whose_mail_an_agency_hands_on_recruits_nobody() -> None:
    text = (
        "Hi Alex,\n\nOur client Ostrow Mill would like to see you, see below.\n\nBest,\nIsa Molenaar\n"
        "Molenhart Staffing\n\nFrom: Noor Faber <noor@ostrowmill.com>\nSent: Monday, 9 March 2026 10:00\n"
        "To: Isa Molenaar\nSubject: Miller\n\nIsa, Tuesday at ten.\n"
    )
    found = read_mail(text, sender="isa@molenhartstaffing.com", name="Isa Molenaar", subject="Miller")
    assert {one.name: one.part.value for one in found.people}["Isa Molenaar"] == "recruiter"
    assert {one.name: one.part.value for one in found.people}["Noor Faber"] != "recruiter"


@pytest.mark.parametrize("between", [" | Regulatory Affairs | ", "\t", " (Quality) - "])
def test_a_table_of_people_with_addresses_says_who_is_met(between: str) -> None:
    table = "\n".join(f"{name}{between}{address}" for name, address in (
        ("Renske Dijkman", "renske@kiln.example"), ("Maaike Visser", "maaike@kiln.example"),
    ))  # fmt: skip
    text = f"Hi Alex,\n\nYour interview is on Wednesday, 18 March, 13:30-15:00.\n\n{table}{SIGNED}"
    people = read_mail(text, sender="isa.molenaar@kiln.example", name="Isa Molenaar", subject="Glazier at Kiln").people
    met = {(one.name, one.email) for one in people if one.part.value == "interviewer"}
    assert met == {("Renske Dijkman", "renske@kiln.example"), ("Maaike Visser", "maaike@kiln.example")}


def test_one_person_to_ask_is_no_table() -> None:
    text = f"Hi Alex,\n\nQuestions? Ask\nRenske Dijkman | renske@kiln.example\n\nGood luck on Wednesday.{SIGNED}"
    people = read_mail(text, sender="isa.molenaar@kiln.example", name="Isa Molenaar", subject="Glazier at Kiln").people
    assert ("Renske Dijkman", "interviewer") not in {(one.name, one.part.value) for one in people}


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("It is all set: Tuesday, 3 March at 10:00, and Ilse has the room ready.", "interviewer"),
        ("Your interview is moved to Tuesday, 3 March at 10:00, for Ilse is at the mill on Monday.", "interviewer"),
        ("Your interview is on Tuesday, 3 March at 10:00. Ilse will fetch you from the gate.", "contact"),
        ("Your interview is on Tuesday, 3 March at 10:00. Please ring Ilse on 020 7946 0100 to say yes.", "contact"),
        ("Your interview with Ruth Amsel is on Tuesday, 3 March at 10:00. Ilse has the room ready.", "contact"),
        ("We have decided to go no further with the Miller job. Ilse has your papers ready.", "contact"),
    ],
)
def test_who_is_merely_named_where_a_talk_is_fixed_holds_it(words: str, part: str) -> None:
    """Unless somebody else does, or they are the one to reach."""
    raw = (
        f"From: Noor Faber <noor@ostrowmill.example>\nTo: {ME}\nSubject: Miller\nMIME-Version: 1.0\n"
        "Date: Mon, 23 Feb 2026 10:00:00 +0000\nContent-Type: text/plain; charset=utf-8\n\n"
        f"Hi Alex,\n\n{words}\n\nBest regards,\nNoor Faber\nHR, Ostrow Mill\n"
    )
    found = read(parse(raw.encode(), own=READER.addresses), READER).main.people
    assert {one.name: one.part.value for one in found}["Ilse"] == part
