"""Long lists in the memory of their letters alone: one sorted text, in which a line is found by halving."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

# Bytes between the places at which the halving begins: what is left is searched letter by letter, which is quick.
BLOCK = 1024


class SortedLines:
    """Lines in the order of their bytes, each a key, or a key, a tab and what is said of it. Sixty thousand lines as a
    dict are 15 MB and a tenth of a second, here their letters and no time; each question costs a microsecond or two."""

    __slots__ = ("_ends", "_heads", "_starts", "_text")

    def __init__(self, text: bytes) -> None:
        """`text`: each line ended by a line feed."""
        self._text = text = b"\n%b" % text
        last = len(text) - 1
        self._starts = [0]
        while 0 <= (at := text.find(b"\n", self._starts[-1] + BLOCK)) < last:
            self._starts.append(at)
        self._ends = [*(at + 1 for at in self._starts[1:]), last + 1]
        lines = (text[at + 1 : text.find(b"\n", at + 1)] for at in self._starts)
        self._heads = [line.partition(b"\t")[0] for line in lines]

    def __contains__(self, key: str) -> bool:
        """Whether there is such a line that says nothing beside its key."""
        return "\n" not in key and self._found(key.encode(errors="surrogatepass"), b"\n") >= 0

    def get(self, key: str) -> bytes | None:
        """What is said behind the key; None where there is no such line."""
        written = key.encode(errors="surrogatepass")
        at = self._found(written, b"\t")
        if at < 0:
            return None
        begin = at + len(written) + 2
        return self._text[begin : self._text.find(b"\n", begin)]

    def _found(self, key: bytes, end: bytes) -> int:
        at = max(bisect_right(self._heads, key) - 1, 0)
        return self._text.find(b"\n%b%b" % (key, end), self._starts[at], self._ends[at])


def word_list(words: Iterable[str]) -> SortedLines:
    """Words in any order, to be asked whether they hold one."""
    return SortedLines(b"".join(sorted({b"%b\n" % one.encode(errors="surrogatepass") for one in words})))
