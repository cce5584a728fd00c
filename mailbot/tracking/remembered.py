"""What is made of an object by itself, made once for as long as it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Remembered(Generic[K, V]):
    """`make` with a memory: what was not asked for between two turns is forgotten. The very same object gives the very
    same value, so that what is remembered of that is found again, too. Nothing is compared or hashed: an object is kept
    as long as what was made of it, so that no other can have its identity."""

    def __init__(self, make: Callable[[K], V]) -> None:
        self._make = make
        self._before: dict[int, tuple[K, V]] = {}
        self._now: dict[int, tuple[K, V]] = {}

    def turn(self) -> None:
        """A new round of questions begins."""
        self._before, self._now = self._now, {}

    def __call__(self, one: K) -> V:
        known = self._now.get(id(one))
        if known is None:
            known = self._now[id(one)] = self._before.get(id(one)) or (one, self._make(one))
        return known[1]
