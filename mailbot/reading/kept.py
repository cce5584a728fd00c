"""What a Reading keeps of a mail's headers, however much of the mail was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from mailbot.mail.message import Address, Message
from mailbot.reading.statements import READER_VERSION, Reader, Reading


def kept(message: Message, reader: Reader) -> dict[str, Any]:
    """The fields of a Reading that are the mail's own or the reader's."""
    return {
        "message_id": message.message_id,
        "reader_version": READER_VERSION,
        "zone": reader.zone,
        "direction": message.direction,
        "account": message.account,
        "thread": message.thread,
        "in_reply_to": message.in_reply_to,
        "references": message.references,
        "date": message.date,
        "arrived": message.arrived,
        "sender": message.sender,
        "reply_to": message.reply_to,
        "to": message.to,
        "cc": message.cc,
        "subject": message.subject,
    }


def aside(reading: Reading, reader: Reader) -> Reading:
    """The same of a mail that is not read to its end before something known calls it back: of its recipients only
    others than the reader are kept, who may be what calls it."""

    def others(several: Sequence[Address]) -> tuple[Address, ...]:
        return tuple(one for one in several if one.email not in reader.addresses)

    return replace(reading, whole=False, to=others(reading.to), cc=others(reading.cc))
