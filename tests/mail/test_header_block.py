"""The header block and the Message-ID in it, from whatever bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.mail.header_block import LONGEST, header_block, message_id_of


@pytest.mark.parametrize(
    ("raw", "block"),
    [
        (b"A: 1\r\nB: 2\r\n\r\nbody\r\n\r\nmore", b"A: 1\r\nB: 2\r\n\r\n"),
        (b"A: 1\nB: 2\n\nbody", b"A: 1\nB: 2\n\n"),
        (b"A: 1\r\n\nbody", b"A: 1\r\n\n"),
        (b"A: 1\n\r\nbody\n\n", b"A: 1\n\r\n"),
        (b"A: 1", b"A: 1"),
        (b"\nbody\n\nmore", b"\n"),
        (b"\r\nbody\r\n\r\nmore", b"\r\n"),
        (b"", b""),
    ],
)
def test_the_header_block_ends_with_the_first_empty_line(raw: bytes, block: bytes) -> None:
    assert header_block(raw) == block


@given(st.binary())
def test_a_header_block_is_the_beginning_of_the_mail(raw: bytes) -> None:
    assert raw.startswith(header_block(raw))
    assert header_block(header_block(raw)) == header_block(raw)


def test_a_header_block_has_an_end() -> None:
    assert len(header_block(b"A: 1\n" * LONGEST)) == LONGEST


@pytest.mark.parametrize(
    "raw",
    [
        b"Message-ID: <a@b.example>\r\n\r\n",
        b"X: 1\nMESSAGE-ID:<a@b.example>\n\n",
        b"X: 1\r\nMessage-Id:\r\n <a@b.example>\r\nY: 2\r\n\r\n",
        b"Message-ID:   <a@b.example>  \nMessage-ID: <second@b.example>\n\n",
        b"Message-ID: <a@b.example>",
    ],
)
def test_a_message_id_is_read_however_it_is_written(raw: bytes) -> None:
    assert message_id_of(raw) == "<a@b.example>"


@pytest.mark.parametrize("raw", [b"", b"X: 1\n\nMessage-ID: <a@b.example>\n", b"X-Message-ID: <a@b.example>\n\n"])
def test_what_is_no_header_of_that_name_is_no_message_id(raw: bytes) -> None:
    assert message_id_of(raw) == ""


@given(st.binary())
def test_any_bytes_have_a_message_id_on_one_line(raw: bytes) -> None:
    assert not set("\r\n") & set(message_id_of(b"Message-ID: " + raw))
