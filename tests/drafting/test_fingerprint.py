"""The fingerprint: equal for what means the same, different for any edit, never an exception."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.drafting.fingerprint import fingerprint
from tests.drafting.placing_scene import DANA, mail

OWN = "<own@home.example>"
PLAIN = mail(DANA, OWN, body="Dear Dana,\n\nthank you for the café and the naïve questions.\n\nSam\n")


def message(*, cte: str = "quoted-printable", charset: str = "utf-8", **changes: str) -> EmailMessage:
    fields = {
        "From": "Sam Hale <sam@home.example>", "To": "Dana Roe <dana@firm.example>", "Cc": "lee@firm.example",
        "Subject": "Thank you, Dana — für alles", "Date": "Wed, 04 Mar 2026 15:30:00 +0000",
    } | changes  # fmt: skip
    one = EmailMessage(policy=SMTP)
    text = fields.pop("text", "Dear Dana, thank you for the café.")
    for name, value in fields.items():
        one[name] = value
    one.set_content(text, cte=cte, charset=charset)
    return one


BASE = fingerprint(message().as_bytes())


def test_line_ends_mean_nothing() -> None:
    assert fingerprint(PLAIN.replace(b"\r\n", b"\n")) == fingerprint(PLAIN)


def test_white_space_and_wrapping_mean_nothing() -> None:
    assert fingerprint(message(text="Dear Dana,\n  thank you\nfor   the café.\n\n").as_bytes()) == BASE


@pytest.mark.parametrize(
    ("cte", "charset"), [("base64", "utf-8"), ("quoted-printable", "iso-8859-1"), ("8bit", "utf-8")]
)
def test_the_encoding_means_nothing(cte: str, charset: str) -> None:
    assert fingerprint(message(cte=cte, charset=charset).as_bytes()) == BASE


@pytest.mark.parametrize(
    "extra", [{"Date": "Thu, 05 Mar 2026 09:00:00 +0000"}, {"Received": "by x"}, {"Message-ID": "<z@y.example>"}]
)
def test_headers_that_servers_add_mean_nothing(extra: dict[str, str]) -> None:
    assert fingerprint(message(**extra).as_bytes()) == BASE


def test_the_way_a_header_is_folded_or_encoded_means_nothing() -> None:
    raw = message().as_bytes()
    folded = raw.replace(b"To: Dana Roe <", b'To: "Dana Roe"\r\n <')
    assert folded != raw
    assert fingerprint(folded) == BASE


@pytest.mark.parametrize(
    "change",
    [
        {"From": "sam@work.example"},
        {"To": "lee@firm.example"},
        {"Cc": "kim@firm.example"},
        {"Subject": "Thanks"},
        {"text": "Dear Dana, thank you for the tea."},
    ],
    ids=lambda change: next(iter(change)),
)
def test_any_edit_means_something_else(change: dict[str, str]) -> None:
    assert fingerprint(message(**change).as_bytes()) != BASE


def test_an_attachment_added_or_changed_means_something_else() -> None:
    one, other = message(), message()
    one.add_attachment(b"first", maintype="application", subtype="pdf", filename="cv.pdf")
    other.add_attachment(b"second", maintype="application", subtype="pdf", filename="cv.pdf")
    assert len({BASE, fingerprint(one.as_bytes()), fingerprint(other.as_bytes())}) == 3


def test_an_html_version_added_means_something_else() -> None:
    one = message()
    one.add_alternative("<p>Dear Dana, thank you.</p>", subtype="html")
    assert fingerprint(one.as_bytes()) != BASE


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_have_one(raw: bytes) -> None:
    assert fingerprint(raw) == fingerprint(raw)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(PLAIN) - 1), st.binary(min_size=1, max_size=4))
def test_damaged_mail_has_one(at: int, piece: bytes) -> None:
    assert len(fingerprint(PLAIN[:at] + piece + PLAIN[at + 1 :])) == 64


@settings(max_examples=50, deadline=None)
@given(st.text(st.characters(min_codepoint=33, max_codepoint=0x2FF, exclude_categories=["Cc", "Cf", "Z"]), min_size=1))
def test_a_word_more_means_something_else(word: str) -> None:
    assert fingerprint(message(text=f"Dear Dana, thank you for the café. {word}").as_bytes()) != BASE
