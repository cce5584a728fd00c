"""Long lists that stay in their file: what was learned is megabytes, of which a mail asks some hundred lines."""

from __future__ import annotations

import os
from bisect import bisect_right
from pathlib import Path

# Bytes of a block: the least that is read for a question.
BLOCK = 2048


class FiledLines:
    """The lines of a file of our own, each a key, a tab and what is said of it, in the order of their bytes, behind
    `head` lines of another kind. The first key of each block is kept; a question reads one block, which the system has
    at hand: it costs half a microsecond more than memory would."""

    __slots__ = ("_ends", "_file", "_keys", "_starts", "head")

    def __init__(self, path: str, head: int) -> None:
        """The file stays open for as long as the process lives."""
        self._keys: list[bytes] = []
        self._starts: list[int] = []
        with Path(path).open("rb") as lines:
            self.head = tuple(lines.readline() for _ in range(head))
            end = sum(map(len, self.head))
            while block := lines.readlines(BLOCK):
                self._keys.append(block[0].partition(b"\t")[0])
                self._starts.append(end)
                end += sum(map(len, block))
        self._ends = [*self._starts[1:], end]
        self._file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)

    def get(self, key: str) -> bytes | None:
        """What is said behind the key; None where there is no such line."""
        written = key.encode(errors="surrogatepass")
        at = bisect_right(self._keys, written) - 1
        if at < 0:
            return None
        block = b"\n" + os.pread(self._file, self._ends[at] - self._starts[at], self._starts[at])
        begin = block.find(b"\n%b\t" % written)
        if begin < 0:
            return None
        begin += len(written) + 2
        return block[begin : block.find(b"\n", begin)]
