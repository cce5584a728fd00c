"""How fast Gmail is asked: within the quota, and with growing pauses after a refusal."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

from mailbot.mail.tables import table

TRIES = 5
FIRST, LONGEST = 1.0, 16.0  # seconds: the first pause is half to once the first, then each up to double the one before
PATIENCE = 30.0  # seconds of waiting within one request; a courier waits 60


def pause(attempt: int, chance: Callable[[], float] = random.random) -> float:
    """Seconds to wait after that attempt (from 0): exponential with jitter, never near nothing."""
    return min(LONGEST, FIRST * 2.0**attempt) * (0.5 + 0.5 * chance())


def cost(method: str) -> int:
    """The quota units of one call, by its name in Google's discovery document."""
    costs = table("gmail")["cost"]
    return int(costs.get(method, costs["other"]))


class Pace:
    """A bucket of quota units that fills steadily. `spent` counts all units ever taken."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, wait: Callable[[float], None] = time.sleep) -> None:
        self._clock = clock
        self._wait = wait
        self._rate = float(table("gmail")["pace"]["units_a_second"])
        self._most = float(table("gmail")["pace"]["burst"])
        self._left = self._most
        self._at = clock()
        self.spent = 0

    def take(self, units: int) -> None:
        """Wait until so many units may be spent, and spend them. No more than the burst at once."""
        now = self._clock()
        self._left = min(self._most, self._left + (now - self._at) * self._rate)
        self._at = now
        self._left -= units
        self.spent += units
        if self._left < 0:
            self._wait(-self._left / self._rate)
