"""The language of a text, told by its commonest words and its letters."""

from __future__ import annotations

from functools import cache

from mailbot.patterns import compiled
from mailbot.reading.tables import table

LOOKED_AT = 400  # words
ENOUGH = 2  # common words of a language, before it counts against English
SCRIPT = 0.3  # share of the letters that tells a language by its script


def language(text: str) -> str:
    """The ISO 639-1 code of the language that a text is written in; 'en' where it cannot be told."""
    letters = [letter for letter in text[:4000] if letter.isalpha()]
    for code, source in table("languages")["scripts"].items():
        others = len(compiled(source).sub("", "".join(letters)))
        if len(letters) >= 2 * ENOUGH and others <= (1 - SCRIPT) * len(letters):
            return str(code)
    counts: dict[str, int] = {}
    for word in compiled(r"\pL+(?:['’]\pL+)?").finditer(text[:8000]):
        for code in _codes().get(word.text.lower(), ()):
            counts[code] = counts.get(code, 0) + 1
    best = max(counts, key=lambda code: (counts[code], code == "en"), default="en")
    return best if counts.get(best, 0) >= ENOUGH + counts.get("en", 0) else "en"


@cache
def _codes() -> dict[str, tuple[str, ...]]:
    """Each common word and the languages that have it."""
    found: dict[str, tuple[str, ...]] = {}
    for code, words in table("languages")["words"].items():
        for word in words.split():
            found[word] = (*found.get(word, ()), code)
    return found
