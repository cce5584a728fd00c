"""A text as tokens, by one linear pass."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from mailbot.patterns import Match, Pattern, compiled
from mailbot.reading.tables import table

# In this order: the first that fits at a position wins. What only a later character decides (an @, a %) is bounded:
# else each position of a long piece is searched to the piece's end.
_KINDS = (
    ("other", r"https?://[^\s<>]+|www\.[^\s<>]+|[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]+"),
    ("other", r"[$£€₹¥]\s?\d[\d.,]*\w*|\d[\d.,]{0,20}\s?%"),
    ("isotime", r"\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z\b|[+-]\d{2}:?\d{2}\b)?"),
    ("isotime", r"\b\d{4}-\d{2}-\d{2} \d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?Z\b| ?[+-]\d{4}\b)?"),
    ("compact", r"\b\d{8}T\d{6}Z?\b"),
    ("iso", r"\b\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\b"),
    ("date", r"\b\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})\b"),
    ("other", r"\+\d[\d ().-]{6,20}\d|\(\d{2,5}\)[ \d-]{5,20}\d|\b\d{3}[-. ]\d{3}[-. ]\d{4}\b"),
    ("other", r"\b0\d{2,4} \d{3,4} ?\d{3,4}\b|\d{1,3}(?:,\d{3})+"),
    ("hours", r"\b\d{1,2}\s?h(?:rs?)?\s?\d{1,2}\s?m(?:ins?)?\b"),
    ("clock", r"\b\d{1,2}\.\d{2}\s?(?:hrs?|hours|uhr)\b"),
    ("clock", r"\b\d{1,2}(?:[:.h]\d{2})?(?::\d{2})?(?:\s?[ap]\.\s?m\.?|\s?[ap] ?m\b|[ap]\b)"),
    ("clock", r"\b\d{1,2} ?[:h]\d{2}(?::\d{2})?\b|\b\d{1,2} h \d{2}\b"),
    ("clock", r"\b(?:1[0-2]|[1-9])[0-5]\d\s?[ap]\.?m\b|\b\d{1,2}(?:[:.]\d{2})?[ -]?ish\b"),
    ("joined", r"\b20\d{6}\b"),
    ("slash", r"\b\d{1,2}/\d{1,2}\b"),
    ("dotted", r"\b\d{1,2}\.\d{2}\b"),
    ("decimal", r"\b\d{1,3}\.\d\b|\b\d?½"),
    ("ordinal", r"\b\d{1,2}\s?(?:st|nd|rd|th)\b"),
    ("offset", r"\(?\b(?:UTC|GMT)\s?[+−–-]\s?\d{1,2}(?::?\d{2})?\)?"),
    ("glued", r"\b\d{1,4}(?:__UNITS__)\b"),
    ("year", r"['’]\d{2}\b"),
    ("number", r"\b\d{1,4}\b"),
    ("iana", r"\b[A-Z][A-Za-z]+/[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_]+)?\b"),
    ("other", r"\p{L}+\d\w*"),
    ("word", r"w/[cbe]\b|\p{L}+(?:['’]\p{L}+)*"),
    ("other", r"\w+"),
    ("line", r"\r?\n"),
    ("mark", r"\p{M}+"),  # accents without their letters: however many, one token
    ("mark", r"[^\w\s]"),
)

_MARKS = frozenset(",.;:!?)")  # behind a word they are tokens of their own, whatever follows
_MAY_GO_ON = frozenset({"utc", "gmt"})  # with an offset: 'UTC +2'
_SPAN = 64  # characters that a token may go on beyond a blank


class Token(NamedTuple):
    """`kind` as in the table above; `low` is the text in lower case, with straight apostrophes."""

    kind: str
    text: str
    low: str
    start: int
    end: int


END = Token("end", "", "", 0, 0)


@cache
def _pattern() -> Pattern:
    units = sorted((*table("time/words")["units"], *table("time/words")["months"]), key=len, reverse=True)
    pieces = [f"({source.replace('__UNITS__', '|'.join(units))})" for _, source in _KINDS]
    kinds = (kind for kind, _ in _KINDS)
    folded = (piece if kind == "iana" else f"(?i:{piece})" for kind, piece in zip(kinds, pieces, strict=True))
    return compiled("|".join(folded), case=True, often=True)


def tokens(text: str) -> list[Token]:
    """The tokens of a text in order; blanks are left out, line ends are tokens."""
    found: list[Token] = []
    at = begin = 0
    for piece in text.split(" "):
        end = begin + len(piece)
        if at <= begin and (plain := _plain_lines(piece, begin)):
            found += plain
        elif piece:
            at = max(at, begin)
            shift = at
            for match in _pattern().finditer(text[at : end + _SPAN]):
                if match.start + shift >= end:
                    break
                found += _told(match, shift)
                at = match.end + shift
        begin = end + 1
    return found


def _plain_lines(piece: str, begin: int) -> Sequence[Token]:
    """Bare words with line ends between them; empty where anything else is there."""
    if "\n" not in piece:
        return _plain(piece, begin)
    found: list[Token] = []
    for line in piece.split("\n"):
        plain = _plain(line, begin)
        if line and not plain:
            return ()
        end = begin + len(line)
        found += (*plain, Token("line", "\n", "\n", end, end + 1))
        begin = end + 1
    return found[:-1]


def _plain(piece: str, begin: int) -> tuple[Token, ...]:
    """A bare word, and a mark behind it: most of any text, for which no expression is needed. Empty for all else."""
    word = piece if piece.isalpha() else piece[:-1]
    low = word.lower()
    if not word.isalpha() or low in _MAY_GO_ON:
        return ()
    end = begin + len(word)
    if word is piece:
        return (Token("word", word, low, begin, end),)
    mark = piece[-1]
    return (Token("word", word, low, begin, end), Token("mark", mark, mark, end, end + 1)) if mark in _MARKS else ()


def _told(match: Match, shift: int) -> tuple[Token, ...]:
    """The tokens of a match in a piece that begins at `shift`."""
    kind = _KINDS[match.last - 1][0]
    word, start, end = match.text, match.start + shift, match.end + shift
    if kind == "glued":
        digits = len(word) - len(word.lstrip("0123456789"))
        first = Token("number", word[:digits], word[:digits], start, start + digits)
        return first, Token("word", word[digits:], word[digits:].lower(), start + digits, end)
    if kind == "word" and word[-2:].lower() in ("'s", "’s"):
        cut = end - 2
        return Token("word", word[:-2], word[:-2].lower(), start, cut), Token("mark", word[-2:], "'s", cut, end)
    low = "and" if word == "&" else word.lower().replace("’", "'")
    return (Token(kind, word, low, start, end),)
