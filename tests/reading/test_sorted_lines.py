"""Sorted lines answer as a dict does, a word list as a set."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.filed import FiledLines
from mailbot.reading.sorted_lines import SortedLines, word_list
from mailbot.reading.tables import written

words = st.text(st.characters(exclude_characters="\n\t"), max_size=6)
LONG = 40  # letters behind each word: a few dozen lines fill more than one block


@given(st.lists(words), words)
def test_a_word_list_holds_what_it_was_given_and_nothing_else(listed: list[str], asked: str) -> None:
    held = word_list(listed)
    assert all(one in held for one in listed)
    assert (asked in held) == (asked in set(listed))


@given(st.dictionaries(words.map(lambda one: one * LONG), words, max_size=60), words)
def test_lines_say_what_stands_behind_their_keys(rows: dict[str, str], asked: str) -> None:
    keys = sorted((key.encode(errors="surrogatepass"), value) for key, value in rows.items())
    held = SortedLines(b"".join(b"%b\t%b\n" % (key, value.encode(errors="surrogatepass")) for key, value in keys))
    for key in (*rows, asked, asked * LONG):
        said = held.get(key)
        assert (None if said is None else said.decode(errors="surrogatepass")) == rows.get(key)


@given(st.dictionaries(words.map(lambda one: one * LONG), words, max_size=60), words)
def test_lines_in_a_file_say_what_stands_behind_their_keys(
    tmp_path_factory: pytest.TempPathFactory, rows: dict[str, str], asked: str
) -> None:
    keys = sorted((key.encode(errors="surrogatepass"), value) for key, value in rows.items())
    file = tmp_path_factory.getbasetemp() / "rows"
    body = b"".join(b"%b\t%b\n" % (key, value.encode(errors="surrogatepass")) for key, value in keys)
    file.write_bytes(b"a head\n" + body)
    held = FiledLines(str(file), head=1)
    assert held.head == (b"a head\n",)
    for key in (*rows, asked, asked * LONG):
        said = held.get(key)
        assert (None if said is None else said.decode(errors="surrogatepass")) == rows.get(key)


@pytest.mark.parametrize("name", ["in", "out", "dues", "organisations"])
def test_what_was_learned_stands_in_the_order_in_which_it_is_looked_for(name: str) -> None:
    keys = [line.split(b"\t")[0] for line in written(f"learned/{name}.txt").splitlines()[2:]]
    assert keys == sorted(set(keys))
