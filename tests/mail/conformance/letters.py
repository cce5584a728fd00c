"""Mails for the conformance suite: plain, and told apart by the name in their Message-ID."""

from __future__ import annotations


def message_id(name: str) -> str:
    return f"<{name}@mail.example>"


def mail(name: str, *, subject: str = "Hello", body: str = "A few words.") -> bytes:
    """A whole mail with CRLF line ends; `name` makes its Message-ID."""
    lines = [
        "From: Robin Vale <robin@firm.example>",
        "To: Sam Hale <sam@home.example>",
        f"Subject: {subject}",
        "Date: Tue, 03 Mar 2026 10:00:00 +0000",
        f"Message-ID: {message_id(name)}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "",
        body,
        "",
    ]
    return "\r\n".join(lines).encode()


def invitation(name: str) -> bytes:
    """The same with a calendar part."""
    parts = (
        'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n',
        "\r\n--b\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n--b--\r\n",
    )
    head, _, body = mail(name).decode().partition("Content-Type: text/plain; charset=utf-8\r\n")
    return f"{head}{parts[0]}{body}{parts[1]}".encode()


def same(one: bytes | None, other: bytes) -> bool:
    """Whether both are the same mail; backends differ in their line ends."""
    return one is not None and one.replace(b"\r\n", b"\n") == other.replace(b"\r\n", b"\n")
