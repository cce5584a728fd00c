"""The day of return that an absence notice names."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from mailbot.mail.mime import parse
from mailbot.reading.reader import read
from mailbot.reading.statements import Reader, Writer

READER = Reader(frozenset({"sam.porter@home.example"}), "Europe/London", "Sam Porter", "GB")


def back(body: str, *, automatic: bool = True) -> str | None:
    mail = EmailMessage()
    mail["Date"] = "Mon, 14 Dec 2026 09:00:00 +0000"
    mail["From"], mail["To"] = "Tessa Quinn <tessa@northwind.example>", "sam.porter@home.example"
    mail["Subject"], mail["Message-ID"] = "Automatic reply: Buyer", "<away@northwind.example>"
    if automatic:
        mail["Auto-Submitted"] = "auto-replied"
    mail.set_content(body)
    found = read(parse(mail.as_bytes(), own=READER.addresses), READER).absent_until
    return found.isoformat() if found else None


@pytest.mark.parametrize(
    ("body", "day"),
    [
        ("I am on leave and will be back in the office on Monday 4 January.", "2027-01-04"),
        ("I am out of the office until Tuesday, 5 January. In urgent cases write to Omar.", "2027-01-05"),
        ("I am travelling until 22 December and will be at my desk again on 23 December.", "2026-12-23"),
        ("I am away from 14 December through 18 December.", "2026-12-19"),
        ("I do not read my mail this week. I will return after 3 January.", "2027-01-04"),
        ("Since 1 December I have worked from home and read mail rarely.", None),
        ("I am out of the office with no access to mail.", None),
    ],
)
def test_the_day_of_return_is_the_one_named_as_such_else_the_end_of_the_stretch(body: str, day: str | None) -> None:
    assert back(body) == day


def test_only_an_absence_notice_has_a_day_of_return() -> None:
    assert back("Your interview is confirmed for Monday 4 January. I am back on 3 January.", automatic=False) is None


def answered(sender: str, subject: str = "Gone fishing") -> Writer:
    mail = EmailMessage()
    mail["Date"], mail["From"] = "Mon, 14 Dec 2026 09:00:00 +0000", sender
    mail["To"], mail["Subject"], mail["Message-ID"] = "sam.porter@home.example", subject, "<away@northwind.example>"
    mail["In-Reply-To"], mail["Auto-Submitted"] = "<asked@home.example>", "auto-replied"
    mail.set_content("Not reading mail till Monday. Really.")
    return read(parse(mail.as_bytes(), own=READER.addresses), READER).writer


def test_a_humans_mailbox_that_answers_by_itself_is_absent_whatever_it_says() -> None:
    assert answered("Tessa Quinn <tessa@northwind.example>") is Writer.AUTO_REPLY


def test_a_shared_mailbox_that_answers_by_itself_gives_a_receipt() -> None:
    assert answered("Northwind Jobs <jobs@northwind.example>", "Thank you for your mail") is Writer.ROBOT
