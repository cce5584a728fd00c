"""Mails for the tests of entities, and the rows of the tables in tests/reading/data/entities/."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from mailbot.mail.message import Message
from mailbot.mail.mime import parse
from mailbot.reading.calendar import read_calendars
from mailbot.reading.entities import Entities, read_entities
from mailbot.reading.statements import Reader
from mailbot.reading.words import segment

ME = "alex.rivera@example.com"
TO = f"Alex Rivera <{ME}>"
READER = Reader(addresses=frozenset({ME}), zone="America/New_York", name="Alex Rivera")
FOLDER = Path(__file__).parent / "data" / "entities"


def rows(name: str) -> list[Any]:
    """The rows of one table."""
    return list(tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))["rows"])


TABLES = ("mails", "more_mails", "third_mails", "fourth_mails", "fifth_mails", "sixth_mails", "seventh_mails")
TEXT = "Dear Alex,\n\nPlease see the details in your account.\n"  # below the subjects


def labelled() -> Iterator[tuple[str, str, Message, dict[str, str]]]:
    """Each mail of the tables: what it is called, its sender, it, and its company, agency and role; those that its row
    does not tell are left out."""
    for table in TABLES:
        for number, row in enumerate(rows(table)):
            sender = row.get("from", "jobs@example.net")
            written = raw_mail(row["text"], sender=sender, name=row.get("name", ""), subject=row.get("subject", ""))
            told = {field: row[field] or "" for field in ("company", "agency", "role") if field in row}
            yield f"{table}-{number}", sender, parse(written, own=READER.addresses), told
    for number, (name, sender, subject, company, role) in enumerate(rows("subjects")):
        written = raw_mail(TEXT, sender=sender, name=name, subject=subject)
        told = {"company": company or "", "agency": "", "role": role or ""}
        yield f"subjects-{number}", sender, parse(written, own=READER.addresses), told


def raw_mail(
    text: str,
    *,
    sender: str = "jobs@example.net",
    name: str = "",
    subject: str = "",
    to: str = TO,
    cc: str = "",
    calendar: str = "",
) -> bytes:
    """A mail with plain text, and with a calendar part where one is given."""
    mail = EmailMessage()
    mail["From"] = f'"{name}" <{sender}>' if name else sender
    mail["To"] = to
    if cc:
        mail["Cc"] = cc
    mail["Subject"] = subject
    mail["Date"] = "Mon, 02 Mar 2026 10:00:00 -0500"
    mail["Message-ID"] = "<1@example.net>"
    mail.set_content(text.encode("utf-8", "replace").decode())
    if calendar:
        mail.add_alternative(calendar, subtype="calendar", params={"method": "REQUEST"})
    return mail.as_bytes()


def read_raw(raw: bytes) -> Entities:
    message = parse(raw, own=READER.addresses)
    return read_entities(message, segment(message), read_calendars(message, READER), READER)


def read_mail(
    text: str, *, sender: str = "jobs@example.net", name: str = "", subject: str = "", to: str = TO, cc: str = ""
) -> Entities:
    """The entities of a plain mail."""
    return read_raw(raw_mail(text, sender=sender, name=name, subject=subject, to=to, cc=cc))


def plain(text: str | None) -> str:
    """A value as it is compared: case, legal form and punctuation aside."""
    kept = "".join(letter if letter.isalnum() or letter in "&+#/" else " " for letter in (text or "").casefold())
    words = kept.split()
    while words and words[-1] in ("inc", "ltd", "gmbh", "llc", "plc"):
        words.pop()
    return " ".join(words[1:] if words[:1] == ["the"] else words)
