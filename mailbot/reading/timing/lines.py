"""Which lines of a mail are read for times, and whose order of day and month they keep."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from mailbot.mail.message import Message
from mailbot.patterns import compiled
from mailbot.reading.tables import table, zone_table
from mailbot.reading.words import Words

MOST_LINES = 600
MOST_QUOTED = 12_000


def new_lines(words: Words) -> list[tuple[str, int]]:
    """The sentences and lines of the new text, each with its paragraph."""
    return [(sentence.raw, sentence.paragraph) for sentence in words.sentences[:MOST_LINES]]


def quoted_lines(words: Words) -> list[tuple[str, int]]:
    """The quoted text's lines without its headers; lines of one paragraph that run on are one."""
    return list(_runs(words.quoted[:MOST_QUOTED] or words.forwarded[:MOST_QUOTED]))


def _runs(text: str) -> Iterator[tuple[str, int]]:
    header = compiled(table("time/lines")["header"])
    run: list[str] = []
    number = 0
    for line in (*text.splitlines(), ""):
        if header.search(line) is not None:
            continue
        if run and (not line.strip() or len(run[-1]) < 45 or len(run) > 20):
            yield " ".join(run), number
            run = []
        if line.strip():
            run.append(line.strip())
        else:
            number += 1


def order_of(message: Message) -> str:
    """The country of the sender's domain, where its ending names one."""
    ending = message.sender.domain.rpartition(".")[2] if message.sender is not None else ""
    if ending in table("time/lines")["endings_of_no_place"] or ending not in _endings():
        return ""
    return "GB" if ending == "uk" else ending.upper()


@cache
def _endings() -> frozenset[str]:
    """The endings of domains that name a country."""
    return frozenset(row[0].lower() for row in zone_table()) | {"uk"}
