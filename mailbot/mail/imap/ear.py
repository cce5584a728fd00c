"""Listening for new mail: IDLE (RFC 2177) in slices, on a line of its own, and a look at every folder now and then.

After an EOF, or on a line that a router has forgotten, IDLE is silent for ever. So no slice is longer than 9 minutes:
routers forget a silent line after 15 and less. At its end the server must answer within the line's deadline, and
whatever is odd before that ends the line. The look does not depend on IDLE.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from mailbot.errors import Transient
from mailbot.mail.imap.line import Line

SLICE = 9 * 60.0  # seconds of one IDLE
LOOK_EVERY = 10 * 60.0  # seconds between two looks at every folder
SHORT = 0.05  # seconds: an answer of IDLE without words in less is the end of the line
FOLDER = "INBOX"


class Ear:
    """Waits for one account. `changed` looks at every folder and tells whether anything came since it was last
    asked; `clock` counts seconds and never goes back."""

    def __init__(self, line: Line, changed: Callable[[], bool], clock: Callable[[], float] = time.monotonic) -> None:
        self._line = line
        self._changed = changed
        self._clock = clock
        self._idle_until: float | None = None
        self._look_at: float | None = None

    def wait(self, timeout: float) -> bool:
        """At most so many seconds; True as soon as something may have changed. Raises what a `Line` raises."""
        end = self._clock() + timeout
        while True:
            if self._is_news():
                return True
            left = min(end, self._next()) - self._clock()
            if left > 0 and self._hear(left):
                self._look_at = None
                return True
            if self._clock() >= end:
                return False

    def _next(self) -> float:
        """When something is due without a word from the server."""
        return min(self._look_at or 0.0, self._idle_until or self._look_at or 0.0)

    def _is_news(self) -> bool:
        """The look at every folder, when it is due, and the beginning of another slice."""
        now = self._clock()
        if self._idle_until is not None and now >= self._idle_until:
            self.stop()
        fresh = self._idle_until is None and self._listen()
        if self._look_at is None or now >= self._look_at or fresh:
            # Also after each beginning: what came before IDLE began is told by nobody.
            self._look_at = now + LOOK_EVERY
            return self._changed()
        return False

    def _listen(self) -> bool:
        """Begin to listen; False where the server has no IDLE."""
        if not self._line.able("IDLE"):
            return False
        self._line.examine(FOLDER)
        with self._line.talk() as client:
            client.idle()
        self._idle_until = self._clock() + SLICE
        return True

    def _hear(self, seconds: float) -> bool:
        """Whether the server said anything of mail."""
        if self._idle_until is None:
            time.sleep(min(seconds, 1.0))
            return False
        began = self._clock()
        try:
            with self._line.talk() as client:
                answers = client.idle_check(seconds)
                if not answers and self._clock() - began < min(seconds, SHORT):
                    raise EOFError("the server closed it")
        except BaseException:
            self._idle_until = None
            raise
        if any(one[:1] == (b"BYE",) for one in answers):
            self.stop()
            raise Transient(f"{self._line.server.host} ended the line (account '{self._line.account}').")
        return any(one[:1] != (b"OK",) for one in answers)

    def stop(self) -> None:
        """End the slice. The line is left: the next slice shows on a fresh one that the way is open."""
        self._idle_until = None
        self._line.drop()
