"""What Gmail gives of a mail, as the values of the port."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from mailbot.mail.port import MessageRef, Place, RawMessage
from mailbot.mail.tables import table

READ = frozenset({Place.INBOX, Place.OTHER})  # a mail that is archived loses a label: it was read, and stays what it is
UNICODE = frozenset({"", "utf-8", "us-ascii", "ascii"})
NO_MULTIPART = (b"content-transfer-encoding", b"content-length")


def place_of(labels: list[str]) -> Place:
    """What the labels of a mail say it lies in; without one of them it is archived."""
    for one in table("gmail")["label"]:
        if one["name"] in labels:
            return Place(one["place"])
    return Place.OTHER


def lies_in(answer: Mapping[str, Any], place: Place) -> bool:
    """Whether that mail still lies there, or was archived."""
    now = place_of(labels_of(answer))
    return now is place or {now, place} <= READ


def labels_of(answer: Mapping[str, Any]) -> list[str]:
    return [str(one) for one in answer.get("labelIds", ())]


def as_raw(ref: MessageRef, answer: Mapping[str, Any], raw: bytes, *, whole: bool) -> RawMessage:
    return RawMessage(
        ref,
        raw,
        "DRAFT" in labels_of(answer),
        _arrived(answer),
        answer.get("threadId"),
        whole=whole,
        calendar=not whole and any(map(_is_calendar, _walk(answer.get("payload", {})))),
    )


def header_block(payload: Mapping[str, Any]) -> bytes:
    """The header fields of a part with the empty line that ends them. Gmail gives them unfolded and decoded."""
    return b"".join(_field(one) for one in payload.get("headers", ())) + b"\r\n"


def message_id(answer: Mapping[str, Any]) -> str:
    """The Message-ID, unfolded; empty where there is none."""
    headers = answer.get("payload", {}).get("headers", ())
    found = (str(one.get("value", "")) for one in headers if str(one.get("name", "")).lower() == "message-id")
    return " ".join(next(found, "").split())


def from_base64(text: object) -> bytes:
    """Bytes in Gmail's base64 (RFC 4648 section 5), with or without padding; empty where they are none."""
    try:
        return base64.urlsafe_b64decode(str(text or "") + "===")
    except (binascii.Error, ValueError):
        return b""


def to_base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode()


def rebuilt(payload: Mapping[str, Any], depth: int = 40) -> bytes:
    """A mail from its parts, without the contents that Gmail keeps apart as attachments."""
    parts = payload.get("parts", ()) if depth else ()
    if not parts:
        body = base64.encodebytes(from_base64(payload.get("body", {}).get("data"))).replace(b"\n", b"\r\n")
        return _without_encoding(payload) + b"Content-Transfer-Encoding: base64\r\n\r\n" + body
    if not str(payload.get("mimeType", "")).startswith("multipart/"):  # message/rfc822: one mail in another
        return _without_encoding(payload) + b"\r\n" + rebuilt(parts[0], depth - 1)
    boundary = _boundary(payload)
    inner = b"".join(b"--%s\r\n%s\r\n" % (boundary, rebuilt(one, depth - 1)) for one in parts)
    return _without_encoding(payload) + b"\r\n" + inner + b"--%s--\r\n" % boundary


def _boundary(payload: Mapping[str, Any]) -> bytes:
    headers = payload.get("headers", ())
    kind = next((str(one["value"]) for one in headers if str(one["name"]).lower() == "content-type"), "")
    value = kind[kind.lower().find("boundary=") :].partition("=")[2]
    quoted = value.startswith('"')
    return (value[1:].partition('"')[0] if quoted else value.partition(";")[0].strip()).encode() or b"part"


def _without_encoding(payload: Mapping[str, Any]) -> bytes:
    fields = (one for one in payload.get("headers", ()) if str(one["name"]).lower().encode() not in NO_MULTIPART)
    return b"".join(map(_field, fields))


def _field(one: Mapping[str, Any]) -> bytes:
    name = "".join(str(one.get("name", "")).split()).replace(":", "")
    value = " ".join(str(one.get("value", "")).splitlines())
    return f"{name}: {value}\r\n".encode("utf-8", "replace")


def is_all_there(payload: Mapping[str, Any], depth: int = 40) -> bool:
    """Whether `rebuilt` gives all that is read of a mail: nothing that is text or a calendar was kept apart, and what
    is text is in a charset of which no document need say whether Gmail has changed it."""
    parts = payload.get("parts", ())
    if parts:
        return depth > 0 and all(is_all_there(one, depth - 1) for one in parts)
    kind = str(payload.get("mimeType", "")).lower()
    if not (kind.startswith("text/") or _is_calendar(payload)):
        return True
    kept_apart = "attachmentId" in payload.get("body", {})
    return not (kept_apart and (_is_calendar(payload) or not payload.get("filename"))) and _charset(payload) in UNICODE


def _charset(part: Mapping[str, Any]) -> str:
    headers = part.get("headers", ())
    kind = next((str(one["value"]).lower() for one in headers if str(one["name"]).lower() == "content-type"), "")
    return kind.partition("charset=")[2].partition(";")[0].strip("\" \t")


def _arrived(answer: Mapping[str, Any]) -> datetime | None:
    """`internalDate`: milliseconds since 1970."""
    try:
        return datetime.fromtimestamp(int(answer["internalDate"]) / 1000, UTC)
    except (KeyError, ValueError, OverflowError, OSError):
        return None


def _walk(payload: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield payload
    for one in payload.get("parts", ()):
        yield from _walk(one)


def _is_calendar(part: Mapping[str, Any]) -> bool:
    kind, name = str(part.get("mimeType", "")).lower(), str(part.get("filename", "")).lower()
    return kind in ("text/calendar", "application/ics") or name.endswith(".ics")
