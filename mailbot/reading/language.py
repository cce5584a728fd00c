"""The language of a text, told by its commonest words and its letters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from unicodedata import name

from mailbot.patterns import compiled
from mailbot.reading.tables import table

LOOKED_AT = 400  # words
ENOUGH = 2  # common words of a language, before it counts against English
SCRIPT = 0.3  # share of the letters that tells a language by its script


def language(text: str) -> str:
    """The ISO 639-1 code of the language that a text is written in; 'en' where it cannot be told."""
    head = text[:4000]
    letters = "" if head.isascii() else "".join(letter for letter in head if letter.isalpha())
    scripts = Counter() if letters.isascii() else Counter(map(_script, letters))
    for code, names in table("languages")["scripts"].items() if scripts else ():
        told = sum(scripts[one] for one in names.split())
        if len(letters) >= 2 * ENOUGH and told >= SCRIPT * len(letters):
            return str(code)
    codes, counts = _codes(), dict[str, int]()
    for word in _words(text[:8000].lower()):
        for code in codes.get(word, ()):
            counts[code] = counts.get(code, 0) + 1
    best = max(counts, key=lambda code: (counts[code], code == "en"), default="en")
    return best if counts.get(best, 0) >= ENOUGH + counts.get("en", 0) else "en"


def speaks_of_hiring(text: str, code: str) -> bool:
    """Whether a text in that language has a word of hiring in it: enough to tell the person of it."""
    folded = text[:8000].casefold()
    return any(word in folded for word in table("languages")["hiring"].get(code, "").split())


def language_name(code: str) -> str:
    """'German' for 'de'."""
    return str(table("languages")["names"].get(code, code))


def _script(letter: str) -> str:
    """What Unicode's name of a letter begins with: its script."""
    return name(letter, "").removeprefix("HALFWIDTH ").partition(" ")[0]


def _words(text: str) -> Iterator[str]:
    for piece in text.split():
        bare = piece.strip(".,;:!?()\"“”")
        if bare.isalpha():
            yield bare
        else:
            yield from (word.text for word in compiled(r"\pL+(?:['’]\pL+)?").finditer(bare))


@cache
def _codes() -> dict[str, tuple[str, ...]]:
    """Each common word and the languages that have it."""
    found: dict[str, tuple[str, ...]] = {}
    for code, words in table("languages")["words"].items():
        for word in words.split():
            found[word] = (*found.get(word, ()), code)
    return found
