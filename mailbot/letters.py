r"""Text as RE2 is given it: one byte for each character.

RE2 spells classes of Unicode out in the bytes of UTF-8: `\p{L}` is a thousand instructions each time, a mere `.` a
dozen, and expressions for names repeat them dozens of times. In an alphabet of 256 they are a fraction of that, in
memory and in time, and a place in the bytes is a place in the text.

The alphabet is Latin-1. The dashes, quotes and bullets of mail stand where it has control characters, which no mail
needs. Of any other character only the kind is kept: a capital, a small letter, another letter, a mark, a figure, or
none of these. One that an expression names gets a byte of its own in that expression.
"""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from functools import cache, lru_cache
from unicodedata import category

ALPHABET = "mailbot.letters"  # how `str.encode` is told what to do with what Latin-1 does not have

_CAPITAL, _SMALL, _LETTER, _FIGURE, _MARK, _NONE = "Þ", "þ", "ª", "²", "\x1e", "\x80"
_KINDS = {"Lu": _CAPITAL, "Ll": _SMALL, "Lt": _LETTER, "Lm": _LETTER, "Lo": _LETTER, "M": _MARK, "N": _FIGURE}
_PLACES = "\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c"
_SIGNS = dict(zip("ʼ‐‑‒–—―‘’“”„•‣…′€₹→−▪○●", _PLACES, strict=True))
_SPARE = range(0x82, 0xA0)
# Scripts without capitals: their marks and figures stand in words like letters.
_BLOCKS = (
    (0x5D0, 0x64A), (0x660, 0x6D3), (0x6EE, 0x1DFF), (0x2C00, 0x2DFF), (0x3005, 0x3007), (0x3031, 0x3035),
    (0x3041, 0xD7FF), (0xF900, 0xFDFF), (0xFE70, 0xFEFC), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A), (0xFF66, 0xFFDC),
    (0x20000, 0x323AF),
)  # fmt: skip
_WRITTEN = {f"p{{{name}}}": name for name in ("L", "Lu", "Ll", "M", "N")} | {"pL": "L", "pM": "M", "pN": "N"}


def narrow(text: str, own: Mapping[int, str]) -> bytes:
    """The text, a byte for each character; `own` are the characters that have one of their own (see `own_places`)."""
    return (text.translate(own) if own else text).encode("latin-1", ALPHABET)


def own_places(source: str, *, case: bool) -> dict[int, str]:
    """The characters that an expression names beyond the alphabet, each with a place of its own; where case is folded,
    its capital and its small letter share one. There are thirty places: of any further character the kind counts."""
    own: dict[int, str] = {}
    spare = map(chr, _SPARE)
    for char in dict.fromkeys(source) if not source.isascii() else ():
        if char <= "\xff" or char in _SIGNS or ord(char) in own or not (place := next(spare, "")):
            continue
        several = (char,) if case else (char, char.lower(), char.upper())
        own |= {ord(one): place for one in several if len(one) == 1 and one > "\xff"}
    return own


def spelt_out(source: str, own: Mapping[int, str]) -> bytes:
    r"""An expression in the alphabet, with `\p{L}` (also `\pL`), `\p{Lu}`, `\p{Ll}`, `\p{M}` and `\p{N}` as ranges of
    it. Raises ValueError for any other class of Unicode."""
    first, *escapes = source.split("\\")
    pieces = [first]
    inside = _is_inside(first, False)
    after_backslash = False
    for piece in escapes:
        written = ""
        if piece[:1] in ("p", "P") and not after_backslash:
            written = next((one for one in _WRITTEN if piece.startswith(one)), "")
            if not written:
                raise ValueError(f"no class of letters that is known here: {source[:200]}")
            ranges = _ranges(_WRITTEN[written], frozenset(own.items()))
            pieces.append(ranges if inside else f"[{ranges}]")
        else:
            pieces.append("\\" + piece[: not after_backslash])
        rest = piece[len(written) or not after_backslash :]
        pieces.append(rest)
        inside = _is_inside(rest, inside)
        after_backslash = not piece and not after_backslash
    return narrow("".join(pieces), own)


def folded(source: str) -> str:
    """An expression with both cases of each letter with an accent: of Latin-1, RE2 folds those of ASCII alone."""
    if source.isascii():
        return source
    pieces: list[str] = []
    inside = after_backslash = False
    for char in source:
        both = char if char.isascii() else _both_cases(char)
        pieces.append(both if inside or both == char else f"[{both}]")
        inside = inside if after_backslash else _is_inside(char, inside)
        after_backslash = char == "\\" and not after_backslash
    return "".join(pieces)


def _both_cases(char: str) -> str:
    other = char.swapcase()
    return char + other if len(other) == 1 and max(char, other) <= "\xff" else char


def _is_inside(text: str, inside: bool) -> bool:
    """Whether brackets are open behind a text without escapes."""
    at = 0
    while (at := text.find("]" if inside else "[", at)) >= 0:
        inside = not inside
    return inside


@cache
def _ranges(name: str, own: frozenset[tuple[int, str]]) -> str:
    """The places of a class as they stand between brackets."""
    meant = {chr(code): chr(code) for code in range(256)}
    meant |= {place: sign for sign, place in _SIGNS.items()} | {_MARK: "\u0300"}
    meant |= {place: chr(code) for code, place in own}
    places = [ord(place) for place, char in meant.items() if category(char).startswith(name)]
    found: list[list[int]] = []
    for code in sorted(places):
        if found and found[-1][1] == code - 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return "".join(f"\\x{{{low:X}}}-\\x{{{high:X}}}" for low, high in found)


@lru_cache(maxsize=4096)
def _place(char: str) -> str:
    """Where a character stands that Latin-1 does not have."""
    if char in _SIGNS:
        return _SIGNS[char]
    if any(low <= ord(char) <= high for low, high in _BLOCKS):
        return _LETTER
    kind = category(char)
    return _KINDS.get(kind) or _KINDS.get(kind[0], _NONE)


def _placed(error: UnicodeError) -> tuple[bytes, int]:
    """What `str.encode` asks for each run of characters that Latin-1 does not have."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_place, error.object[error.start : error.end])).encode("latin-1"), error.end


codecs.register_error(ALPHABET, _placed)
