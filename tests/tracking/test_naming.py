"""What the employer and the job are called once the whole thread was read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.reading.statements import Evidence, Writer
from mailbot.tracking import track
from mailbot.tracking.application import Application
from mailbot.tracking.titling import without_number
from tests.tracking.build import Box, Facet, Kind

TESSA = "Tessa Moran <tessa@northwind.test>"
DANA = "Dana Wells <dana@larchpeople.test>"
GATE = "Gate <no-reply@greenhouse.io>"
ROBOT = Writer.ROBOT


def heard(
    box: Box,
    day: int,
    sender: str,
    kind: Kind,
    *,
    subject: str = "",
    proofs: dict[str, str] | None = None,
    **what: object,
) -> None:
    """A mail of that day in the first one's thread; `proofs`: the words for each fact."""
    first = box.readings[0] if box.readings else None
    one = box.heard(f"2026-03-{day:02} 09:00", sender, kind, answers=first, **what)
    told = tuple(Evidence(fact, quote) for fact, quote in (proofs or {}).items())
    box.readings[-1] = replace(one, subject=subject, statements=(replace(one.main, evidence=told),))


def only(box: Box) -> Application:
    (application,) = track(box.readings).applications
    return application


def test_a_short_name_gives_way_to_the_whole_one_that_subjects_have() -> None:
    box = Box()
    heard(box, 2, DANA, Kind.INTERVIEW_REQUEST, subject="Buyer at Osier Bindery", company="Osier", role="Buyer")
    heard(box, 3, DANA, Kind.STATUS_UPDATE, subject="Osier Bindery: Monday", company="Osier", role="Buyer")
    assert only(box).company == "Osier Bindery"


@pytest.mark.parametrize("text", ["Out of Osier Bindery now, it went well", "Interview: Sam Porter x Osier Bindery"])
def test_what_stands_before_a_name_in_a_sentence_or_a_title_is_no_part_of_it(text: str) -> None:
    box = Box()
    for day in (2, 3):
        what = {"company": "Osier Bindery", "role": "Buyer", "proofs": {"kind": text}}
        heard(box, day, TESSA, Kind.STATUS_UPDATE, subject=text, **what)
    assert only(box).company == "Osier Bindery"


def test_a_name_in_capitals_is_written_out_where_a_sentence_does() -> None:
    box = Box()
    text = "Silver Coast Fluidics picked your resume for their Test Engineer contract"
    heard(box, 2, DANA, Kind.INTERVIEW_REQUEST, company="SC Fluidics", proofs={"company": "SC Fluidics", "kind": text})
    assert only(box).company == "Silver Coast Fluidics"


@pytest.mark.parametrize("other", ["Google Meet", "Google Talent", "Wigan, Google", "Ada Google"])
def test_a_tool_a_department_a_town_and_a_person_are_no_part_of_a_name(other: str) -> None:
    box = Box()
    sender = "Ada Google <ada@google.test>"
    for day in (2, 3, 4):
        text = f"We will talk by {other} again on day {day}"
        heard(box, day, sender, Kind.STATUS_UPDATE, company="Google", role="Buyer", proofs={"kind": text})
    assert only(box).company == "Google"


def test_a_name_that_an_address_spells_is_believed_more_than_a_word_and_a_persons_name() -> None:
    box = Box()
    heard(box, 2, TESSA, Kind.INTERVIEW_REQUEST, company="Korero", role="Buyer", proofs={"company": "Korero mai"})
    heard(box, 3, TESSA, Kind.STATUS_UPDATE, company="Northwind Foods", proofs={"company": "at Northwind Foods"})
    heard(box, 4, TESSA, Kind.STATUS_UPDATE, company="Tessa Moran", proofs={"company": "I am Tessa Moran"})
    heard(box, 5, TESSA, Kind.STATUS_UPDATE, company="Tessa Moran", proofs={"company": "Tessa Moran here"})
    assert only(box).company == "Northwind Foods"


def test_a_signature_says_what_it_says_once() -> None:
    box = Box()
    heard(box, 2, DANA, Kind.INTERVIEW_REQUEST, company="Osier Mill", role="Buyer", proofs={"company": "of Osier Mill"})
    heard(box, 3, DANA, Kind.STATUS_UPDATE, company="Osier Mill", proofs={"company": "Osier Mill liked you"})
    for day in (4, 5, 6, 7):
        heard(box, day, DANA, Kind.STATUS_UPDATE, company="Unit Nine", proofs={"company": "Unit Nine"})
    assert only(box).company == "Osier Mill"


