"""Names and domains that are alike are found without comparing each with each: the same that this would find."""

from __future__ import annotations

from itertools import combinations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from mailbot.reading.domains import spells
from mailbot.tracking.alike import FEW, Named, Spelt, alike
from mailbot.tracking.domains import resembles
from mailbot.tracking.names import Likeness, compare_companies, stem

# Few words, some of which begin alike, so that names often meet: kinds, small words, joints, legal forms, scopes.
WORDS = st.sampled_from(
    ("Fern", "fernby", "Port", "Portal", "Po", "Institute", "University", "of", "the", "The", "and", "&", "Ltd", "GmbH",
     "Group", "Europe", "Søren", "Jäger", "é", "Z", "7", "77", "Freight", "Robotics", "R", "Recruiting-Team", "ports")
)  # fmt: skip
NAMES = st.lists(WORDS, min_size=1, max_size=5).flatmap(lambda some: st.sampled_from((" ".join(some), "".join(some))))
PIECES = ("fern", "fernb", "f", "port", "po", "p", "i", "inst", "uni", "s", "and", "of", "the", "soeren", "jaeger", "7")
LABELS = st.lists(st.sampled_from((*PIECES, "get", "my", "-")), min_size=1, max_size=6).map("".join)
ENDS = st.sampled_from(["", "s", "hq", "group", "app", "-jobs"])


def same(one: Named, other: Named) -> bool:
    """What is alike, said once more in the plainest way."""
    (text, is_domain), (second, second_is) = one, other
    if is_domain and second_is:
        return False
    if not is_domain and not second_is:
        return compare_companies(text, second) >= Likeness.CLOSE
    return resembles(text, second) if is_domain else resembles(second, text)


def pairwise(named: set[Named]) -> set[frozenset[Named]]:
    pairs = combinations(named, 2)
    return {frozenset(two) for two in pairs if stem(two[0][0]) == stem(two[1][0]) and same(*two)}


@settings(max_examples=15)
@given(
    st.sets(st.tuples(st.sampled_from(("Fern ", "Fern", "The Fern ")), NAMES).map("".join), min_size=FEW, max_size=20),
    st.sets(st.tuples(LABELS, ENDS).map(lambda one: f"fern{one[0]}{one[1]}.example"), min_size=1, max_size=8),
)
def test_the_pairs_are_those_that_comparing_each_with_each_finds(names: set[str], domains: set[str]) -> None:
    named = {(one, False) for one in names} | {(one, True) for one in domains}
    assert {frozenset(pair) for pair in alike(named)} == pairwise(named)


@given(NAMES, st.tuples(LABELS, ENDS).map("".join))
@example("Jäger & Co", "jaegerandco")
@example("The Fern Port", "fernportparis")
@example("City of Port", "portcity")
@example("Fern", "f" * 80)
def test_whatever_a_label_spells_is_found_by_it(name: str, label: str) -> None:
    assert name in Spelt([name]).by(label) or spells(label, name) == 0


@given(st.text(max_size=12), st.text(max_size=12))
def test_whatever_a_text_spells_is_found_by_it(name: str, label: str) -> None:
    assert name in Spelt([name]).by(label) or spells(label, name) == 0


def test_of_many_that_begin_alike_only_a_few_are_compared() -> None:
    count = 400
    names = {(f"Quayside {number}", False) for number in range(count)}
    domains = {(f"quayside{number}.example", True) for number in range(count)}
    before = spells.cache_info().misses + compare_companies.cache_info().misses
    found = list(alike(names | domains))
    assert spells.cache_info().misses + compare_companies.cache_info().misses - before < 8 * count
    assert len(found) >= count
