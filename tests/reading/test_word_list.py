"""A word list answers as a set does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mailbot.reading.tables import WordList

words = st.text(st.characters(exclude_characters="\n"), max_size=6)


@given(st.lists(words), words)
def test_it_holds_what_it_was_given_and_nothing_else(listed: list[str], asked: str) -> None:
    held = WordList(listed)
    assert all(one in held for one in listed)
    assert (asked in held) == (asked in set(listed))
