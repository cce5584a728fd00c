"""The notes form, filled in, becomes notes for letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.drafting.letter import Note, NoteKind
from mailbot.drafting.notes_form import Facts, read_facts, read_form
from mailbot.etiquette.follow_up import FollowUpKind
from mailbot.mail.headers import is_safe_email
from mailbot.reading.statements import Part, Person
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


def test_what_they_look_for_what_was_promised_and_who_writes_are_notes_of_their_own() -> None:
    filled = form().replace("What they look for:", "What they look for: patience")
    filled = filled.replace("'the case study'):", "'the case study'): my report")
    filled = filled.replace("Who will write:", "Who will write:\nDana")
    assert read_form(filled, ABOUT) == (
        Note(ABOUT, "patience", kind=NoteKind.LOOKED_FOR),
        Note(ABOUT, "my report", kind=NoteKind.PROMISED),
        Note(ABOUT, "Dana", kind=NoteKind.WRITES),
    )


@pytest.mark.parametrize("answer", ["not said", "Nothing.", "-", "?", "no"])
def test_an_answer_that_says_nothing_is_no_note_and_no_fact(answer: str) -> None:
    filled = form()
    labels = ("What they look for:", "What I would add:", "'the case study'):", "is an answer):", "Who will write:")
    for label in labels:
        assert label in filled
        filled = filled.replace(label, f"{label} {answer}")
    assert read_form(filled, ABOUT) == ()
    assert read_facts(filled) == Facts()


def test_what_is_for_myself_is_neither_a_note_nor_a_fact() -> None:
    filled = form() + "Topics: the lift was broken\nMet Omar Bell: omar@acme.test\nDecides by: Friday\n"
    assert read_form(filled, ABOUT) == ()
    assert read_facts(filled) == Facts()


@pytest.mark.parametrize(
    "answer",
    ["Nora Field, nora@acme.test", "Nora Field <nora@acme.test>, first names", "nora@acme.test (Nora Field)",
     "Nora Field, Nora@Acme.test <mailto:nora@acme.test>."],
)  # fmt: skip
def test_an_address_is_read_with_the_name_beside_it(answer: str) -> None:
    filled = form().replace("Who will write:", f"Who will write: {answer}")
    filled = filled.replace("FOR MYSELF", f"Met (name, address, first names?): {answer}\n\nFOR MYSELF")
    facts = Facts((Person("Nora Field", "nora@acme.test", Part.INTERVIEWER),),
                  (Person("Nora Field", "nora@acme.test", Part.CONTACT),))  # fmt: skip
    assert read_facts(filled) == facts


@pytest.mark.parametrize(
    "answer",
    ["omar@", "@acme.test", "omar at acme.test", "omar@acme", "omar@acme.test@evil.test", "omar@acme.test\x00bcc:x",
     "omar@acme.test, omar@evil.test", "omar@acme.test%0aBcc:x@evil.test", '"omar"@acme.test', "omar@аcme.test"],
)  # fmt: skip
def test_what_is_no_plain_address_or_may_be_another_s_is_no_fact(answer: str) -> None:
    label = "Met Omar Bell (address, first names?):"
    assert read_facts(form().replace(label, f"{label} {answer}")) == Facts()


@given(st.text(max_size=200))
def test_whatever_is_written_only_plain_one_line_values_come_of_it(text: str) -> None:
    filled = form()
    for label in ("first names?):", "Who will write:", "is an answer):", "What they look for:"):
        filled = filled.replace(label, f"{label} {text}")
    facts = read_facts(filled)
    for one in (*facts.met, *facts.writes):
        assert is_safe_email(one.email or "")
        assert one.name.isprintable()
        assert not set("<>@\"") & set(one.name)
    assert all(len(one.topic.splitlines()) < 2 for one in read_form(filled, ABOUT))


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
