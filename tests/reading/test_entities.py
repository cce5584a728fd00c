"""Employer, agency, role and people of whole mails; evidence that stands in the mail; time that grows with the text."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.mail.mime import parse
from mailbot.reading.reader import read
from mailbot.reading.statements import Part
from tests.reading.entity_mails import ME, READER, TO, plain, raw_mail, read_mail, read_raw, rows

MAILS = [*rows("mails"), *rows("more_mails"), *rows("third_mails"), *rows("fourth_mails"), *rows("fifth_mails")]
MAILS += [*rows("sixth_mails"), *rows("seventh_mails")]


def _read(row: dict[str, Any]) -> Any:
    return read_mail(
        row["text"],
        sender=row["from"],
        name=row["name"],
        subject=row["subject"],
        to=row.get("to", TO),
        cc=row.get("cc", ""),
    )


@pytest.mark.parametrize("row", MAILS, ids=[row["subject"] for row in MAILS])
def test_whole_mails_tell_employer_agency_and_role(row: dict[str, Any]) -> None:
    """Each row of the tables of mails gives its employer, agency and role."""
    found = _read(row)
    wanted = tuple(plain(row.get(field)) for field in ("company", "agency", "role"))
    assert (plain(found.company), plain(found.agency), plain(found.role)) == wanted


@pytest.mark.parametrize("row", MAILS, ids=[row["subject"] for row in MAILS])
def test_whole_mails_tell_people_with_addresses_and_parts(row: dict[str, Any]) -> None:
    """Each row gives its people, nobody else, each with the address that the mail has and the part."""
    found = {(plain(one.name), one.email or "", one.part.value) for one in _read(row).people}
    assert found == {(plain(name), email, part) for name, email, part in row.get("people", [])}


@pytest.mark.parametrize(("name", "sender", "subject", "company", "role"), rows("subjects"))
def test_subjects_tell_employer_and_role(name: str, sender: str, subject: str, company: str, role: str) -> None:
    """A subject, with the sender, is enough for employer and role."""
    found = read_mail(
        "Dear Alex,\n\nPlease see the details in your account.\n", sender=sender, name=name, subject=subject
    )
    assert (plain(found.company), plain(found.role)) == (plain(company), plain(role))


@pytest.mark.parametrize("row", MAILS[::3], ids=[row["subject"] for row in MAILS[::3]])
def test_evidence_stands_in_the_mail(row: dict[str, Any]) -> None:
    """Every quote stands in the text, the subject or a header exactly as it is kept, and is short."""
    raw = raw_mail(row["text"], sender=row["from"], name=row["name"], subject=row["subject"])
    message = parse(raw, own=READER.addresses)
    for one in read_raw(raw).evidence:
        names = [message.sender.name if message.sender else "", *(address.name for address in message.to)]
        assert any(one.quote in text for text in (message.text, message.subject, *names))
        assert len(one.quote) <= 300


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=400), st.text(max_size=80).map(lambda text: " ".join(text.split())))
def test_any_text_is_read_and_never_names_the_reader(text: str, subject: str) -> None:
    """Whatever a mail holds, it is read, and the reader is never among its people."""
    found = read_mail(f"{text}\n\nRegards,\nAlex Rivera", subject=subject.encode("ascii", "ignore").decode())
    assert all(one.email != ME and one.name != "Alex Rivera" for one in found.people)
    assert 0 <= found.confidence <= 1


@pytest.mark.parametrize(
    "unit",
    [
        "at {n}. ",
        "Interview with Dana {n}. ",
        "for the {n} Manager position at {n}. ",
        "Dana {n} <d@{n}.com> ",
        "Who: {n}\n",
        "Dana {n}\n",
        "(",
        "{n} ",
    ],
)
def test_time_grows_with_the_text_alone(unit: str) -> None:
    """A mail of 60,000 characters made to be slow is read in seconds at the most."""
    word = "".join(chr(97 + number % 26) for number in range(5))
    text = "".join(unit.replace("{n}", f"{word.capitalize()}{number:x}") for number in range(60_000 // (len(unit) + 6)))
    began = time.process_time()
    read_mail(text, name="Acme", subject="Interview at Acme")
    assert time.process_time() - began < 5


def test_a_number_is_kept_apart_from_the_title() -> None:
    found = read_mail(
        "Thank you for applying for the Data Analyst (R-20417) position at Oakline.", sender="jobs@oakline.com"
    )
    assert (found.role, found.requisition) == ("Data Analyst", "R-20417")


def test_a_mail_without_names_has_none() -> None:
    found = read_mail(
        "Hello,\n\nyour parcel arrives tomorrow between 9 and 11.\n", sender="info@gmail.com", subject="Parcel"
    )
    assert (found.company, found.agency, found.role, found.people) == (None, None, None, ())


def test_calendar_attendees_interview_and_rooms_are_nobody() -> None:
    """Attendees of an invitation are interviewers; a room and the reader are not listed."""
    event = (
        "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1@x\r\nDTSTAMP:20260302T100000Z\r\n"
        "DTSTART:20260310T150000Z\r\nDTEND:20260310T160000Z\r\nSUMMARY:Interview - Data Analyst - Oakline\r\n"
        "ORGANIZER;CN=Ana Prieto:mailto:ana.prieto@oakline.com\r\n"
        "ATTENDEE;CN=Karl Jensen;PARTSTAT=ACCEPTED:mailto:karl.jensen@oakline.com\r\n"
        "ATTENDEE;CUTYPE=ROOM;CN=Room Elm:mailto:elm@resource.calendar.google.com\r\n"
        f"ATTENDEE;CN=Alex Rivera:mailto:{ME}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    found = read_raw(raw_mail("See you then.", sender="ana.prieto@oakline.com", name="Ana Prieto", calendar=event))
    assert {(one.name, one.part) for one in found.people} == {
        ("Ana Prieto", Part.CONTACT),
        ("Karl Jensen", Part.INTERVIEWER),
    }
    assert (found.company, found.role) == ("Oakline", "Data Analyst")


@pytest.mark.parametrize(
    ("subject", "sender", "company"),
    [
        ("Band Director, Ashby Vale Middle School", "tess@ashbyvaleschools.org", "Ashby Vale Middle School"),
        ("Ward Clerk - Ebbfield General Hospital", "tess@ebbfieldgeneral.org", "Ebbfield General Hospital"),
        ("Data Steward, Elbe Institute for Soil Data", "tess@elbeinstitut.de", "Elbe Institute for Soil Data"),
    ],
)
def test_the_full_name_of_an_institution_holds_over_what_the_address_spells(
    subject: str, sender: str, company: str
) -> None:
    text = "Could you come in on Tuesday to talk?\n\nTess"
    found = read_mail(text, sender=sender, name="Tess Marlow", subject=subject)
    assert found.company == company


def test_a_name_made_of_an_address_gives_way_to_one_that_stands_in_the_mail() -> None:
    """Somebody who writes for another firm names it in the subject alone."""
    text = "You're meeting Hedda Brandt, their CFO, on Tuesday.\n\nDominic"
    subject = "Pell Foods - Finance Manager"
    found = read_mail(text, sender="dominic@harrowcole.com", name="Dominic Cole", subject=subject)
    assert (found.company, found.role) == ("Pell Foods", "Finance Manager")


def test_a_sender_whose_address_is_made_of_the_name_is_a_person() -> None:
    """A rare name is no firm's where the local part is made of it."""
    found = read_mail("We would like to offer you the post.", sender="tavi.brannoch@oakline.com", name="Tavi Brannoch")
    assert found.company == "Oakline"
    assert [one.name for one in found.people] == ["Tavi Brannoch"]


