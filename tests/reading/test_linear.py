"""A mail of a megabyte that repeats what the expressions look for is read soon: no time grows with its square."""

from __future__ import annotations

import time

import pytest

from mailbot.mail.mime import parse
from mailbot.reading.reader import read
from mailbot.reading.statements import Reader

HEAD = (
    "From: Dana Lee <dana@tarn.example>\nTo: alex@example.com\nSubject: Interview\n"
    "Date: Tue, 3 Mar 2026 10:00:00 +0000\nContent-Type: text/plain; charset=utf-8\n\n"
)
READER = Reader(addresses=frozenset({"alex@example.com"}), zone="America/New_York")
SIZE = 1 << 20
SECONDS = 5  # of the processor; what grows with the square would take minutes
REPEATED = (
    "On ", "From: Dana Lee <d@tarn.example>\nSubject: x\n", "> ", "Monday at 2pm or ", "a week after ", "1",
    "Dana Lee ", "Dana, Lee & Co. ", "Dana Lee <dana@acme.example>, ", "a@", "a.", "(", "a\n", "- ", "When: Monday\n",
    "a | b | ", "A. ", "“Dana’s” ", "Best,\nDana\n\n", "Acme Inc., ", "Senior Software Engineer ",
    "we invite you to an interview ", "é", " ",
)  # fmt: skip


@pytest.mark.parametrize("piece", REPEATED)
def test_a_megabyte_of_one_thing_is_read_soon(piece: str) -> None:
    raw = (HEAD + piece * (SIZE // len(piece.encode()))).encode()
    began = time.process_time()
    read(parse(raw), READER)
    assert time.process_time() - began < SECONDS
