"""A mailbox of ten thousand mails over three years, five hundred of them of hiring: the searches of `forty.py`, once a
year, in the midst of what comes to anybody. Two in three of the others are mailings and receipts with a page of HTML,
the rest are letters. No two mails have the same text."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from itertools import cycle, islice
from mailbox import mbox
from pathlib import Path

from tests.tracking.forty import ME, START, mailbox

HIRING, ALL = 500, 10_000
DATA = Path(__file__).parent.parent / "reading" / "data"
PAGE = "<table><tr><td style='padding:12px;font-family:Arial'>{}</td></tr></table>\n"


def write_archive(file: Path, hiring: int = HIRING, every: int = ALL) -> None:
    """The mailbox as one mbox, oldest first."""
    found = [(one.at, one.raw) for season in range(3) for one in mailbox(season)][:hiring]
    days = (found[-1][0] - START) / (every - hiring)
    found += [(at, _ordinary(at, number)) for number, at in enumerate(START + days * one for one in range(every - hiring))]
    box = mbox(file)
    for _, raw in sorted(found):
        box.add(raw)
    box.close()


def _ordinary(at: datetime, number: int) -> bytes:
    told = _TOLD[number % len(_TOLD)]
    head, _, rest = told.partition("\n")
    *_, sender, subject = (one.strip() for one in head.split(" | "))
    mail = EmailMessage(policy=SMTP)
    name, address = parseaddr(sender)
    mail["Date"], mail["Subject"], mail["To"] = format_datetime(at), f"{subject} ({number})", ME
    mail["From"] = f"{name} <{address}>"
    mail["Message-ID"] = f"<{number}@{address.rpartition('@')[2]}>"
    lines = rest.splitlines()
    for line in lines:
        if line.startswith("@") and not line.startswith("@calendar"):
            mail[line[1:].partition(": ")[0]] = line.partition(": ")[2]
    text = "\n".join(line for line in lines if not line.startswith("@"))
    if text:
        mail.set_content(f"{text}\n\nNumber {number}\n")
    else:
        mail.set_content("<html><body>" + "".join(PAGE.format(f"{subject} {number} {row}") for row in range(200)), subtype="html")
    return mail.as_bytes()


def _mails(name: str) -> list[str]:
    return list(tomllib.loads((DATA / name).read_text(encoding="utf-8"))["mails"])


def _mixed() -> Iterator[str]:
    bulk, letters = cycle(_mails("first_look/ordinary.toml")), _mails("letters/ordinary.toml")
    for letter in letters:
        yield letter
        yield from islice(bulk, 2)


_TOLD = list(_mixed())
