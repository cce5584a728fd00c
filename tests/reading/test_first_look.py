"""What is set aside by its headers alone, and what never is."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.mail.header_block import head_of
from mailbot.mail.mime import parse
from mailbot.mail.port import MessageRef, Place, RawMessage
from mailbot.reading.first_look import first_look
from mailbot.reading.statements import IRRELEVANT, Kind, Reading
from mailbot.reading.stored import read_raw
from tests.reading.kind_mails import READER, Labelled, letters, raw, timed, wordings

DATA = Path(__file__).parent / "data" / "first_look"
ORDINARY = tomllib.loads((DATA / "ordinary.toml").read_text(encoding="utf-8"))["mails"]
LABELLED = [*wordings(), *letters(), *timed()]
HIRING = [row for row in LABELLED if not set(row.kinds) & set(IRRELEVANT)]
BULK = "List-Unsubscribe: <https://fernhollow.example/u>"
MISSED = 1 / 500  # of hiring mail may be set aside


def mail(first: str, *lines: str, body: str = "Hello") -> bytes:
    sender, subject = first.split(" | ")
    return raw(Labelled("", (Kind.UNRELATED,), sender, subject, body, lines))


def ordinary(row: str, *more: str) -> bytes:
    first, *lines = row.split("\n")
    return mail(first, *(line.removeprefix("@") for line in lines), *more)


def looked_at(mail: bytes, place: Place = Place.INBOX) -> Reading | None:
    return read_raw(head_of(RawMessage(MessageRef("home", place, "1"), mail, draft=False)), READER)


@pytest.mark.parametrize("row", ORDINARY)
def test_ordinary_mail_is_set_aside(row: str) -> None:
    found = looked_at(ordinary(row))
    assert found is not None
    assert found.kind in IRRELEVANT
    assert not found.whole
    assert not found.may_matter


def test_of_hiring_mail_at_most_one_in_five_hundred_is_set_aside() -> None:
    missed = [row.name for row in HIRING if looked_at(raw(row)) is not None]
    assert len(missed) <= len(HIRING) * MISSED, missed


def test_not_even_where_every_one_comes_from_a_machine() -> None:
    """The subject alone keeps it, were it sent by a robot as a mailing."""
    robots = [
        raw(Labelled(row.name, row.kinds, "Fernhollow <no-reply@fernhollow.example>", row.subject, row.body, (BULK,)))
        for row in HIRING
        if not row.own
    ]
    assert sum(looked_at(one) is not None for one in robots) <= len(robots) * MISSED


@pytest.mark.parametrize(
    ("first", "lines"),
    [
        ("Careers at Tarn <careers@tarn.example> | Our newsletter", (BULK,)),
        ("Tarn Talent <no-reply@tarn.example> | Our newsletter", (BULK,)),
        ("Tarn <no-reply@greenhouse.io> | Your order", ()),
        ("Tarn <no-reply@quickhire.example> | Your order", ()),
        ("Dana Lee <dana@tarn.example> | Your order", ()),
        ("Tarn <no-reply@tarn.example> | Your order and your interview", ()),
        ("Tarn <no-reply@tarn.example> | Your order", ("In-Reply-To: <a@b.example>",)),
        ("Tarn <no-reply@tarn.example> | Out of office: your order", ()),
        ("Tarn <no-reply@tarn.example> | Your order", ("Auto-Submitted: auto-replied",)),
        ("Tarn <no-reply@tarn.example> | Your order", ("X-Failed-Recipients: a@b.example",)),
        ("LinkedIn <jobs-noreply@linkedin.com> | Your application was sent to Tarn", (BULK,)),
        ("LinkedIn Job Alerts <jobalerts-noreply@linkedin.com> | Your application was viewed by Tarn", (BULK,)),
        ("Tarn <news@tarn.example> | Where things stand", (BULK,)),
        ("Tarn <no-reply@tarn.example> | Forklift Driver", (BULK,)),
    ],
    ids=lambda value: str(value),
)
def test_what_may_be_about_hiring_is_read(first: str, lines: tuple[str, ...]) -> None:
    assert looked_at(mail(first, *lines)) is None


@given(st.sampled_from(ORDINARY), st.sampled_from(["REQUEST", "CANCEL", "PUBLISH"]))
def test_a_mail_with_a_calendar_part_is_never_set_aside(row: str, method: str) -> None:
    assert looked_at(ordinary(row, f"calendar {method} 0 Boats")) is None


@given(st.sampled_from(ORDINARY))
def test_what_the_person_sent_is_never_set_aside(row: str) -> None:
    assert looked_at(ordinary(row), Place.SENT) is None


@given(st.sampled_from(ORDINARY), st.text(st.characters(exclude_categories=("C", "Z")), max_size=60), st.binary())
def test_no_body_changes_the_look(row: str, subject: str, body: bytes) -> None:
    head = b"Subject: " + subject.encode() + b"\n" + ordinary(row).partition(b"\n\n")[0] + b"\n\n"
    assert looked_at(head + body.replace(b".", b"").replace(b"/", b"")) == looked_at(head)


def test_the_look_needs_no_body() -> None:
    kinds: Iterable[Kind | None] = (first_look(parse(ordinary(row))) for row in ORDINARY)
    assert None not in set(kinds)
