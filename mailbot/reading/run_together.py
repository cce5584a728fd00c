"""What an address runs together, cut into words: 'redleafrecords' -> 'red', 'leaf', 'records'.

The cut is the cheapest: a common word costs little, a rare one more, what no list knows most, by its letters.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from mailbot.reading.sorted_lines import SortedLines, word_list
from mailbot.reading.tables import lines, table

COSTS = (8.0, 10.0, 12.0, 14.0)  # of a word of each line of the list; of a name of firms the third, of people the last
UNKNOWN, EACH_LETTER = 4.0, 3.0  # what a word costs that no list knows
SHORT, TOO_SHORT = 4.0, 30.0  # what a word of three letters costs more, unless it is common; one that no list knows
SHORT_AND_COMMON = 2.0
STEP = 1.0  # what each cut costs
JOINT = 3.0  # what 'and' and 'of' cost
LONGEST = 18  # letters of a word
SHORTEST = 3
LONG = 11  # letters from which on a label of two ordinary words is two: 'kestrelpoint', but 'tidewater'
MOST = 60  # letters of a label that is cut
REMEMBERED = 1024


@lru_cache(maxsize=REMEMBERED)
def words_of(label: str) -> tuple[str, ...]:
    """The words of which a label in small letters is made; the label alone where it is one word."""
    words = _joined(_cheapest(label), label) if len(label) <= MOST else (label,)
    if words[-1] in _listed("fused") or (len(words) == 2 and _is_left_over(words[1])):
        return (label,)
    two = len(words) == 2 and words[0] != "the" and words[1] not in _listed("words")
    return (label,) if two and len(label) < LONG else tuple(words)


def _is_left_over(word: str) -> bool:
    """Whether a second word is nothing but what is left behind the first: 'graph enwerk'."""
    return len(word) > SHORTEST and _cost(word) > COSTS[-1] + SHORT


def _cheapest(label: str) -> Sequence[str]:
    best: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
    for end in range(1, len(label) + 1):
        ways = []
        for start in range(max(0, end - LONGEST), end):
            word = label[start:end]
            cost, words = best[start]
            ways.append((cost + _cost(word) + STEP, (*words, word)))
        best.append(min(ways))
    return best[-1][1]


@lru_cache(maxsize=REMEMBERED * 16)
def _cost(word: str) -> float:
    if word in ("and", "of"):
        return JOINT
    short = SHORT if len(word) <= SHORTEST else 0.0
    for cost, common in zip(COSTS, _common(), strict=True):
        if cost > COSTS[1] and any(word in _listed(key) for key in ("words", "more_words", "plain_words")):
            return COSTS[2] + short
        if word in common:
            return cost + (min(short, SHORT_AND_COMMON) if cost <= COSTS[1] else short)
    if len(word) > SHORTEST and word in _given():
        return COSTS[-1]
    return UNKNOWN + EACH_LETTER * len(word) + (TOO_SHORT if short else 0.0)


def _joined(words: Sequence[str], label: str) -> Sequence[str]:
    """The words; two that name a place together are one: 'castle gate search' -> 'castlegate', 'search'."""
    joined: list[str] = []
    for at, word in enumerate(words):
        goes_on = at + 1 < len(words) or len(label) < LONG or "of" in joined
        before = joined[-1] if joined else ""
        begins = len(before) >= SHORTEST and before not in _listed("small_words")
        if goes_on and begins and word in _listed("compounds"):
            joined[-1] = before + word
        else:
            joined.append(word)
    return joined


@cache
def _common() -> tuple[SortedLines, ...]:
    return tuple(word_list(line.split()) for line in lines("common_words"))


@cache
def _given() -> SortedLines:
    return word_list(" ".join(lines("given_names")).casefold().split())


@cache
def _listed(key: str) -> frozenset[str]:
    return frozenset(table("domains")[key].split())
