"""Waiting for news: Gmail is asked for the history id of the profile, which is the cheapest question there is, and only
where that has gone on for what happened."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable

from mailbot.mail.gmail.client import Client
from mailbot.mail.gmail.history import Told
from mailbot.mail.gmail.service import Requests
from mailbot.mail.tables import table


class Watch:
    """The wait for one account. `every` gives the seconds between two questions, by those since something came;
    `steady` counts seconds and never goes back."""

    def __init__(
        self,
        client: Client,
        requests: Requests,
        every: Callable[[float], float],
        steady: Callable[[], float],
    ) -> None:
        self._client = client
        self._requests = requests
        self._every = every
        self._steady = steady
        self._history: str | None = None
        self._asked_at = self._changed_at = float("-inf")
        self._ending = threading.Event()

    def known(self, history: str) -> None:
        """What happened up to that id is no news."""
        self._history = history

    def end(self) -> None:
        """A wait in another thread ends."""
        self._ending.set()

    def wait(self, timeout: float) -> bool:
        """Whether something came within so many seconds. Raises what the client raises; then the next wait begins with
        a question."""
        until = self._steady() + timeout
        self._ending.clear()
        while True:
            if self._due() <= self._steady() and self._is_news():
                self._changed_at = self._steady()
                return True
            left = min(until, self._due()) - self._steady()
            if self._steady() >= until or self._ending.wait(max(left, 0.0)):
                return False

    def _due(self) -> float:
        return self._asked_at + self._every(self._steady() - self._changed_at)

    def _is_news(self) -> bool:
        self._asked_at = float("-inf")
        profile = self._client.read(self._requests.profile()) or {}
        newest, known = str(profile.get("historyId", "")), self._history
        told = known is not None and newest != known and self._tells(known)
        self._asked_at, self._history = self._steady(), newest or known
        return told

    def _tells(self, known: str) -> bool:
        """Whether what happened since then is worth a look at once: flags, advertisements, and drafts that are being
        written (Gmail saves each many times), are not."""
        answer = self._client.read(self._requests.history(known))
        if answer is None or answer.get("nextPageToken"):
            return True
        told = Told()
        told.add(answer)
        drafted = _labelled(told, {"DRAFT"})
        waiting = _labelled(told, table("gmail")["news"]["waits"].split())
        return bool(told.labels.keys() - drafted - waiting) or (told.deleted and not drafted)


def _labelled(told: Told, names: Iterable[str]) -> set[str]:
    """Of what came or moved, that which has one of these labels."""
    wanted = frozenset(names)
    return {ident for ident, labels in told.labels.items() if wanted.intersection(labels or ())}
