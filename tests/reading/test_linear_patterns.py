"""Every expression that reading has compiled, over a megabyte that is written against it: no time grows with its
square. RE2 promises that for one search; that a text is searched again behind each match is ours to watch."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

import pytest

from mailbot.errors import Unreadable
from mailbot.mail.decoding import LINE_CAP
from mailbot.mail.mime import parse
from mailbot.patterns import Pattern, PatternSet
from mailbot.reading.reader import read
from tests.mutation import READER, seeds

MEGABYTE = 1 << 20
PART = 1 << 16  # of it, where every match makes a value
SECONDS = 5  # of the processor for one expression; what grows with the square would take minutes
MAIL = b" ".join(seeds()).decode("utf-8", "replace").lower()
TEXTS = {
    "mail": MAIL, "digits": "1 ", "letters": "a", "names": "Dana Lee ", "brackets": "(", "accents": "é", "blanks": " ",
    "cues": "we invite you to an interview on ", "addresses": "a@b.c <d@e.f>, ", "stops": ". ", "dashes": "- a – b | ",
}  # fmt: skip


@pytest.fixture(scope="module")
def used() -> list[object]:
    """The expressions and sets that reading some hundred mails has asked for."""
    for mail in seeds()[::3]:
        try:
            read(parse(mail), READER)
        except Unreadable:
            continue
    return gc.get_objects()


def lines(name: str, size: int) -> str:
    """That text so often that it has this size, in lines as long as they can be."""
    text = (TEXTS[name] * (size // len(TEXTS[name]) + 1))[:size]
    return "\n".join(text[at : at + LINE_CAP] for at in range(0, size, LINE_CAP))


def slowest(work: Callable[[object], object], over: list[object]) -> float:
    taken = [0.0]
    gc.disable()  # what earlier tests left would be gone through again and again, and counted here
    for one in over:
        began = time.process_time()
        work(one)
        taken.append(time.process_time() - began)
    gc.enable()
    return max(taken)


@pytest.mark.parametrize("name", TEXTS)
def test_a_set_is_matched_soon(used: list[object], name: str) -> None:
    sets = [one for one in used if isinstance(one, PatternSet)]
    assert len(sets) > 10
    text = lines(name, MEGABYTE)
    assert slowest(lambda one: one.matching(text), sets) < SECONDS


def test_an_expression_is_searched_for_soon(used: list[object]) -> None:
    expressions = [one for one in used if isinstance(one, Pattern)]
    assert len(expressions) > 500
    text = lines("mail", MEGABYTE)
    assert slowest(lambda one: one.search(text), expressions) < SECONDS


@pytest.mark.parametrize("name", ["mail", "digits", "brackets", "addresses", "dashes"])
def test_all_that_an_expression_matches_is_found_soon(used: list[object], name: str) -> None:
    expressions = [one for one in used if isinstance(one, Pattern)]
    text = lines(name, PART)
    assert slowest(lambda one: sum(1 for _ in one.finditer(text)), expressions) < SECONDS
