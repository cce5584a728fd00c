"""Names of people: plain form, likeness, joining, and the addresses that are made of them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.reading import names, namesakes


@pytest.mark.parametrize(
    ("shown", "name", "title"),
    [
        ("Lee, Dana", "Dana Lee", ""),
        ("Dr. Dana Lee", "Dana Lee", "Dr."),
        ("Prof. Dr. Ingo Vogt", "Ingo Vogt", "Prof. Dr."),
        ("Ms Dana Lee", "Dana Lee", ""),
        ("Dana Lee, PhD", "Dana Lee", ""),
        ("Dana Lee MRICS", "Dana Lee", ""),
        ("Principal Lee", "Lee", ""),
        ("Dana Lee (she/her)", "Dana Lee", ""),
        ("Dana Lee via LinkedIn", "Dana Lee", ""),
        ("'Dana Lee'", "Dana Lee", ""),
        ("DANA LEE", "Dana Lee", ""),
        ("Anna-Lena Weiß", "Anna-Lena Weiß", ""),
    ],
)
def test_shown_names_become_plain(shown: str, name: str, title: str) -> None:
    """Titles, degrees, pronouns, tools and 'family name, given name' are put aside."""
    assert names.named(shown) == (name, title)


@pytest.mark.parametrize(
    "name",
    [
        "Dana Lee",
        "Maarten de Vries",
        "Nguyen Thi Lan",
        "Chen Mei-Hua",
        "Ji-woo Park",
        "Seán Ó Briain",
        "Fatima Al-Sayyid",
        "Oluwaseun Adebayo",
        "Priya Venkataraman",
        "J. Smith",
        "Łukasz Nowak",
        "Þórdís Jónsdóttir",
    ],
)
def test_names_of_many_countries_are_likely(name: str) -> None:
    assert names.likeness(name) >= names.LIKELY


@pytest.mark.parametrize(
    "text",
    [
        "Acme Careers",
        "Oakline Credit Union",
        "Hiring Team",
        "Next Steps",
        "Talent Acquisition",
        "no-reply",
        "Google Meet",
        "",
    ],
)
def test_what_is_no_name_is_unlikely(text: str) -> None:
    assert names.likeness(text) <= names.UNLIKELY


def test_runs_end_before_positions_and_greetings() -> None:
    """A run of capitalised words is cut at words that no name holds and at positions."""
    found = [
        run.named.name for run in names.runs("Hi Dana Lee, meet Sam Roe Engineering Manager and Ms. Kim Park's team.")
    ]
    assert "Dana Lee" in found
    assert "Sam Roe" in found
    assert "Kim Park" in found


@pytest.mark.parametrize(
    ("text", "name", "titled"),
    [
        ("On Professor Roe's word", "Roe", True),
        ("Panel: Ma. Dana Roe", "Ma. Dana Roe", False),
        ("The post of Principal SA", "SA", False),
        ("Please tell us. Ask Dana Roe", "Dana Roe", False),
    ],
)
def test_runs_begin_behind_titles_and_verbs(text: str, name: str, titled: bool) -> None:
    assert (name, titled) in [(run.named.name, run.titled) for run in names.runs(text)]


@pytest.mark.parametrize("text", ["Oakline Women's Hospital", "Pozdrav", "Adquisición de Talento"])
def test_houses_and_greetings_are_no_names(text: str) -> None:
    assert all(names.likeness(run.named.name) <= names.UNLIKELY for run in names.runs(text) if " " in run.named.name)
    assert not any(names.likeness(run.named.name) >= names.LIKELY for run in names.runs(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dana", "Dana Lee"),
        ("D. Lee", "Dana Lee"),
        ("Lee Dana", "Dana Lee"),
        ("Dave Roe", "David Roe"),
        ("Rakesh V", "Rakesh Varma"),
        ("Mai", "Tran Thi Mai"),
        ("José Luna", "Jose Luna"),
    ],
)
def test_ways_of_writing_one_name_are_one_person(one: str, other: str) -> None:
    assert namesakes.same_person(one, other)
    assert namesakes.same_person(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("Dana Lee", "Sam Lee"), ("Dana Lee", "Dana Roe"), ("Dana", "Sam Roe"), ("", "Dana")]
)
def test_different_names_are_different_people(one: str, other: str) -> None:
    assert not namesakes.same_person(one, other)


@pytest.mark.parametrize(
    "local", ["dana.lee", "dlee", "danal", "lee.dana", "dana", "d.lee", "lee", "dana_lee2", "leed"]
)
def test_an_address_made_of_a_name_is_its_owners(local: str) -> None:
    assert namesakes.owns("Dana Lee", local)


@pytest.mark.parametrize("local", ["jobs", "sam.roe", "hr", "info", "danger"])
def test_other_addresses_are_not(local: str) -> None:
    assert not namesakes.owns("Dana Lee", local)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_runs_lie_within_the_text_in_order(text: str) -> None:
    """Whatever the text, runs lie inside it, do not overlap, and their words stand there."""
    at = 0
    for run in names.runs(text):
        assert at <= run.start <= run.end <= len(text)
        at = run.end
