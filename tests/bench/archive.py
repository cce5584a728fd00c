"""A mailbox of ten thousand mails over three years, five hundred of them of hiring: the searches of `forty.py`, once a
year, in the midst of what comes to anybody. Three in four of the others are mailings, receipts and alerts with a page
of HTML, the rest are letters. No two mails have the same text."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from itertools import cycle, islice
from pathlib import Path

from tests.tracking.forty import ME, START, mailbox

HIRING, ALL = 500, 10_000
SEASONS, BULK = 3, 3
DATA = Path(__file__).parent.parent / "reading" / "data"
ROW = "<tr><td style='padding:12px;font-family:Arial'>{}</td></tr>\n"


def write_archive(file: Path, hiring: int = HIRING, every: int = ALL) -> None:
    """The mailbox as one mbox, oldest first; none of these mails has a line that begins with 'From '."""
    found = [(one.at, one.raw) for season in range(SEASONS) for one in mailbox(season)][:hiring]
    apart = (found[-1][0] - START) / (every - hiring)
    moments = (START + apart * number for number in range(every - hiring))
    found += [(at, _ordinary(at, number)) for number, at in enumerate(moments)]
    with file.open("wb") as mbox:
        for at, raw in sorted(found):
            mbox.write(f"From MAILER-DAEMON {at:%a %b %d %H:%M:%S %Y}\n".encode() + raw.replace(b"\r\n", b"\n") + b"\n")


def _ordinary(at: datetime, number: int) -> bytes:
    head, *lines = _TOLD[number % len(_TOLD)].splitlines()
    *_, sender, subject = (one.strip() for one in head.split(" | "))
    name, address = parseaddr(sender)
    mail = EmailMessage(policy=SMTP)
    mail["Date"], mail["Subject"], mail["To"] = format_datetime(at), f"{subject} ({number})", ME
    mail["From"] = f"{name} <{address}>"
    mail["Message-ID"] = f"<{number}@{address.rpartition('@')[2]}>"
    for line in lines:
        if line.startswith("@") and not line.startswith("@calendar"):
            mail[line[1:].partition(": ")[0]] = line.partition(": ")[2]
    text = "\n".join(line for line in lines if not line.startswith("@"))
    if text:
        mail.set_content(f"{text}\n\nNumber {number}\n")
    else:
        rows = "".join(ROW.format(f"{subject} {number} {row}") for row in range(150))
        mail.set_content(f"<html><body><table>\n{rows}</table></body></html>", subtype="html")
    return mail.as_bytes()


def _mails(name: str) -> list[str]:
    return list(tomllib.loads((DATA / name).read_text(encoding="utf-8"))["mails"])


def _mixed() -> Iterator[str]:
    bulk = cycle(_mails("first_look/ordinary.toml"))
    for letter in _mails("letters/ordinary.toml"):
        yield letter
        yield from islice(bulk, BULK)


_TOLD = list(_mixed())
