"""A choice among a few answers by what was seen in labelled mail: each feature adds its weight to each answer.

The weights stand in `data/learned/`; the scripts named `learn_*` under tests/bench make them from the labelled mails.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from math import exp

from mailbot.reading.tables import lines

SCALE = 100  # weights are kept in hundredths


@dataclass(frozen=True, slots=True)
class Linear:
    """The answers, the bias of each, and each feature's weight for each."""

    answers: tuple[str, ...]
    bias: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]

    def chances(self, features: Iterable[str]) -> dict[str, float]:
        """How likely each answer is; they sum to 1."""
        known = [row for one in set(features) if (row := self.weights.get(one))]
        totals = [sum(column) / SCALE for column in zip(self.bias, *known, strict=True)]
        top = max(totals)
        whole = sum(exp(one - top) for one in totals)
        return {answer: exp(one - top) / whole for answer, one in zip(self.answers, totals, strict=True)}


@cache
def linear(name: str) -> Linear:
    """The model of `data/learned/NAME.txt`: a line of answers, one of biases, then one for each feature."""
    head, bias, *rows = lines(f"learned/{name}")
    weights = {key: _numbers(numbers) for key, numbers in (row.split("\t") for row in rows)}
    return Linear(tuple(head.split()), _numbers(bias), weights)


def _numbers(text: str) -> tuple[float, ...]:
    return tuple(map(float, text.split()))
