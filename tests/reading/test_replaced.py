"""Whose place somebody else takes at a talk."""

from __future__ import annotations

import pytest

from mailbot.mail.mime import parse
from mailbot.reading.reader import read
from mailbot.reading.statements import Reader
from tests.reading.entity_mails import raw_mail

READER = Reader(frozenset({"alex@home.test"}), "Europe/London", "Alex Reed")


@pytest.mark.parametrize(
    ("sentence", "gone"),
    [
        ("Ravi Shah is off sick, so Ines Roth will be interviewing you with Omar Said instead of him.", {"Ravi Shah"}),
        ("Ravi Shah (our CFO) has been called away; Ines Roth will stand in for him.", {"Ravi Shah"}),
        ("Ines Roth will be at the interview in place of Ravi Shah.", {"Ravi Shah"}),
        ("Ravi Shah is down with the flu, so I need to reschedule the interview to Tuesday instead.", set()),
    ],
)
def test_who_is_replaced_takes_no_part_and_who_only_cannot_come_may_yet(sentence: str, gone: set[str]) -> None:
    reading = read(parse(raw_mail(f"Hi Alex,\n\n{sentence}\n\nBest,\nTessa\n")), READER)
    said = (reading.in_context or reading.statements)[0]
    assert {one.name for one in said.people if one.declined} == gone
