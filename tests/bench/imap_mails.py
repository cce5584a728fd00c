"""A mailbox like a person's for the benchmarks: 3 in 100 are hiring mail, half are newsletters, one in ten bears
a file; 44 kB on average. The same number always gives the same mail."""

from __future__ import annotations

import base64
import random
from datetime import UTC, datetime, timedelta

NEWS = (
    "The Thursday digest", "Your weekly round-up", "New in the shop: lamps", "Five recipes for cold evenings",
    "Spring sale: 30% off everything", "This week in harbour news", "Last chance: free delivery", "Top stories for you",
)  # fmt: skip
NOTICES = (
    "Your order has been shipped", "Your receipt from Fenwick Books", "Your invoice is ready",
    "New sign-in to your account", "Your parcel arrives today", "Your statement is ready",
)  # fmt: skip
FRIENDS = ("Dinner on Sunday?", "Re: The garden fence", "Photos from the lake", "Re: Tickets", "About the flat")
ME = "Nora Castellan <nora@castellan.example>"
WORDS = ("harbour", "quiet", "cranes", "stood", "still", "over", "grey", "water", "basin", "tug", "went", "the", "of")


def mail(number: int) -> tuple[str, bytes, datetime]:
    """Its folder, its bytes and when it arrived."""
    chance = random.Random(number)
    at = datetime.now(UTC) - timedelta(minutes=number * 20 % 500_000)
    kind = number % 100
    if kind < 3:
        return "INBOX", _hiring(number, chance, at), at
    if kind < 53:
        return "INBOX", _news(number, chance, at), at
    if kind < 70:
        return "INBOX", _plain(number, chance, at, "Shop <noreply@fenwick.example>", chance.choice(NOTICES)), at
    if kind < 80:
        return "INBOX", _file(number, chance, at), at
    friend, subject = f"Kim Alder <kim{number % 40}@friends.example>", chance.choice(FRIENDS)
    if kind < 92:
        return "INBOX", _plain(number, chance, at, friend, subject), at
    return "Sent", _plain(number, chance, at, ME, subject, friend), at


def _head(number: int, at: datetime, sender: str, subject: str, to: str = ME) -> str:
    received = "".join(
        f"Received: from mx{one}.relay.example (mx{one}.relay.example [192.0.2.{one}]) by mx.castellan.example with"
        f" ESMTPS id {number:08x}{one}; {at:%a, %d %b %Y %H:%M:%S +0000}\r\n"
        for one in range(4)
    )
    domain = sender.rpartition("@")[2].rstrip(">")
    return (
        f"{received}From: {sender}\r\nTo: {to}\r\nSubject: {subject}\r\nDate: {at:%a, %d %b %Y %H:%M:%S +0000}\r\n"
        f"Message-ID: <{number}.mail@{domain}>\r\nMIME-Version: 1.0\r\n"
    )


def _text(chance: random.Random, words: int) -> str:
    return "\r\n".join(" ".join(chance.choices(WORDS, k=12)) + "." for _ in range(words // 12))


def _plain(number: int, chance: random.Random, at: datetime, sender: str, subject: str, to: str = ME) -> bytes:
    head = _head(number, at, sender, subject, to)
    return f"{head}Content-Type: text/plain; charset=utf-8\r\n\r\n{_text(chance, 150)}\r\n".encode()


def _hiring(number: int, chance: random.Random, at: datetime) -> bytes:
    firm = f"Castor{number // 100}"
    sender, subject = f"Dana Quill <dana@{firm.lower()}.example>", f"Your application at {firm}"
    text = (
        f"Hi Nora,\r\n\r\nThank you for applying for the Dock Engineer position at {firm}. I am sorry to say that"
        f" we have decided on another candidate.\r\n\r\nBest regards,\r\nDana Quill\r\nRecruiter, {firm}\r\n"
    )
    return f"{_head(number, at, sender, subject)}Content-Type: text/plain; charset=utf-8\r\n\r\n{text}".encode()


def _news(number: int, chance: random.Random, at: datetime) -> bytes:
    house = f"letters{number % 30}.example"
    rows = "".join(f'<tr><td style="padding:8px;font-family:serif">{_text(chance, 36)}</td></tr>' for _ in range(120))
    return (
        f"{_head(number, at, f'News <news@{house}>', f'{chance.choice(NEWS)}')}"
        f"List-Unsubscribe: <mailto:off@{house}>\r\nList-Id: <weekly.{house}>\r\nPrecedence: bulk\r\n"
        'Content-Type: multipart/alternative; boundary="x"\r\n\r\n--x\r\n'
        f"Content-Type: text/plain; charset=utf-8\r\n\r\n{_text(chance, 400)}\r\n--x\r\n"
        f"Content-Type: text/html; charset=utf-8\r\n\r\n<table>{rows}</table>\r\n--x--\r\n"
    ).encode()


def _file(number: int, chance: random.Random, at: datetime) -> bytes:
    file = base64.encodebytes(chance.randbytes(190_000)).decode().replace("\n", "\r\n")
    sender = f"Kim Alder <kim{number % 40}@friends.example>"
    return (
        f'{_head(number, at, sender, chance.choice(FRIENDS))}Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\n'
        f"Content-Type: text/plain\r\n\r\n{_text(chance, 120)}\r\n"
        f'--x\r\nContent-Type: application/pdf; name="a.pdf"\r\nContent-Transfer-Encoding: base64\r\n'
        f'Content-Disposition: attachment; filename="a.pdf"\r\n\r\n{file}\r\n--x--\r\n'
    ).encode()
