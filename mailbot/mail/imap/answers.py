"""What a server answers to FETCH (RFC 3501 section 7.4.2), as values.

imapclient's own parser goes through an answer byte by byte, which took most of the time that a first scan's thread of
the server had. This one cuts at quotes, brackets and blanks, and gives the same values, but that BODYSTRUCTURE stays as
the server nests it and the name of a section ends where its list of fields begins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

Record = bytes | tuple[bytes, bytes] | None

_MONTHS = {name: at for at, name in enumerate(b"jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_OPENS, _CLOSES = object(), object()
_SECTION = b"BODY["
DIGITS = 20  # of a 64-bit number


def read_answers(records: Iterable[Record]) -> dict[int, dict[bytes, Any]]:
    """The items of each mail by its UID: strings as bytes, numbers as int, NIL as None, lists as tuples, INTERNALDATE
    as a moment in UTC, None where it is none. `records` are imaplib's: a line, or one that ends with the size of a
    literal, and that literal. Raises ValueError for what is no such answer."""
    found: dict[int, dict[bytes, Any]] = {}
    values = _values(records)
    for number in values:
        items = next(values, None)
        if not isinstance(number, int) or not isinstance(items, tuple) or len(items) % 2:
            raise ValueError("an answer to FETCH is no list of items")
        named = {_name(name): value for name, value in zip(items[::2], items[1::2], strict=True)}
        uid = named.pop(b"UID", None)
        if isinstance(uid, int):  # without one it is news of some mail's flags
            if b"INTERNALDATE" in named:
                named[b"INTERNALDATE"] = _moment(named[b"INTERNALDATE"])
            found.setdefault(uid, {}).update(named)
    return found


def _name(value: object) -> bytes:
    if not isinstance(value, bytes):
        raise ValueError("an item of an answer to FETCH has no name")
    return value.upper()


def _values(records: Iterable[Record]) -> Iterator[Any]:
    """The values that stand in no list; a list as a tuple."""
    stack: list[list[Any]] = []
    for record in records:
        for value in _tokens(record):
            if value is _OPENS:
                stack.append([])
                continue
            if value is _CLOSES:
                if not stack:
                    raise ValueError("a list ends that did not begin")
                value = tuple(stack.pop())
            if stack:
                stack[-1].append(value)
            else:
                yield value
    if stack:
        raise ValueError("a list does not end")


def _tokens(record: Record) -> Iterator[Any]:
    """Brackets and simple values, in their order."""
    text, literal = record if isinstance(record, tuple) else (record or b"", None)
    if literal is not None:
        text = text[: text.rindex(b"{")]
    quoted: list[bytes] | None = None
    in_section = False
    for piece in text.split(b'"'):
        if quoted is None:
            for word in piece.replace(b"(", b" ( ").replace(b")", b" ) ").split():
                if in_section:
                    in_section = b"]" not in word
                    continue
                yield _value(word)
                in_section = word[:5].upper() == _SECTION and b"]" not in word
            quoted = []
        else:
            quoted.append(piece)
            if _escapes(piece):
                continue
            if not in_section:
                yield _unescaped(b'"'.join(quoted))
            quoted = None
    if quoted is None or in_section:
        raise ValueError("a string does not end")
    if literal is not None:
        yield literal


def _value(word: bytes) -> Any:
    if word == b"(":
        return _OPENS
    if word == b")":
        return _CLOSES
    if word.isdigit() and len(word) <= DIGITS:
        return int(word)
    return None if word.upper() == b"NIL" else word


def _escapes(piece: bytes) -> bool:
    """Whether the quote that follows belongs to the string."""
    return bool((len(piece) - len(piece.rstrip(b"\\"))) % 2)


def _unescaped(text: bytes) -> bytes:
    if b"\\" not in text:
        return text
    return b"\\".join(one.replace(b'\\"', b'"') for one in text.split(b"\\\\"))


def _moment(value: object) -> datetime | None:
    """That of ' 1-Mar-2026 09:05:00 +0100'."""
    try:
        day, clock, zone = bytes(value).split()  # type: ignore[call-overload]  # what is no string is no moment
        date, month, year = day.split(b"-")
        hour, minute, second = clock.split(b":")
        moment = datetime(int(year), _MONTHS[month.lower()], int(date), int(hour), int(minute), int(second), tzinfo=UTC)
        ahead = timedelta(hours=int(zone[1:3]), minutes=int(zone[3:5]))
        return moment + ahead if zone[:1] == b"-" else moment - ahead
    except (KeyError, ValueError, TypeError, OverflowError):
        return None
