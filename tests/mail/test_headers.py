"""Addresses, Message-IDs, dates and parameters from header values."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.mail.headers import addresses, is_safe_email, message_ids, parameters, parse_date, received_date


def emails(value: str) -> list[str]:
    return [one.email for one in addresses([value])]


@pytest.mark.parametrize(
    ("value", "name", "email"),
    [
        ("dana@tarn.example", "", "dana@tarn.example"),
        ("Dana Voss <Dana@Tarn.example>", "Dana Voss", "dana@tarn.example"),
        ('"Voss, Dana" <dana@tarn.example>', "Voss, Dana", "dana@tarn.example"),
        ("Voss, Dana <dana@tarn.example>", "Voss, Dana", "dana@tarn.example"),
        ("=?utf-8?Q?Vo=C3=9F,_Dana?= <dana@tarn.example>", "Voß, Dana", "dana@tarn.example"),
        ("dana@tarn.example (Dana Voss)", "Dana Voss", "dana@tarn.example"),
        ('"Dana \\"D\\" Voss" <dana@tarn.example>', 'Dana "D" Voss', "dana@tarn.example"),
        ('"dana@other.example" <dana@tarn.example>', "dana@other.example", "dana@tarn.example"),
        ("Dana (at (the) desk) Voss <dana@tarn.example>", "Dana Voss", "dana@tarn.example"),
        ("Dana Voss (Tarn Mill) <dana@tarn.example>", "Dana Voss (Tarn Mill)", "dana@tarn.example"),
        ("D\u00e1na\u202e Voss <dana@tarn.example>", "Dána Voss", "dana@tarn.example"),
    ],
)
def test_one_address(value: str, name: str, email: str) -> None:
    (address,) = addresses([value])
    assert (address.name, address.email) == (name, email)


def test_groups_and_lists() -> None:
    assert emails("Team: a@x.example, B <b@x.example>; c@x.example") == ["a@x.example", "b@x.example", "c@x.example"]
    assert emails("undisclosed-recipients:;") == []


@pytest.mark.parametrize(
    "value",
    [
        "alice@good.example)bob@evil.example",
        "a@x.example <b@y.example> <c@z.example>",
        "Dana <dana@tarn.example> trailing",
        "dana@tarn.example, ".replace(", ", "") + " evil",
        '"quoted local"@tarn.example',
        "dana@[192.0.2.1]",
        "dana@localhost",
        "dana@tarn..example",
        "dana@-tarn.example",
        "däna@tarn.example",
        "<",
        '"',
        "a@[",
        "(",
    ],
)
def test_what_can_be_read_in_two_ways_is_no_address(value: str) -> None:
    assert emails(value) == []


def test_an_encoded_name_cannot_bring_in_an_address() -> None:
    (address,) = addresses(["=?utf-8?q?x=2C_evil=40far.example_=3Cevil=40far.example=3E=2C?= <dana@tarn.example>"])
    assert address.email == "dana@tarn.example"


def test_a_name_has_no_line_ends() -> None:
    (address,) = addresses(["=?utf-8?q?Dana=0D=0ABcc=3A_evil=40far.example?= <dana@tarn.example>"])
    assert address.name == "Dana Bcc: evil@far.example"


def test_no_more_than_a_thousand_addresses() -> None:
    assert len(addresses([", ".join(f"a{number}@x.example" for number in range(1_500))])) == 1_000


@given(st.text(alphabet='ab@.<>"(),;: \\=?utf-8q\u202e\r\n\udcff', max_size=80))
@settings(max_examples=200, deadline=None)
def test_every_address_is_safe_whatever_the_header(value: str) -> None:
    for address in addresses([value]):
        assert is_safe_email(address.email)
        assert address.name.isprintable()


def test_message_ids_are_those_that_are_safe_in_a_search() -> None:
    value = '<a@x.example> <b"@x.example> <c{10}@x.example> <d\\@x.example> <e f@x.example> (<g@x.example>) <none>'
    assert message_ids(value) == ("<a@x.example>", "<g@x.example>")


def test_a_long_chain_keeps_its_first_and_its_newest() -> None:
    found = message_ids(" ".join(f"<{number}@x.example>" for number in range(500)))
    assert len(found) == 200
    assert (found[0], found[-1]) == ("<0@x.example>", "<499@x.example>")


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("Tue, 3 Mar 2026 14:00:00 -0500", "2026-03-03T14:00:00-05:00"),
        ("3 Mar 2026 14:00 +0530", "2026-03-03T14:00:00+05:30"),
        ("Tue, 03 Mar 2026 14:00:00 GMT (a (nested) remark)", "2026-03-03T14:00:00+00:00"),
        ("Tue, 03 Mar 2026 14:00:00", "2026-03-03T14:00:00+00:00"),
        ("Tue, 03 Mar 2026 14:00:00 EST", "2026-03-03T14:00:00-05:00"),
        ("Tue, 03 Mar 26 14:00:00 +0000", "2026-03-03T14:00:00+00:00"),
        ("Sat, 31 Dec 2016 23:59:60 +0000", "2016-12-31T23:59:59+00:00"),
    ],
)
def test_dates_as_programs_write_them(value: str, iso: str) -> None:
    date = parse_date(value)
    assert date is not None
    assert date.isoformat() == iso


@pytest.mark.parametrize(
    "value",
    ["", "soon", "31 Feb 2026 10:00:00 +0000", "1 Jan 1901 00:00:00 +0000", "9" * 5_000, "1 Mar 2026 10:00 +9999999"],
)
def test_no_date(value: str) -> None:
    assert parse_date(value) is None


@given(st.text(max_size=60) | st.text(alphabet="0123456789 :+-,()JanMarTue", max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_text_is_a_date_or_none(value: str) -> None:
    date = parse_date(value)
    assert date is None or date.tzinfo is not None


def test_a_received_header_without_a_date_is_passed_over() -> None:
    assert received_date(["from a by b", "from c by d; Tue, 3 Mar 2026 14:00:00 +0000"]) == datetime(
        2026, 3, 3, 14, tzinfo=UTC
    )


def test_parameters_plain_quoted_continued_and_encoded() -> None:
    value = r'text/plain; Charset=utf-8; name="a \"b\";c"'
    value += "; file*0*=utf-8''%e2%82; file*1*=%ac.txt; note*=iso-8859-1'en'%A3"
    assert parameters(value) == {"charset": "utf-8", "name": 'a "b";c', "file": "€.txt", "note": "£"}


def test_parameters_that_the_standard_library_cannot_read() -> None:
    assert parameters("a; x*=1; x*0*=2")["x"] == "12"
