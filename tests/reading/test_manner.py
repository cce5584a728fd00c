"""How a mail's writer signs."""

from __future__ import annotations

import pytest

from mailbot.mail.mime import parse
from mailbot.reading.manner import signed
from mailbot.reading.words import segment
from tests.reading.entity_mails import raw_mail


@pytest.mark.parametrize(
    ("ending", "name"),
    [
        ("Best,\nMaren", "Maren"),
        ("Maren\n\nSent from my iPhone", "Maren"),
        ("Maren\nSent from my Galaxy", "Maren"),
        ("Thanks, Maren\n\nGet Outlook for iOS", "Maren"),
        ("Sent from my iPad", ""),
        ("Best,\nThe Tallow Hiring Team", ""),
    ],
)
def test_a_name_is_signed_and_not_what_a_device_adds(ending: str, name: str) -> None:
    raw = raw_mail(f"Hi Alex,\n\nCould you come in on Tuesday at two? We would like to meet you.\n\n{ending}\n")
    assert signed(segment(parse(raw))) == name
