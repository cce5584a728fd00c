"""What an IMAP server says of one message: its structure and its sections (RFC 3501 sections 6.4.5 and 7.4.2)."""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message

from mailbot.mail.header_block import header_block


def quoted(text: object) -> str:
    return "NIL" if text is None else '"' + str(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def structure(raw: bytes) -> str:
    return _structure(message_from_bytes(raw))


def _structure(part: Message) -> str:
    if part.is_multipart():
        below = "".join(_structure(one) for one in part.get_payload())  # type: ignore[arg-type]
        return f"({below} {quoted(part.get_content_subtype())} {_parameters(part)} NIL NIL)"
    body = str(part.get_payload())
    kind = part.get_content_maintype()
    lines = f" {body.count(chr(10))}" if kind == "text" else ""
    encoding = quoted(part.get("Content-Transfer-Encoding", "7bit"))
    named = part.get_filename()
    placed = f'("attachment" ("filename" {quoted(named)}))' if named else "NIL"
    named_as = f"{quoted(kind)} {quoted(part.get_content_subtype())} {_parameters(part)}"
    return f"({named_as} NIL NIL {encoding} {len(body)}{lines} NIL {placed} NIL)"


def _parameters(part: Message) -> str:
    pairs = (part.get_params() or [("", "")])[1:]
    return "(" + " ".join(f"{quoted(key)} {quoted(value)}" for key, value in pairs) + ")" if pairs else "NIL"


def section(raw: bytes, name: str) -> bytes:
    """BODY[name], where `name` is empty, HEADER.FIELDS (...), or a part's number."""
    if not name:
        return raw
    if name.startswith("HEADER.FIELDS"):
        wanted = name.partition("(")[2].rstrip(")").lower().split()
        return _fields(header_block(raw), wanted)
    part = message_from_bytes(raw)
    if part.is_multipart():
        for number in name.split("."):
            part = part.get_payload()[int(number) - 1]  # type: ignore[assignment,index]
    return str(part.get_payload()).encode("ascii", "surrogateescape")


def _fields(head: bytes, wanted: list[str]) -> bytes:
    kept, keep = [], False
    for line in head.splitlines(keepends=True):
        if not line.startswith((b" ", b"\t")):
            keep = line.partition(b":")[0].decode("ascii", "replace").lower() in wanted
        if keep and line.strip():
            kept.append(line)
    return b"".join(kept) + b"\r\n"
