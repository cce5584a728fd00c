"""What a Reading keeps of a mail's headers, however much of the mail was read, and all that is kept of one that is set
aside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mailbot.mail.message import Address, Message
from mailbot.reading.statements import READER_VERSION, Authentication, Reader, Reading, Statement, Tone, Writer


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


def set_aside(
    message: Message, reader: Reader, said: tuple[Statement, ...], wrote: Writer = Writer.ROBOT, language: str = "en"
) -> Reading:
    """The Reading of a mail that is not read to its end before something known calls it back: of its recipients only
    those beside the reader are kept, who may be what calls it."""
    recipients = {"to": _others(message.to, reader), "cc": _others(message.cc, reader)}
    return Reading(
        **(kept(message, reader) | recipients),
        writer=wrote,
        authentication=Authentication.NEUTRAL,
        language=language,
        words=0,
        tone=Tone.NEUTRAL,
        calls_reader="",
        signed="",
        statements=said,
        whole=False,
    )


def _others(several: Sequence[Address], reader: Reader) -> tuple[Address, ...]:
    return tuple(one for one in several if one.email not in reader.addresses)
