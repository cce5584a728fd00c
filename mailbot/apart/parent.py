"""The parent's side: hands one mail at a time to the child, and does without it when it takes too long."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from collections.abc import Callable
from typing import BinaryIO, cast

import msgspec

from mailbot.apart.frames import HEAD, Answer, Question, packed, unpacked
from mailbot.errors import Transient, Unreadable
from mailbot.mail.port import RawMessage
from mailbot.reading.statements import Reader, Reading

SECONDS = 5.0  # that one mail may take
IDLE = 50.0  # seconds without mail after which the child is let go
# By how many bytes a child may grow before another takes its place: its expressions remember what they have met, and
# each mail is to have its memory for itself.
GROWN = 64 << 20
START = 60.0  # seconds until a new child must be ready, on a slow and busy machine


class ReaderApart:
    """Reads mail as `read_raw` does, in a child that is started when it is needed. For one thread at a time.
    `answered` is called after every mail."""

    def __init__(
        self, *, seconds: float = SECONDS, grown: int = GROWN, answered: Callable[[], None] = lambda: None
    ) -> None:
        self._seconds = seconds
        self._grown = grown
        self._answered = answered
        self._used = time.monotonic()
        self._child: subprocess.Popen[bytes] | None = None

    def __call__(self, raw: RawMessage, reader: Reader) -> Reading | None:
        """Raises Unreadable, also where the mail breaks the limits; Transient where no child can be started."""
        child = self._ready()
        try:
            answer = self._asked(child, Question(raw, reader))
        except (OSError, EOFError, TimeoutError, msgspec.DecodeError) as error:
            self.close()
            raise Unreadable(_why(error, self._seconds)) from error
        finally:
            self._used = time.monotonic()
            self._answered()
        if answer.last:
            self.close()
        if answer.unreadable is not None:
            raise Unreadable(answer.unreadable)
        return answer.reading

    def rest(self) -> None:
        """End a child that has had nothing to do for IDLE seconds: its memory is worth more than its start."""
        if time.monotonic() - self._used > IDLE:
            self.close()

    def close(self) -> None:
        """End the child; the next mail starts another."""
        if self._child is not None:
            self._child.kill()
            self._child.wait()
            for stream in (self._child.stdin, self._child.stdout):
                cast(BinaryIO, stream).close()
            self._child = None

    @property
    def pid(self) -> int | None:
        """The child's process id while there is one."""
        return self._child.pid if self._child else None

    def _ready(self) -> subprocess.Popen[bytes]:
        """A child that waits for mail."""
        if self._child is not None and self._child.poll() is not None:
            self.close()
        if self._child is None:
            try:
                self._child = _started(self._grown)
                self._received(self._child, START)
            except (OSError, EOFError, TimeoutError) as error:
                self.close()
                raise Transient(f"The process that reads mail did not start: {error}.") from error
        return self._child

    def _asked(self, child: subprocess.Popen[bytes], question: Question) -> Answer:
        cast(BinaryIO, child.stdin).write(packed(question))
        return self._received(child, self._seconds)

    def _received(self, child: subprocess.Popen[bytes], seconds: float) -> Answer:
        number = cast(BinaryIO, child.stdout).fileno()
        until = time.monotonic() + seconds
        (length,) = HEAD.unpack(_exactly(number, HEAD.size, until))
        return unpacked(Answer, _exactly(number, length, until))


def _started(grown: int) -> subprocess.Popen[bytes]:
    # -P: nothing in the working directory can pose as one of our modules.
    command = [sys.executable, "-P", "-m", "mailbot.apart.child", str(grown)]
    return subprocess.Popen(  # noqa: S603 - our own module, no word of mail
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # whatever a library prints there may hold mail
        bufsize=0,
    )


def _exactly(number: int, size: int, until: float) -> bytes:
    """That many bytes. Raises EOFError where the stream ends, TimeoutError past the monotonic moment `until`."""
    got = bytearray()
    while len(got) < size:
        if not select.select([number], [], [], max(0.0, until - time.monotonic()))[0]:
            raise TimeoutError
        piece = os.read(number, size - len(got))
        if not piece:
            raise EOFError
        got += piece
    return bytes(got)


def _why(error: Exception, seconds: float) -> str:
    if isinstance(error, TimeoutError):
        return f"Reading it took more than {seconds:.0f} seconds."
    return "Reading it took more memory than a mail may have."
