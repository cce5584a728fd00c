"""How long a mail is read, beside the time in which the standard library parses it. The mails are the sample mailbox's.

Processor time, each mail in turn and the whole round again: the least of the rounds, so that a mail is never read from
what was remembered of it a moment ago. `other` mail is taken as intake takes it: its headers are looked at, and only
what they do not set aside is read. The goals are 1.5 for a hiring mail and 0.2 for any other; the ceilings below are
what is reached, so that it does not get worse.

Run: pytest tests/bench -o addopts="-s --import-mode=importlib"
"""

from __future__ import annotations

import email
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from email import policy
from statistics import median

import pytest

from mailbot.demo.sample import ADDRESS, ZONE, sample
from mailbot.mail.header_block import head_of
from mailbot.mail.mime import parse
from mailbot.mail.port import MessageRef, Place, RawMessage
from mailbot.reading.reader import read
from mailbot.reading.statements import Reader, Reading
from mailbot.reading.stored import read_raw

ROUNDS = 7
READER = Reader(addresses=frozenset({ADDRESS}), zone=ZONE)
HEADERS = ("from", "to", "cc", "reply-to", "subject", "date", "message-id", "in-reply-to", "references")
CEILINGS = {"parsing": 0.2, "looking": 0.2, "hiring": 4.5, "other": 0.2}


def with_the_standard_library(raw: bytes) -> None:
    message = email.message_from_bytes(raw, policy=policy.default)
    for name in HEADERS:
        str(message[name])
    body = message.get_body(("plain", "html"))
    if body is not None:
        body.get_content()


def whole(raw: bytes) -> None:
    read(parse(raw, own=READER.addresses), READER)


def looked_at(raw: bytes) -> Reading | None:
    return read_raw(head_of(RawMessage(MessageRef("home", Place.INBOX, "1"), raw, draft=False)), READER)


def as_intake_does(raw: bytes) -> None:
    if looked_at(raw) is None:
        read_raw(RawMessage(MessageRef("home", Place.INBOX, "1"), raw, draft=False), READER)


def spent(work: Callable[[bytes], object], raw: bytes) -> float:
    began = time.process_time()
    work(raw)
    return time.process_time() - began


@pytest.fixture(scope="module")
def ratios() -> dict[str, list[float]]:
    """For each mail the time of each work, as a multiple of the standard library's parsing."""
    mails = [one.raw for one in sample(datetime(2026, 5, 20, 12, tzinfo=UTC))]
    works = (with_the_standard_library, parse, looked_at, whole, as_intake_does)
    least = [[spent(work, raw) for work in works] for raw in mails]
    for _ in range(ROUNDS):
        for raw, best in zip(mails, least, strict=True):
            best[:] = [min(known, spent(work, raw)) for known, work in zip(best, works, strict=True)]
    found: dict[str, list[float]] = {name: [] for name in CEILINGS}
    for raw, (standard, parsing, looking, all_of_it, taken_in) in zip(mails, least, strict=True):
        found["parsing"].append(parsing / standard)
        found["looking"].append(looking / standard)
        if read(parse(raw, own=READER.addresses), READER).relevant:
            found["hiring"].append(all_of_it / standard)
        else:
            found["other"].append(taken_in / standard)
    return found


@pytest.mark.parametrize("name", CEILINGS)
def test_reading_beside_the_standard_library(ratios: dict[str, list[float]], name: str) -> None:
    ratio = median(ratios[name])
    sys.stdout.write(f"\n{name}: {ratio:.2f} times the standard library's parsing, {len(ratios[name])} mails\n")
    assert ratio < CEILINGS[name]
