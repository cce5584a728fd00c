"""Makes mailbot/reading/data/known_words.txt: words, and how common each is, to cut what addresses run together.

`python -m tests.bench.list_words`. The words are counted in Wikipedia and in film subtitles, and come with the packages
wordninja, pyspellchecker and Faker: pip install -e '.[test,learn]'.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import chain
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

import spellchecker
import wordninja
from faker.providers import person

import mailbot.reading
from mailbot.reading.domains import letters
from mailbot.reading.known_words import COSTS, HEAD
from mailbot.reading.tables import lines

FILE = Path(mailbot.reading.__file__).parent / "data" / "known_words.txt"
ENGLISH = (1000, 5000, 20_000, 60_000, 200_000)  # of a, b, c, d, e: the rank up to which a word counts as so common
OTHERS = (1000, 5000, 15_000)  # the same of p, q, r
TONGUES = ("es", "fr", "de", "it", "pt", "nl")
SHORTEST, SHORTEST_NAME = 3, 4  # letters of a word, of a name
VERY_COMMON = 100  # the rank up to which words of two letters are kept: 'of', 'du'
COMMENT = """\
# Words by how common they are: English a (most) to e, Spanish, French, German, Italian, Portuguese and Dutch p to r;
# t towns, g given names, s surnames; in the order of their bytes. Counted in Wikipedia and film subtitles, by wordninja
# and pyspellchecker (MIT); towns from GeoNames (CC BY 4.0), names from Faker (MIT). Made by tests/bench/list_words.py.
"""


def main() -> None:
    found: dict[str, str] = {}
    for kind, word in rows():
        best = found.get(word, kind)
        found[word] = min(best, kind, key=COSTS.__getitem__)
    written = "".join(f"{word}\t{found[word]}\n" for word in sorted(found))
    assert COMMENT.count("\n") == HEAD
    FILE.write_text(COMMENT + written, encoding="utf-8")


def rows() -> Iterator[tuple[str, str]]:
    """Each word and what it is of, as often as a list has it."""
    yield from _ranked(_read(wordninja, "wordninja/wordninja_words.txt").split(), ENGLISH, "abcde")
    yield from _ranked(_counted("en"), ENGLISH[:-1], "abcd")
    for tongue in TONGUES:
        yield from _ranked(_counted(tongue), OTHERS, "pqr")
    yield from _plain("g", chain.from_iterable(line.split() for line in lines("given_names")), SHORTEST_NAME)
    yield from _plain("s", _surnames(), SHORTEST)
    towns = [town for line in lines("towns") for town in line.split()]
    pieces = chain.from_iterable(town.replace("-", "_").split("_") for town in towns)
    yield from _plain("t", chain(pieces, towns), SHORTEST_NAME)


def _ranked(words: Iterable[str], ranks: tuple[int, ...], kinds: str) -> Iterator[tuple[str, str]]:
    """The words of a list that begins with the most common ones."""
    kept = dict.fromkeys(word for one in words if (word := letters(one)).isalpha() and len(word) > 1)
    for rank, word in enumerate(kept):
        if rank > VERY_COMMON and len(word) < SHORTEST:
            continue
        kind = next((kind for kind, end in zip(kinds, ranks, strict=True) if rank < end), "")
        if not kind:
            return
        yield kind, word


def _plain(kind: str, words: Iterable[str], shortest: int) -> Iterator[tuple[str, str]]:
    yield from ((kind, word) for one in words if (word := letters(one)).isalpha() and len(word) >= shortest)


def _counted(tongue: str) -> Iterator[str]:
    counts: dict[str, int] = json.loads(_read(spellchecker, f"resources/{tongue}.json"))
    yield from sorted(counts, key=lambda word: -counts[word])


def _read(package: ModuleType, name: str) -> str:
    """A file that a package brings, packed."""
    return gzip.decompress((Path(str(package.__file__)).parent / f"{name}.gz").read_bytes()).decode()


def _surnames() -> Iterator[str]:
    for country in iter_modules(person.__path__):
        names = import_module(f"{person.__name__}.{country.name}").Provider
        for listed in (getattr(names, one) for one in dir(names) if "last_names" in one):
            yield from (one for one in listed if isinstance(one, str) and " " not in one and "-" not in one)


if __name__ == "__main__":
    main()
