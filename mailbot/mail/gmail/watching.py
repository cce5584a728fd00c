"""Waiting for news: Gmail is asked for the history id of the profile, which is the cheapest question there is, and only
where that has gone on for what happened."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable

from mailbot.mail.gmail.client import Client
from mailbot.mail.gmail.history import Told
from mailbot.mail.gmail.news import News, is_later
from mailbot.mail.gmail.service import Requests
from mailbot.mail.tables import table


class Watch:
    """The wait for one account. `every` gives the seconds between two questions, by those since something came. What
    another line to the account was told, `news` knows: then nothing is asked."""

    def __init__(self, client: Client, requests: Requests, every: Callable[[float], float], news: News) -> None:
        self._client = client
        self._requests = requests
        self._every = every
        self._news = news
        self._changed_at = float("-inf")
        self._failed = False
        self._ending = threading.Event()

    def end(self) -> None:
        """A wait in another thread ends."""
        self._ending.set()

    def wait(self, timeout: float) -> bool:
        """Whether something came within so many seconds. Raises what the client raises; then the next wait begins with
        a question."""
        until = self._news.steady() + timeout
        self._ending.clear()
        while True:
            if self._due() <= self._news.steady() and self._is_news():
                return True
            left = min(until, self._due()) - self._news.steady()
            if self._news.steady() >= until or self._ending.wait(max(left, 0.0)):
                return False

    def _due(self) -> float:
        since = self._news.steady() - self._changed_at
        return float("-inf") if self._failed else self._news.asked_at + self._every(since)

    def _is_news(self) -> bool:
        self._failed = True
        known = self._news.newest
        newest = str((self._client.read(self._requests.profile()) or {}).get("historyId", known))
        told = bool(known) and is_later(newest, known) and self._tells(known, newest)
        if not told:
            self._news.nothing_after(self._news.newest or newest)
        self._failed = False
        return told

    def _tells(self, known: str, newest: str) -> bool:
        """Whether what happened since then is worth a look at once: flags, advertisements, and drafts that are being
        written (Gmail saves each many times), are not."""
        answer = self._client.read(self._requests.history(known))
        if answer is None or answer.get("nextPageToken"):
            self._news.nothing_after(newest)
            self._changed_at = self._news.steady()
            return True
        self._news.tell(known, answer)
        told = Told()
        told.add(answer)
        drafted = _labelled(told, {"DRAFT"})
        came = told.labels.keys() - drafted
        rules = table("gmail")["news"]
        if came - _labelled(told, rules["seldom"].split()):
            self._changed_at = self._news.steady()
        return bool(came - _labelled(told, rules["waits"].split())) or bool(told.deleted and not drafted)


def _labelled(told: Told, names: Iterable[str]) -> set[str]:
    """Of what came or moved, that which has one of these labels."""
    wanted = frozenset(names)
    return {ident for ident, labels in told.labels.items() if wanted.intersection(labels or ())}
