"""What of a mail is footer."""

from __future__ import annotations

import pytest

from mailbot.mail.mime import parse
from mailbot.reading.words import segment
from tests.reading.entity_mails import raw_mail


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("We have your papers. Please do not reply to this message.", "We have your papers."),
        ("We have\nyour papers. Please do\nnot reply to this message.", "We have\nyour papers."),
        ("We have your papers.\n\nThis is sent by a machine. Do not reply.", "We have your papers."),
        ("We have your papers. Powered by Widgetry. Follow us!", "We have your papers."),
    ],
)
def test_a_footer_begins_with_its_sentence(text: str, new: str) -> None:
    assert segment(parse(raw_mail(f"Hello Alex,\n\n{text}\n"))).new == new


def test_a_mail_that_is_all_footer_is_read_all_the_same() -> None:
    text = "This is an automated message about your papers. Please do not reply."
    assert segment(parse(raw_mail(f"Hello Alex,\n\n{text}\n"))).new == text
