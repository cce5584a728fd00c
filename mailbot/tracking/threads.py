"""Which messages of an application answer one another."""

from __future__ import annotations

from collections.abc import Sequence

from mailbot.reading.statements import Reading
from mailbot.tracking.clues import references


class Threads:
    """Threads by References and In-Reply-To (RFC 5322 section 3.6.4) and by the provider's thread id. `readings` are
    given oldest first; a message that none of them answers and that answers none is a thread of its own."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self._leader: dict[str, str] = {}
        for one in readings:
            for key in references(one):
                self._join(one.message_id, key)
            if one.thread:
                self._join(one.message_id, f"{one.account} {one.thread}")

    def of(self, reading: Reading) -> str:
        return self._top(reading.message_id)

    def same(self, one: Reading, other: Reading) -> bool:
        return self.of(one) == self.of(other)

    def _top(self, key: str) -> str:
        while self._leader.setdefault(key, key) != key:
            self._leader[key] = self._leader[self._leader[key]]
            key = self._leader[key]
        return key

    def _join(self, one: str, other: str) -> None:
        self._leader[self._top(one)] = self._top(other)
