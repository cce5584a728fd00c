"""A mail of 25 MB is read by its text: its attachments are named, never decoded."""

from __future__ import annotations

import base64
import time
import tracemalloc

import pytest

from mailbot.mail.mime import parse
from mailbot.reading.reader import read
from mailbot.reading.statements import Kind, Reader

READER = Reader(addresses=frozenset({"sam@example.com"}), zone="America/New_York")
TEXT = "Hi Sam,\r\nYour interview for the Clerk position is confirmed for Thursday, March 5 at 2 PM.\r\n\r\nDana\r\n"
MEGABYTE = 1 << 20


@pytest.fixture(scope="module")
def large() -> bytes:
    file = base64.encodebytes(bytes(range(256)) * (6 * 1024 * 4))
    part = b"--x\r\nContent-Type: application/pdf; name=form.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n" + file
    head = (
        "From: Dana Lee <dana@tarn.example>\r\nTo: sam@example.com\r\nSubject: Interview confirmed\r\n"
        "Date: Tue, 3 Mar 2026 10:00:00 -0500\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
        f"--x\r\nContent-Type: text/plain\r\n\r\n{TEXT}"
    )
    return head.encode() + part * 3 + b"--x--\r\n"


def test_it_is_read_sooner_than_one_attachment_is_decoded_thrice(large: bytes) -> None:
    encoded = large.rpartition(b"base64\r\n\r\n")[2]
    began = time.process_time()
    for _ in range(9):  # three times all three
        base64.decodebytes(encoded[: encoded.rindex(b"--x--")])
    decoding = time.process_time() - began
    read(parse(large.partition(b"base64\r\n")[0]), READER)  # what is learned from files once is at hand
    began = time.process_time()
    reading = read(parse(large), READER)
    assert time.process_time() - began < decoding
    assert reading.kind is Kind.INTERVIEW_CONFIRMED
    assert len(large) > 24 * MEGABYTE


def test_it_takes_less_memory_than_two_copies_of_it(large: bytes) -> None:
    read(parse(large.partition(b"base64\r\n")[0]), READER)  # what is learned from files once is at hand
    tracemalloc.start()
    message = parse(large)
    read(message, READER)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2 * len(large)
    assert [one.name for one in message.attachments] == ["form.pdf"] * 3
