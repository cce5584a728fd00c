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
        size, numbers = len(self.tags), [int(one) for one in moves.split()]
        self._moves = [numbers[at : at + size] for at in range(0, size * size, size)]  # from, to
        self._lead = [max(map(int.__sub__, row, self._moves[0])) for row in self._moves]
        self._onward = [[exp(one / SCALE) for one in row] for row in self._moves]
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

    def parted(self, weights: int) -> list[int]:
        """How much speaks for each tag, in hundredths."""
        return self._lanes.parted(weights)

    def path(self, rows: Sequence[Sequence[int]]) -> list[int]:
        """The likeliest tags, all together, as places in `tags` (Viterbi); `rows`: how much speaks for each tag."""
        best, back = rows[0], list[Sequence[int]]()
        for row in rows[1:]:
            # Behind any other tag what follows can gain so much at most over the first: mostly none catches up.
            alive = [tag for tag, one in enumerate(best) if one + self._lead[tag] > best[0] or not tag]
            ways = [[best[tag] + move for move in self._moves[tag]] for tag in alive]
            tops = list(map(max, *ways)) if len(ways) > 1 else ways[0]
            back.append([alive[to.index(top)] for to, top in zip(zip(*ways, strict=True), tops, strict=True)])
            best = list(map(int.__add__, tops, row))
        found = [best.index(max(best))]
        for origins in reversed(back):
            found.append(origins[found[-1]])
        return found[::-1]

    def sure(self, rows: Sequence[Sequence[int]], path: Sequence[int]) -> list[float]:
        """How probable each tag of a path is, from 0 to 1 (forward, backward)."""
        own = list(map(_exp, rows))
        ahead, behind = [_scaled(own[0])], [[1.0] * len(self.tags)]
        for row in own[1:]:
            reached = [sum(map(float.__mul__, ahead[-1], moves)) for moves in self._back]
            ahead.append(_scaled(list(map(float.__mul__, reached, row))))
        for row in reversed(own[1:]):
            onward = _scaled(list(map(float.__mul__, behind[-1], row)))
            behind.append([sum(map(float.__mul__, onward, moves)) for moves in self._onward])
        both = zip(ahead, reversed(behind), path, strict=True)
        return [one[tag] * other[tag] / sum(map(float.__mul__, one, other)) for one, other, tag in both]


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


def _exp(row: Sequence[int]) -> list[float]:
    top = max(row)
    return [exp((one - top) / SCALE) for one in row]


def _scaled(numbers: Sequence[float]) -> list[float]:
    whole = sum(numbers)
    return [one / whole for one in numbers]
