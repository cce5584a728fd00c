"""Job titles: where they begin and end, what is cut out of them, and their numbers."""

from __future__ import annotations

import pytest

from mailbot.reading import title_ends, titles


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Senior Data Analyst position at Oakline", "Senior Data Analyst"),
        ("software engineer at Oakline", "software engineer"),
        ("Teacher of Physics at Elm School", "Teacher of Physics"),
        ("Intern, AI/ML Research position", "Intern, AI/ML Research"),
        ("Manager, Software Development with us", "Manager, Software Development"),
        ("Java Developer, Junior with us", "Java Developer, Junior"),
        ("Head of Engineering - Oakline", "Head of Engineering"),
        ("Research Assistant in Medical Imaging. We", "Research Assistant in Medical Imaging"),
        ("Full Stack Developer (Backend) role", "Full Stack Developer (Backend)"),
        ("customer service representative in our Leeds store", "customer service representative"),
        ("Software Engineer II at Oakline", "Software Engineer II"),
        ("Software Engineer I role", "Software Engineer I"),
        ("Sr. .NET Developer role", "Sr. .NET Developer"),
        ("Student Wellbeing Officer with us", "Student Wellbeing Officer"),
        ("Field Ecologist (07/26)", "Field Ecologist"),
        ("Data Steward, #2026-0388", "Data Steward"),
        ("time you took to", ""),
    ],
)
def test_a_title_is_read_forwards(text: str, title: str) -> None:
    found = title_ends.leading(text)
    assert (found if titles.likeness(found) >= titles.LIKELY else "") == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "apply for the 2026 Summer Analyst Program - Technology - Toronto",
            "2026 Summer Analyst Program - Technology - Toronto",
        ),
        ("Interview for Data Analyst", "Data Analyst"),
        ("for the Marketing & Communications Manager", "Marketing & Communications Manager"),
        ("for Oakline's part-time customer service representative", "part-time customer service representative"),
        ("in the Research Assistant in Medical Imaging", "Research Assistant in Medical Imaging"),
        ("Thanks for applying to my Software Engineer I", "Software Engineer I"),
        ("the Software Engineer II - Payments (R-12345)", "Software Engineer II - Payments"),
    ],
)
def test_a_title_is_read_backwards(text: str, title: str) -> None:
    assert title_ends.trailing(text) == title


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Software Engineer (m/w/d)", "Software Engineer"),
        ("Payroll Lead, Wigan", "Payroll Lead"),
        ("Office Administrator, Dublin 8", "Office Administrator"),
        ("Developer, Mobile", "Developer, Mobile"),
        ("Application UX Designer", "UX Designer"),
        ("Application Developer", "Application Developer"),
        ("Maths Teacher for the fall", "Maths Teacher"),
        ("AB/2214 Parks Officer", "Parks Officer"),
        ("Data Analyst - R12345", "Data Analyst"),
        ("Data Analyst (Req #4521)", "Data Analyst"),
        ("JR0012 Data Analyst", "Data Analyst"),
        ("K31TB4410 Data Analyst", "Data Analyst"),
        ("Data Analyst (HLS/26/14)", "Data Analyst"),
        ("Data Analyst, 31-0442", "Data Analyst"),
        ("Data Analyst KTV2203", "Data Analyst"),
        ("Data Analyst, Floor 4", "Data Analyst"),
        ("Data Analyst, Leeds, 45k", "Data Analyst"),
        ("seasonal Data Analyst", "Data Analyst"),
        ("Seasonal Data Analyst", "Seasonal Data Analyst"),
        ("Data Analyst, Mr", "Data Analyst"),
        ("Data Analyst, Herr", "Data Analyst"),
        ("Nurse (ID: 99)", "Nurse"),
        ("Grade 7 Policy Lead", "Grade 7 Policy Lead"),
        ("Analyst 2026 Programme", "Analyst 2026 Programme"),
        ("“Office Manager”", "Office Manager"),
    ],
)
def test_numbers_and_gender_marks_are_cut_out(written: str, title: str) -> None:
    assert titles.clean(written) == title


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Data Analyst (JR0012)", "JR0012"),
        ("Requisition ID: R-12345", "R-12345"),
        ("Req #4521", "4521"),
        ("Vacancy ID: 12833921", "12833921"),
        ("Data Analyst", None),
        ("in 2026", None),
    ],
)
def test_the_number_of_a_requisition_is_found(text: str, number: str | None) -> None:
    assert titles.requisition(text) == number


@pytest.mark.parametrize(
    "text", ["Hiring Manager", "Talent Acquisition Partner", "Next Steps", "Monday", "your application", ""]
)
def test_what_is_no_role_is_unlikely(text: str) -> None:
    assert titles.likeness(text) < titles.LIKELY


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("R4-26-0077 Lock Keeper", "Lock Keeper"),
        ("PM for Lock Keeper", "Lock Keeper"),
        ("Selection process for Lock Keeper", "Lock Keeper"),
        ("Process Engineer", "Process Engineer"),
        ("PhD position", "PhD position"),
    ],
)
def test_a_title_begins_behind_codes_times_and_steps(stated: str, title: str) -> None:
    assert titles.clean(stated) == title
