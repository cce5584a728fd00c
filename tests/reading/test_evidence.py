"""What is quoted as evidence stands in the mail, letter for letter."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.mail.mime import parse
from mailbot.reading.places import evidence
from mailbot.reading.reader import read
from tests.mutation import misquoted
from tests.reading.kind_mails import READER, RECRUITER, Labelled, letters, raw, timed, wordings

LABELLED = [*wordings(), *letters(), *timed()]


@pytest.mark.parametrize("row", LABELLED, ids=lambda row: row.name)
def test_the_evidence_of_every_labelled_mail_stands_in_it(row: Labelled) -> None:
    message = row.message()
    assert misquoted(message, read(message, READER)) == []


@given(st.sampled_from(LABELLED), st.integers(24, 90), st.sampled_from(["> ", ">> ", "| ", ""]))
def test_quoted_lines_that_were_wrapped_are_shown_as_they_stand(row: Labelled, width: int, mark: str) -> None:
    quoted = "\n".join(f"{mark}{line}" for line in textwrap.wrap(row.body, width))
    body = f"Yes, confirmed, see you then!\n\n{RECRUITER}\nOn Mon, 23 Feb 2026 at 10:00, Sam Reed wrote:\n{quoted}"
    answer = Labelled("", row.kinds, row.sender, row.subject, body, row.lines)
    message = parse(raw(answer), own=READER.addresses)
    assert misquoted(message, read(message, READER)) == []


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Larch Mill", "we at LARCH mill bake"),
        ("Corin Vale", "ask for *Corin* _Vale_ there"),
        ("Sefton Hale Ltd", "> from Sefton\n> Hale Ltd"),
        ("Otter's Rest", "room at Otter’s Rest"),
        ("Vale", "ask for *Corin* _Vale_ there"),
    ],
)
def test_a_name_is_shown_in_the_line_where_it_stands(name: str, shown: str) -> None:
    text = "we at LARCH mill bake\nask for *Corin* _Vale_ there\n> from Sefton\n> Hale Ltd\nroom at Otter’s Rest"
    message = parse(f"Date: Mon, 2 Mar 2026 09:00:00 +0000\nContent-Type: text/plain; charset=utf-8\n\n{text}".encode())
    found = evidence("company", name, message, ())
    assert found is not None
    assert found.quote == shown


@pytest.mark.parametrize("name", ["Corin There", "Mill Larch", "Hale Limited", "Corinvale"])
def test_what_stands_nowhere_as_written_has_no_evidence(name: str) -> None:
    message = parse(b"Date: Mon, 2 Mar 2026 09:00:00 +0000\n\nAsk for Corin Vale there at Larch Mill, Sefton Hale Ltd")
    assert evidence("company", name, message, ()) is None
