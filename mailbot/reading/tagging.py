"""Which words of a mail are a job title or an organisation's name, by the words around them, line by line.

The rules know many titles and many turns; this has seen how people write both in thousands of labelled mails, and
finds 'the bridle stitcher position' too. The weights stand in `data/learned/tags.txt`; `tests/bench/learn_tags.py`
makes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from typing import NamedTuple

from mailbot.patterns import compiled
from mailbot.reading import names, titles
from mailbot.reading.chain import Chain, chain, runs
from mailbot.reading.places import Place, Where

REMEMBERED = 4096  # words and what they say kept
SURE = 0.75  # how probable a tag must be to count by itself
READ = 1500  # words of a mail that are looked at
MARKS, _FAR = 9, {2: 2, 3: 1}  # how much is seen of a word beside, and of one so many words away
LINE_END = ""
REACH = (-3, -2, -1, 0, 1, 2, 3)  # which words around one count
PAIRS = {"<": -1, "<<": -2, ">>": 1}  # which pairs of words do: where each begins
NO_PAIR = (0,) * len(PAIRS)
CLOSING = frozenset(".,;:!?()")  # what mostly stands right behind a word
WORD = r"[\p{L}\p{N}]+(?:['’.&+/-][\p{L}\p{N}]+)*|[^\s\p{L}\p{N}]"
TAGGED = frozenset((Where.SUBJECT, Where.TEXT, Where.SIGNATURE, Where.QUOTED, Where.CALENDAR))


class Token(NamedTuple):
    """A word or a mark, with its place in the text of the place in which it stands."""

    text: str
    place: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Tagged:
    """A run of words and what it is ('role'); `sure` is how probable that is, from 0 to 1."""

    what: str
    text: str
    where: Where
    sure: float


def surely(tagged: Iterable[Tagged], what: str) -> Iterator[Tagged]:
    """What is surely tagged so."""
    return (one for one in tagged if one.what == what and one.sure >= SURE)


def tokens(found: Sequence[Place]) -> list[Token]:
    """The words of the places that are tagged, with a mark for the end of each place."""
    listed: list[Token] = []
    for number, place in enumerate(found):
        if place.where in TAGGED:
            listed += [Token(word, number, start, start + len(word)) for word, start in _words(place.text)]
            listed.append(Token(LINE_END, number, len(place.text), len(place.text)))
            if len(listed) > READ:
                break
    return listed


def _words(text: str) -> Iterator[tuple[str, int]]:
    """The words and marks of a text, and where each begins."""
    at = 0
    for piece in text.split(" "):
        if piece.isalpha():
            yield piece, at
        elif piece[:-1].isalpha() and piece[-1] in CLOSING:  # most of any text: no expression is needed for it
            yield piece[:-1], at
            yield piece[-1], at + len(piece) - 1
        elif piece:
            yield from ((one.text, at + one.start) for one in compiled(WORD, case=True, often=True).finditer(piece))
        at += len(piece) + 1


def features(words: Sequence[str], at: int, where: Where) -> Iterator[str]:
    """What is seen of one word: itself, its neighbours, and where it stands."""
    for by in REACH:
        if 0 <= at + by < len(words):
            yield from (f"{by}{one}" for one in seen(words[at + by], by))
        else:
            yield f"{by}$"
    for mark, by in PAIRS.items():
        if 0 <= at + by < len(words) - 1:
            yield f"{mark}{words[at + by].lower()} {words[at + by + 1].lower()}"
    yield f"@{where}"


def seen(word: str, by: int) -> Sequence[str]:
    """What is seen of a word from so many words away."""
    return _marks(word)[: _FAR.get(abs(by), MARKS)]


@lru_cache(maxsize=REMEMBERED)
def _marks(word: str) -> tuple[str, ...]:
    """What is seen of a word wherever it stands, the most telling first."""
    low = word.lower()
    seen = [f"={low}", f"~{_shape(word)}"]
    if word.isalpha():
        seen += [f"-{low[-3:]}", f"-{low[-2:]}"]
        seen += [mark for mark, is_so in (("title", titles.is_known), ("given", names.is_given)) if is_so(word)]
    return tuple(seen)


def _shape(word: str) -> str:
    """'Xx' of 'Florist', 'X9' of 'B12': its kinds of signs, each run once."""
    kinds = ("X" if one.isupper() else "x" if one.isalpha() else "9" if one.isdigit() else one for one in word)
    return "".join(kind for kind, _ in groupby(kinds))[:6]


class Tagger:
    """Tags places with what was learned."""

    def __init__(self, learned: Chain) -> None:
        self._chain = learned
        self._of_word = lru_cache(maxsize=REMEMBERED)(self._weights_of_word)
        self._of_pair = lru_cache(maxsize=REMEMBERED)(self._weights_of_pair)

    def tagged(self, found: Sequence[Place]) -> Iterator[Tagged]:
        """The titles and names that the places hold."""
        listed = tokens(found)
        words = [one.text for one in listed]
        spoken = self._spoken(words)
        first = 0
        for at, token in enumerate(listed):
            if token.text == LINE_END:
                if at > first:
                    place = found[token.place]
                    above = self._chain.weights(f"@{place.where}")
                    rows = [self._chain.parted(above + one) for one in spoken[first:at]]
                    yield from self._of_line(place, listed[first:at], rows)
                first = at + 1

    def _of_line(self, place: Place, line: Sequence[Token], rows: Sequence[Sequence[int]]) -> Iterator[Tagged]:
        if not any(max(row) > row[0] for row in rows):
            return  # no word looks rather tagged than not: together they never do
        path = self._chain.path(rows)
        found = list(runs([self._chain.tags[one] for one in path]))
        sure = self._chain.sure(rows, path) if found else []
        for what, begin, end in found:
            yield Tagged(what, place.text[line[begin].start : line[end - 1].end], place.where, min(sure[begin:end]))

    def _spoken(self, words: Sequence[str]) -> list[int]:
        """How much speaks for each tag of each word, joined: the weights of its `features` but for where it stands."""
        size = len(words)
        beyond = tuple(self._chain.weights(f"{by}$") for by in REACH)
        alone = [*[beyond] * REACH[-1], *map(self._of_word, words), *[beyond] * REACH[-1]]
        lows = [one.lower() for one in words]
        paired = [NO_PAIR, NO_PAIR, *map(self._of_pair, lows, lows[1:]), NO_PAIR, NO_PAIR]
        columns = [[row[n] for row in alone[n : n + size]] for n in range(len(REACH))]
        columns += [[row[n] for row in paired[2 + by : 2 + by + size]] for n, by in enumerate(PAIRS.values())]
        return list(map(sum, zip(*columns, strict=True)))

    def _weights_of_word(self, word: str) -> tuple[int, ...]:
        """What a word says of those around it, by how far away they are: REACH."""
        return tuple(self._chain.added(f"{by}{one}" for one in seen(word, by)) for by in REACH)

    def _weights_of_pair(self, word: str, after: str) -> tuple[int, ...]:
        """What two words one after the other, in small letters, say of those around them: PAIRS."""
        return tuple(self._chain.weights(f"{mark}{word} {after}") for mark in PAIRS)


@cache
def tagger() -> Tagger:
    """What was learned from the labelled mails."""
    return Tagger(chain("tags"))
