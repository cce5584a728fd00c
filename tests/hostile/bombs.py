"""Mails that are made to break whoever reads them."""

from __future__ import annotations

import base64
import pkgutil
from collections.abc import Iterator
from encodings import aliases

HEAD = b"From: Dana <dana@tarn.example>\r\nTo: robin@example.com\r\nDate: Tue, 3 Mar 2026 10:00:00 +0000\r\n"
SUBJECT = b"Subject: Interview\r\n"
TEXT = b"Your interview for the Stage Technician position is confirmed for Monday, March 9 at 2:00 PM.\r\n"
HTML = HEAD + SUBJECT + b"Content-Type: text/html\r\n\r\n"
LINKED = HTML + b"<script type='application/ld+json'>"
CALENDAR = HEAD + SUBJECT + b"Content-Type: text/calendar; method=REQUEST\r\n\r\n"
EVENT = (
    b"BEGIN:VEVENT\r\nUID:1@tarn.example\r\nSUMMARY:Interview\r\nDTSTART:20260309T140000Z\r\nDTEND:20260309T150000Z\r\n"
    b"ORGANIZER:mailto:dana@tarn.example\r\n%s\r\nEND:VEVENT\r\n"
)
ZONE = b"BEGIN:VTIMEZONE\r\nTZID:Z%d\r\n%sEND:VTIMEZONE\r\n"
RULE = b"BEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n%s\r\nEND:STANDARD\r\n"


def calendar(body: bytes) -> bytes:
    return CALENDAR + b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + body + b"END:VCALENDAR\r\n"


def mail(headers: bytes = SUBJECT, body: bytes = TEXT) -> bytes:
    return HEAD + headers + b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + body


def nested(levels: int, kind: bytes = b"multipart/mixed") -> bytes:
    level = b"Content-Type: %s; boundary=b%d\r\n\r\n--b%d\r\n"
    return HEAD + SUBJECT + b"".join(level % (kind, at, at) for at in range(levels)) + b"\r\n" + TEXT


BOMBS = {
    "10 MB of one header": mail(b"Subject: " + b"Interview " * 1_000_000 + b"\r\n"),
    "10 MB of many headers": mail(b"X-A: b\r\n" * 1_250_000),
    "10 MB of a folded header": mail(b"Subject: a" + b"\r\n b" * 2_500_000 + b"\r\n"),
    "50,000 addresses": mail(b"Cc: " + b", ".join(b"A %d <a%d@b.example>" % (n, n) for n in range(50_000)) + b"\r\n"),
    "50,000 references": mail(b"References: " + b" ".join(b"<%d@x.example>" % n for n in range(50_000)) + b"\r\n"),
    "10,000 parts": HEAD + SUBJECT + b"Content-Type: multipart/mixed; boundary=x\r\n\r\n"
    + b"--x\r\nContent-Type: text/plain\r\n\r\nInterview\r\n" * 10_000 + b"--x--\r\n",
    "1,000 multiparts deep": nested(1_000),
    "1,000 alternatives deep": nested(1_000, b"multipart/alternative"),
    "1,000 mails in mails": HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 1_000 + TEXT,
    "lines of 1 MB": mail(body=(b"interview " * 100_000 + b"\r\n") * 3),
    "a line of 1 MB without a space": mail(body=b"x" * 1_000_000),
    "a quoted-printable line of 1 MB": HEAD + SUBJECT + b"Content-Type: text/plain\r\n"
    b"Content-Transfer-Encoding: quoted-printable\r\n\r\n" + b"=C3=A9" * 170_000,
    "a base64 text of 10 MB": HEAD + SUBJECT + b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    + base64.encodebytes(b"Interview. " * 900_000),
    "100,000 times of day": mail(body=b"Monday at 2:00 PM or Tuesday at 3:00 PM, " * 50_000),
    "100,000 links": mail(body=b"https://calendly.com/a/b " * 100_000),
    "100,000 quotes": mail(body=b"> > > > Interview\r\n" * 100_000),
    "an hourly rule for ever": calendar(EVENT % b"RRULE:FREQ=HOURLY"),
    "a rule of every second": calendar(EVENT % b"RRULE:FREQ=SECONDLY;COUNT=1000000000"),
    "a rule that never comes true": calendar(EVENT % b"RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31"),
    "a rule with all of it": calendar(
        EVENT % (b"RRULE:FREQ=SECONDLY;BYSECOND=" + b",".join(b"%d" % n for n in range(60)) + b";INTERVAL=1")
    ),
    "50,000 dates of one event": calendar(EVENT % (b"RDATE:" + b",".join([b"20260309T140000Z"] * 50_000))),
    "20,000 events": calendar((EVENT % b"X-A:b") * 20_000),
    "2,000 zones": calendar(b"".join(ZONE % (n, RULE % b"RRULE:FREQ=YEARLY;BYMONTH=10") for n in range(2_000))),
    "a zone of every second": calendar(ZONE % (1, RULE % b"RRULE:FREQ=SECONDLY") + EVENT % b"X-A:b"),
    "a zone of 20,000 rules": calendar(ZONE % (1, (RULE % b"RRULE:FREQ=YEARLY") * 20_000) + EVENT % b"X-A:b"),
    "20,000 attendees": calendar(EVENT % (b"ATTENDEE;CN=A:mailto:a@b.example\r\n" * 20_000)),
    "components without an end": calendar(b"BEGIN:VEVENT\r\n" * 100_000),
    "NULs": mail(b"Subject: Inter\0view\0\r\nX-B: \0\r\n", b"Your inter\0view\0 is \0" * 1_000),
    "lone surrogates": mail(b"Subject: \xed\xa0\x80 Interview\r\n", b"\xed\xa0\x80\xed\xbf\xbf " * 1_000 + TEXT),
    "bidi in every name": mail("From: \u202eDana\u2066 <d@tarn.example>\r\nSubject: \u202eweivr\r\n".encode(), TEXT),
    "no width between letters": mail("Subject: I\u200bn\u200ct\u200de\ufeffrview\r\n".encode(), TEXT),
    "100,000 combining marks": mail(body=b"e" + "\u0301".encode() * 100_000 + TEXT),
    "html of nothing but tags": HTML + b"<table><tr><td>" * 60_000 + TEXT,
    "html of nothing but attributes": HTML + b"<p " + b"a=b " * 250_000 + b">" + TEXT,
    "linked data a thousand deep": LINKED
    + b'{"a":' * 1_000 + b"1" + b"}" * 1_000 + b"</script>" + TEXT,
    "linked data of 1 MB": LINKED
    + b"[" * 500_000 + b"]" * 500_000 + b"</script>" + TEXT,
}  # fmt: skip


def of_every_charset() -> Iterator[tuple[str, bytes]]:
    """A mail under each charset label that Python knows, and under some that nobody does."""
    modules = {name for _, name, _ in pkgutil.iter_modules(__import__("encodings").__path__)}
    known = sorted({*aliases.aliases, *aliases.aliases.values(), *modules})
    for label in (*known, "x-unknown", "utf-8' OR 1", "../../etc/passwd", "a" * 5_000, "\0", "=?utf-8?q?x?="):
        said = label.encode("ascii", "ignore")
        yield label, (
            HEAD + b"Subject: =?" + said[:60] + b"?q?Interview_=E9=FF?=\r\nContent-Type: text/plain; charset=\"" + said
            + b'"\r\n\r\n' + TEXT + bytes(range(128, 256))
        )  # fmt: skip
