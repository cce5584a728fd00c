"""Answers to FETCH as values: beside imapclient's own parser, which takes five times as long."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from imapclient.response_parser import parse_response

from mailbot.mail.imap.answers import read_answers
from mailbot.mail.imap.parts import Part, read_structure

WORDS = st.from_regex(rb"[A-Za-z$.\\][A-Za-z0-9$./\\]{0,9}", fullmatch=True).filter(
    lambda one: one.upper() != b"NIL" and b"BODY" not in one.upper()
)
STRINGS = st.binary(max_size=12).map(lambda one: one.replace(b"\r", b"").replace(b"\n", b"").replace(b"\0", b""))
NUMBERS = st.integers(0, 2**63)
VALUES = st.recursive(
    st.one_of(WORDS.map(lambda one: ("word", one)), STRINGS.map(lambda one: ("quoted", one)), NUMBERS, st.none()),
    lambda below: st.lists(below, max_size=4).map(tuple).map(lambda one: ("list", one)),
    max_leaves=12,
)


def written(value: Any) -> bytes:
    """A value as a server writes it."""
    if value is None:
        return b"NIL"
    if isinstance(value, int):
        return b"%d" % value
    kind, content = value
    if kind == "list":
        return b"(" + b" ".join(written(one) for one in content) + b")"
    return content if kind == "word" else b'"' + content.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'


@given(st.lists(VALUES, max_size=4), st.binary(max_size=20))
def test_any_values_are_those_that_imapclient_reads(values: list[Any], literal: bytes) -> None:
    items = b" ".join(b"X%d %s" % (at, written(one)) for at, one in enumerate(values))
    text = b"3 (UID 7 " + items + b" BODY[1]<0> {%d}" % len(literal)
    theirs = dict(zip(*[iter(parse_response([(text, literal), b")"])[1])] * 2, strict=True))  # type: ignore[arg-type, index, call-overload]
    assert {b"UID": 7, **read_answers([(text, literal), b")"])[7]} == theirs


def test_each_mail_has_its_own_items() -> None:
    records = [(b"1 (UID 5 BODY[] {2}", b"a)"), b" FLAGS (\\Seen $Later))", b"2 (UID 6 FLAGS ())"]
    assert read_answers(records) == {5: {b"BODY[]": b"a)", b"FLAGS": (b"\\Seen", b"$Later")}, 6: {b"FLAGS": ()}}


def test_items_of_one_mail_in_two_answers_are_put_together() -> None:
    assert read_answers([b"1 (UID 5 RFC822.SIZE 9)", b"1 (UID 5 FLAGS ())"]) == {5: {b"RFC822.SIZE": 9, b"FLAGS": ()}}


def test_news_of_flags_without_a_uid_is_nobodys() -> None:
    assert read_answers([b"4 (FLAGS (\\Seen))"]) == {}


@pytest.mark.parametrize("fields", [b"(DATE FROM)", b'("DATE" "FROM")', b"(date)"])
def test_a_section_is_named_without_its_fields(fields: bytes) -> None:
    answer = read_answers([(b"1 (UID 5 body[HEADER.FIELDS %s] {3}" % fields, b"abc"), b" FLAGS ())"])
    assert answer == {5: {b"BODY[HEADER.FIELDS": b"abc", b"FLAGS": ()}}


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        (b'" 1-Mar-2026 09:05:00 +0100"', datetime(2026, 3, 1, 8, 5, tzinfo=UTC)),
        (b'"31-DEC-2025 23:30:10 -0330"', datetime(2026, 1, 1, 3, 0, 10, tzinfo=UTC)),
        (b'"31-Dec-0001 23:30:10"', None),
        (b'"30-Feb-2026 00:00:00 +0000"', None),
        (b"NIL", None),
        (b"()", None),
    ],
)
def test_arrival_is_a_moment_or_nothing(text: bytes, moment: datetime | None) -> None:
    assert read_answers([b"1 (UID 5 INTERNALDATE %s)" % text])[5][b"INTERNALDATE"] == moment


@pytest.mark.parametrize(
    "records",
    [
        [b"1 (UID 5"], [b"1 UID 5)"], [b"1 (UID 5))"], [b"1"], [b'1 (UID 5 X "a)'], [b"1 (UID)"], [b"(UID 5) 1"],
        [b"1 (UID 5 () 1)"], [b"1 (UID 5 BODY[HEADER.FIELDS (A)"], [(b"{3}", b"abc")],
    ],
)  # fmt: skip
def test_what_is_no_answer_is_refused(records: list[Any]) -> None:
    with pytest.raises(ValueError):
        read_answers(records)


@given(st.binary(max_size=40), st.binary(max_size=9))
def test_any_bytes_are_an_answer_or_refused(text: bytes, literal: bytes) -> None:
    for records in ([text], [(text + b"{%d}" % len(literal), literal), text], [None]):
        try:
            read_answers(records)
        except ValueError:
            continue


@given(st.recursive(st.none() | st.integers(0, 9) | st.binary(max_size=5), lambda one: st.lists(one).map(tuple)))
def test_any_list_is_the_structure_of_a_mail(body: Any) -> None:
    if isinstance(body, tuple):
        assert isinstance(read_structure(body), Part)
