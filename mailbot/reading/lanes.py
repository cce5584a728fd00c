"""Rows of small numbers that are added as one: what was learned is asked for hundreds of rows of weights a mail."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from struct import Struct

MIDDLE, REACH = 79, 46  # a number is a character, as many steps from "O" as its code is, from "!" to "}"


class Lanes:
    """Several small numbers in one, side by side: one addition adds them all. 32 bits hold the sum of every weight that
    the model has."""

    BITS = 32

    def __init__(self, size: int) -> None:
        self._struct = Struct(f"<{size}I")
        self._half = 1 << (self.BITS - 1)
        self._halves = self._even(self._half, size)
        self._middles = self._even(MIDDLE, size)

    def _even(self, value: int, size: int) -> int:
        return sum(value << (self.BITS * at) for at in range(size))

    def joined(self, letters: bytes, step: int) -> int:
        """The weights that these characters stand for, of either sign, as one number."""
        wide = bytearray(self._struct.size)
        wide[:: self.BITS // 8] = letters
        return (int.from_bytes(wide, "little") - self._middles) * step

    def parted(self, row: int) -> list[int]:
        """The numbers again."""
        # With a half added to each none is below zero, and none borrows from its neighbour.
        whole = (row + self._halves).to_bytes(self._struct.size, "little")
        return [value - self._half for value in self._struct.unpack(whole)]


def written(numbers: Sequence[int]) -> str:
    """A row as it is kept: the step, as small as the greatest of its numbers lets it be, then a character for each."""
    step = ceil(max(map(abs, numbers)) / REACH)
    return f"{step} {''.join(chr(MIDDLE + round(one / step)) for one in numbers)}"
