"""The ways in which a label may be cut into words, and what is seen of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from mailbot.reading.known_words import Known, cost

Words = tuple[str, ...]
MOST_WAYS = 14
LONGEST = 24  # letters of a word
SHORTEST_PART, SHORTEST_FUSED = 3, 6  # letters of a part of a word made of two, of such a word
LONG_WORD, LONG_LABEL = 14, 24  # the most letters that are told
INNER = ("and", "und", "of", "the")  # what may join words within what no list has
VOWELS = frozenset("aeiouy")
ALONE, FIRST, INSIDE, LAST = "o", "f", "m", "l"  # where a word stands in a name


class Ways:
    """The cuts of one label. `known`: what is known of a word."""

    def __init__(self, label: str, known: Callable[[str], Known]) -> None:
        self._label = label
        self._ask = known
        self._known: dict[str, Known] = {}
        self._costs: dict[str, float] = {}

    def cheapest(self) -> list[Words]:
        """The ways whose words cost least, the cheapest first."""
        best: list[list[tuple[float, Words]]] = [[(0.0, ())]]
        for end in range(1, len(self._label) + 1):
            ways = []
            for begin in range(max(0, end - LONGEST), end):
                word = self._label[begin:end]
                own = self._cost(word)
                ways += [(so_far + own, (*words, word)) for so_far, words in best[begin]]
            best.append(sorted(ways)[:MOST_WAYS])
        return [words for _, words in best[-1]]

    def of_whole(self, words: Words) -> Iterator[str]:
        yield f"n{len(words)}"
        yield f"n{len(words)} {min(len(self._label), LONG_LABEL) // 2}"

    def of_word(self, word: str, place: str) -> Iterator[str]:
        """What is seen of a word of a cut."""
        known, size = self._of(word), min(len(word), LONG_WORD)
        yield from (f"{known}", f"{known} {size}", f"{place} {known}", f"{place} {known} {size}")
        yield from (f"w={word}", f"{place}={word}")
        if not known:
            yield from _of_unknown(word)
        if place != ALONE and word.endswith("s") and len(word) > SHORTEST_PART:
            yield f"s{_told(self._of(word[:-1]))}{_told(known)}"
        if len(word) >= SHORTEST_FUSED:
            yield from self._of_parts(word, place)

    def of_cut(self, before: str, word: str) -> Iterator[str]:
        """What is seen of a cut between two words."""
        one, other, joined = self._of(before), self._of(word), self._of(before + word)
        yield from (f"{one}|{other}", f"{one.kind}|{other.kind}")
        yield f"L{min(len(before), LONG_WORD)}|{min(len(word), LONG_WORD)}"
        yield from (f"p={before}|", f"|q={word}", f"J{joined}", f"J{joined.kind}")
        yield from (f"<{before[-2:]}", f"<{before[-3:]}", f">{word[:2]}", f">{word[:3]}")
        yield from (f"|{before[-1]}{word[0]}", f"|{before[-2:]} {word[:2]}")
        if before[-1] == word[0]:
            yield "twice"
        if word[0] == "s" and self._of(f"{before}s").kind:
            yield "s over"

    def _of_parts(self, word: str, place: str) -> Iterator[str]:
        known = self._of(word)
        parts = [(word[:at], word[at:]) for at in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)]
        both = [(one, other) for one, other in parts if self._of(one) and self._of(other)]
        told = _told(known)
        if both:
            one, other = min(both, key=lambda pair: self._cost(pair[0]) + self._cost(pair[1]))
            yield from (f"fu{told}", f"fu{known}", f"fu{told} {self._of(one).kind} {self._of(other).kind}")
            yield from (f"fua={one}", f"fub={other}", f"fu{told} {min(len(one), 6)} {min(len(other), 6)}")
            yield from (f"fu{place}{told}", f"fu{place} b={other}")
        elif not known:
            yield f"nofu {min(len(word), LONG_WORD)}"

    def _of(self, word: str) -> Known:
        if word not in self._known:
            self._known[word] = self._ask(word)
        return self._known[word]

    def _cost(self, word: str) -> float:
        if word not in self._costs:
            self._costs[word] = cost(word, self._of(word))
        return self._costs[word]


def placed(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The words of a name, and where each stands in it."""
    if len(words) == 1:
        yield words[0], ALONE
        return
    for at, word in enumerate(words):
        yield word, FIRST if at == 0 else LAST if at == len(words) - 1 else INSIDE


def features(ways: Ways, words: Words) -> Iterator[str]:
    """All that is seen of a cut."""
    yield from ways.of_whole(words)
    for word, place in placed(words):
        yield from ways.of_word(word, place)
    for before, word in pairwise(words):
        yield from ways.of_cut(before, word)


def _of_unknown(word: str) -> Iterator[str]:
    yield f"u{min(len(word), LONG_WORD)}"
    yield from (f"u^{word[:2]}", f"u^{word[:3]}", f"u${word[-2:]}", f"u${word[-3:]}", f"u${word[-4:]}")
    if VOWELS.isdisjoint(word):
        yield "no vowel"
    for joint in INNER:
        at = word.find(joint, SHORTEST_PART)
        if at > 0 and len(word) - at - len(joint) >= SHORTEST_PART:
            yield f"holds {joint}"


def _told(known: Known) -> str:
    return "k" if known else "u"