def test_a_client_that_no_mail_was_read_to_name_is_found_on_the_letterhead() -> None:
    box = Box()
    agency = {"agency": "Larch People", "role": "Buyer"}
    heard(box, 2, DANA, Kind.INTERVIEW_REQUEST, proofs={"kind": "Osier Foods would like to meet you"}, **agency)
    heard(box, 3, DANA, Kind.STATUS_UPDATE, subject="Osier Foods: your talk", **agency)
    assert (only(box).company, only(box).agency) == ("Osier Foods", "Larch People")


def test_two_applications_at_one_organisation_call_it_the_same() -> None:
    box = Box()
    sender = "Tessa Moran <tessa@northwindseed.test>"
    for role, name in (("Field Assistant", "Northwind Seed"), ("Lab Technologist", "Northwind Seed Institute")):
        one = box.heard("2026-03-02 09:00", GATE, Kind.APPLICATION_RECEIVED, writer=ROBOT, company=name, role=role)
        box.readings[-1] = replace(one, statements=(replace(one.main, evidence=(Evidence("company", name),)),))
        box.heard("2026-03-05 09:00", sender, Kind.INTERVIEW_REQUEST, answers=box.readings[-1], company=name, role=role)
    found = track(box.readings).applications
    assert [one.company for one in found] == ["Northwind Seed Institute"] * 2


@pytest.mark.parametrize(
    ("spelt", "plain", "told"),
    [
        ("Credit Controller, Kirkstall", "Credit Controller", "the Credit Controller job is yours to lose"),
        ("Teacher Aide, Room 4", "Teacher Aide", "Thanks for asking about the teacher aide job"),
        ("Cell Biologist, Cell Culture", "Cell Biologist, Cell Culture", "the Cell Biologist job"),
        ("Credit Controller, Kirkstall", "Credit Controller, Kirkstall", "the job is yours to lose"),
        ("Buyer, Northwind", "Buyer", ""),
        ("Northwind Foods: Buyer", "Buyer", ""),
        ("NW-2214 Parks Officer", "Parks Officer", ""),
    ],
)
def test_a_title_is_told_without_place_number_and_employer(spelt: str, plain: str, told: str) -> None:
    box = Box()
    proofs = {"company": "Northwind Foods", "kind": told}
    heard(box, 2, TESSA, Kind.INTERVIEW_REQUEST, company="Northwind Foods", role=spelt, proofs=proofs)
    assert only(box).role == plain


def test_a_title_has_the_words_that_stand_before_it_nearly_everywhere() -> None:
    box = Box()
    for day, text in ((2, "Levante: Applications Engineer"), (3, "the Applications Engineer post")):
        heard(box, day, TESSA, Kind.STATUS_UPDATE, subject=text, company="Northwind", role="Engineer")
    assert only(box).role == "Applications Engineer"


def test_words_that_only_follow_a_title_are_no_part_of_it() -> None:
    box = Box()
    for day, role in ((2, "Content Designer"), (3, "Content Designer landed safely"), (4, "Content Designer")):
        heard(box, day, TESSA, Kind.STATUS_UPDATE, company="Northwind", role=role, proofs={"role": f"{role} {day}"})
    assert only(box).role == "Content Designer"


@pytest.mark.parametrize(
    ("told", "plain"),
    [
        ("Public Health Educator 0411", "Public Health Educator"),
        ("Communications Officer FDC1187", "Communications Officer"),
        ("Patient Coordinator, 27-0881", "Patient Coordinator"),
        ("Graduate Analyst 2027", "Graduate Analyst 2027"),
        ("Engineer 2", "Engineer 2"),
        ("1187", "1187"),
    ],
)
def test_a_jobs_number_is_no_part_of_its_title_but_a_year_is(told: str, plain: str) -> None:
    assert without_number(told) == plain


def test_an_agency_that_asks_for_a_talk_out_of_the_blue_makes_no_application() -> None:
    box = Box()
    asks = {"agency": "Larch People", "facets": [Facet.ASKS]}
    heard(box, 2, DANA, Kind.INTERVIEW_REQUEST, subject="Opportunities in Texas", **asks)
    assert not track(box.readings).applications
    heard(box, 3, DANA, Kind.INTERVIEW_REQUEST, subject="Osier Bindery wants to talk", **asks)
    assert only(box).agency == "Larch People"


def test_a_receipt_is_that_of_the_human_whose_address_begins_with_its_employers_name() -> None:
    def told(sender: str) -> int:
        box = Box()
        job = {"role": "Risk Officer"}
        box.heard("2026-03-02 09:00", GATE, Kind.ASSESSMENT, writer=ROBOT, company="Savannah Microfinance", **job)
        one = box.heard("2026-03-05 09:00", sender, Kind.INTERVIEW_REQUEST, company="Savannah Mfb", **job)
        assert one.sender
        return len(track(box.readings).applications)

    assert told("Tessa Moran <tessa@savannahmfb.test>") == 1
    assert told("Tessa Moran <tessa@sevenmfb.test>") == 2
