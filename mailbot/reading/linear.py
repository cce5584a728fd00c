"""A choice among a few answers by what was seen in labelled mail: each feature adds its weight to each answer.

The weights stand in `data/learned/`; the scripts named `learn_*` under tests/bench make them from the labelled mails.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from math import exp

from mailbot.filed import FiledLines
from mailbot.reading.tables import filed

SCALE = 100  # weights are kept in hundredths
REMEMBERED = 1024  # features and their weights kept


class Linear:
    """The answers, the bias of each, and each feature's weight for each: the lines of `data/learned/NAME.txt`, which
    are one of answers, one of biases, then one for each feature."""

    def __init__(self, name: str) -> None:
        self._rows = FiledLines(filed(f"learned/{name}.txt"), head=2)
        answers, bias = self._rows.head
        self.answers = tuple(answers.decode().split())
        self._bias = _numbers(bias)
        self._weights = lru_cache(maxsize=REMEMBERED)(self._weights_of)

    def chances(self, features: Iterable[str]) -> dict[str, float]:
        """How likely each answer is; they sum to 1."""
        known = [row for one in set(features) if (row := self._weights(one))]
        totals = [sum(column) / SCALE for column in zip(self._bias, *known, strict=True)]
        top = max(totals)
        whole = sum(exp(one - top) for one in totals)
        return {answer: exp(one - top) / whole for answer, one in zip(self.answers, totals, strict=True)}

    def _weights_of(self, feature: str) -> tuple[float, ...] | None:
        numbers = self._rows.get(feature)
        return None if numbers is None else _numbers(numbers)


@cache
def linear(name: str) -> Linear:
    """The model of `data/learned/NAME.txt`."""
    return Linear(name)


def _numbers(text: bytes) -> tuple[float, ...]:
    return tuple(map(float, text.split()))