@pytest.mark.parametrize(
    ("sender", "subject", "text"),
    [
        ("hello@northwaydental.com", "Appointment confirmed", "Your cleaning with Dr. Pell is on Tuesday at 3pm."),
        ("petra.holm@example.org", "Dinner Friday?", "Are you free Friday? Mum and Jens are coming too.\n\nPetra"),
        ("o.beck@musikschule-elm.de", "Gitarre", "Der Unterricht am Donnerstag fällt aus, weil Herr Kramer krank ist."),
        (
            "bewerbung@kesselbau-nord.de",
            "Ihre Bewerbung als Industriemechaniker",
            "Vielen Dank für Ihre Bewerbung als Industriemechaniker. Wir melden uns in Kürze bei Ihnen.\n\nAnke Diers",
        ),
    ],
)
def test_what_is_no_english_hiring_mail_names_nobody(sender: str, subject: str, text: str) -> None:
    main = read(parse(raw_mail(text, sender=sender, subject=subject), own=READER.addresses), READER).main
    assert (main.company, main.agency, main.role, main.people) == (None, None, None, ())


def test_who_hands_on_the_mail_of_another_house_recruits_for_it() -> None:
    """Also where that house is named by its address alone."""
    for below in ("\nBrinkhorst Civil\n", "\n"):
        text = (
            "Alex, good news, see below. Which one suits?\n\nIsa Molenaar\nMolenhart\n\n"
            "---------- Forwarded message ---------\nFrom: Aldo Ferri <aldo@brinkhorst-civil.example>\n"
            f"To: Isa Molenaar\nSubject: Alex R\n\nYes to this one. Tuesday or Friday at 3.\nAldo{below}"
        )
        found = read_mail(text, sender="isa@molenhart.example", name="Isa Molenaar", subject="Fwd: Alex R")
        assert (found.company, found.agency) == ("Brinkhorst Civil", "Molenhart")


def test_who_hands_on_a_colleagues_mail_is_no_agency() -> None:
    text = (
        "Alex, see below for the panel on Tuesday.\n\nIsa Molenaar\nBrinkhorst Civil\n\n"
        "---------- Forwarded message ---------\nFrom: Aldo Ferri <aldo@mail.brinkhorstcivil.example>\n"
        "To: Isa Molenaar\nSubject: Panel\n\nInterview at 3 for the surveyor job, room 2.\nAldo\n"
    )
    found = read_mail(text, sender="isa@brinkhorstcivil.example", name="Isa Molenaar", subject="Fwd: Panel")
    assert (found.company, found.agency) == ("Brinkhorst Civil", None)


def test_a_firm_says_its_trade_behind_its_name() -> None:
    text = "Hi Alex,\n\nYou will hear on Friday.\n\nIsa Molenaar\nAssociate, {}\n"
    for line, agency in (
        ("Molenhart - recruitment for the built environment", "Molenhart"),
        ("Molenhart (technical recruitment)", "Molenhart"),
        ("Molenhart - Recruitment", None),
    ):
        mail = text.format(line)
        found = read_mail(mail, sender="isa@molenhart.example", name="Isa Molenaar", subject="Surveyor job")
        assert found.agency == agency


def test_a_recruiting_firm_stands_behind_its_persons_name() -> None:
    text = "Hi Alex,\n\nBrinkhorst Civil would like to meet you about the Surveyor job on Monday.\n\nIsa\n"
    sender = "isa@brookmolen.example"
    found = read_mail(text, sender=sender, name="Isa Molenaar (Brook Molen Recruitment)", subject="Surveyor")
    assert (found.company, found.agency) == ("Brinkhorst Civil", "Brook Molen Recruitment")
