"""The header block of a mail, without parsing the mail: enough to look for a Message-ID in thousands of files."""

from __future__ import annotations

from dataclasses import replace

from mailbot.mail.port import RawMessage

LONGEST = 256 << 10  # bytes; what follows is not looked at


def header_block(raw: bytes) -> bytes:
    """The header fields of `raw` with the empty line that ends them (RFC 5322 section 2.1), at most `LONGEST` bytes."""
    capped = raw[:LONGEST]
    lines = b"\n" + capped  # so that a mail without header fields, which begins with the empty line, is like the rest
    ends = [at + len(mark) - 1 for mark in (b"\n\n", b"\n\r\n") if (at := lines.find(mark)) >= 0]
    return capped[: min(ends)] if ends else capped


def head_of(mail: RawMessage) -> RawMessage:
    """What `Mailbox.headers` gives of a whole mail."""
    return replace(mail, raw=header_block(mail.raw), whole=False, calendar=_may_hold_a_calendar(mail.raw))


def _may_hold_a_calendar(raw: bytes) -> bool:
    """Whether it names a calendar part anywhere (see `mime.parse`); also true where a text merely speaks of one."""
    lowered = raw.lower()
    return any(mark in lowered for mark in (b"text/calendar", b"application/ics", b".ics"))


def is_answer(raw: bytes) -> bool:
    """Whether it answers another mail."""
    return b"\nin-reply-to:" in b"\n" + header_block(raw).lower()


def message_id_of(raw: bytes) -> str:
    """The first Message-ID of the header block with its angle brackets, unfolded; empty where there is none."""
    block = b"\n" + header_block(raw)
    start = block.lower().find(b"\nmessage-id:")
    if start < 0:
        return ""
    lines = block[start + len(b"\nmessage-id:") :].split(b"\n", 8)[:8]
    value = lines[0]
    for line in lines[1:]:
        if not line.startswith((b" ", b"\t")):
            break
        value += line
    return value.decode("utf-8", "replace").replace("\r", "").strip()
