"""A letter's bytes: whatever the names and subjects in the mail, they hold what was meant and nothing more."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.drafting.letter import Attachment
from mailbot.drafting.mime import build
from mailbot.drafting.people import full_name
from mailbot.drafting.wording import plain
from mailbot.errors import Bug
from mailbot.mail.message import Address
from mailbot.mail.mime import parse
from mailbot.reading.statements import Facet, Kind
from tests.drafting.desk_letters import Letters
from tests.etiquette.desk import DANA

SENDER = Address("Sam Porter", "sam@home.test")
TO = Address("Dana Reed", "dana@acme.test")
NOW = datetime(2026, 3, 12, 15, tzinfo=UTC)
HEADERS = ["Content-Type", "Date", "From", "In-Reply-To", "MIME-Version", "Message-ID", "References", "Subject", "To"]
ODD = "ab ÄЖ李😀\r\n\t\x00\x1b\u202e\u2066\u200b\"'<>@,;:()\\=?utf-8q[]{}%._"
HOSTILE = st.text(alphabet=ODD, max_size=120) | st.text(max_size=120)


def raw(
    sender: Address = SENDER, to: Address = TO, subject: str = "Hello", body: str = "Hi\n", ident: str = "<a@b.test>"
) -> bytes:
    return build(
        sender=sender, to=(to,), cc=(), subject=subject, body=body, date=NOW, message_id="<own@home.test>",
        in_reply_to=ident, references=(ident,),
    )  # fmt: skip


@given(HOSTILE, HOSTILE, HOSTILE)
@settings(max_examples=300, deadline=None)
def test_cleaned_values_make_exactly_the_headers_that_were_meant(name: str, subject: str, me: str) -> None:
    data = raw(Address(plain(me), SENDER.email), Address(full_name(name), TO.email), plain(subject))
    seen = message_from_bytes(data, policy=policy.compat32)
    assert sorted(seen.keys()) == HEADERS
    mail = parse(data)
    assert [one.email for one in (*mail.to, *mail.cc)] == ["dana@acme.test"]
    assert data.isascii()
    assert b"\r\n" in data
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) <= 998


@given(HOSTILE, HOSTILE, HOSTILE)
@settings(max_examples=100, deadline=None)
def test_hostile_mail_gives_a_letter_to_its_writer_alone(name: str, subject: str, company: str) -> None:
    desk = Letters(company=company)
    desk.applied()
    seen = desk.heard("2026-03-02 10:00", DANA, Kind.INTERVIEW_REQUEST, facets=[Facet.ASKS], subject=subject, role=name)
    desk.readings[-1] = replace(seen, sender=Address(full_name(name), "dana.reed@acme.test"), signed=name)
    for letter in desk.due("2026-03-02 10:05"):
        assert [one.email for one in (*parse(letter.raw).to, *parse(letter.raw).cc)] == ["dana.reed@acme.test"]
        assert sorted(message_from_bytes(letter.raw, policy=policy.compat32).keys()) == HEADERS


@pytest.mark.parametrize(
    "email", ["dana@müller.test", "dana", "dana@acme.test, evil@far.test", "dana@acme.test\r\nBcc: e@far.test"]
)
def test_an_address_that_is_not_plain_is_refused(email: str) -> None:
    with pytest.raises(Bug):
        raw(to=Address("Dana", email))


@pytest.mark.parametrize("subject", ["a\r\nBcc: evil@far.test", "a\nb"])
def test_a_line_end_in_a_header_is_refused(subject: str) -> None:
    with pytest.raises(Bug):
        raw(subject=subject)


@pytest.mark.parametrize("subject", ["Thank you\u202e", "Thank\u200byou"])
def test_bytes_that_would_be_read_as_something_else_are_never_given(subject: str) -> None:
    """A value that nobody has cleaned: whoever reads the mail sees another subject than the one that was meant."""
    with pytest.raises(Bug, match="Subject"):
        raw(subject=subject)


def test_a_file_that_would_arrive_under_another_name_is_never_attached() -> None:
    with pytest.raises(Bug, match="file"):
        build(
            sender=SENDER, to=(TO,), cc=(), subject="Hello", body="Hi\n", date=NOW, message_id="<own@home.test>",
            in_reply_to=None, references=(), attachments=(Attachment("", "=?utf-8?q?x?=.pdf", b"x"),),
        )  # fmt: skip


def test_a_long_message_id_is_never_encoded() -> None:
    ident = f"<{'A' * 120}@{'b' * 60}.test>"
    assert f"In-Reply-To: {ident}".encode() in raw(ident=ident)
    assert parse(raw(ident=ident)).references == (ident,)


def test_the_text_is_there_as_plain_and_as_html() -> None:
    mail = message_from_bytes(raw(body="Hi Dana,\n\nTom & Ann – <b>\n"), policy=policy.default)
    plain_part, html_part = mail.iter_parts()
    assert plain_part.get_content().replace("\r\n", "\n") == "Hi Dana,\n\nTom & Ann – <b>\n"
    html = html_part.get_content()
    assert html.strip() == '<div dir="ltr">Hi Dana,<div><br></div><div>Tom &amp; Ann – &lt;b&gt;</div></div>'


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert raw() == raw()
