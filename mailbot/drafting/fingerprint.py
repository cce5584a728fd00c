"""What a draft means, as one short text: equal before and after a mailbox has stored it, different after any edit.

From, To, Cc, the decoded subject, the plain text with white space folded, and digests of everything else it carries.
Line ends, encodings, folding, the Date and the headers that servers add mean nothing.
"""

from __future__ import annotations

from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header
from email.message import Message as StdMessage
from hashlib import sha256

_HEADERS = ("from", "to", "cc", "subject")


def fingerprint(raw: bytes) -> str:
    """A digest of the meaning of one mail, in hexadecimal. Never raises: bytes that cannot be taken apart mean
    themselves."""
    try:
        fields = _fields(message_from_bytes(raw))
    except (MessageError, RecursionError, ValueError, LookupError, TypeError, AttributeError):
        fields = [sha256(raw).hexdigest()]
    digest = sha256()
    for one in fields:
        data = one.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def _fields(mail: StdMessage) -> list[str]:
    texts: list[str] = []
    others: list[str] = []
    for part in mail.walk():
        if part.is_multipart():
            continue
        if part.get_content_type() == "text/plain" and part.get_content_disposition() != "attachment":
            texts.append(_text(part))
        else:
            others.append(f"{part.get_content_type()} {_digest(part)}")
    headers = ["\n".join(_decoded(value) for value in mail.get_all(name, [])) for name in _HEADERS]
    return [*headers, _folded("\n".join(texts)), *sorted(others)]


def _decoded(value: object) -> str:
    """A header's words; quotes around a name come and go with the program that writes it."""
    pieces = decode_header(str(value))
    return _folded("".join(_as_text(piece, charset) for piece, charset in pieces)).replace('"', "")


def _text(part: StdMessage) -> str:
    return _as_text(_payload(part), part.get_content_charset())


def _digest(part: StdMessage) -> str:
    return sha256(_payload(part)).hexdigest()


def _payload(part: StdMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _as_text(piece: str | bytes, charset: str | None) -> str:
    if isinstance(piece, str):
        return piece
    try:
        return piece.decode(charset or "utf-8", "replace")
    except (LookupError, ValueError):
        return piece.decode("latin-1")


def _folded(text: str) -> str:
    return " ".join(text.split())
