"""Header values that others act upon: addresses, Message-IDs, dates. Strict, and linear in the header's length.

The standard library's address parsers differ by version and can be fooled (`a@b.example)c@d.example` is `a@...` in
3.11 and empty in 3.13); here an address counts only in a form that cannot be read in two ways.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz
from functools import lru_cache
from types import MappingProxyType
from urllib.parse import unquote_to_bytes

from mailbot.mail.decoding import decode_bytes, decode_header, encoded_words, unfold
from mailbot.mail.message import Address
from mailbot.patterns import compiled

ADDRESSES_CAP = 1_000
REFERENCES_CAP = 200
DATE_CAP = 200  # characters of a date

_EMAIL = compiled(
    r"[a-z0-9!#$%&'*+/=?^_|~.-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{0,61}[a-z0-9]"
)
_SIMPLE = compiled(r"([\w .'-]*)<([^\s\"(),:;<>\\=]+)>")  # a plain name and its address: nothing to take apart
_MESSAGE_ID = compiled(r"<[!#-'*-;=?-Z^-z|~]+@[!#-'*-;=?-Z^-z|~]+>", case=True)
_PARAMETER = compiled(r';\s*([^\s=;"*]+)(\*\d{0,2})?(\*)?\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]*))')
_ESCAPED = compiled(r"\\(.)")
_COMMENT = compiled(r"\([^()]*\)")


def is_safe_email(text: str) -> bool:
    """Whether `text` has the one form of an address that mailbot uses: ASCII local@domain.tld, nothing quoted."""
    return len(text) <= 254 and _EMAIL.fullmatch(text) is not None


@dataclass(slots=True)
class _Mailbox:
    """One address while it is read: the words before or around it, what stands in angle brackets, comments."""

    words: list[str] = field(default_factory=list)
    angle: str | None = None
    comment: str = ""
    broken: bool = False
    quoted: bool = False

    def address(self) -> Address | None:
        words = "".join(self.words).strip()
        email = (words if self.angle is None else self.angle).strip().lower()
        if self.broken or not is_safe_email(email):
            return None
        return Address(name=decode_header(self.comment if self.angle is None else words or self.comment), email=email)


def addresses(values: Iterable[str]) -> tuple[Address, ...]:
    """The addresses of all these headers (RFC 5322 section 3.4: quoted names, comments, groups). Encoded words are
    decoded after the parsing, so that no name can bring in an address; what is no plain address is left out."""
    found: dict[str, Address] = {}
    for value in values:
        for mailbox in _mailboxes(value):
            address = mailbox.address()
            if address is not None:
                found.setdefault(address.email, address)
            if len(found) >= ADDRESSES_CAP:
                return tuple(found.values())
    return tuple(found.values())


def _mailboxes(value: str) -> list[_Mailbox]:
    """The comma-separated mailboxes, in one pass."""
    value = unfold(value)
    if simple := _SIMPLE.fullmatch(value):
        return [_Mailbox(words=[simple.group(1) or ""], angle=simple.group(2))]
    words = encoded_words(value)
    boxes = [_Mailbox()]
    at = 0
    while at < len(value):
        char, box = value[at], boxes[-1]
        if at in words:
            box.words.append(value[at : words[at]])
            at = words[at]
            continue
        if char == '"':
            text, at = _quoted(value, at + 1)
            box.words.append(text)
            box.quoted = True
            continue
        if char == "(":
            box.comment, at = _comment(value, at + 1)
            if box.angle is None and value.startswith("<", at + 1):
                box.words.append(f"({box.comment})")  # 'Dana Voss (Tarn Mill) <...>': every mail program shows it
            continue
        if char == "<":
            end = value.find(">", at)
            end = len(value) if end < 0 else end
            box.broken = box.broken or box.angle is not None
            box.angle = value[at + 1 : end]
            at = end
        elif char in ",;":
            if char == ";" or not _is_surname(box):
                boxes.append(_Mailbox())
            else:
                box.words.append(", ")
        elif char == ":":
            boxes[-1] = _Mailbox()
        elif box.angle is not None and not char.isspace():
            box.broken = True
        else:
            box.words.append(char)
        at += 1
    return boxes


def _is_surname(box: _Mailbox) -> bool:
    """Whether a comma follows a bare word that is no address: `Rivera, Alex <alex@...>` as some programs write it."""
    words = "".join(box.words).strip()
    return box.angle is None and not box.quoted and bool(words) and "@" not in words and "," not in words


def _quoted(value: str, at: int) -> tuple[str, int]:
    """The quoted string that begins before `at`, and where it ends."""
    text: list[str] = []
    while at < len(value) and value[at] != '"':
        if value[at] == "\\":
            at += 1
        text.append(value[at : at + 1])
        at += 1
    return "".join(text), at + 1


def _comment(value: str, at: int) -> tuple[str, int]:
    """The comment that begins before `at`, comments inside it included, and where it ends."""
    depth, start = 1, at
    while at < len(value):
        if value[at] == "\\":
            at += 1
        elif value[at] == "(":
            depth += 1
        elif value[at] == ")":
            depth -= 1
            if not depth:
                return value[start:at], at + 1
        at += 1
    return value[start:], at


def message_ids(value: str) -> tuple[str, ...]:
    """The Message-IDs in a header, in order and each once. Only such as are safe in a search and in a header: visible
    ASCII without quotes, backslashes, brackets and braces, and nothing that a mail program would decode (RFC 2047). Of
    very long chains the first and the newest are kept."""
    if "<" not in value:
        return ()
    texts = (match.text for match in _MESSAGE_ID.finditer(unfold(value)))
    found = tuple(dict.fromkeys(one for one in texts if "=?" not in one))
    return found if len(found) <= REFERENCES_CAP else found[:1] + found[1 - REFERENCES_CAP :]


@lru_cache(maxsize=256)
def parameters(value: str) -> Mapping[str, str]:
    """The parameters of a Content-Type or Content-Disposition (RFC 2045 section 5.1), lower-cased names; continued
    and percent-encoded ones (RFC 2231) are put together. The first of a name counts."""
    found: dict[str, str] = {}
    pieces: dict[str, list[tuple[int, str]]] = {}
    for match in _PARAMETER.finditer(unfold(value)):
        name = (match.group(1) or "").lower()
        text = match.group(5) or _ESCAPED.sub(r"\1", match.group(4) or "")
        number = match.group(2)
        if number is None:
            found.setdefault(name, text)
        else:
            pieces.setdefault(name, []).append((int(number[1:] or 0), text))
    for name, parts in pieces.items():
        found[name] = _percent_decoded("".join(text for _, text in sorted(parts)))
    return MappingProxyType(found)


def _percent_decoded(text: str) -> str:
    """`charset'language'percent-encoded` of RFC 2231 section 4 as text; anything else as it stands."""
    charset, first, rest = text.partition("'")
    _, second, encoded = rest.partition("'")
    return decode_bytes(unquote_to_bytes(encoded), charset) if first and second else text


def parse_date(value: str) -> datetime | None:
    """A date of RFC 5322 section 3.3 in its own zone (UTC where it has none); None where it is not one."""
    value = _COMMENT.sub(" ", decode_header(value[:DATE_CAP]))
    try:
        parsed = parsedate_tz(value)
        if parsed is None:
            return None
        zone = UTC if not parsed[9] else timezone(timedelta(seconds=parsed[9]))
        moment = datetime(*parsed[:5], min(parsed[5], 59), tzinfo=zone)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None  # no date at all, or one that the calendar does not have
    return moment if 1990 <= moment.year <= 2200 else None


def received_date(values: Iterable[str]) -> datetime | None:
    """When the newest Received header (they stand newest first) says that the mail came."""
    return next((date for value in values if (date := parse_date(value.rpartition(";")[2].strip()))), None)
