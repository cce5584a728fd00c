"""One child process that reads mail: asked ahead, it answers in order."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from contextlib import suppress
from typing import BinaryIO, cast

from mailbot.apart.frames import HEAD, WHOLE, Answer, unpacked

START = 60.0  # seconds until a child must be ready, for headers and then for whole mails, on a slow and busy machine
PIECE = 64 * 1024  # bytes written or read at once: what a pipe holds on Linux
# What glibc keeps of memory that is given back (mallopt(3)): left to itself it keeps ever more.
KEPT = {"MALLOC_TRIM_THRESHOLD_": "65536", "MALLOC_MMAP_THRESHOLD_": "65536"}


class Worker:
    """Neither side ever waits for the other to read: what the child does not take yet is kept here. `whole`: it makes
    ready for whole mails at its start. Raises OSError where it cannot be started."""

    def __init__(self, *, whole: bool = False) -> None:
        # -P: nothing in the working directory can pose as one of our modules.
        command = [sys.executable, "-P", "-m", "mailbot.apart.child", *([WHOLE] if whole else [])]
        self._process = subprocess.Popen(  # noqa: S603 - our own module, no word of mail
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # whatever a library prints there may hold mail
            bufsize=0,
            env={**os.environ, **KEPT},
        )
        self._asks = cast(BinaryIO, self._process.stdin).fileno()
        self._answers = cast(BinaryIO, self._process.stdout).fileno()
        os.set_blocking(self._asks, False)
        self._unsent = bytearray()
        self._got = bytearray()
        self._since = time.monotonic()
        self._ready = False

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def is_ready(self, seconds: float) -> bool:
        """Whether it has said, so many seconds after its start at the latest, that it waits for mail. Raises EOFError
        where it has ended, msgspec.DecodeError for nonsense."""
        if not self._ready:
            with suppress(TimeoutError):
                self._said(seconds)
                self._ready = True
        return self._ready

    def ask(self, frame: bytes, *, idle: bool) -> None:
        """Put one question to it, when it is ready; `idle` says that it has answered all others."""
        if idle:
            self._since = time.monotonic()
        self._unsent += frame
        self.push()

    def answer(self, seconds: float) -> Answer:
        """Its answer to the first question that has none. Raises TimeoutError where it had that many seconds for it,
        EOFError where the child has ended, msgspec.DecodeError for nonsense."""
        answer = self._said(seconds)
        if answer.preparing:
            self._said(START)
            answer = self._said(seconds)
        return answer

    def _said(self, seconds: float) -> Answer:
        while (body := self._frame()) is None:
            until = self._since + seconds
            wanted = [self._asks] if self._unsent else []
            readable, writable, _ = select.select([self._answers], wanted, [], max(0.0, until - time.monotonic()))
            if not readable and not writable:
                raise TimeoutError
            if writable:
                self.push()
            if readable:
                self._receive()
        self._since = time.monotonic()
        return unpacked(Answer, body)

    def end(self) -> None:
        """End it at once."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            cast(BinaryIO, stream).close()

    def push(self) -> None:
        """Give it what it did not take so far, if it takes it now."""
        with suppress(BlockingIOError):
            try:
                while self._unsent:
                    del self._unsent[: os.write(self._asks, self._unsent[:PIECE])]
                    self._since = time.monotonic()  # a question counts from when it is there
            except BrokenPipeError:  # it has ended; what it answered before can still be read
                self._unsent.clear()

    def _receive(self) -> None:
        piece = os.read(self._answers, PIECE)
        if not piece:
            raise EOFError
        self._got += piece

    def _frame(self) -> bytes | None:
        """The body of its next answer, once that is whole."""
        if len(self._got) < HEAD.size:
            return None
        end = HEAD.size + HEAD.unpack_from(self._got)[0]
        if len(self._got) < end:
            return None
        body = bytes(self._got[HEAD.size : end])
        del self._got[:end]
        return body
