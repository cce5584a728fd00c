"""Tags for a row of things, each by what is seen of it and by the tag before: a linear-chain conditional random field
(Lafferty, McCallum and Pereira, ICML 2001). The weights stand in `data/learned/`; scripts under tests/bench make them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from math import exp

from mailbot.filed import FiledLines
from mailbot.reading.lanes import Lanes
from mailbot.reading.tables import filed

OUTSIDE = "O"
SCALE = 100  # weights are kept in hundredths
REMEMBERED = 4096  # features and their weights kept


class Chain:
    """What was learned: the lines of `data/learned/NAME.txt`, which are one of tags, one of how much speaks for each to
    follow each, then one for each feature and its weights for each tag."""

    def __init__(self, path: str) -> None:
        self._rows = FiledLines(path, head=2)
        tags, moves = self._rows.head
        self.tags = tuple(tags.decode().split())
        self._lanes = Lanes(len(self.tags))
        size, numbers = len(self.tags), [int(one) / SCALE for one in moves.split()]
        self._moves = [numbers[at : at + size] for at in range(0, size * size, size)]  # from, to
        self._into = [list(column) for column in zip(*self._moves, strict=True)]  # to, from
        self._onward = [[exp(one) for one in row] for row in self._moves]
        self._back = [list(column) for column in zip(*self._onward, strict=True)]
        self.weights = lru_cache(maxsize=REMEMBERED)(self._weights)

    def _weights(self, feature: str) -> int:
        """A feature's weights, joined to be added to others; nothing for one that is not known."""
        numbers = self._rows.get(feature)
        if numbers is None:
            return 0
        step, letters = numbers.split(b" ")
        return self._lanes.joined(letters, int(step))

    def added(self, features: Iterable[str]) -> int:
        """The weights of several features."""
        return sum(map(self.weights, features))

    def parted(self, weights: int) -> list[float]:
        """How much speaks for each tag."""
        return [one / SCALE for one in self._lanes.parted(weights)]

    def path(self, rows: Sequence[Sequence[float]]) -> list[int]:
        """The likeliest tags, all together, as places in `tags` (Viterbi); `rows`: how much speaks for each tag."""
        best, back = rows[0], list[list[int]]()
        for row in rows[1:]:
            reached = [[one + move for one, move in zip(best, moves, strict=True)] for moves in self._into]
            tops = list(map(max, reached))
            back.append([ways.index(top) for ways, top in zip(reached, tops, strict=True)])
            best = [top + own for top, own in zip(tops, row, strict=True)]
        found = [best.index(max(best))]
        for ways in reversed(back):
            found.append(ways[found[-1]])
        return found[::-1]

    def sure(self, rows: Sequence[Sequence[float]], path: Sequence[int]) -> list[float]:
        """How probable each tag of a path is, from 0 to 1 (forward, backward)."""
        own = [_scaled(_exp(row)) for row in rows]
        ahead, behind = [own[0]], [[1.0] * len(self.tags)]
        for row in own[1:]:
            reached = [sum(map(float.__mul__, ahead[-1], moves)) for moves in self._back]
            ahead.append(_scaled(list(map(float.__mul__, reached, row))))
        for row in reversed(own[1:]):
            onward = list(map(float.__mul__, behind[-1], row))
            behind.append(_scaled([sum(map(float.__mul__, onward, moves)) for moves in self._onward]))
        joint = [list(map(float.__mul__, one, other)) for one, other in zip(ahead, reversed(behind), strict=True)]
        return [row[tag] / sum(row) for row, tag in zip(joint, path, strict=True)]


def chain(name: str) -> Chain:
    """What stands in `data/learned/NAME.txt`."""
    return Chain(filed(f"learned/{name}.txt"))


def runs(tags: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """What each run of tags is of, where it begins and ends: one begins with 'B-role' and goes on with 'I-role'."""
    begin = None
    for at, tag in enumerate((*tags, OUTSIDE)):
        if begin is not None and tag[:2] != "I-":
            yield tags[begin][2:], begin, at
            begin = None
        if tag[:2] == "B-":
            begin = at


def _exp(row: Sequence[float]) -> list[float]:
    top = max(row)
    return [exp(one - top) for one in row]


def _scaled(numbers: Sequence[float]) -> list[float]:
    whole = sum(numbers)
    return [one / whole for one in numbers]
