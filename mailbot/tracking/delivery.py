"""Which of the person's own mail reached nobody, by the reports of that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mailbot.mail.message import Direction
from mailbot.reading.statements import Reading, Writer


def undelivered(readings: Sequence[Reading]) -> set[str]:
    """The Message-IDs of what came back, of `readings` given oldest first."""
    lost: set[str] = set()
    for report in readings:
        if report.writer is Writer.BOUNCE:
            sent = [one for one in readings if one.direction is Direction.OUT and one.date <= report.date]
            lost.update(_meant(sent, report))
    return lost


def _meant(sent: Sequence[Reading], report: Reading) -> Iterator[str]:
    """The mail that a report speaks of: by its Message-ID, else the newest to no other address than it names. Mail
    that reached another of its receivers was sent."""
    addresses = {one for one in report.bounced if not one.startswith("<")}
    named = {*report.bounced, report.in_reply_to, *report.references} - addresses
    lost = [one for one in sent if not addresses or {each.email for each in (*one.to, *one.cc)} <= addresses]
    known = [one.message_id for one in sent if one.message_id in named]
    if known:
        yield from (one.message_id for one in lost if one.message_id in known)
    elif addresses and lost:
        yield lost[-1].message_id
