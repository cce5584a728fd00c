"""Any bytes give a Message or Unreadable, soon and in little memory."""

from __future__ import annotations

import base64
import time
from email.parser import BytesParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.errors import Unreadable
from mailbot.mail.mime import parse
from mailbot.mail.structure import DEPTH_CAP, PARTS_CAP, Part, parse_structure

HEAD = b"From: Dana <dana@tarn.example>\r\nDate: Tue, 3 Mar 2026 10:00:00 +0000\r\n"
HTML = HEAD + b"Content-Type: text/html\r\n\r\n"
MIXED = HEAD + b"Content-Type: multipart/mixed; boundary=x\r\n\r\n"
SIZE = 256 * 1024

SAMPLES = (
    MIXED + b"--x\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    b"Gr=C3=BC=C3=9Fe\r\n--x\r\nContent-Type: application/pdf; name*0*=utf-8''a; name*1=b\r\n\r\nJVBE\r\n--x--\r\n",
    HEAD + b'Subject: =?utf-8?b?SGVsbG8=?= =?iso-8859-1?q?=E9?=\r\nTo: "A, B" <a@x.example>, C: d@x.example;\r\n'
    b"Content-Type: text/html; charset=windows-1252\r\n\r\n<table><tr><td>a<td>b</table><blockquote type=cite>x<p>y",
    HEAD + b"Content-Type: multipart/report; boundary=x\r\n\r\n--x\r\n\r\nText\r\n--x\r\nContent-Type: "
    b"message/delivery-status\r\n\r\nA: b\r\n\r\nC: d\r\n--x\r\nContent-Type: message/rfc822\r\n\r\n"
    b"Message-ID: <a@b.c>\r\n\r\nx\r\n--x--",
    HEAD
    + b"Content-Type: text/plain; format=flowed; charset=iso-2022-jp\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    + base64.encodebytes("面接 のご案内 \n> です".encode("iso-2022-jp")),
)
FRAGMENTS = (
    b'"', b"<", b"(", b"=?utf-8?q?", b"?=", b"\r\n", b"\n\n", b"--x", b"\x00", b"\xff", b"\xed\xa0\x80", b";",
    b"charset=idna;", b"Content-Type: message/rfc822\n\n", b"Content-Type: multipart/digest; boundary=x\n",
    b"&#99999999;", b"<td>", b"*0*=",
)  # fmt: skip


def nested(levels: int) -> bytes:
    level = b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n"
    return HEAD + b"".join(level % (number, number) for number in range(levels)) + b"\r\nhi"


