"""Which of several spellings holds, and who the employer is."""

from __future__ import annotations

from dataclasses import replace

from mailbot.reading.statements import Evidence
from mailbot.tracking import track
from mailbot.tracking.application import Application
from tests.tracking.build import Box, Kind, person

TESSA = "Tessa Moran <tessa@northwind.test>"
AGENT = "Priya Nair <priya@brightstaff.test>"
HUGO = "Hugo Lindt <hugo@calderwater.test>"


def only(box: Box) -> Application:
    (application,) = track(box.readings).applications
    return application


def test_the_full_written_form_holds_over_the_more_frequent_short_one() -> None:
    box = Box()
    first = box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, company="Northwind Foods", role="Senior Buyer")
    for day in ("03", "04", "05"):
        box.heard(f"2026-03-{day} 09:00", TESSA, Kind.STATUS_UPDATE, answers=first, company="Northwind", role="Buyer")
    assert (only(box).company, only(box).role) == ("Northwind Foods", "Senior Buyer")


def test_one_misread_name_loses_against_several() -> None:
    box = Box()
    first = box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, company="Northwind", role="Buyer")
    box.heard("2026-03-03 09:00", TESSA, Kind.STATUS_UPDATE, answers=first, company="Quarterly Update", role="Dear Sam")
    box.heard("2026-03-04 09:00", TESSA, Kind.STATUS_UPDATE, answers=first, company="Northwind", role="Buyer")
    assert (only(box).company, only(box).role) == ("Northwind", "Buyer")


def test_the_agency_is_not_the_employer() -> None:
    box = Box()
    first = box.heard("2026-03-02 09:00", AGENT, Kind.INTERVIEW_REQUEST, company="Brightstaff", agency="Brightstaff")
    box.heard("2026-03-03 09:00", AGENT, Kind.STATUS_UPDATE, answers=first, company="Calder Water")
    assert (only(box).company, only(box).agency) == ("Calder Water", "Brightstaff")


def test_a_client_that_the_agency_does_not_name_is_no_company() -> None:
    box = Box()
    box.heard("2026-03-02 09:00", AGENT, Kind.INTERVIEW_REQUEST, company="Brightstaff", agency="Brightstaff")
    assert (only(box).company, only(box).agency) == (None, "Brightstaff")


def test_whose_people_only_write_while_all_interviewers_are_elsewhere_is_the_agency() -> None:
    box = Box()
    first = box.heard("2026-03-02 09:00", AGENT, Kind.INTERVIEW_REQUEST, company="Brightstaff", role="Clerk")
    box.heard(
        "2026-03-03 09:00",
        AGENT,
        Kind.INTERVIEW_CONFIRMED,
        answers=first,
        company="Brightstaff",
        role="Clerk",
        interviews=[box.talk("2026-03-10 10:00")],
        people=[person(HUGO)],
    )
    box.heard("2026-03-11 09:00", HUGO, Kind.RECRUITER_REPLY, company="Calder Water")
    found = only(box)
    assert (found.company, found.agency) == ("Calder Water", "Brightstaff")
    assert {one.name: one.agency for one in found.contacts} == {"Priya Nair": True, "Hugo Lindt": False}


def test_a_name_made_of_an_address_gives_way_to_the_one_that_is_written() -> None:
    box = Box()
    first = box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, company="Pluck & Plume Studio")
    box.readings[-1] = replace(first, statements=(replace(first.main, evidence=(Evidence("company", "P&P"),)),))
    for day in ("03", "04", "05", "06"):
        box.heard(f"2026-03-{day} 09:00", TESSA, Kind.STATUS_UPDATE, answers=first, company="Pluckandplumestudio")
    assert only(box).company == "Pluck & Plume Studio"


def test_an_address_that_shortens_a_written_name_is_no_way_of_writing_it() -> None:
    box = Box()
    first = box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, company="Westholm University")
    written = (Evidence("company", "Westholm University"),)
    box.readings[-1] = replace(first, statements=(replace(first.main, evidence=written),))
    for day in ("03", "04", "05", "06"):
        box.heard(f"2026-03-{day} 09:00", TESSA, Kind.STATUS_UPDATE, answers=first, company="Westholm Uni")
    assert only(box).company == "Westholm University"


def test_what_an_address_makes_of_a_written_name_speaks_for_it() -> None:
    box = Box()
    first = box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, company="Westholm University")
    tool = box.heard("2026-03-03 09:00", TESSA, Kind.INTERVIEW_CONFIRMED, answers=first, company="Booked")
    for at, one in enumerate((first, tool)):
        written = (Evidence("company", one.main.company or ""),)
        box.readings[at] = replace(one, statements=(replace(one.main, evidence=written),))
    box.heard("2026-03-04 09:00", TESSA, Kind.STATUS_UPDATE, answers=first, company="Westholm Uni")
    assert only(box).company == "Westholm University"


def test_a_title_in_the_subject_that_answers_repeat_gives_way_to_the_one_that_they_write() -> None:
    box = Box()
    before = None
    for day, role in enumerate(("Shop Assistant", "Shop Assistant", "Help", "Help", "Help")):
        before = box.heard(f"2026-03-{day + 2:02} 09:00", TESSA, Kind.STATUS_UPDATE, answers=before, role=role)
        said = replace(before.main, evidence=(Evidence("role", role),))
        box.readings[-1] = replace(before, subject="Re: Saturday Help", statements=(said,))
    assert only(box).role == "Shop Assistant"
