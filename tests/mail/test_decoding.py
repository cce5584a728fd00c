"""Bytes to text: charsets, transfer encodings, encoded words, control characters."""

from __future__ import annotations

import base64
import binascii

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.mail.decoding import (
    LINE_CAP,
    TEXT_CAP,
    clean_line,
    clean_text,
    decode_bytes,
    decode_header,
    decode_transfer,
    unflow,
)


@pytest.mark.parametrize(
    ("text", "encoding", "label"),
    [
        ("Grüße", "utf-8", "UTF-8"),
        ("Grüße", "utf-8", "us-ascii"),
        ("Grüße", "utf-8", "iso-8859-1"),
        ("Grüße", "utf-8", "no-such-charset"),
        ("Grüße – “so”", "cp1252", "iso-8859-1"),
        ("Grüße", "latin-1", "utf-8"),
        ("Grüße", "latin-1", ""),
        ("10 € and more", "iso-8859-15", "iso-8859-15"),
        ("面接のご案内", "iso-2022-jp", "ISO-2022-JP"),
        ("面接のご案内", "shift_jis", "x-sjis"),
        ("面试通知", "gb18030", "gb2312"),
        ("面試通知", "big5", "big5"),
        ("Приглашение", "koi8-r", "koi8-r"),
        ("Hi", "utf-16", "utf-16"),
    ],
)
def test_text_by_its_charset_or_by_what_it_must_be(text: str, encoding: str, label: str) -> None:
    assert decode_bytes(text.encode(encoding), label) == text


def test_a_few_broken_bytes_do_not_turn_utf8_into_windows() -> None:
    assert decode_bytes("Grüße aus Köln".encode() + b"\xc3", "utf-8") == "Grüße aus Köln\ufffd"


@pytest.mark.parametrize(
    "label", ["idna", "punycode", "unicode_escape", "hex", "zip", "rot13", "\x00", "../x", "a" * 99]
)
def test_only_text_codecs_are_ever_used(label: str) -> None:
    assert decode_bytes(b"\\u0041 abc", label) == "\\u0041 abc"


@given(st.binary(max_size=200), st.sampled_from(["", "utf-8", "utf-7", "utf-16", "gb18030", "iso-2022-jp", "hz", "x"]))
@settings(max_examples=200, deadline=None)
def test_clean_text_has_nothing_invisible_whatever_the_bytes(data: bytes, label: str) -> None:
    text = clean_text(decode_bytes(data, label))
    text.encode("utf-8")
    assert not any(char in text for char in "\x00\r\x1b\x85\u200b\u202e\u2066\ufeff\u00a0")


def test_base64_and_quoted_printable_with_errors_in_them() -> None:
    assert decode_transfer(b"SGVs\r\n*bG8=\r\n", "BASE64") == b"Hello"
    assert decode_transfer(b"SGVsbG8", "base64") == b"Hello"
    assert decode_transfer(b"SGVsb", "base64") == b"Hel"
    assert decode_transfer(b"Gr=C3=BC=\r\n=DFe =ZZ", "quoted-printable") == b"Gr\xc3\xbc\xdfe =ZZ"


@given(st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_what_was_encoded_is_decoded(data: bytes) -> None:
    assert decode_transfer(base64.encodebytes(data), "base64") == data
    assert decode_transfer(binascii.b2a_qp(data, istext=False), "quoted-printable") == data


def test_no_more_than_the_cap_is_decoded() -> None:
    assert len(decode_transfer(base64.b64encode(b"a" * TEXT_CAP * 2), "base64")) == TEXT_CAP


def test_a_long_line_is_broken_at_a_space_and_loses_nothing() -> None:
    line = "word " * 2_000
    text = clean_text(line)
    assert max(map(len, text.split("\n"))) <= LINE_CAP
    assert text.replace("\n", "") == line


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("=?utf-8?q?Caf=C3=A9_talk?=", "Café talk"),
        ("=?UTF-8?B?Q2Fmw6k=?=", "Café"),
        ("=?utf-8?q?Caf=C3?=\r\n =?utf-8?q?=A9?= now", "Café now"),
        ("=?iso-8859-1?q?a?= =?utf-8?q?b?= c", "ab c"),
        ("a =?utf-8*en?q?b?= c", "a b c"),
        ("Caf\udcc3\udca9", "Café"),
        ("Caf\udce9", "Café"),
        ("=?nonsense?q?abc?=", "abc"),
        ("=?utf-8?x?abc?=", "=?utf-8?x?abc?="),
        ("=?utf-8?q?a=0D=0ABcc:_b?=", "a Bcc: b"),
        ("\u202eabc\x07\u200b", "abc"),
    ],
)
def test_header_values(value: str, text: str) -> None:
    assert decode_header(value) == text


def test_a_line_is_one_line() -> None:
    assert clean_line(" a\r\n\tb\u2028c\u00a0 d\x00 ") == "a b c d"


def test_flowed_lines_with_deleted_spaces() -> None:
    assert unflow("long \nword \nend\n stuffed", delete_space=True) == "longwordend\nstuffed"
