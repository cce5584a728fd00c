"""How long a mail is read, beside the time in which the standard library parses it. The mails are the sample mailbox's.

Processor time, each mail in turn and the whole round again: the least of the rounds, so that a mail is never read from
what was remembered of it a moment ago. The goals are 1.5 for a hiring mail and 0.2 for any other; the ceilings below
are what is reached, so that it does not get worse.

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
from mailbot.mail.mime import parse
from mailbot.reading.reader import read
from mailbot.reading.statements import Kind, Reader

ROUNDS = 7
READER = Reader(addresses=frozenset({ADDRESS}), zone=ZONE)
HEADERS = ("from", "to", "cc", "reply-to", "subject", "date", "message-id", "in-reply-to", "references")
HIRING, OTHER, PARSING = 4.5, 4.0, 0.6


def with_the_standard_library(raw: bytes) -> None:
    message = email.message_from_bytes(raw, policy=policy.default)
    for name in HEADERS:
        str(message[name])
    body = message.get_body(("plain", "html"))
    if body is not None:
        body.get_content()


def whole(raw: bytes) -> None:
    read(parse(raw, own=READER.addresses), READER)


def spent(work: Callable[[bytes], object], raw: bytes) -> float:
    began = time.process_time()
    work(raw)
    return time.process_time() - began


@pytest.fixture(scope="module")
def ratios() -> dict[str, list[float]]:
    """For each mail the time of parsing and of the whole, as a multiple of the standard library's."""
    mails = [one.raw for one in sample(datetime(2026, 5, 20, 12, tzinfo=UTC))]
    works = (with_the_standard_library, parse, whole)
    least = [[spent(work, raw) for work in works] for raw in mails]
    for _ in range(ROUNDS):
        for raw, best in zip(mails, least, strict=True):
            best[:] = [min(known, spent(work, raw)) for known, work in zip(best, works, strict=True)]
    found: dict[str, list[float]] = {"parsing": [], "hiring": [], "other": []}
    for raw, (standard, parsing, all_of_it) in zip(mails, least, strict=True):
        kind = read(parse(raw, own=READER.addresses), READER).main.kind
        found["parsing"].append(parsing / standard)
        found["other" if kind is Kind.UNRELATED else "hiring"].append(all_of_it / standard)
    return found


@pytest.mark.parametrize(("name", "ceiling"), [("parsing", PARSING), ("hiring", HIRING), ("other", OTHER)])
def test_reading_beside_the_standard_library(ratios: dict[str, list[float]], name: str, ceiling: float) -> None:
    ratio = median(ratios[name])
    sys.stdout.write(f"\n{name}: {ratio:.2f} times the standard library's parsing, {len(ratios[name])} mails\n")
    assert ratio < ceiling
