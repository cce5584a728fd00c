"""Names of organisations: plain form, what is none, and recruiting firms."""

from __future__ import annotations

import pytest

from mailbot.reading import organisations, recruiting_firms


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Oakline, Inc.", "Oakline"),
        ("Oakline Talent Acquisition Team", "Oakline"),
        ("Oakline Onsite Interview", "Oakline"),
        ("Your Oakline", "Oakline"),
        ("Oakline Crane Hire", "Oakline Crane Hire"),
        ("Great Elm Parcel", "Great Elm Parcel"),
        ("Oakline's", "Oakline"),
        ("Oakline I'm", "Oakline"),
        ("Oakline We'd", "Oakline"),
        ("Elm & Oak GmbH", "Elm & Oak"),
        ("Oakline Data Analyst", "Oakline"),
        ("City of Elmville Human Resources", "City of Elmville"),
        ("Elmville Health System", "Elmville Health System"),
        ("KITANO MACHINE CO., LTD", "KITANO MACHINE"),
    ],
)
def test_the_likeliest_form_of_a_name(text: str, name: str) -> None:
    """Legal forms, departments, job titles and words of headings are no part of a name."""
    assert max(organisations.forms(text), key=lambda form: form[1])[0] == name


def test_who_is_spoken_of_with_a_title_is_hardly_a_firm() -> None:
    assert max(likely for _, likely in organisations.forms("Dr. Okafor")) < organisations.BEFORE_TITLE


def test_a_branch_is_spoken_of_by_its_place() -> None:
    assert organisations.is_branch("Elmside", "You would start at the Elmside branch.")
    assert not organisations.is_branch("Oakline", "You would start at the Elmside branch of Oakline.")


@pytest.mark.parametrize(
    "text",
    [
        *("Interview", "Next Steps", "Monday", "London", "2026", "Talent Team", "Thank You", "Ward 12", "24 Apr 2026"),
        *("Data Analyst JR-4410", ""),
    ],
)
def test_what_cannot_be_an_organisation(text: str) -> None:
    assert not list(organisations.forms(text))


@pytest.mark.parametrize(
    "name", ["Elm Staffing", "Oak Recruitment", "Elm Executive Search", "Oak Talent Solutions", "Robert Half"]
)
def test_recruiting_firms_are_known_by_their_names(name: str) -> None:
    assert recruiting_firms.is_agency_name(name)


@pytest.mark.parametrize("name", ["Oakline", "Elm School", "Research Partners Clinic"])
def test_others_are_not(name: str) -> None:
    assert not recruiting_firms.is_agency_name(name)


@pytest.mark.parametrize(
    "text", ["with Elm & Oak on Monday", "at University of Westville.", "the eBuy team", "at oakline.io for"]
)
def test_a_name_in_a_text_is_found_whole(text: str) -> None:
    found = [match.text.removeprefix("the ") for match in organisations.name_pattern().finditer(text)]
    assert found[0] in ("Elm & Oak", "University of Westville", "eBuy", "oakline.io")
