"""A text as tokens, by one linear pass."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from mailbot.patterns import Pattern, compiled
from mailbot.reading.tables import table

# In this order: the first that fits at a position wins.
_KINDS = (
    ("other", r"https?://[^\s<>]+|www\.[^\s<>]+|[\w.+-]+@[\w-]+\.[\w.-]+|[$£€₹¥]\s?\d[\d.,]*\w*|\d[\d.,]*\s?%"),
    ("isotime", r"\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z\b|[+-]\d{2}:?\d{2}\b)?"),
    ("isotime", r"\b\d{4}-\d{2}-\d{2} \d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?Z\b| ?[+-]\d{4}\b)?"),
    ("compact", r"\b\d{8}T\d{6}Z?\b"),
    ("iso", r"\b\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\b"),
    ("date", r"\b\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})\b"),
    ("other", r"\+\d[\d ().-]{6,}\d|\(\d{2,5}\)[ \d-]{5,}\d|\b\d{3}[-. ]\d{3}[-. ]\d{4}\b"),
    ("other", r"\b0\d{2,4} \d{3,4} ?\d{3,4}\b|\d{1,3}(?:,\d{3})+"),
    ("hours", r"\b\d{1,2}\s?h(?:rs?)?\s?\d{1,2}\s?m(?:ins?)?\b"),
    ("clock", r"\b\d{1,2}(?:[:.h]\d{2})?(?::\d{2})?(?:\s?[ap]\.\s?m\.?|\s?[ap] ?m\b|[ap]\b)"),
    ("clock", r"\b\d{1,2}[:h]\d{2}(?::\d{2})?\b"),
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
    ("mark", r"[^\w\s]"),
)


@dataclass(frozen=True, slots=True)
class Token:
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
    return compiled("|".join(folded), case=True)


def tokens(text: str) -> list[Token]:
    """The tokens of a text in order; blanks are left out, line ends are tokens."""
    found: list[Token] = []
    for match in _pattern().finditer(text):
        kind = _KINDS[match.last - 1][0]
        word = match.text
        if kind == "glued":
            digits = len(word) - len(word.lstrip("0123456789"))
            cut = match.start + digits
            found.append(Token("number", word[:digits], word[:digits], match.start, cut))
            found.append(Token("word", word[digits:], word[digits:].lower(), cut, match.end))
        elif kind == "word" and word[-2:].lower() in ("'s", "’s"):
            cut = match.end - 2
            found.append(Token("word", word[:-2], word[:-2].lower(), match.start, cut))
            found.append(Token("mark", word[-2:], "'s", cut, match.end))
        else:
            found.append(Token(kind, word, word.lower().replace("’", "'"), match.start, match.end))
    return found
