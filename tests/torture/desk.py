"""The person's own mail program on an IMAP account: it stores, edits, sends and deletes, each on a line of its own."""

from __future__ import annotations

import imaplib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes
from email.utils import parseaddr

ADDITION = b"And one sentence of my own."


@dataclass(frozen=True, slots=True)
class Desk:
    """`port` on this machine, in plain text."""

    port: int
    user: str
    password: str

    def store(self, raw: bytes, folder: str = "INBOX", flags: str = "") -> None:
        with self._line() as line:
            line.append(folder, flags, imaplib.Time2Internaldate(time.time()), raw)

    def drafts(self) -> dict[int, bytes]:
        """What lies in Drafts, by UID."""
        with self._line() as line:
            return _all(line)

    def edit(self, recipient: str) -> None:
        """Save the draft to that address with a sentence more."""
        with self._line() as line:
            uid, raw = _to(line, recipient)
            line.append("Drafts", "(\\Draft \\Seen)", imaplib.Time2Internaldate(time.time()), raw + ADDITION + b"\r\n")
            _remove(line, uid)

    def send(self, recipient: str) -> None:
        """What a mail program leaves behind after it sent the draft to that address."""
        with self._line() as line:
            uid, raw = _to(line, recipient)
            line.append("Sent", "(\\Seen)", imaplib.Time2Internaldate(time.time()), raw)
            _remove(line, uid)

    def delete(self, recipient: str) -> None:
        with self._line() as line:
            _remove(line, _to(line, recipient)[0])

    @contextmanager
    def _line(self) -> Iterator[imaplib.IMAP4]:
        with imaplib.IMAP4("127.0.0.1", self.port) as line:
            line.login(self.user, self.password)
            line.select("Drafts")
            yield line


def recipient_of(raw: bytes) -> str:
    return parseaddr(str(message_from_bytes(raw)["To"]))[1]


def _all(line: imaplib.IMAP4) -> dict[int, bytes]:
    found = {}
    for uid in line.uid("SEARCH", "UNDELETED")[1][0].split():
        answer = line.uid("FETCH", uid.decode(), "(BODY.PEEK[])")[1]
        found.update({int(uid): bytes(part[1]) for part in answer if isinstance(part, tuple)})
    return found


def _to(line: imaplib.IMAP4, recipient: str) -> tuple[int, bytes]:
    return next((uid, raw) for uid, raw in _all(line).items() if recipient_of(raw) == recipient)


def _remove(line: imaplib.IMAP4, uid: int) -> None:
    line.uid("STORE", str(uid), "+FLAGS", "(\\Deleted)")
    line.uid("EXPUNGE", str(uid))
