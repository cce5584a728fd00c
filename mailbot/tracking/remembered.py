"""What is made of a value by itself, made once for as long as it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Remembered(Generic[K, V]):
    """`make` with a memory: what was not asked for between two turns is forgotten. The same value gives the very same
    object, so that what is remembered of that is found again, too."""

    def __init__(self, make: Callable[[K], V]) -> None:
        self._make = make
        self._before: dict[K, V] = {}
        self._now: dict[K, V] = {}

    def turn(self) -> None:
        """A new round of questions begins."""
        self._before, self._now = self._now, {}

    def __call__(self, one: K) -> V:
        if one in self._now:
            return self._now[one]
        made = self._before[one] if one in self._before else self._make(one)
        self._now[one] = made
        return made
