"""The notes form, filled in, becomes notes for letters."""

from __future__ import annotations

import pytest

from mailbot.drafting.letter import Note
from mailbot.drafting.notes_form import read_form
from mailbot.etiquette.follow_up import FollowUpKind
from tests.drafting.desk_letters import Letters
from tests.etiquette.desk import OMAR, PRIYA

ABOUT = ("<fixed@mail.test>",)


def form() -> str:
    desk = Letters()
    desk.applied()
    desk.interview("2026-03-12 14:00", 60, people=(PRIYA, OMAR))
    return desk.letter("2026-03-11 18:00", FollowUpKind.INTERVIEW_NOTES).body


def test_an_empty_form_says_nothing() -> None:
    assert read_form(form(), ABOUT) == ()


def test_topics_go_to_their_person_and_what_i_would_add_to_all() -> None:
    filled = form().replace("Topics with Priya Shah:", "Topics with Priya Shah: the new plant\n- hiring in Leeds")
    filled = filled.replace("What I would add:", "What I would add:\nI led such a move.")
    assert read_form(filled, ABOUT) == (
        Note(ABOUT, "the new plant", "Priya Shah"),
        Note(ABOUT, "hiring in Leeds", "Priya Shah"),
        Note(ABOUT, "I led such a move."),
    )


def test_the_other_answers_and_what_is_for_myself_are_no_topics() -> None:
    filled = form().replace("What they look for:", "What they look for: patience")
    filled = filled.replace("Who will write:", "Who will write: Dana")
    filled += "Topics: the lift was broken\n"
    assert read_form(filled, ABOUT) == ()


@pytest.mark.parametrize(
    ("answer", "known"),
    [("first names", True), (" dana@acme.test, first names.", True), (" first names: yes", True), ("", False),
     (" no first names", False), (" first names: no", False), (" dana@acme.test", False)],
)  # fmt: skip
def test_who_was_met_on_first_names_is_greeted_so(answer: str, known: bool) -> None:
    filled = form().replace("Met Omar Bell (address, first names?):", f"Met Omar Bell (address, first names?):{answer}")
    assert read_form(filled, ABOUT) == ((Note(ABOUT, "", "Omar Bell", first_names=True),) if known else ())


def test_a_quoted_form_is_read_too() -> None:
    filled = form().replace("Topics with Omar Bell:", "Topics with Omar Bell: the budget")
    quoted = "".join(f"> {line}\r\n" for line in filled.splitlines())
    assert read_form(quoted, ABOUT) == (Note(ABOUT, "the budget", "Omar Bell"),)
