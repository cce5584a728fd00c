"""The humans of the hiring side, known from all messages together."""

from __future__ import annotations

from mailbot.tracking import track
from mailbot.tracking.application import Contact
from tests.tracking.build import Box, Kind, Part, Writer, person

TESSA = "Tessa Moran <tessa@northwind.test>"
HUGO = "Hugo Lindt <hugo@northwind.test>"
WHOLE = {"company": "Northwind", "role": "Buyer"}


def contacts(box: Box) -> dict[str, Contact]:
    (application,) = track(box.readings).applications
    return {one.name: one for one in application.contacts}


def test_a_first_name_joins_the_full_name_and_the_address_found_elsewhere() -> None:
    box = Box()
    asked = box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, **WHOLE, people=[person("Hugo")])
    box.heard(
        "2026-03-03 09:00",
        TESSA,
        Kind.RECRUITER_REPLY,
        answers=asked,
        people=[person("Hugo Lindt", Part.HIRING_MANAGER)],
    )
    box.wrote("2026-03-04 09:00", Kind.OWN_REPLY, to=f"{TESSA}, Hugo Lindt <hugo@northwind.test>", answers=asked)
    known = contacts(box)
    assert set(known) == {"Tessa Moran", "Hugo Lindt"}
    assert known["Hugo Lindt"].email == "hugo@northwind.test"
    assert known["Hugo Lindt"].part is Part.HIRING_MANAGER


def test_a_recruiter_who_also_interviews_is_a_recruiter() -> None:
    box = Box()
    box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, **WHOLE, people=[person(TESSA)])
    signs = person(TESSA, Part.RECRUITER, position="Recruiter")
    box.heard("2026-03-03 09:00", TESSA, Kind.STATUS_UPDATE, **WHOLE, people=[signs])
    assert contacts(box)["Tessa Moran"].part is Part.RECRUITER


def test_an_interviewer_whose_own_word_alone_sounds_like_a_recruiters_is_none() -> None:
    box = Box()
    box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, **WHOLE, people=[person(HUGO)])
    box.heard("2026-03-03 09:00", HUGO, Kind.STATUS_UPDATE, **WHOLE, people=[person(HUGO, Part.RECRUITER)])
    assert contacts(box)["Hugo Lindt"].part is Part.INTERVIEWER


def test_what_they_wrote_is_known_and_a_robots_mail_is_nobodys() -> None:
    box = Box()
    first = box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, **WHOLE)
    second = box.heard("2026-03-05 09:00", TESSA, Kind.STATUS_UPDATE, **WHOLE, language="de")
    box.heard(
        "2026-03-06 09:00", "Northwind <no-reply@northwind.test>", Kind.STATUS_UPDATE, **WHOLE, writer=Writer.ROBOT
    )
    (tessa,) = contacts(box).values()
    assert tessa.wrote == (first.message_id, second.message_id)
    assert (tessa.last_wrote, tessa.signs, tessa.language) == (second.date, "Tessa", "de")


def test_few_words_say_nothing_of_the_language() -> None:
    box = Box()
    box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, **WHOLE)
    box.heard("2026-03-05 09:00", TESSA, Kind.RECRUITER_REPLY, **WHOLE, language="de", words=5)
    assert contacts(box)["Tessa Moran"].language == "en"


def test_two_who_sign_from_one_shared_address_are_two() -> None:
    box = Box()
    shared = "Northwind HR <hr@northwind.test>"
    box.heard("2026-03-02 09:00", shared, Kind.INTERVIEW_REQUEST, **WHOLE, signed="Ines Cole")
    box.heard("2026-03-05 09:00", shared, Kind.STATUS_UPDATE, **WHOLE, signed="Raj Mehta")
    known = contacts(box)
    assert set(known) == {"Ines Cole", "Raj Mehta"}
    assert all(one.role_address and len(one.wrote) == 1 for one in known.values())


def test_a_tools_relay_address_is_nobodys() -> None:
    box = Box()
    box.heard("2026-03-02 09:00", "Tessa Moran <reply-91x@us.greenhouse-mail.io>", Kind.INTERVIEW_REQUEST, **WHOLE)
    assert contacts(box)["Tessa Moran"].email is None


def test_who_acts_for_the_agency() -> None:
    box = Box()
    box.heard(
        "2026-03-02 09:00",
        "Priya Nair <priya@brightstaff.test>",
        Kind.INTERVIEW_CONFIRMED,
        agency="Brightstaff",
        **WHOLE,
        interviews=[box.talk("2026-03-10 10:00")],
        people=[person("Hugo Lindt <hugo@northwind.test>")],
    )
    known = contacts(box)
    assert known["Priya Nair"].agency
    assert not known["Hugo Lindt"].agency


def test_who_only_arranges_is_at_least_a_coordinator() -> None:
    box = Box()
    box.heard(
        "2026-03-02 09:00",
        TESSA,
        Kind.INTERVIEW_CONFIRMED,
        **WHOLE,
        interviews=[box.talk("2026-03-10 10:00")],
        people=[person("Hugo Lindt <hugo@northwind.test>")],
    )
    assert contacts(box)["Tessa Moran"].part is Part.COORDINATOR


def test_the_person_is_never_a_contact() -> None:
    box = Box()
    asked = box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, **WHOLE, people=[person(box.me, Part.CONTACT)])
    box.wrote("2026-03-03 09:00", Kind.OWN_REPLY, to=TESSA, answers=asked)
    assert set(contacts(box)) == {"Tessa Moran"}


def test_whoever_writes_from_a_new_address_is_found_there() -> None:
    box = Box()
    first = box.heard("2026-03-02 09:00", "Tessa Moran <tmoran@northwind.test>", Kind.INTERVIEW_REQUEST, role="Buyer")
    box.heard("2026-03-20 09:00", "Tessa Moran <tessa.moran@northwind.test>", Kind.REJECTION, answers=first)
    (application,) = track(box.readings).applications
    assert [one.email for one in application.contacts] == ["tessa.moran@northwind.test"]
