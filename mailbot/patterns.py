"""Regular expressions whose time is linear in the text (RE2); the only module that imports re2.

Mail is hostile input: the standard library's `re` backtracks and can be made to hang by a short line. Positions are
those of the Python string. RE2 knows no look-around and no back-references (its page 'Syntax').
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

import re2


class Match:
    """One match: `start` and `end` in the text, and the groups by number or name."""

    __slots__ = ("_match",)

    def __init__(self, match: object) -> None:
        self._match = match

    @property
    def start(self) -> int:
        return int(self._match.start())  # type: ignore[attr-defined]  # re2 ships no types

    @property
    def end(self) -> int:
        return int(self._match.end())  # type: ignore[attr-defined]

    def span(self, group: int | str = 0) -> tuple[int, int]:
        """Start and end of one group; (-1, -1) where it took no part."""
        number = self._match.re.groupindex[group] if isinstance(group, str) else group  # type: ignore[attr-defined]
        low, high = self._match.span(number)  # type: ignore[attr-defined]
        return int(low), int(high)

    def group(self, group: int | str = 0) -> str | None:
        """The text of one group; None where it took no part."""
        text = self._match.group(group)  # type: ignore[attr-defined]
        return None if text is None else str(text)

    @property
    def last(self) -> int:
        """The number of the last group that took part: the alternative that fitted."""
        return int(self._match.lastindex)  # type: ignore[attr-defined]

    def groups(self) -> dict[str, str | None]:
        """The named groups."""
        return dict(self._match.groupdict())  # type: ignore[attr-defined]

    @property
    def text(self) -> str:
        return str(self._match.group(0))  # type: ignore[attr-defined]


class Pattern:
    """A compiled expression; case is folded unless `case` is set."""

    __slots__ = ("_compiled", "source")

    def __init__(self, source: str, *, case: bool = False) -> None:
        options = re2.Options()
        options.case_sensitive = case
        options.log_errors = False
        self.source = source
        self._compiled = re2.compile(source, options)

    def search(self, text: str, start: int = 0, end: int | None = None) -> Match | None:
        found = self._compiled.search(text, start, len(text) if end is None else end)
        return None if found is None else Match(found)

    def match(self, text: str, start: int = 0) -> Match | None:
        """A match that begins at `start`."""
        found = self._compiled.match(text, start, len(text))
        return None if found is None else Match(found)

    def fullmatch(self, text: str) -> Match | None:
        found = self._compiled.fullmatch(text)
        return None if found is None else Match(found)

    def finditer(self, text: str) -> Iterator[Match]:
        return (Match(found) for found in self._compiled.finditer(text))

    def sub(self, replacement: str, text: str) -> str:
        return str(self._compiled.sub(replacement, text))

    def split(self, text: str) -> list[str]:
        return [str(piece) for piece in self._compiled.split(text)]


@lru_cache(maxsize=4096)
def compiled(source: str, *, case: bool = False) -> Pattern:
    """The pattern for `source`, compiled once."""
    return Pattern(source, case=case)


class PatternSet:
    """Many expressions matched in one pass: which of them occur anywhere in the text (RE2's Set)."""

    def __init__(self, sources: Iterable[str]) -> None:
        options = re2.Options()
        options.case_sensitive = False
        options.log_errors = False
        options.max_mem = 256 << 20
        self._set = re2.Set.SearchSet(options)
        self.size = 0
        for source in sources:
            self._set.Add(source)
            self.size += 1
        if self.size:
            self._set.Compile()

    def matching(self, text: str) -> list[int]:
        """The numbers, in the order in which they were given, of the expressions that occur in the text."""
        return sorted(self._set.Match(text) or ()) if self.size else []  # None where nothing matches
