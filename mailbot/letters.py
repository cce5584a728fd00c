r"""Unicode's classes of letters as RE2 is told of them.

RE2 spells `\p{L}` out as hundreds of ranges: some twelve hundred instructions each time, and expressions for names
repeat it dozens of times. Here Latin, Greek and Cyrillic are exact, as are the Latin letters of Vietnamese; all other
scripts, which have no capitals, are taken as letters in whole blocks, with their marks and figures.
"""

from __future__ import annotations

from functools import cache
from itertools import chain
from unicodedata import category

_EXACT = (range(0x590), range(0x1E00, 0x2000))
_BLOCKS = (
    (0x5D0, 0x64A), (0x660, 0x6D3), (0x6EE, 0x1DFF), (0x2C00, 0x2DFF), (0x3005, 0x3007), (0x3031, 0x3035),
    (0x3041, 0xD7FF), (0xF900, 0xFDFF), (0xFE70, 0xFEFC), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A), (0xFF66, 0xFFDC),
    (0x20000, 0x323AF),
)  # fmt: skip
_WRITTEN = {f"p{{{name}}}": name for name in ("L", "Lu", "Ll", "M", "N")} | {"pL": "L", "pM": "M", "pN": "N"}


def spelt_out(source: str) -> str:
    r"""An expression with `\p{L}` (also `\pL`), `\p{Lu}`, `\p{Ll}`, `\p{M}` and `\p{N}` in this module's ranges."""
    if "\\p" not in source:
        return source
    first, *escapes = source.split("\\")
    pieces = [first]
    inside = _is_inside(first, False)
    after_backslash = False
    for piece in escapes:
        written = next((one for one in _WRITTEN if piece.startswith(one)), "") if not after_backslash else ""
        if written:
            ranges = _ranges(_WRITTEN[written])
            pieces.append(ranges if inside else f"[{ranges}]")
        else:
            pieces.append("\\" + piece[: not after_backslash])
        rest = piece[len(written) or not after_backslash :]
        pieces.append(rest)
        inside = _is_inside(rest, inside)
        after_backslash = not piece and not after_backslash
    return "".join(pieces)


def _is_inside(text: str, inside: bool) -> bool:
    """Whether brackets are open behind a text without escapes."""
    at = 0
    while (at := text.find("]" if inside else "[", at)) >= 0:
        inside = not inside
    return inside


@cache
def _ranges(name: str) -> str:
    """The characters of a class as they stand between brackets."""
    found: list[list[int]] = []
    for code in chain.from_iterable(_EXACT):
        if category(chr(code)).startswith(name):
            if found and found[-1][1] == code - 1:
                found[-1][1] = code
            else:
                found.append([code, code])
    blocks = _BLOCKS if name == "L" else ()
    return "".join(f"\\x{{{low:X}}}-\\x{{{high:X}}}" for low, high in (*found, *blocks))
