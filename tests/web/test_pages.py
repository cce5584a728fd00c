"""Each page shows what `status`, `plan` and `show` know of the demo."""

from __future__ import annotations

import html
import re
from itertools import pairwise

import pytest

from tests.web.serving import Served


def text(markup: str) -> str:
    """What is read on it, in one line."""
    without = re.sub(r"<(title|desc|head)\b.*?</\1>", " ", markup, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", without)).split())


def part(markup: str, name: str) -> str:
    """The text of the section with that heading's id."""
    return text(re.split(r"<section", markup.partition(f'aria-labelledby="{name}"')[2])[0].partition(">")[2])


def test_the_board_has_each_application_in_the_column_of_its_stage(page: Served) -> None:
    board = page.get().text
    columns = {
        "applied": ["Lantern Credit Union"], "in_contact": [],
        "interviewing": ["Marlow & Finch Architects", "Tessera Health"],
        "waiting": ["Juniper Data", "Bluestem Foods", "Pell & Rowe"],
        "assessment": ["Ashgrove College"], "offer": ["Harborview Press"],
    }  # fmt: skip
    for stage, companies in columns.items():
        inside = part(board, f"in-{stage}")
        assert str(len(companies)) in inside.split()
        assert all(one in inside for one in companies), stage
    over = text(board.partition('id="over"')[2])
    assert over.index("Rejected 2") < over.index("Cobalt Freight") < over.index("Withdrawn 1")


def test_what_the_person_owes_leads_the_board(page: Served) -> None:
    board = text(page.get().text)
    assert board.index("Ashgrove College waits for your test. by Wed 1 Apr") < board.index("Under way")
    assert "6 drafts wait in your mail program" in board


def test_how_the_service_and_the_accounts_are_stands_below(page: Served) -> None:
    assert "mailbot is not running. Start it with: mailbot run" in text(page.get().text.partition("<footer>")[2])


def test_the_agenda_goes_week_by_week(page: Served) -> None:
    agenda = text(page.get("/agenda").text)
    order = ["Next week", "Tuesday 31 March", "News promised by this day", "Week of 6 April", "Tuesday 7 April",
             "14:00 Interview (video)", "Tessera Health, Project Coordinator", "With Julian Moss."]  # fmt: skip
    at = 0
    for one in order:
        at = agenda.index(one, at)
    assert "A friendly word on LinkedIn to Simon Pell" in agenda


def test_the_letters_that_wait_have_their_reason_and_their_text(page: Served) -> None:
    markup = page.get("/letters").text
    shown = part(markup, "waiting")
    assert "Offer reply to tom.abara@harborviewpress.example" in shown
    assert "Why Tom Abara makes an offer; it is answered at once, without accepting or declining." in shown
    assert "Before I answer, could I see the terms in writing?" in shown
    assert "Check-in to Casey Nordstrom Thu 2 Apr 08:00" in part(markup, "coming")
    assert "Notes: Production Editor interview" in part(markup, "kept")


def test_an_application_has_its_people_letters_mails_and_facts_with_their_words(page: Served) -> None:
    markup = page.get(page.application("Harborview Press")).text
    assert "Production Editor" in text(markup)
    assert "Elena Sorrel interviewer elena.sorrel@harborviewpress.example" in part(markup, "people")
    assert "Thank you for applying to Harborview Press" in part(markup, "mails")
    facts = part(markup, "facts")
    assert "Promised We plan to decide by Friday, March 20." in facts
    assert facts.index("Now: offer") < facts.index("Now: applied")
    assert "10 earlier letters and notes" in part(markup, "letters")


def test_the_picture_says_what_it_shows(page: Served) -> None:
    markup = page.get(page.application("Harborview Press")).text
    picture = markup[markup.index("<svg width") : markup.index("</figure>")]
    assert 'role="img" aria-labelledby="picture-title picture-text"' in picture
    assert "they wrote: 7, you wrote: 3, interviews: 2, promised by them: 1" in picture
    assert picture.count('class="talk done"') == 2
    assert picture.count('class="mail theirs"') == 7
    assert ">today</text>" in picture
    assert "Thu 5 Mar 10:00: interview (onsite)" in picture


def test_the_figures_are_of_the_whole_search(page: Served) -> None:
    shown = text(page.get("/figures").text)
    assert "applications 13" in shown
    assert "came to an interview 6" in shown
    assert "Lantern Credit Union by myworkday.com none in 30 days" in shown
    assert "Mail came by Sent in Answered Until an answer" in shown


def test_without_questions_the_page_says_so(page: Served) -> None:
    assert "None. All that was read is sure enough." in text(page.get("/questions").text)


@pytest.mark.parametrize("path", ["/", "/agenda", "/letters", "/questions", "/figures", "/said", "application"])
def test_a_page_has_one_heading_its_landmarks_a_language_and_a_way_past_the_menu(page: Served, path: str) -> None:
    markup = page.get(page.application("Harborview Press") if path == "application" else path).text
    for once in ("<h1", "<main ", "<header class=\"top\"", "<nav aria-label=", "<footer>", '<html lang="en">'):
        assert markup.count(once) == 1, once
    assert markup.index('href="#main">Skip') < markup.index("<nav")
    levels = [int(one) for one in re.findall(r"<h([1-6])", markup)]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    names = re.findall(r'\sid="([^"]+)"', markup)
    assert len(names) == len(set(names))
    assert set(re.findall(r'(?:aria-labelledby|aria-describedby|for)="([\w-]+)"', markup)) <= set(names)


def test_the_menu_marks_where_one_is(page: Served) -> None:
    assert re.findall(r'aria-current="page">(\w+)', page.get("/agenda").text) == ["Agenda"]


def test_an_interview_that_is_to_come_is_not_said_to_be_over(page: Served) -> None:
    facts = part(page.get(page.application("Tessera Health")).text, "facts")
    assert "Interview fixed" in facts
    assert "Interview held" not in facts
