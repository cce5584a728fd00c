"""HTML as a stream of tokens, in time linear in its length.

No tree is built: the HTML standard has trees grow with the square of the input (a 44 kB mail of `<p><b id=1>x` took
4 s and 1.6 GB in selectolax 1.0.2, which is correct by the standard's rules for unclosed formatting elements).
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

from mailbot.patterns import compiled

_NAME_END = frozenset(" \t\n\r\f/>")
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_RAW_ELEMENTS = frozenset({"script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"})
_ASCII_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}
_ATTRIBUTE = compiled(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")


class Mark(Enum):
    TEXT = auto()  # `data` with its entities resolved
    OPEN = auto()  # `name`; `data` is the attributes as they stand
    CLOSE = auto()  # `name`
    RAW = auto()  # what stands inside `name` (script, style, title ...), as it stands


class Token(NamedTuple):
    mark: Mark
    name: str
    data: str


def attributes(data: str) -> dict[str, str]:
    """The attributes of an OPEN token: lower-cased names, entities resolved; the first of a name counts."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(data):
        value = match.group(2) or match.group(3) or match.group(4) or ""
        found.setdefault((match.group(1) or "").lower(), resolve(value))
    return found


def resolve(text: str) -> str:
    """Text with its character references resolved."""
    try:
        return html.unescape(text) if "&" in text else text
    except ValueError:  # a reference of thousands of digits
        return text


def tokens(source: str) -> Iterator[Token]:
    """Tags, text and raw content in order; comments (Outlook's conditional ones among them) are left out."""
    lowered = source.translate(_ASCII_LOWER)
    at, size = 0, len(source)
    while at < size:
        less = source.find("<", at)
        less = size if less < 0 else less
        if less > at:
            yield Token(Mark.TEXT, "", resolve(source[at:less]))
        if less == size:
            return
        following = source[less + 1 : less + 2]
        if following in ("!", "?"):
            at = _after_comment(source, less)
        elif following in _LETTERS or (following == "/" and source[less + 2 : less + 3] in _LETTERS):
            end = _tag_end(source, less)
            token = _tag(lowered, source, less, end)
            yield token
            at = end + 1
            if token.mark is Mark.OPEN and token.name in _RAW_ELEMENTS:
                close = lowered.find(f"</{token.name}", at)
                close = size if close < 0 else close
                yield Token(Mark.RAW, token.name, source[at:close])
                at = close
        else:
            yield Token(Mark.TEXT, "", "<")
            at = less + 1


def _after_comment(source: str, less: int) -> int:
    """Where the comment, declaration or processing instruction that begins at `less` is over."""
    mark, begin = ("-->", less + 2) if source.startswith("<!--", less) else (">", less + 1)
    end = source.find(mark, begin)
    return len(source) if end < 0 else end + len(mark)


def _tag_end(source: str, less: int) -> int:
    """The '>' that ends the tag at `less`, not one inside a quoted value; the text's end where there is none."""
    at = less + 1
    while True:
        end = source.find(">", at)
        if end < 0:
            return len(source)
        opening = min((q for q in (source.find('="', at, end), source.find("='", at, end)) if q >= 0), default=-1)
        if opening < 0:
            return end
        closing = source.find(source[opening + 1], opening + 2)
        if closing < 0:
            return len(source)
        at = closing + 1


def _tag(lowered: str, source: str, less: int, end: int) -> Token:
    closing = source[less + 1] == "/"
    start = at = less + 1 + closing
    while at < end and source[at] not in _NAME_END:
        at += 1
    return Token(Mark.CLOSE if closing else Mark.OPEN, lowered[start:at], "" if closing else source[at:end])
