"""What an address runs together, cut into words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.reading.cuts import MOST_WAYS, Ways
from mailbot.reading.known_words import COSTS, FIRMS, SEEN_COSTS, Known, cost, kind_of, known, times
from mailbot.reading.run_together import MOST, words_of


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("savannahvetcentre", "savannah vet centre"),
        ("smithandsonsplumbing", "smith and sons plumbing"),
        ("queenofpeacegirls", "queen of peace girls"),
        ("pedraazul", "pedra azul"),
        ("snowflake", "snowflake"),
        ("stripe", "stripe"),
        ("xqzv", "xqzv"),
    ],
)
def test_labels_are_cut_where_their_words_end(label: str, words: str) -> None:
    assert " ".join(words_of(label)) == words


@given(st.text(st.characters(exclude_categories=()), max_size=MOST + 2))
def test_nothing_of_a_label_is_lost(label: str) -> None:
    assert "".join(words_of(label)) == label


@given(st.text("abcdefghilmnorst", min_size=1, max_size=MOST))
def test_there_are_ways_and_the_cheapest_is_first(label: str) -> None:
    ways = Ways(label, known).cheapest()
    spent = [sum(cost(word, known(word)) for word in words) for words in ways]
    assert 1 <= len(ways) <= MOST_WAYS
    assert spent == sorted(spent)


@pytest.mark.parametrize(
    ("word", "kind"), [("the", "a"), ("northumberland", "c"), ("bakehouse", FIRMS), ("qxzvk", ""), ("", "")]
)
def test_the_kinds_of_words(word: str, kind: str) -> None:
    assert kind_of(word) == kind


def test_a_word_costs_less_the_more_common_it_is_and_an_unknown_one_most() -> None:
    english = [cost("tulip", Known(kind, 0)) for kind in "abcde"]
    seen = [cost("tulip", Known("", count)) for count in reversed(SEEN_COSTS)]
    assert english == sorted(english)
    assert seen == sorted(seen)
    assert cost("tulip", Known("", 0)) > max(*english, *seen)


def test_every_kind_has_a_cost() -> None:
    assert {kind_of(word) for word in ("the", "nagano", "smith", "qxzvk", "bakery")} <= {*COSTS, ""}


@pytest.mark.parametrize(("count", "told"), [(0, 0), (1, 1), (3, 2), (8, 4), (500, 9)])
def test_how_often_a_word_was_seen_is_told_in_steps(count: int, told: int) -> None:
    assert times(count) == told
