"""The structure of a mail: the standard library's compat32 parser, kept within our caps whatever the bytes are.

compat32 keeps every header as it stands, but it recurses once for each level of nesting, takes quadratic time for the
parameters of a Content-Type, and raises TypeError on some (`; a*=x; a*0*=y`, seen in 3.11.7). `Part` is the class that
it builds the tree from, and ends all three.
"""

from __future__ import annotations

from collections.abc import Mapping
from email.message import Message as StdMessage
from email.parser import BytesParser
from functools import cached_property

from mailbot.mail.headers import parameters

HEADER_CAP = 64 * 1024  # characters of headers in one part
PARAMETER_CAP = 2_000  # characters of a Content-Type or Content-Disposition
PARTS_CAP = 200
DEPTH_CAP = 40
PIECE_CAP = 1024 * 1024  # bytes between two lines that begin with '--': 256 KiB of text in any encoding
PIECES_CAP = 20_000

# What a message has where nothing else is said. `email.policy` names it, too, and loads 2 MB of parsers beside it.
_COMPAT32 = StdMessage().policy

_BOUNDARY_LINE = b"\n--"
_EMPTY_LINES = (b"\n\r\n", b"\n\n")
_ABSENT = [""]
_WITH_PARAMETERS = frozenset({"content-type", "content-disposition"})


class Part(StdMessage):
    """A node of the tree that knows its depth and stops the parser from going deeper than `DEPTH_CAP`."""

    def __init__(self, policy: object = _COMPAT32) -> None:
        super().__init__(policy=policy)  # type: ignore[arg-type]  # typeshed's policy is generic
        self.depth = 0
        self.count = [1]  # parts of the whole tree, shared by all its nodes
        self._room = HEADER_CAP
        self._type = ""

    def set_raw(self, name: str, value: str) -> None:
        if name.lower() in _WITH_PARAMETERS:
            value = value[:PARAMETER_CAP]
        if len(name) + len(value) <= self._room:
            super().set_raw(name, value)
            self._room -= len(name) + len(value)

    def attach(self, payload: StdMessage) -> None:  # type: ignore[override]
        if not isinstance(payload, Part):
            raise TypeError("only a Part can be attached")
        payload.depth, payload.count = self.depth + 1, self.count
        self.count[0] += 1
        if self.count[0] <= PARTS_CAP:
            super().attach(payload)

    def get_content_type(self) -> str:
        """As the parser asks for it again and again, once the headers are there."""
        if not self._type:
            self._type = "application/octet-stream" if self.depth >= DEPTH_CAP else super().get_content_type()
        return self._type

    def parameters(self, header: str) -> Mapping[str, str]:
        """The parameters of the first header of that lower-case name, by lower-cased name."""
        return parameters(self.field(header))

    def get_boundary(self, failobj: object = None) -> str | None:  # type: ignore[override]  # noqa: ARG002
        """As the parser asks for it."""
        return self.parameters("content-type").get("boundary", "").rstrip() or None

    @property
    def children(self) -> tuple[Part, ...]:
        payload = self.get_payload() if self.is_multipart() else ()
        return tuple(child for child in payload if isinstance(child, Part))

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name, value in self.fields:
            found.setdefault(name, []).append(value)
        return found

    @cached_property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """Lower-cased name and value of each header as it stands; bytes above 127 are surrogates (PEP 383)."""
        return tuple([(str(name).lower(), str(value)) for name, value in self.raw_items()])

    def field(self, name: str) -> str:
        """The first header of that lower-case name, or the empty string."""
        return self._by_name.get(name, _ABSENT)[0]

    def every(self, name: str) -> list[str]:
        """All headers of that lower-case name, in order."""
        return self._by_name.get(name, [])

    @property
    def source(self) -> bytes:
        """The body as it was transmitted; empty for a multipart."""
        payload = self._payload  # type: ignore[attr-defined]  # get_payload() would decode by the declared charset
        return payload.encode("ascii", "surrogateescape") if isinstance(payload, str) else b""


def parse_structure(raw: bytes) -> Part:
    """The tree of parts. Time and memory are linear in `raw`; the contents of large parts are cut."""
    if (plain := _without_parts(raw)) is not None:
        return plain
    pieces = raw.split(_BOUNDARY_LINE, PIECES_CAP)
    return BytesParser(Part).parsebytes(_BOUNDARY_LINE.join(piece[:PIECE_CAP] for piece in pieces))


def _without_parts(raw: bytes) -> Part | None:
    """What the parser makes of a mail that has no parts, or of header fields alone, in a third of its time: most mail
    is such. None where there may be parts, or anything in their form that the parser has a rule of its own for."""
    ends = [at + len(mark) for mark in _EMPTY_LINES if (at := raw.find(mark)) >= 0]
    end = min(ends, default=len(raw))
    if end > HEADER_CAP or len(raw) - end > PIECE_CAP:
        return None
    fields = _fields(raw[:end].decode("ascii", "surrogateescape"))
    if fields is None:
        return None
    found = Part()
    for name, value in fields:
        found.set_raw(name, value)
    kind, body = found.get_content_maintype(), raw[end:]
    if kind == "message" or (kind == "multipart" and body.strip()):  # the first has a mail inside, if an empty one
        return None
    found.set_payload(body.decode("ascii", "surrogateescape"))
    return found


def _fields(text: str) -> list[tuple[str, str]] | None:
    """The header fields, each with the lines that it goes on over; None where one is in no plain form."""
    if text.count("\r") != text.count("\r\n"):
        return None
    fields: list[list[str]] = []
    for line in text.rstrip("\r\n").split("\n"):
        if line.startswith((" ", "\t")) and fields:
            fields[-1].append(line)
        elif _names_field(line):
            fields.append([line])
        else:
            return None
    named = ((lines[0].partition(":"), lines[1:]) for lines in fields)
    return [(name, "\n".join((value.lstrip(" \t"), *more)).rstrip("\r\n")) for (name, _, value), more in named]


def _names_field(line: str) -> bool:
    name, colon, _ = line.partition(":")
    return bool(colon and name) and name.isascii() and name.isprintable() and " " not in name
