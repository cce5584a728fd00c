"""Mails damaged as transports, programs and enemies damage them, from a seed; and what must be true of each."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random

from mailbot.demo.sample import ADDRESS, ZONE, sample
from mailbot.errors import Unreadable
from mailbot.mail.header_block import head_of
from mailbot.mail.message import Message
from mailbot.mail.mime import parse
from mailbot.mail.port import MessageRef, Place, RawMessage
from mailbot.reading.calendar import read_calendars
from mailbot.reading.reader import read
from mailbot.reading.statements import Reader, Reading
from mailbot.reading.stored import read_raw
from mailbot.store.codec import encode
from tests.mail.test_hostile_mail import SAMPLES
from tests.reading.kind_mails import letters, raw, timed

READER = Reader(addresses=frozenset({ADDRESS}), zone=ZONE, name="Nora Castellan", country="US")
LONGEST_QUOTE = 300
# What breaks programs that read mail: structure, encodings, quoting, numbers out of range, text that no one sees.
FRAGMENTS = (
    b"\r\n", b"\n\n", b"\r", b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"\xe2\x80\xae", b"\xe2\x80\x8b", b"=?utf-8?q?",
    b"?=", b"=?utf-8?b?4pyT?=", b"=E9=", b"=\n", b"&#x110000;", b"&nbsp;", b"<td>", b"</div>", b"<!--", b"<style>",
    b"<script>", b"\n--b\n", b"\n--b--\n", b"Content-Type: text/html\n",
    b"Content-Type: multipart/mixed; boundary=b\n", b"Content-Type: message/rfc822\n\n",
    b"Content-Transfer-Encoding: base64\n", b"; charset=utf-7", b"; charset=x-none", b"; format=flowed", b"\n> ",
    b"\n>From ", b"On Mon, 2 Mar 2026 Dana wrote:\n", b"From: <x@y.example>\n", b"(((", b'"""', b"99:99 PM",
    b"31 February 2026", b"9999999999", b"within 99999 weeks", b"in 0 days", b"Monday the 32nd at 25:61",
    b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n", b"END:VEVENT\n", b"DTSTART:99999999T999999Z\n", b"RRULE:FREQ=SECONDLY\n",
    b"TZID=Nowhere/Else:", b"SEQUENCE:-1\n", b"METHOD:\n", "ａｃｍｅ İı ß ﬃ".encode(),
    "今日は面接です".encode(), b"\xa0",
)  # fmt: skip


def seeds() -> tuple[bytes, ...]:
    """Whole mails to begin with: the sample mailbox, the labelled letters and times, and some that are hostile."""
    mails = [one.raw for one in sample(datetime(2026, 5, 20, 12, tzinfo=UTC))]
    return (*mails, *SAMPLES, *(raw(row) for row in letters()), *(raw(row) for row in timed()))


def mutated(mails: Sequence[bytes], chance: Random) -> bytes:
    """One of the mails with one to six damages."""
    mail = bytearray(chance.choice(mails))
    for _ in range(chance.randint(1, 6)):
        chance.choice(DAMAGES)(mail, mails, chance)
    return bytes(mail)


def _place(mail: bytearray, chance: Random) -> int:
    return chance.randint(0, len(mail))


def _flip(mail: bytearray, _: Sequence[bytes], chance: Random) -> None:
    for _n in range(chance.randint(1, 8)):
        if mail:
            mail[chance.randrange(len(mail))] = chance.randrange(256)


def _insert(mail: bytearray, _: Sequence[bytes], chance: Random) -> None:
    at = _place(mail, chance)
    mail[at:at] = chance.choice(FRAGMENTS) * chance.choice((1, 1, 1, 2, 50))


def _cut(mail: bytearray, _: Sequence[bytes], chance: Random) -> None:
    at = _place(mail, chance)
    del mail[at : at + chance.choice((1, 10, 200, 5000))]


def _end(mail: bytearray, _: Sequence[bytes], chance: Random) -> None:
    del mail[_place(mail, chance) :]


def _repeat(mail: bytearray, _: Sequence[bytes], chance: Random) -> None:
    at = _place(mail, chance)
    mail[at:at] = mail[at : at + chance.randint(1, 80)] * chance.randint(1, 30)


def _splice(mail: bytearray, mails: Sequence[bytes], chance: Random) -> None:
    other = chance.choice(mails)
    at, low = _place(mail, chance), chance.randint(0, len(other))
    mail[at:at] = other[low : low + 400]


def _swap(mail: bytearray, _: Sequence[bytes], chance: Random) -> None:
    lines = mail.split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    mail[:] = b"\n".join(lines)


DAMAGES: tuple[Callable[[bytearray, Sequence[bytes], Random], None], ...] = (
    _flip, _insert, _insert, _cut, _end, _repeat, _splice, _swap,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """What is not as it must be, in a word."""

    what: str


def understood(mail: bytes) -> tuple[Message, Reading] | None:
    """The mail and what was read in it, or None where it is Unreadable. Raises what the reading wrongly raises."""
    try:
        message = parse(mail, own=READER.addresses)
    except Unreadable:
        return None
    return message, read(message, READER)


def faults(mail: bytes, message: Message, reading: Reading) -> list[Fault]:
    """What is wrong with how a mail was read: nothing, if the Reading can be kept and its quotes stand in the mail.
    Raises what the look at the headers wrongly raises."""
    look = read_raw(head_of(RawMessage(MessageRef("home", Place.INBOX, "1"), mail, draft=False)), READER)
    found = [Fault(f"the evidence of {one} stands nowhere") for one in misquoted(message, reading)]
    if not reading.statements:
        found.append(Fault("it says nothing, not even that it is unrelated"))
    if look is not None and message.calendars:
        found.append(Fault("a calendar part was set aside by the headers"))
    json.loads(encode(reading))
    return found


def misquoted(message: Message, reading: Reading) -> list[str]:
    """The fields whose evidence does not stand exactly in the mail, or is longer than what may be kept."""
    people = (*((message.sender,) if message.sender else ()), *message.to, *message.cc)
    texts = [message.text, message.subject, *(one.name for one in people)]
    texts += [text for event in read_calendars(message, READER) for text in (event.summary, event.description)]
    shown = [one for said in (*reading.statements, *reading.in_context) for one in said.evidence]
    standing = {one for one in shown if len(one.quote) <= LONGEST_QUOTE and any(one.quote in text for text in texts)}
    return [one.field for one in shown if one not in standing]
