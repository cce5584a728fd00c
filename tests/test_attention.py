"""Interviews that are near, as the last step knew them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from mailbot.assistant import Assistant
from mailbot.attention import Attention
from mailbot.mail.memory import MemoryMailbox
from mailbot.store.sqlite import memory_ledger
from tests.sample_mail import CANCELLATION, CONFIRMATION
from tests.test_assistant import BEFORE, PROFILE


def attending(now: datetime, *mails: bytes) -> Attention:
    box = MemoryMailbox("home")
    for raw in mails:
        box.deliver(raw, arrived=BEFORE)
    attention = Attention(lambda: now)
    with memory_ledger() as ledger:
        attention.heed(Assistant([box], ledger, PROFILE, bytes(32)).step(BEFORE + timedelta(minutes=1)).outlook)
    return attention


def interview() -> tuple[datetime, datetime]:
    ((start, end),) = attending(BEFORE, CONFIRMATION)._times
    return start, end


@pytest.mark.parametrize(("minutes", "near"), [(-31, False), (-30, True), (0, True)])
def test_an_interview_is_near_from_a_while_before_its_start(minutes: int, near: bool) -> None:
    start, _ = interview()
    assert attending(start + timedelta(minutes=minutes), CONFIRMATION).is_near(1800, 3600) is near


@pytest.mark.parametrize(("minutes", "near"), [(0, True), (60, True), (61, False)])
def test_and_to_a_while_after_its_end(minutes: int, near: bool) -> None:
    _, end = interview()
    assert attending(end + timedelta(minutes=minutes), CONFIRMATION).is_near(1800, 3600) is near


def test_one_that_was_cancelled_is_not() -> None:
    start, _ = interview()
    assert not attending(start, CONFIRMATION, CANCELLATION).is_near(1800, 3600)


def test_without_any_nothing_is_near() -> None:
    assert not Attention(lambda: BEFORE).is_near(1e6, 1e6)
