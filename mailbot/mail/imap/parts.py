"""Which parts of a mail are fetched, by its BODYSTRUCTURE (RFC 3501 section 7.4.2), and a mail made of them.

Text and calendars travel, attachments never do: in the mail that is put together they have their headers and no
contents. Where a mail has nothing but text it is fetched as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from mailbot.mail.structure import DEPTH_CAP, PARTS_CAP, PIECE_CAP

REPORTS = frozenset({"message/delivery-status", "message/global-delivery-status"})
ENCLOSED = frozenset({"message/rfc822", "message/global"})
# Fields that say how the body is made; a mail that is put together has its own.
OF_THE_BODY = (b"content-type:", b"content-transfer-encoding:", b"mime-version:")
CRLF = b"\r\n"


@dataclass(frozen=True, slots=True)
class Part:
    """One part as the server describes it. `number` is what it is fetched by; `inner` the body of an enclosed mail."""

    number: str
    kind: str
    parameters: Mapping[str, str]
    encoding: str = ""
    size: int = 0
    disposition: str = ""
    named: Mapping[str, str] = field(default_factory=dict)
    children: tuple[Part, ...] = ()
    inner: Part | None = None

    @property
    def calendar(self) -> bool:
        """Whether it may be a calendar (as `mime.parse` tells)."""
        name = self.named.get("filename", "") or self.parameters.get("name", "")
        return self.kind in ("text/calendar", "application/ics") or name.lower().endswith(".ics")

    @property
    def wanted(self) -> bool:
        """Whether its contents are fetched."""
        text = self.kind.startswith("text/") and self.disposition != "attachment"
        return text or self.calendar or self.kind in REPORTS

    def walk(self) -> Iterator[Part]:
        """This part and all below it."""
        yield self
        for one in (*self.children, *((self.inner,) if self.inner else ())):
            yield from one.walk()


def read_structure(body: tuple[Any, ...], number: str = "", depth: int = 0) -> Part:
    """The tree of a BODYSTRUCTURE, its lists as tuples; what is missing or odd is taken as a file."""
    if body and isinstance(body[0], tuple):
        return _multipart(body, number, depth)
    main, sub, parameters, _, _, encoding, size = (body + (None,) * 7)[:7]
    kind = f"{_text(main)}/{_text(sub)}".lower()
    number = number or "1"
    below = body[8] if kind in ENCLOSED and len(body) > 8 and depth < DEPTH_CAP else None
    inner = None
    extension = 8 if kind.startswith("text/") else 7
    if isinstance(below, tuple) and below:
        inner = read_structure(below, number if isinstance(below[0], tuple) else f"{number}.1", depth + 1)
        extension = 10
    disposition, named = _disposition(body[extension + 1 : extension + 2])
    held = size if isinstance(size, int) else 0
    return Part(
        number, kind, _pairs(parameters), _text(encoding).lower(), held, disposition, named, inner=inner
    )


def _multipart(body: Any, number: str, depth: int) -> Part:
    parts = tuple(takewhile(lambda one: isinstance(one, tuple) and one, body))
    rest = body[len(parts) :]
    below = parts[:PARTS_CAP] if depth < DEPTH_CAP else ()
    prefix = f"{number}." if number else ""
    children = tuple(read_structure(one, f"{prefix}{at}", depth + 1) for at, one in enumerate(below, 1))
    parameters = _pairs(rest[1]) if len(rest) > 1 else {}
    return Part(number, f"multipart/{_text(rest[0] if rest else b'mixed')}".lower(), parameters, children=children)


def sections(root: Part) -> tuple[str, ...]:
    """What is fetched of a mail of that structure; empty where only its header fields are."""
    found = []
    for part in root.walk():
        if part.inner is not None:
            found.append(f"{part.number}.HEADER")
        elif part.wanted and not part.children:
            found.append(part.number)
    return tuple(found)


def all_text(root: Part, size: int) -> bool:
    """Whether a mail of that structure and size in bytes can be fetched as it is."""
    leaves = [one for one in root.walk() if not one.children and one.inner is None]
    return size <= PIECE_CAP and all(one.wanted for one in leaves)


def put_together(head: bytes, root: Part, contents: Mapping[str, bytes]) -> bytes:
    """A mail of these header fields (with the empty line that ends them) whose parts have these contents by section."""
    if not root.children:
        return head + _contents(root, contents)
    own = CRLF.join(_without_body_fields(head.rstrip(CRLF).split(CRLF)))
    return own + CRLF + b"MIME-Version: 1.0" + CRLF + _multipart_of(root, contents)


def _without_body_fields(lines: Sequence[bytes]) -> Iterator[bytes]:
    kept = True
    for line in lines:
        if not line.startswith((b" ", b"\t")):
            kept = not line.lower().startswith(OF_THE_BODY)
        if kept:
            yield line


def _multipart_of(part: Part, contents: Mapping[str, bytes]) -> bytes:
    bodies = [_with_headers(one, contents) for one in part.children]
    boundary = _boundary(bodies)
    field = _field("Content-Type", part.kind, {**part.parameters, "boundary": boundary.decode()})
    opened = b"".join(b"--" + boundary + CRLF + one + CRLF for one in bodies)
    return field + CRLF * 2 + opened + b"--" + boundary + b"--" + CRLF


def _with_headers(part: Part, contents: Mapping[str, bytes]) -> bytes:
    if part.children:
        return _multipart_of(part, contents)
    fields = [_field("Content-Type", part.kind, part.parameters)]
    if part.encoding:
        fields.append(_field("Content-Transfer-Encoding", part.encoding, {}))
    if part.disposition:
        fields.append(_field("Content-Disposition", part.disposition, part.named))
    return CRLF.join(fields) + CRLF * 2 + _contents(part, contents)


def _contents(part: Part, contents: Mapping[str, bytes]) -> bytes:
    if part.inner is not None:
        head = contents.get(f"{part.number}.HEADER", b"").rstrip(CRLF) + CRLF * 2
        return put_together(head, part.inner, contents)
    return contents.get(part.number, b"")


def _field(name: str, value: str, parameters: Mapping[str, str]) -> bytes:
    safe = {key: one.replace("\\", "\\\\").replace('"', '\\"') for key, one in parameters.items()}
    return _ascii(f"{name}: {value}" + "".join(f'; {key}="{one}"' for key, one in safe.items()))


def _ascii(text: str) -> bytes:
    """The text in one line; what is not ASCII goes back as the bytes it came as."""
    return text.replace("\r", " ").replace("\n", " ").encode("utf-8", "surrogateescape")


def _boundary(bodies: Sequence[bytes]) -> bytes:
    number = 0
    while any(b"--=_%d" % number in one for one in bodies):
        number += 1
    return b"=_%d" % number


def _disposition(values: Sequence[Any]) -> tuple[str, Mapping[str, str]]:
    value = values[0] if values else None
    if not isinstance(value, tuple) or not value:
        return "", {}
    return _text(value[0]).lower(), _pairs(value[1] if len(value) > 1 else None)


def _pairs(values: Any) -> dict[str, str]:
    if not isinstance(values, (tuple, list)):
        return {}
    return {_text(key).lower(): _text(one) for key, one in zip(values[::2], values[1::2], strict=False)}


def _text(value: Any) -> str:
    """A string of an answer; numbers come as int, and an absent one as None."""
    return value.decode("utf-8", "surrogateescape") if isinstance(value, bytes) else str(value or "")
