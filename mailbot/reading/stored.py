"""One stored mail, or its headers -> one Reading: parsed, and told whose mail it is by where it lies."""

from __future__ import annotations

from dataclasses import replace

from mailbot.mail.message import Direction
from mailbot.mail.mime import parse
from mailbot.mail.port import Place, RawMessage
from mailbot.reading.first_look import first_look, set_aside_as, set_aside_in_junk
from mailbot.reading.statements import Reader, Reading


def read_raw(raw: RawMessage, reader: Reader) -> Reading | None:
    """One stored mail read for one person; of headers alone (`raw.whole` False) what sets the mail aside, None where it
    has to be read whole; in Junk it never has to. Whose mail it is follows from where it lies; one's own From elsewhere
    than in Sent is nobody's. Raises Unreadable."""
    sent = raw.ref.place is Place.SENT
    message = parse(
        raw.raw,
        own=reader.addresses,
        direction=Direction.OUT if sent else Direction.IN,
        account=raw.ref.account,
        thread=raw.thread,
        arrived=raw.arrived,
    )
    if not sent and message.sender and message.sender.email in reader.addresses:
        message = replace(message, direction=Direction.NOBODY)
    if raw.whole:
        from mailbot.reading.reader import read  # here: headers alone need a third of its memory and of its start

        # Junk is read whole only where something known calls it.
        known = raw.known or raw.ref.place is Place.JUNK or message.direction is Direction.NOBODY
        return read(message, reader, known=known)
    if raw.ref.place is Place.JUNK:
        return set_aside_in_junk(message, reader)
    kind = None if raw.calendar else first_look(message)
    return set_aside_as(message, kind, reader) if kind else None
