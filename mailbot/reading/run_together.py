"""What an address runs together, cut into words: 'redleafrecords' -> 'red', 'leaf', 'records'.

Where it is cut was learned from firms' names and their addresses (`data/learned/cuts.txt`, which
`tests/bench/learn_cuts.py` makes): by the letters around, the words that the lists know, and the cheapest cut, in which
a common word costs little, a rare one more, what no list knows most, by its letters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import accumulate, pairwise

from mailbot.reading.chain import Chain, chain
from mailbot.reading.sorted_lines import SortedLines, word_list
from mailbot.reading.tables import lines, table

OPENING = "the"
CUT, ON = "B", "I"  # the tags of a letter: a word begins with it, or goes on
COSTS = (8.0, 10.0, 12.0, 14.0)  # of a word of each line of the list; of a name of firms the third, of people the last
UNKNOWN, EACH_LETTER = 4.0, 3.0  # what a word costs that no list knows
SHORT, TOO_SHORT = 4.0, 30.0  # what a word of three letters costs more, unless it is common; one that no list knows
SHORT_AND_COMMON = 2.0
STEP = 1.0  # what each cut costs
JOINT = 3.0  # what 'and' and 'of' cost
LONGEST = 18  # letters of a word
SHORTEST = 3
MOST = 60  # letters of a label that is cut
LETTERS = (1, 2, 3, 4, 5)  # how many letters beside a place are looked at
FEW = 8  # letters from an end of the label up to which is told how many
REMEMBERED = 1024


@lru_cache(maxsize=REMEMBERED)
def words_of(label: str) -> tuple[str, ...]:
    """The words of which a label in small letters is made; the label alone where it is one word."""
    if not label or len(label) > MOST:
        return (label,)
    opens = _cheapest(label)[0] == OPENING != label
    return (OPENING, *_cut(label.removeprefix(OPENING))) if opens else _cut(label)


def _cut(label: str) -> tuple[str, ...]:
    learned = _learned()
    tags = learned.path([learned.parted(learned.added(seen)) for seen in features(label)])
    cuts = [at for at, tag in enumerate(tags) if at and learned.tags[tag] == CUT]
    return tuple(label[begin:end] for begin, end in pairwise((0, *cuts, len(label))))


def features(label: str) -> Iterator[Sequence[str]]:
    """What is seen of each letter of a label."""
    cheapest = set(accumulate(map(len, _cheapest(label))))
    spans = _known(label)
    for at in range(len(label)):
        before, behind = label[:at], label[at:]
        ends = max((span for span in spans if span[1] == at), key=_size, default=(at, at))
        begins = max((span for span in spans if span[0] == at), key=_size, default=(at, at))
        seen = [f"at{min(at, FEW)}", f"left{min(len(behind), FEW)}"]
        seen += [f"ends{_told(label, ends)}", f"begins{_told(label, begins)}"]
        seen += [f"<{before[-size:]}" for size in LETTERS if at >= size]
        seen += [f">{behind[:size]}" for size in LETTERS]
        seen += [f"|{before[-size:]} {behind[:size]}" for size in (2, 3)]
        seen += [f"all {_kind(before)}", f"all {_kind(before)} {_kind(behind)}", f"rest {_kind(behind)}"] if at else []
        seen += ["cheapest"] if at in cheapest else []
        around = (span for span in spans if span[0] < at - 1 and span[1] > at + 1)
        over = max((size for size in map(_size, around) if size > SHORTEST + 1), default=0)
        yield [*seen, f"over{over}", f"over by{over - _size(begins)}"]


def _known(label: str) -> list[tuple[int, int]]:
    """Where words of the lists stand in a label, from where to where."""
    spans = ((at, at + size) for at in range(len(label)) for size in range(SHORTEST, LONGEST + 1))
    return [(begin, end) for begin, end in spans if end <= len(label) and _kind(label[begin:end])]


def _size(span: tuple[int, int]) -> int:
    return span[1] - span[0]


def _told(label: str, span: tuple[int, int]) -> str:
    return f"{_size(span)} {_kind(label[slice(*span)])}"


@lru_cache(maxsize=REMEMBERED * 16)
def _kind(word: str) -> str:
    """Which list knows a word; empty where none does."""
    for number, common in enumerate(_common()):
        if word in common:
            return str(number)
    if len(word) > SHORTEST and word in _given():
        return "given"
    return "firm" if any(word in _listed(key) for key in ("words", "more_words", "plain_words")) else ""


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


@cache
def _common() -> tuple[SortedLines, ...]:
    return tuple(word_list(line.split()) for line in lines("common_words"))


@cache
def _given() -> SortedLines:
    return word_list(" ".join(lines("given_names")).casefold().split())


@cache
def _listed(key: str) -> frozenset[str]:
    return frozenset(table("domains")[key].split())


@cache
def _learned() -> Chain:
    return chain("cuts")
