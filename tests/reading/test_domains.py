"""Domains: whose they are, and how well they spell a name."""

from __future__ import annotations

import pytest

from mailbot.mail.message import Address
from mailbot.reading import domains


@pytest.mark.parametrize(
    ("email", "label"),
    [
        ("dana@mail.oakline.co.uk", "oakline"),
        ("dana@oakline.school.nz", "oakline"),
        ("dana@mail.oakline.co.tz", "oakline"),
        ("no-reply@oakline.teamtailor-mail.com", "oakline"),
        ("oakline@myworkday.com", "oakline"),
        ("oakline+autoreply@talent.icims.com", "oakline"),
        ("no-reply@us.greenhouse-mail.io", ""),
        ("no-reply@hire.lever.co", ""),
        ("dana@gmail.com", ""),
        ("noreply@notifications.service.gov.uk", ""),
    ],
)
def test_the_employers_word_in_an_address(email: str, label: str) -> None:
    """A domain of one's own gives its label, a tool its tenant, mail providers nothing."""
    assert "".join(one.text for one in domains.labels(Address("", email))) == label


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("oakline", "Oakline"),
        ("getoakline", "Oakline"),
        ("oaklinehq", "Oakline"),
        ("unionfidelins", "Union Fidelity Insurance"),
        ("tcs", "Tata Consulting Stores"),
        ("elmandoak", "Elm & Oak"),
        ("bergundtal", "Berg & Tal"),
        ("elmnoak", "Elm & Oak"),
        ("ashbyvaleschools", "Ashby Vale Middle School"),
        ("westville", "University of Westville"),
        ("westville", "County of Westville Library"),
        ("elm-oak", "Elm Oak GmbH"),
    ],
)
def test_labels_spell_names(label: str, name: str) -> None:
    assert domains.spells(label, name) >= domains.INITIALS


@pytest.mark.parametrize(
    ("label", "name"), [("oaklinemgmt", "Oakline Management"), ("elmomfb", "Elmo Microfinance Bank")]
)
def test_a_label_may_cut_all_words_but_the_first(label: str, name: str) -> None:
    assert domains.spells(label, name) == domains.PART


@pytest.mark.parametrize(
    ("label", "name"),
    [("oakline", "Elm School"), ("oakline", ""), ("", "Oakline"), ("oakline", "Interview"), ("oakline", "æ Ltd")],
)
def test_labels_do_not_spell_others(label: str, name: str) -> None:
    assert domains.spells(label, name) == 0


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("brightwaterdental", "Brightwater Dental"),
        ("elm-robotics", "Elm Robotics"),
        ("riverandstone", "River and Stone"),
        ("xyz", "XYZ"),
        ("oakline", "Oakline"),
        ("antrimaggregates", "Antrim Aggregates"),
        ("thornfieldbakers", "Thornfield Bakers"),
        ("thegreenbakery", "The Green Bakery"),
        ("cityofthornfield", "City of Thornfield"),
        ("oakledgersoft", "Oakledger Soft"),
        ("dunehouse-media", "Dunehouse Media"),
    ],
)
def test_a_label_becomes_a_name(label: str, name: str) -> None:
    assert domains.as_name(label) == name


@pytest.mark.parametrize(("label", "name"), [("elm--robotics", "Elm Robotics"), ("oakline-", "Oakline"), ("--", "--")])
def test_dashes_where_no_domain_has_them_are_passed_over(label: str, name: str) -> None:
    assert domains.as_name(label) == name