BOMBS = {
    "deep HTML": HTML + b"<div>" * (SIZE // 5),
    "deep tables": HTML + b"<table><tr><td>x" * (SIZE // 16),
    "deep quotes": HTML + b"<blockquote type=cite>x" * (SIZE // 23),
    "unclosed formatting": HTML + b"".join(b"<p><b id=%d>x" % n for n in range(SIZE // 15)),
    "unclosed comments": HTML + b"<!--" * (SIZE // 4),
    "unclosed attributes": HTML + b'<a b="' * (SIZE // 6),
    "unclosed scripts": HTML + b"<script></script" * (SIZE // 16),
    "a reference of many digits": HTML + b"&#" + b"9" * SIZE,
    "a tag of many attributes": HTML + b"<div style=" + b"a=b " * (SIZE // 4) + b">",
    "deep multiparts": nested(20_000),
    "mails in mails": HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 5_000,
    "many parts": MIXED + b"--x\r\n\r\na\r\n" * 100_000,
    "many encoded words": HEAD + b"Subject: " + b"=?utf-8?q?=C3=A9?= " * 3_000 + b"\r\n\r\nx",
    "many addresses": HEAD + b"To: " + b"".join(b"a%d@b.example," % n for n in range(4_000)) + b"\r\n\r\nx",
    "nested comments": HEAD + b"To: " + b"(" * 60_000 + b"\r\n\r\nx",
    "many quotes": HEAD + b"To: " + b'"' * 60_001 + b"\r\n\r\nx",
    "parameters": HEAD + b"Content-Type: text/plain;" + b';"' * 1_000_000 + b"\r\n\r\nx",
    "a long header": HEAD + b"Subject: " + b"a b" * 1_000_000 + b"\r\n\r\nx",
    "many headers": HEAD + b"X-A: b\r\n" * 200_000 + b"\r\nx",
    "spaces": HEAD + b"\r\n" + b" " * 5_000_000 + b"x",
    "blank lines": HEAD + b"\r\n" + b"\r\n" * 2_000_000,
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_read_within_two_seconds(name: str) -> None:
    start = time.process_time()
    parse(BOMBS[name])
    assert time.process_time() - start < 2


def test_a_large_attachment_costs_next_to_nothing() -> None:
    """25 MB in less than the time that reading its base64 alone would take."""
    blob = base64.encodebytes(bytes(range(256)) * 72_000)
    raw = (
        MIXED + b"--x\r\nContent-Type: text/plain\r\n\r\nAbove\r\n--x\r\nContent-Type: application/zip; name=a.zip\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n" + blob
        + b"--x\r\nContent-Type: text/plain\r\n\r\nBelow\r\n--x--\r\n"
    )  # fmt: skip
    start = time.process_time()
    message = parse(raw)
    assert time.process_time() - start < 1
    assert message.text == "Above\n\nBelow"
    assert [one.name for one in message.attachments] == ["a.zip"]


def test_the_tree_stays_within_its_caps() -> None:
    def depth(part: Part) -> int:
        return 1 + max(map(depth, part.children), default=0)

    assert depth(parse_structure(nested(1_000))) <= DEPTH_CAP + 1
    assert len(parse_structure(MIXED + b"--x\r\n\r\na\r\n" * 1_000).children) < PARTS_CAP


def outcome(raw: bytes) -> None:
    try:
        message = parse(raw)
    except Unreadable:
        return
    for text in (message.subject, message.text, message.html, *message.calendars, *(one.name for one in message.to)):
        text.encode("utf-8")
        assert "\x00" not in text


@given(st.binary(max_size=2_000))
@settings(max_examples=150, deadline=None)
def test_any_bytes(raw: bytes) -> None:
    outcome(raw)
    outcome(HEAD + raw)


@given(
    st.sampled_from(SAMPLES),
    st.lists(
        st.tuples(st.integers(0, 900), st.integers(0, 40), st.sampled_from(FRAGMENTS) | st.binary(max_size=8)),
        max_size=6,
    ),
)
@settings(max_examples=300, deadline=None)
def test_any_mutation_of_a_mail(sample: bytes, edits: list[tuple[int, int, bytes]]) -> None:
    for at, cut, new in edits:
        sample = sample[:at] + new + sample[at + cut :]
    outcome(sample)


FIELD_LINES = st.sampled_from([
    b"Subject: a", b"subject:b", b" c", b"\td: e", b"X-\xc3\xa9: f", b"X: \xe9\xff", b"From x", b": g", b"h", b"",
    b"\r", b"Content-Type: multipart/mixed; boundary=x", b"Content-Type: message/rfc822", b"--x", b"  ", b"A b: c",
    b"i:",
])  # fmt: skip


LINE_ENDS = st.sampled_from([b"\r\n", b"\n", b"\r"])


BODIES = st.sampled_from([
    b"", b"a", b"a\r\nb: c\r\n", b"\n", b"--x\n\nb\n--x--\n", b"\xe9\r\r\n", b"From x\n.", b"Subject: d\n\ne",
])  # fmt: skip


@given(st.lists(FIELD_LINES, max_size=7), LINE_ENDS, st.just(b"") | LINE_ENDS, BODIES)
def test_a_mail_without_parts_is_read_as_the_librarys_parser_reads_it(
    lines: list[bytes], line_end: bytes, last: bytes, body: bytes
) -> None:
    raw = line_end.join(lines) + line_end + last + body
    found, whole = parse_structure(raw), BytesParser(Part).parsebytes(raw)
    assert (found.fields, found.source.strip()) == (whole.fields, whole.source.strip())
    assert [one.fields for one in found.children] == [one.fields for one in whole.children]
