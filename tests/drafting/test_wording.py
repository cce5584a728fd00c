"""Names, greetings, dates and values as they stand in a letter."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from unicodedata import category
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.drafting.people import full_name, greeting
from mailbot.drafting.wording import Manner, a_role, article, manner_name, plain, role_name, the_role, zone_label
from mailbot.reading.statements import Part, Tone
from mailbot.tracking.application import Contact


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Dana Reed", "Dana Reed"),
        ("Reed, Dana", "Dana Reed"),
        ("DANA REED", "Dana Reed"),
        ("Dana Reed (she/her)", "Dana Reed"),
        ("Dana Reed | Acme", "Dana Reed"),
        ("Dana Reed - Acme Recruiting", "Dana Reed"),
        ("Dana Reed via Greenhouse", "Dana Reed"),
        ("Dana Reed, PhD", "Dana Reed"),
        ("Anne-Marie O'Brien", "Anne-Marie O'Brien"),
        ("ANNE-MARIE O'BRIEN", "Anne-Marie O'Brien"),
        ("anne-marie o'brien", "Anne-Marie O'Brien"),
        ("LIAM MCKAY", "Liam McKay"),
        ("ANNA VAN DER MEER", "Anna van der Meer"),
        ("José Ángel Gutiérrez y Sanz", "José Ángel Gutiérrez y Sanz"),
        ("J. P. Okonkwo", "J. P. Okonkwo"),
        ("李娜", "李娜"),
        ("Dana", "Dana"),
        ("dana@acme.test", ""),
        ("Acme Recruiting Team", ""),
        ("HR", ""),
        ("", ""),
    ],
)
def test_a_persons_name(written: str, name: str) -> None:
    assert full_name(written) == name


@pytest.mark.parametrize(
    ("name", "title", "manner", "greeted"),
    [
        ("Nkechi Obi", "Dr", "us", "Dear Dr. Obi,"),
        ("Nkechi Obi", "Dr.", "uk", "Dear Dr Obi,"),
        ("Nkechi Obi", "Prof. Dr.", "de", "Dear Prof. Dr. Obi,"),
        ("Nkechi Obi", "Prof. Dr.", "uk", "Dear Prof Obi,"),
        ("Maria del Rio Paz", "Ms", "us", "Dear Ms. Maria del Rio Paz,"),
        ("Li Na", "Ms", "us", "Dear Ms. Li Na,"),
        ("Nguyễn An", "Dr", "us", "Dear Dr. Nguyễn An,"),
        ("Takács Eszter", "Dr", "uk", "Dear Dr Takács Eszter,"),
        ("Anne-Marie Smith-Jones", "Ms", "uk", "Dear Ms Smith-Jones,"),
        ("J. Reed", "Mr", "us", "Dear Mr. Reed,"),
        ("Ravi K.", "Mr", "in", "Dear Mr. Ravi K,"),
        ("Kumar S", "Dr", "in", "Dear Dr. Kumar S,"),
        ("Abdul Rahman bin Yusof", "Mr", "uk", "Dear Mr Abdul Rahman bin Yusof,"),
        ("Yıldız Özgür-Çelik", "Ms", "de", "Dear Ms. Özgür-Çelik,"),
        ("van der Meer", "Mr", "uk", "Dear Mr van der Meer,"),
        ("Kim Min-jun", "Dr", "us", "Dear Dr. Kim Min-jun,"),
        ("Ólafur Jónsson", "", "uk", "Dear Ólafur Jónsson,"),
        ("Thandiwe", "Ms", "uk", "Dear Thandiwe,"),
        ("Sukarno", "Mr", "us", "Dear Sukarno,"),
        ("Robert Downey Jr.", "Mr", "us", "Dear Mr. Downey,"),
        ("Nkechi Obi", "Captain", "us", "Dear Nkechi Obi,"),
        ("Nkechi Obi", "", "us", "Dear Nkechi Obi,"),
        ("Nkechi", "", "us", "Dear Nkechi,"),
        ("", "", "us", "Hello,"),
    ],
)
def test_a_title_stands_only_where_it_is_known(name: str, title: str, manner: str, greeted: str) -> None:
    contact = Contact(name, None, Part.INTERVIEWER, title=title)
    assert greeting(contact, Manner(manner, Tone.NEUTRAL), first_names=False, formal=False) == greeted


@pytest.mark.parametrize(("formal", "greeted"), [(False, "Hi Dana,"), (True, "Dear Dana,")])
def test_first_names_where_they_are_known_to_be_right(formal: bool, greeted: str) -> None:
    contact = Contact("Dana Reed", None, Part.RECRUITER, signs="Dana")
    assert greeting(contact, Manner("us", Tone.FRIENDLY), first_names=True, formal=formal) == greeted


@pytest.mark.parametrize(
    ("name", "signs", "greeted"),
    [
        ("Nguyễn An", "", "Hi Nguyễn An,"),
        ("Nguyễn An", "An", "Hi An,"),
        ("Nkechi Obi", "Dr N. Obi", "Hi Nkechi,"),
        ("Nkechi Obi", "N.", "Hi Nkechi,"),
        ("Anne-Marie Roux", "", "Hi Anne-Marie,"),
    ],
)
def test_a_first_name_is_theirs_and_not_their_familys(name: str, signs: str, greeted: str) -> None:
    contact = Contact(name, None, Part.RECRUITER, signs=signs)
    assert greeting(contact, Manner("us", Tone.NEUTRAL), first_names=True, formal=False) == greeted


@pytest.mark.parametrize(
    ("role", "said"),
    [
        ("Analyst", "the Analyst role"),
        ("the Analyst", "the Analyst role"),
        ("Trainee Position", "the Trainee Position"),
        ("Engineer (m/w/d)", "the Engineer role"),
        ("[Remote] Engineer {2}", "the Engineer role"),
        ("x" * 200, "the role"),
        (None, "the role"),
    ],
)
def test_the_role(role: str | None, said: str) -> None:
    assert the_role(role) == said


def test_a_role_in_a_subject_has_no_stop() -> None:
    assert role_name("Editor.") == "Editor"


@pytest.mark.parametrize(
    ("chosen", "domain", "zones", "country", "name"),
    [
        ("de", "acme.co.uk", [""], "US", "de"),
        ("", "acme.co.uk", ["America/New_York"], "US", "uk"),
        ("", "acme.com", ["Europe/London", "America/New_York"], "US", "uk"),
        ("", "acme.com", ["", "Asia/Kolkata"], "US", "in"),
        ("", "acme.com", [""], "US", "us"),
        ("", "acme.com", [""], "FR", "uk"),
    ],
)
def test_a_manner_is_chosen_or_by_the_correspondents_country(
    chosen: str, domain: str, zones: list[str], country: str, name: str
) -> None:
    assert manner_name(chosen, domain, zones, country) == name


@pytest.mark.parametrize(
    ("manner", "day", "clock"),
    [
        ("us", "Thursday, March 12", "2:05 PM"),
        ("uk", "Thursday, 12 March", "2:05 pm"),
        ("de", "Thursday, 12 March", "14:05"),
        ("in", "Thursday, 12 March", "2:05 PM"),
    ],
)
def test_days_and_times_by_manner(manner: str, day: str, clock: str) -> None:
    own = Manner(manner, Tone.NEUTRAL)
    assert own.day(date(2026, 3, 12)) == day
    assert own.clock(datetime(2026, 3, 12, 14, 5, tzinfo=UTC)) == clock


@pytest.mark.parametrize(
    ("names", "manner", "said"),
    [
        ([], "uk", ""),
        (["A"], "uk", "A"),
        (["A", "B"], "us", "A and B"),
        (["A", "B", "A", "C"], "uk", "A, B and C"),
        (["A", "B", "C"], "us", "A, B, and C"),
    ],
)
def test_names_in_a_list(names: list[str], manner: str, said: str) -> None:
    assert Manner(manner, Tone.NEUTRAL).listed(names) == said


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("Account Executive", "an"), ("Planner", "a"), ("HR Manager", "an"), ("UX Designer", "a"), ("SEO Lead", "an"),
        ("SAP Consultant", "a"), ("Hourly Worker", "an"), ("University Lecturer", "a"), ("MRI Technician", "an"),
        ("User Researcher", "a"), ("Umbrella Maker", "an"), ("FP&A Analyst", "an"), ("European Buyer", "a"),
    ],
)  # fmt: skip
def test_the_article_goes_by_the_sound(phrase: str, said: str) -> None:
    assert article(phrase) == said


@pytest.mark.parametrize(
    ("role", "said"),
    [
        ("Account Executive", "an Account Executive"), ("Site Engineer (m/w/d)", "a Site Engineer"),
        ("Head of Sales", "Head of Sales"), ("Graduate Programme", ""), (None, ""), ("Nursing", ""),
        ("Engineering Manager, Payments", "an Engineering Manager, Payments"),
    ],
)  # fmt: skip
def test_one_works_as_what_names_a_person(role: str | None, said: str) -> None:
    assert a_role(role) == said


def test_what_a_zone_is_called() -> None:
    moment = datetime(2026, 3, 12, 12, tzinfo=UTC)
    assert zone_label(moment.astimezone(ZoneInfo("America/New_York"))) == "New York time"
    assert zone_label(moment) == "GMT"
    assert zone_label(moment.astimezone(timezone(timedelta(hours=5, minutes=30)))) == "GMT+5:30"


@given(st.text(max_size=100))
@settings(max_examples=200, deadline=None)
def test_a_plain_value_is_one_clean_line(value: str) -> None:
    text = plain(value)
    assert not any(category(char) in ("Cc", "Cs", "Zl", "Zp") for char in text)
    assert "  " not in text
    assert not set(text) & set("[]{}<>")
