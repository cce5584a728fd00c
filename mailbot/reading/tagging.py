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
WORD = r"[\p{L}\p{N}]+(?:['’.&+/-][\p{L}\p{N}]+)*|[^\s\p{L}\p{N}]"
TAGGED = frozenset((Where.SUBJECT, Where.TEXT, Where.SIGNATURE, Where.QUOTED, Where.CALENDAR))


@dataclass(frozen=True, slots=True)
class Token:
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
            matches = compiled(WORD, case=True, often=True).finditer(place.text)
            listed += [Token(one.text, number, one.start, one.end) for one in matches]
            listed.append(Token(LINE_END, number, len(place.text), len(place.text)))
            if len(listed) > READ:
                break
    return listed


def features(words: Sequence[str], at: int, where: Where) -> Iterator[str]:
    """What is seen of one word: itself, its neighbours, and where it stands."""
    for by in REACH:
        if 0 <= at + by < len(words):
            yield from (f"{by}{one}" for one in seen(words[at + by], by))
        else:
            yield f"{by}$"
    yield from _pairs([one.lower() for one in words[max(0, at - 2) : at + 3]], min(at, 2))
    yield f"@{where}"


def seen(word: str, by: int) -> Sequence[str]:
    """What is seen of a word from so many words away."""
    return _marks(word)[: _FAR.get(abs(by), MARKS)]


def _pairs(words: Sequence[str], at: int) -> Iterator[str]:
    """The pairs of words, in small letters, around the one at a place."""
    if at > 0:
        yield f"<{words[at - 1]} {words[at]}"
    if at > 1:
        yield f"<<{words[at - 2]} {words[at - 1]}"
    if at + 2 < len(words):
        yield f">>{words[at + 1]} {words[at + 2]}"


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

    def _of_line(self, place: Place, line: Sequence[Token], rows: Sequence[Sequence[float]]) -> Iterator[Tagged]:
        if not any(max(row[1:]) > row[0] for row in rows):
            return  # no word looks rather tagged than not: together they never do
        path = self._chain.path(rows)
        found = list(runs([self._chain.tags[one] for one in path]))
        sure = self._chain.sure(rows, path) if found else []
        for what, begin, end in found:
            yield Tagged(what, place.text[line[begin].start : line[end - 1].end], place.where, min(sure[begin:end]))

    def _spoken(self, words: Sequence[str]) -> list[int]:
        """How much speaks for each tag of each word, joined: the weights of its `features` but for where it stands."""
        beyond = [tuple(self._chain.weights(f"{by}$") for by in REACH)] * REACH[-1]
        around = [*beyond, *map(self._of_word, words), *beyond]
        lows = [one.lower() for one in words]
        numbers = range(len(REACH))
        return [
            sum(map(tuple.__getitem__, around[at : at + len(REACH)], numbers)) + self._chain.added(_pairs(lows, at))
            for at in range(len(words))
        ]

    def _weights_of_word(self, word: str) -> tuple[int, ...]:
        """What a word says of those around it, by how far away they are: REACH."""
        return tuple(self._chain.added(f"{by}{one}" for one in seen(word, by)) for by in REACH)


@cache
def tagger() -> Tagger:
    """What was learned from the labelled mails."""
    return Tagger(chain("tags"))
