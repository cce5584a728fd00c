"""Listening for new mail: IDLE (RFC 2177) in slices, each folder on a line of its own, and a look at every folder now
and then.

After an EOF, or on a line that a router has forgotten, IDLE is silent for ever. So no slice is longer than 9 minutes:
routers forget a silent line after 15 and less. Then every line is left and the next slice shows on fresh ones that the
way is open; whatever is odd before that ends the line. The look does not depend on IDLE.
"""

from __future__ import annotations

import select
import time
from collections.abc import Callable, Sequence

from mailbot.errors import MailbotError, Transient
from mailbot.mail.imap.folders import Folder
from mailbot.mail.imap.line import Line
from mailbot.mail.tables import table

SLICE = 9 * 60.0  # seconds of one IDLE
LOOK_EVERY = 10 * 60.0  # seconds between two looks at every folder
# What a server says of a folder in which nothing came or went.
NO_NEWS = frozenset({b"OK", b"NO", b"FLAGS", b"RECENT"})


def listens(host: str) -> int:
    """How many folders of an account on that server are listened to at once (data/listening.toml)."""
    limits = table("listening")
    known = next((one for one in limits["server"] if host.lower() in one["hosts"]), limits)
    return int(known["folders"])


class Listening:
    """One folder that is listened to, from now on. Raises what a `Line` raises."""

    def __init__(self, line: Line, folder: Folder) -> None:
        self._line = line
        self._quiet = NO_NEWS if folder.flagged else NO_NEWS | {b"FETCH"}
        self._silent = False
        try:
            line.examine(folder.name)
            with line.talk() as client:
                client.idle()
                self.number = client.socket().fileno()
        except BaseException:
            line.drop()
            raise

    def hear(self) -> bool:
        """What there is to be read: whether it is of mail."""
        with self._line.listen() as client:
            said = client.idle_check(0)
            # Nothing to be read may be a piece of TLS; twice in a row it is the end of the line.
            if self._silent and not said:
                raise EOFError("the server closed it")
            self._silent = not said
        if any(one[:1] == (b"BYE",) for one in said):
            self.stop()
            raise Transient(f"{self._line.server.host} ended the line (account '{self._line.account}').")
        return any(self._quiet.isdisjoint(one[:2]) for one in said)

    def stop(self) -> None:
        self._line.drop()


class Ear:
    """Waits for one account. `folders` are those to listen to, each on a line that `opener` gives, as many as the
    server takes; none where it has no IDLE. `changed` looks at every folder and tells whether
    anything came since it was last asked; `clock` counts seconds and never goes back."""

    def __init__(
        self,
        opener: Callable[[], Line],
        folders: Callable[[], Sequence[Folder]],
        changed: Callable[[], bool],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._opener = opener
        self._folders = folders
        self._changed = changed
        self._clock = clock
        self._listening: list[Listening] = []
        self._slice_until = self._look_at = 0.0

    def wait(self, timeout: float) -> bool:
        """At most so many seconds; True as soon as something may have changed. Raises what a `Line` raises."""
        end = self._clock() + timeout
        while True:
            if self._is_news():
                return True
            left = min(end, self._look_at, self._slice_until) - self._clock()
            if left > 0 and self._hear(left):
                self._look_at = 0.0
                return True
            if self._clock() >= end:
                return False

    def _is_news(self) -> bool:
        """The look at every folder, when it is due, and the beginning of another slice."""
        fresh = self._clock() >= self._slice_until
        if fresh:
            self._listen()
        if fresh or self._clock() >= self._look_at:
            # Also after each beginning: what came before IDLE began is told by nobody.
            self._look_at = self._clock() + LOOK_EVERY
            return self._changed()
        return False

    def _listen(self) -> None:
        self.stop()
        for folder in self._folders():
            try:
                self._listening.append(Listening(self._opener(), folder))
            except MailbotError:
                # The server takes no more lines, or the folder is gone: for these there is the look.
                if not self._listening:
                    raise
        self._slice_until = self._clock() + SLICE

    def _hear(self, seconds: float) -> bool:
        """Whether anything was said of mail, on any line."""
        if not self._listening:
            time.sleep(min(seconds, 1.0))
            return False
        poll = select.poll()
        by_number = {one.number: one for one in self._listening}
        for number in by_number:
            poll.register(number, select.POLLIN)
        said = [self._hears(by_number[number]) for number, _ in poll.poll(seconds * 1000)]
        return any(said)

    def _hears(self, one: Listening) -> bool:
        """The same of one line. The end of the first is raised; one of the others is missed until the next slice."""
        try:
            return one.hear()
        except MailbotError:
            if one is self._listening[0]:
                self.stop()
                raise
            self._listening.remove(one)
            return True

    def stop(self) -> None:
        """End the slice. The lines are left: an answer to DONE may never come."""
        for one in self._listening:
            one.stop()
        self._listening, self._slice_until = [], 0.0
