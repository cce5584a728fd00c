"""What parent and child say to each other: frames of a length and MessagePack. Not pickle: a child that hostile mail
has taken over must not be able to make the parent run anything."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import BinaryIO, TypeVar

import msgspec

from mailbot.mail.port import RawMessage
from mailbot.reading.statements import Reader, Reading

T = TypeVar("T")
HEAD = struct.Struct(">I")
WHOLE = "whole"  # the argument of a child that is to be ready for whole mails from the start


@dataclass(frozen=True, slots=True)
class Question:
    """One mail to be read, and for whom."""

    raw: RawMessage
    reader: Reader


@dataclass(frozen=True, slots=True)
class Answer:
    """The Reading, or the sentence that says why there is none. Both None: the headers alone do not tell; as a child's
    first word, that it is ready. `grown`: by how many bytes it has grown since it was ready.
    `preparing`: it makes ready for whole mails, and says when it is, before it answers."""

    reading: Reading | None = None
    unreadable: str | None = None
    grown: int = 0
    preparing: bool = False


def packed(value: Question | Answer) -> bytes:
    """The frame of a value."""
    body = msgspec.msgpack.encode(value)
    return HEAD.pack(len(body)) + body


def unpacked(kind: type[T], body: bytes) -> T:
    """The value of a frame's body. Raises msgspec.DecodeError."""
    return msgspec.msgpack.decode(body, type=kind)


def read_frame(stream: BinaryIO) -> bytes | None:
    """The body of the next frame; None at the end of the stream."""
    head = stream.read(HEAD.size)
    if len(head) < HEAD.size:
        return None
    (length,) = HEAD.unpack(head)
    body = stream.read(length)
    return body if len(body) == length else None
