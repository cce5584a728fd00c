"""The classes of letters that patterns are compiled with."""

from __future__ import annotations

from unicodedata import category

import pytest

from mailbot.patterns import PatternSet, compiled

# No text of a mail holds control characters (mailbot/mail/decoding.py).
SCRIPTS_IN_FULL = [code for code in (*range(0x590), *range(0x1E00, 0x2000)) if category(chr(code)) != "Cc"]
NOT_LETTERS = "0 _-–—'’“”.,:;!?@&|•·…€£™©®°　、。「」！？😀"


@pytest.mark.parametrize("name", ["L", "Lu", "Ll", "M", "N"])
def test_latin_greek_and_cyrillic_are_as_unicode_has_them(name: str) -> None:
    pattern = compiled(rf"\p{{{name}}}", case=True)
    for code in SCRIPTS_IN_FULL:
        assert (pattern.fullmatch(chr(code)) is not None) == category(chr(code)).startswith(name), hex(code)


WORDS = ("面接", "めんせつ", "メール", "인터뷰", "собеседование", "مقابلة", "ראיון", "साक्षात्कार")


@pytest.mark.parametrize("word", WORDS)
def test_words_of_any_script_are_letters(word: str) -> None:
    assert compiled(r"\pL+").fullmatch(word) is not None


@pytest.mark.parametrize("mark", NOT_LETTERS)
def test_figures_punctuation_and_signs_are_no_letters(mark: str) -> None:
    assert compiled(r"\pL").search(mark) is None


def test_classes_are_spelt_out_alone_inside_brackets_and_in_sets() -> None:
    assert compiled(r"\p{Lu}[\p{L}\p{N}.-]*", case=True).search("the Ærø-2.Süd, and").text == "Ærø-2.Süd"
    assert compiled(r"[^\p{L}]\pL").search("é é").span() == (1, 3)
    assert PatternSet([r"\bx\p{L}y", r"\p{Lu}y"], case=True).matching("xéy") == [0]


@pytest.mark.parametrize("source", [r"\p{Han}", r"a\P{L}", r"[\pZ]"])
def test_no_other_class_is_known(source: str) -> None:
    with pytest.raises(ValueError, match="class of letters"):
        compiled(source).search("a")


def test_what_only_looks_like_a_class_is_left_alone() -> None:
    assert compiled(r"\\p{2}").fullmatch(r"\pp") is not None


def test_a_letter_that_an_expression_names_is_not_another_of_its_kind() -> None:
    assert compiled("面接").search("面試") is None
    assert compiled("Ж").search("Hello ж") is not None
    assert compiled("Ж", case=True).search("Hello ж") is None


@pytest.mark.parametrize("text", ["İstanbul", "K9 ẞ", "".join(map(chr, range(0x4E00, 0x4E60)))])
def test_whatever_a_mail_names_is_found_again(text: str) -> None:
    assert compiled(rf"x{text}y").search(f"a x{text}y").text == f"x{text}y"
