"""Frozen dataclasses as JSON and back, and moments as text. Moments keep their offset; sets and keys are sorted, so
that equal values give equal bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Generic, TypeVar

import msgspec

from mailbot.errors import ActionNeeded, Bug

T = TypeVar("T")
Row = tuple[Any, ...]
_ENCODER = msgspec.json.Encoder(order="deterministic")


def encode(value: object) -> bytes:
    """The value as JSON. Raises errors.Bug for what JSON cannot hold (lone surrogates, types it does not know)."""
    try:
        return _ENCODER.encode(value)
    except (TypeError, ValueError) as error:
        raise Bug(f"A {type(value).__name__} cannot be kept: {error}.", mend="Please report this.") from error


class Codec(Generic[T]):
    """Reads values of one type that `encode` wrote."""

    def __init__(self, type_: type[T]) -> None:
        self._name = type_.__name__
        self._decoder = msgspec.json.Decoder(type_)

    def decode(self, data: bytes | str) -> T:
        """Raises errors.ActionNeeded where the bytes are no such value: the ledger is damaged."""
        try:
            return self._decoder.decode(data)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise ActionNeeded(
                f"The ledger holds a damaged {self._name}: {error}.", mend="Run: mailbot doctor"
            ) from error


class Remembered(Generic[T]):
    """What rows were decoded to, by their first column, which names the row: one that is as it was is not decoded
    again. Of the row itself its hash is kept: the text of each is as long as what is made of it. `decode` raises what
    it raises."""

    def __init__(self, decode: Callable[[Row], T]) -> None:
        self._decode = decode
        self._known: dict[object, tuple[int, T]] = {}

    def values(self, rows: Iterable[Row]) -> tuple[T, ...]:
        return tuple(self._value(row) for row in rows)

    def knows(self, name: object) -> bool:
        """Whether a row of that name was ever decoded."""
        return name in self._known

    def _value(self, row: Row) -> T:
        known, mark = self._known.get(row[0]), hash(row)
        if known is None or known[0] != mark:
            known = self._known[row[0]] = mark, self._decode(row)
        return known[1]


class Kept(Generic[T]):
    """What `make` makes of some tables, made anew only once they changed: `forget` is for what is written here, `seen`
    (`Database.seen`) tells of the rest."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._known: tuple[object, T] | None = None

    def value(self, seen: object) -> T:
        if self._known is None or self._known[0] != seen:
            self._known = seen, self._make()
        return self._known[1]

    def forget(self) -> None:
        self._known = None


def iso(moment: datetime) -> str:
    """The moment in ISO 8601 with its offset. Raises errors.Bug where it has none."""
    return _aware(moment).isoformat()


def seconds(moment: datetime) -> float:
    """Seconds since 1970 in UTC, to order by. Raises errors.Bug for a moment without an offset."""
    return _aware(moment).timestamp()


def _aware(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise Bug(f"The moment {moment} has no time zone.", mend="Please report this.")
    return moment
