"""What an address runs together, cut into words: 'redleafrecords' -> 'red', 'leaf', 'records'.

The cheapest cuts are weighed, by the words that they make, how common these are, and where they stand in the name. What
speaks for a cut was learned from firms' names (`data/learned/cuts.txt`, `tests/bench/learn_cuts.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import pairwise

from mailbot.filed import FiledLines
from mailbot.reading.cuts import Ways, Words, placed
from mailbot.reading.known_words import known
from mailbot.reading.tables import filed

MOST = 60  # letters of a label that is cut
REMEMBERED, WEIGHTS_REMEMBERED = 1024, 4096


@lru_cache(maxsize=REMEMBERED)
def words_of(label: str) -> tuple[str, ...]:
    """The words of which a label in small letters is made; the label alone where it is one word."""
    if not label or len(label) > MOST:
        return (label,)
    ways = Ways(label, known)
    of_word = cache(lambda word, place: _sum(ways.of_word(word, place)))
    of_cut = cache(lambda before, word: _sum(ways.of_cut(before, word)))

    def worth(words: Words) -> int:
        single = sum(of_word(word, place) for word, place in placed(words))
        return _sum(ways.of_whole(words)) + single + sum(of_cut(*pair) for pair in pairwise(words))

    return max(ways.cheapest(), key=worth)


def _sum(features: Iterable[str]) -> int:
    return sum(map(_weight, features))


@lru_cache(maxsize=WEIGHTS_REMEMBERED)
def _weight(feature: str) -> int:
    """How much a feature speaks for a cut, in hundredths; nothing where it was not learned."""
    found = _learned().get(feature)
    return int(found) if found else 0


@cache
def _learned() -> FiledLines:
    return FiledLines(filed("learned/cuts.txt"), head=0)
