"""The labelled mails of tests/reading/data: wordings (a subject and a few sentences), whole letters, times."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from mailbot.mail.message import Message
from mailbot.mail.mime import parse
from mailbot.reading.statements import Kind, Reader

ME = "sam.reed@example.com"
SELF = f"Sam Reed <{ME}>"
READER = Reader(frozenset({ME}), "Europe/London", "Sam Reed")
SOMEBODY = "Jo Marsh <jo.marsh@fernhollow.example>"
RECRUITER = "Kind regards,\nJo Marsh\nTalent Partner, Fernhollow\n"
SHORT = 76  # characters of a field that is never folded
LONGEST = 900  # characters of a line that goes as it is (RFC 5322: 998 octets)
ALONE = (Kind.UNRELATED, Kind.JOB_ALERT)
_MARKED = re.compile(r"@([A-Z][\w-]*: |calendar )")
DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A mail and the kinds that are right for it, the best first. `name` says where it stands. `lines` are header
    lines or a calendar part."""

    name: str
    kinds: tuple[Kind, ...]
    sender: str
    subject: str
    body: str
    lines: tuple[str, ...] = ()

    @property
    def own(self) -> bool:
        return ME in self.sender

    def message(self) -> Message:
        return parse(raw(self), own=READER.addresses)


def wordings() -> Iterator[Labelled]:
    """The rows of data/wordings: the file's name is the kind, the first line the subject. A recruiter signs them."""
    for path in sorted((DATA / "wordings").glob("*.toml")):
        own = path.stem.startswith("own_")
        kind = Kind.UNRELATED if path.stem == "own_unrelated" else Kind(path.stem)
        for number, text in enumerate(_mails(path), 1):
            subject, _, body = text.partition("\n")
            if not own and kind not in ALONE:
                body = f"{body}\n\n{RECRUITER}"
            yield Labelled(f"{path.stem}-{number}", (kind,), SELF if own else SOMEBODY, subject, body)


def letters(pattern: str = "*") -> Iterator[Labelled]:
    """The rows of data/letters. First line: kind (several by '/') | sender | subject; then lines with '@'."""
    yield from _rows(DATA / "letters", pattern)


def learning() -> Iterator[Labelled]:
    """The rows of data/learning, written like letters: mail to learn from, not all of which is read right."""
    yield from _rows(DATA / "learning", "*")


def _rows(folder: Path, pattern: str) -> Iterator[Labelled]:
    for path in sorted(folder.glob(f"{pattern}.toml")):
        for number, text in enumerate(_mails(path), 1):
            first, _, rest = text.partition("\n")
            kinds, sender, subject = first.split(" | ", 2)
            lines = rest.split("\n")
            marked = next((at for at, line in enumerate(lines) if not _MARKED.match(line)), len(lines))
            yield Labelled(
                f"{path.stem}-{number}",
                tuple(map(Kind, kinds.split("/"))),
                sender,
                subject,
                "\n".join(lines[marked:]),
                tuple(line[1:] for line in lines[:marked]),
            )


def timed() -> Iterator[Labelled]:
    """The mails of data/times_*.toml: short, with few words that others use too."""
    for path in sorted(DATA.glob("times_*.toml")):
        for number, row in enumerate(tomllib.loads(path.read_text(encoding="utf-8")).get("mail", ()), 1):
            kind = Kind(row["kind"])
            sender = SELF if kind.startswith("own_") else row.get("from", SOMEBODY)
            yield Labelled(f"{path.stem}-{number}", (kind,), sender, row.get("subject", "Hello"), row["text"])


def raw(row: Labelled) -> bytes:
    """The mail as it would come."""
    fields = list(_fields(row))
    calendars = [line.split(" ", 3) for line in row.lines if line.startswith("calendar ")]
    plain = all(value.isascii() and len(name) + len(value) < SHORT for name, value in fields)
    if plain and not calendars and max(map(len, row.body.split("\n"))) < LONGEST:
        return _written(fields, row.body)
    mail = EmailMessage()
    for name, value in fields:
        mail[name] = value
    mail.set_content(row.body)
    for _, method, sequence, summary in calendars:
        mail.add_alternative(_calendar(method, sequence, summary), subtype="calendar", params={"method": method})
    return mail.as_bytes()


def _fields(row: Labelled) -> Iterator[tuple[str, str]]:
    yield "From", row.sender
    yield "To", SOMEBODY if row.own else SELF
    yield "Subject", row.subject
    yield "Date", "Mon, 02 Mar 2026 10:00:00 +0000"
    yield "Message-ID", "<1@mail.example>"
    if row.subject.lower().startswith("re:"):
        yield "In-Reply-To", "<0@mail.example>"
    for line in row.lines:
        if not line.startswith("calendar "):
            name, value = line.split(": ", 1)
            yield name, value


def _written(fields: list[tuple[str, str]], body: str) -> bytes:
    """As the library would write it where no field is folded or encoded, in a tenth of its time."""
    head = "".join(f"{name}: {value}\n" for name, value in fields)
    kind = 'Content-Type: text/plain; charset="utf-8"\nContent-Transfer-Encoding: 8bit\nMIME-Version: 1.0\n'
    return f"{head}{kind}\n{body.rstrip()}\n".encode()


def _calendar(method: str, sequence: str, summary: str) -> str:
    return "\r\n".join(
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            f"METHOD:{method}",
            "BEGIN:VEVENT",
            "UID:1@mail.example",
            f"SEQUENCE:{sequence}",
            "DTSTAMP:20260302T100000Z",
            "DTSTART:20260310T150000Z",
            "DTEND:20260310T160000Z",
            f"SUMMARY:{summary}",
            f"ATTENDEE:mailto:{ME}",
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        ]
    )


def _mails(path: Path) -> list[str]:
    return list(tomllib.loads(path.read_text(encoding="utf-8"))["mails"])
