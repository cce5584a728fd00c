"""What the API gives of a message in each format, and the partial answers of `fields`."""

from __future__ import annotations

import base64
from email import message_from_bytes
from email.message import Message as Mail
from typing import Any

from tests.servers.gmail.account import Message


def shape(message: Message, form: str, names: list[str]) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "id": message.ident,
        "threadId": message.thread,
        "labelIds": sorted(message.labels),
        "internalDate": str(message.at),
        "sizeEstimate": len(message.raw),
        "snippet": "",
    }
    if not message.labels:
        del answer["labelIds"]  # archived mail has no such key
    mail = message_from_bytes(message.raw)
    if form == "raw":
        return {**answer, "raw": base64.urlsafe_b64encode(message.raw).decode()}
    if form == "metadata":
        return {**answer, "payload": {"mimeType": mail.get_content_type(), "headers": headers(mail, names)}}
    return {**answer, "payload": part(mail)} if form == "full" else answer


def headers(mail: Mail, names: list[str]) -> list[dict[str, str]]:
    wanted = {one.lower() for one in names}
    return [
        {"name": name, "value": " ".join(str(value).split("\r\n")).replace("\n", "").strip()}
        for name, value in mail.items()
        if not wanted or name.lower() in wanted
    ]


def part(mail: Mail, number: str = "") -> dict[str, Any]:
    answer: dict[str, Any] = {
        "partId": number,
        "mimeType": mail.get_content_type(),
        "filename": mail.get_filename() or "",
        "headers": headers(mail, []),
    }
    if mail.is_multipart():
        inner = [one for one in mail.get_payload() if isinstance(one, Mail)]
        return {**answer, "body": {"size": 0}, "parts": [part(one, f"{number}.{at}") for at, one in enumerate(inner)]}
    data = mail.get_payload(decode=True) or b""
    if answer["filename"]:
        return {**answer, "body": {"attachmentId": f"a{number}", "size": len(data)}}
    return {**answer, "body": {"size": len(data), "data": base64.urlsafe_b64encode(data).decode()}}


def partial(value: Any, fields: str) -> Any:
    """Only what `fields` names, such as 'id,message(id,labelIds)'."""
    if not fields:
        return value
    return _cut(value, parsed(fields))


def parsed(fields: str) -> dict[str, Any]:
    """The names in `fields`, each with those within it."""
    wanted, rest = _parse(fields)
    assert not rest, fields
    return wanted


def _cut(value: Any, wanted: dict[str, Any]) -> Any:
    if not wanted:
        return value
    if isinstance(value, list):
        return [_cut(one, wanted) for one in value]
    return {key: _cut(value[key], inner) for key, inner in wanted.items() if key in value}


def _parse(text: str) -> tuple[dict[str, Any], str]:
    found: dict[str, Any] = {}
    while text and text[0] != ")":
        end = next((at for at, char in enumerate(text) if char in ",()"), len(text))
        name, text = text[:end], text[end:]
        inner: dict[str, Any] = {}
        if text[:1] == "(":
            inner, text = _parse(text[1:])
            assert text[:1] == ")"
            text = text[1:]
        found[name] = inner
        text = text.removeprefix(",")
    return found, text
