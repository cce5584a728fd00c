"""The compact set of names that a cursor or a snapshot holds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mailbot.mail.seen import mark_of, read_marks, write_marks


@given(st.sets(st.text(st.characters(codec="utf-8"))))
def test_a_set_is_read_back_as_it_was_written(names: set[str]) -> None:
    marks = frozenset(map(mark_of, names))
    assert read_marks(write_marks(marks)) == marks


def test_equal_sets_are_equal_texts() -> None:
    marks = [mark_of(name) for name in ("a", "b", "c")]
    assert write_marks(marks) == write_marks(reversed(marks))


def test_each_name_costs_eight_characters() -> None:
    few, more = (len(write_marks(mark_of(str(number)) for number in range(count))) for count in (10, 110))
    assert more - few == 800


@given(st.text())
def test_any_other_text_is_no_set(text: str) -> None:
    marks = read_marks(text)
    assert marks is None or write_marks(marks) == text
