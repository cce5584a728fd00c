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


TYPES = {
    "text/html": (
        "<tr><td>When</td><td>Monday</td></tr>", "<table><tr><td>When", "<p>", "<br>", "&nbsp;", "<a href=x>", "<li>D",
        "<div itemscope itemtype=http://schema.org/Event>", "<meta itemprop=startDate content=2026-03-10>",
        '<script type="application/ld+json">{"@type": "Event"}</script>', '<script type="application/ld+json">[[',
        "<blockquote>On Monday Dana wrote:<br>", '<span style="display:none">x',
    ),
    "text/calendar": (
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\n", "BEGIN:VEVENT\nDTSTART:20260310T150000Z\nEND:VEVENT\n",
        "ATTENDEE:mailto:a@b.c\n",
        "BEGIN:VTIMEZONE\nBEGIN:STANDARD\nRRULE:FREQ=SECONDLY\n", "DESCRIPTION:a\n b\n", "X;A=b;", "SUMMARY:x\\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "piece"), [(kind, piece) for kind, pieces in TYPES.items() for piece in pieces])
def test_a_megabyte_of_another_part_is_read_soon(kind: str, piece: str) -> None:
    begin = "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\n" if kind == "text/calendar" else "<html>"
    raw = (HEAD.replace("text/plain", kind) + begin + piece * (SIZE // len(piece))).encode()
    began = time.process_time()
    read(parse(raw), READER)
    assert time.process_time() - began < SECONDS


@pytest.mark.parametrize("name", ["Cc", "References", "Authentication-Results"])
@pytest.mark.parametrize("piece", ["<a@b.c> ", "a <b@c.d>, ", "=?utf-8?q?a?= ", "(", '"', "é"])
def test_a_megabyte_of_one_header_is_read_soon(name: str, piece: str) -> None:
    raw = f"{HEAD.rstrip()}\n{name}: {piece * (SIZE // len(piece.encode()))}\n\nHello".encode()
    began = time.process_time()
    read(parse(raw), READER)
    assert time.process_time() - began < SECONDS
