"""The words of job titles: which word is what, and a text cut into them."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from mailbot.patterns import compiled
from mailbot.reading.sorted_lines import SortedLines, word_list
from mailbot.reading.tables import lines, table

REMEMBERED = 4096  # answers kept
CLOSED = ".!?;:"


class Word(NamedTuple):
    """One word between spaces: `bare` without punctuation around it, `key` in small letters."""

    text: str
    bare: str
    key: str

    @property
    def high(self) -> bool:
        """Whether it is written with a capital or a digit ('iOS', 'eCommerce' and '.NET' too)."""
        return any(letter.isupper() or letter.isdigit() for letter in self.bare[:3])

    @property
    def closes(self) -> bool:
        """Whether a phrase ends behind it."""
        return self.text[-1:] in CLOSED and self.key not in vocabulary("abbreviations")


def is_level(words: list[Word], at: int) -> bool:
    """Whether 'II', 'Junior' ... stands behind a head there."""
    if not 0 < at < len(words) or words[at].key not in vocabulary("levels") or not is_head(words[at - 1]):
        return False
    if words[at].text == "I" and at + 1 < len(words):
        after = words[at + 1]  # 'For the Analyst I ask you' has no first level
        if after.key.isalpha() and not after.high and after.key not in vocabulary("closings"):
            return False
    return words[at].high or words[at].key in vocabulary("heads")


def is_head(word: Word) -> bool:
    """Whether a title turns on this word: 'engineer'."""
    return _heads(word.key)


@lru_cache(maxsize=REMEMBERED)
def _heads(key: str) -> bool:
    if key in vocabulary("heads"):
        return True
    pieces = [piece for piece in key.replace("-", "/").split("/") if piece]
    if len(pieces) > 1 and pieces[-1] in vocabulary("heads"):
        return True
    return len(key) > 6 and compiled(source("head_endings")).search(key) is not None


def is_title_word(word: Word) -> bool:
    """Whether titles are made of this word."""
    return is_known_word(word) or is_head(word)


def is_known_word(word: Word) -> bool:
    """Whether the word says which kind, field or rank: 'software', 'senior'."""
    if word.key in vocabulary("modifiers") or word.key in vocabulary("seniority"):
        return True
    pieces = [piece for piece in word.key.replace("-", "/").replace("&", "/").split("/") if piece]
    return len(pieces) > 1 and all(piece in vocabulary("modifiers") or piece in vocabulary("heads") for piece in pieces)


def split(text: str, most: int = 60) -> list[Word]:
    """The words of a text: its last 60, or its first `most`."""
    found = []
    for piece in text.split()[-most:] if most == 60 else text.split()[:most]:
        bare = piece.strip("\"“”'‘’*_()[]{},;:!?.…|–—-").strip()
        if piece.lower().startswith(".net"):
            bare = ".NET"
        found.append(Word(piece, bare, bare.casefold().replace("’", "'") if bare else _sign(piece)))
    return found


def _sign(piece: str) -> str:
    """'&' and '/' connect; a dash has the empty key."""
    return piece if piece in ("&", "/", "+") else ""


@cache
def vocabulary(key: str) -> frozenset[str]:
    """One list of words of `titles.toml`."""
    return frozenset(str(table("titles")[key]).split())


@cache
def places() -> frozenset[str]:
    """Cities and countries, in small letters."""
    cities = (name.casefold() for names in table("time/zones")["cities"].values() for name in names)
    return frozenset(place.casefold() for place in table("organisations")["places"]) | frozenset(cities)


def is_town(name: str) -> bool:
    """Whether it is a town's name and no word that titles are made of ('Mobile', 'Nice')."""
    words = split(name)
    key = name.casefold()
    return key in places() or (key in _towns() and not any(is_title_word(one) for one in words))


@cache
def _towns() -> SortedLines:
    return word_list(name.replace("_", " ").casefold() for line in lines("towns") for name in line.split())


def source(key: str) -> str:
    """One pattern of `titles.toml`."""
    return str(table("titles")[key])
