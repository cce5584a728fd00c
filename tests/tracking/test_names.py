"""Names of organisations and titles of roles compared."""

from __future__ import annotations

import pytest

from mailbot.tracking.domains import organisation, resembles
from mailbot.tracking.names import Likeness, compare_companies, compare_roles, stem, without_employer


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Northwind Foods", "Northwind Foods, Inc.", Likeness.SAME),
        ("The Northwind Foods Company", "northwind foods", Likeness.SAME),
        ("Müller & Söhne GmbH", "Muller and Sohne", Likeness.SAME),
        ("Northwind Foods Careers", "Northwind Foods", Likeness.SAME),
        ("NorthwindFoods", "Northwind Foods", Likeness.SAME),
        ("Northwind Group", "Northwind", Likeness.SAME),
        ("Northwind", "Northwind Foods", Likeness.CLOSE),
        ("Eastmeregeneral", "Eastmere General Hospital", Likeness.CLOSE),
        ("Bergundtal", "Berg & Tal Verlag", Likeness.CLOSE),
        ("Eastmeregeneral", "Eastmere Motors", Likeness.DIFFERENT),
        ("University of Eastmere", "Eastmere Motors", Likeness.DIFFERENT),
        ("Northwind Foods", "Northgate Foods", Likeness.DIFFERENT),
        ("Northwind Re", "Northwind Reinsurance", Likeness.CLOSE),
        ("Quayside 12", "Quayside 123", Likeness.DIFFERENT),
        (None, "Northwind", Likeness.UNKNOWN),
    ],
)
def test_spellings_of_one_organisation(one: str | None, other: str, expected: Likeness) -> None:
    assert compare_companies(one, other) is expected
    assert compare_companies(other, one) is expected


def test_a_short_name_matches_only_whole() -> None:
    assert compare_companies("Elm", "Elm Street Dental") is Likeness.DIFFERENT
    assert compare_companies("Elm", "ELM Ltd") is Likeness.SAME


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Sr. Data Engineer", "Senior Data Engineer", Likeness.SAME),
        ("Marketing Manager (m/f/d)", "Marketing Manager", Likeness.SAME),
        ("Front-end Developer", "Frontend Developer", Likeness.SAME),
        ("Policy Analyst, Housing", "Housing Policy Analyst", Likeness.SAME),
        ("Data Engineer", "Senior Data Engineer", Likeness.CLOSE),
        ("Data Analyst in the Insights team", "Data Analyst (Leeds)", Likeness.CLOSE),
        ("Junior Controller", "Senior Controller", Likeness.DIFFERENT),
        ("Curriculum Editor", "Instructional Designer", Likeness.DIFFERENT),
        ("Nurse", None, Likeness.UNKNOWN),
    ],
)
def test_spellings_of_one_role(one: str, other: str | None, expected: Likeness) -> None:
    assert compare_roles(one, other) is expected
    assert compare_roles(other, one) is expected


def test_tools_and_webmail_are_nobodys_domain() -> None:
    assert organisation("mail.northwind.co.uk") == "northwind.co.uk"
    assert organisation("gmail.com") == ""
    assert organisation("us.greenhouse-mail.io") == ""


def test_a_public_body_is_looked_up_by_its_place() -> None:
    assert stem("County of Leaford Library") == stem("leaford.example") == stem("cityofleaford.example")


def test_a_domain_can_spell_a_name() -> None:
    assert resembles("northwindfoods.com", "Northwind Foods Ltd")
    assert not resembles("southwind.com", "Northwind Foods Ltd")
    assert not resembles("depot12.com", "Depot 1")


@pytest.mark.parametrize("title", ["Buyer, Acme Foods", "Buyer at Acme Foods", "Buyer (Acme Foods Ltd)", "Buyer"])
def test_the_employers_name_is_no_part_of_a_title(title: str) -> None:
    assert without_employer(title, "Acme Foods") == "Buyer"


def test_another_addition_stays_part_of_a_title() -> None:
    assert without_employer("Buyer, Fresh Food", "Acme Foods") == "Buyer, Fresh Food"
