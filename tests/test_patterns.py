"""Our patterns say what re2's own Python module says, in characters, whatever the text."""

from __future__ import annotations

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st

from mailbot.needed import needed
from mailbot.patterns import Match, Pattern, PatternSet, compiled

SOURCES = (
    r"a", r"", r"a*", r"(a)|(b)", r"(?P<first>\w+) (?P<second>\w+)?", r"\b", r"^a", r"é+", r"(?i:É)|ß", r"((a)b?)(c)?",
    r"\s*(?P<word>\pL*)", r"$", r"(?m)^.", r".",
)  # fmt: skip
texts = st.text(alphabet="aAbc éÉß€😀\n.", max_size=20)
sources = st.sampled_from(SOURCES)


def theirs(source: str) -> object:
    options = re2.Options()
    options.case_sensitive = False
    return re2.compile(source, options)


def seen(match: Match | None, groups: int) -> object:
    if match is None:
        return None
    spans = [match.span(number) for number in range(groups + 1)]
    return match.start, match.end, match.text, spans, [match.group(number) for number in range(groups + 1)]


def expected(match: object, groups: int) -> object:
    if match is None:
        return None
    spans = [match.span(number) for number in range(groups + 1)]
    return match.start(), match.end(), match.group(0), spans, [match.group(number) for number in range(groups + 1)]


@given(sources, texts, st.integers(0, 20), st.integers(0, 20))
def test_one_match_is_re2s(source: str, text: str, start: int, end: int) -> None:
    pattern, other = Pattern(source), theirs(source)
    start, end = min(start, len(text)), min(end, len(text))
    groups = other.groups
    assert seen(pattern.search(text, start, end), groups) == expected(other.search(text, start, end), groups)
    assert seen(pattern.match(text, start), groups) == expected(other.match(text, start), groups)
    assert seen(pattern.fullmatch(text), groups) == expected(other.fullmatch(text), groups)


@given(sources, texts)
def test_all_matches_are_re2s(source: str, text: str) -> None:
    other = theirs(source)
    found = [seen(match, other.groups) for match in Pattern(source).finditer(text)]
    assert found == [expected(match, other.groups) for match in other.finditer(text)]


@given(sources, texts)
def test_the_alternative_that_fitted_is_re2s(source: str, text: str) -> None:
    for match, other in zip(Pattern(source).finditer(text), theirs(source).finditer(text), strict=True):
        assert match.last == (other.lastindex or 0)
        assert match.groups() == other.groupdict()


@given(sources, texts, st.sampled_from(["", "x", r"<\g<0>>"]))
def test_what_is_put_in_place_is_re2s(source: str, text: str, replacement: str) -> None:
    assert Pattern(source).sub(replacement, text) == theirs(source).sub(replacement, text)


@given(sources, texts)
def test_the_pieces_are_re2s(source: str, text: str) -> None:
    assert Pattern(source).split(text) == [piece or "" for piece in theirs(source).split(text)]


@given(texts)
def test_a_replacement_names_groups_by_number_and_name(text: str) -> None:
    pattern = Pattern(r"(?P<first>\w+) (?P<second>\w+)")
    assert pattern.sub(r"\g<second>, \1", text) == theirs(pattern.source).sub(r"\g<second>, \1", text)


@given(st.lists(sources, max_size=5), texts)
def test_a_set_tells_which_of_its_expressions_occur(several: list[str], text: str) -> None:
    fitting = [number for number, source in enumerate(several) if compiled(source).search(text)]
    assert PatternSet(several).matching(text) == fitting


@given(st.lists(sources, max_size=5), texts, st.integers(0, 5))
def test_the_first_expression_from_one_on_is_the_first_that_occurs(several: list[str], text: str, start: int) -> None:
    occurring = PatternSet(several)
    assert occurring.first(text, start) == next((one for one in occurring.matching(text) if one >= start), None)


PIECES = ("abc", "b", " ", "bca?", "(?:abc|cab b)", "(?:ca|abc)?", "[ab]{2}", r"\b", ".{0,3}", "(?:a|b|bcab){1,2}", "é",
          r"\d", "é?", r"\?", "bc", "ABC", r"\.", r"\x61", "(?-i:Ab)c", "aab+", "|")  # fmt: skip
whole = st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join)


@given(st.lists(whole, max_size=5), st.text(alphabet="abcABC é.?7\n", max_size=24))
def test_a_set_asks_every_expression_whose_words_are_there(several: list[str], text: str) -> None:
    fitting = [number for number, source in enumerate(several) if compiled(source).search(text)]
    assert PatternSet([*several, *(f"z{number}" for number in range(100))]).matching(text) == fitting


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("interviews? with", {"interview"}),  # 'with' tells nothing beside it
        ("interviews? about", {"interview", " about"}),
        (r"\b(?:phone|video) call", {"phone", "video", " call"}),
        (r"(?:phone )?call", {"call"}),
        ("hello|(?P<who>world)", {"hello", "world"}),
        (r"(?:rejected){2,}", {"rejected"}),
        (r"(?:rejected)*|offer", set()),
        (r"\x41bcd[[:alpha:]efg]", {"bcd"}),
        ("(?:your|the) café", {" caf"}),
        (r"\b(?:hr|cv)$", {"hr", "cv"}),
        (r"\d\d?[ap]", set("0123456789")),
        (r"\?$", {"?"}),
    ],
)
def test_the_words_that_an_expression_needs(source: str, words: set[str]) -> None:
    assert {word for needs in needed(source) for need in needs for word in need} == words


@pytest.mark.parametrize("source", ["(", "(?=a)", r"(a)\1"])
def test_what_is_no_expression_is_refused(source: str) -> None:
    with pytest.raises(ValueError, match=r"missing|invalid"):
        Pattern(source).search("a")
    with pytest.raises(ValueError, match=r"missing|invalid"):
        PatternSet([source]).matching("a")


def test_case_is_folded_unless_asked_otherwise() -> None:
    assert compiled("é").search("É") is not None
    assert compiled("é", case=True).search("É") is None


@given(sources, texts)
def test_where_a_line_fits_the_question_of_all_lines_says_so(source: str, text: str) -> None:
    lines = text.split("\n")
    if any(compiled(source).fullmatch(line) for line in lines):
        assert compiled(source).may_fit_a_line(lines)


def test_most_texts_have_no_such_line() -> None:
    assert not compiled("best,?").may_fit_a_line(["Best of all", "the best"])
    assert compiled("best,?").may_fit_a_line(["It is fine.", "Best,"])
