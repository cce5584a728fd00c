"""Regular expressions whose time is linear in the text (RE2); the only module that imports re2.

Mail is hostile input: the standard library's `re` backtracks and can be made to hang by a short line. Positions are
those of the Python string. RE2 knows no look-around and no back-references (its page 'Syntax').

A reading asks hundreds of small questions, and re2's own Python wrapper costs several times what RE2 does to answer
one: so this module calls the binding beneath it, and gives it a byte for each character (see letters.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import re2

from mailbot.letters import folded, narrow, own_places, roughly, spelt_out

_RE2 = re2._re2.RE2
_ANYWHERE, _AT_START, _WHOLE = _RE2.Anchor.UNANCHORED, _RE2.Anchor.ANCHOR_START, _RE2.Anchor.ANCHOR_BOTH

# Bytes for one expression and the states of it that RE2 remembers. Its default, 8 MB, times hundreds of expressions is
# more than the whole service may hold; with 2 MB a process that reads varied mail holds 35 MB more than with these, and
# is no faster. An expression that does not fit gets the next.
MEMORY = (256 << 10, 512 << 10, 2 << 20)


class Match:
    """One match: `start` and `end` in the text, and the groups by number or name."""

    __slots__ = ("_pattern", "_spans", "_text", "end", "start")

    def __init__(self, pattern: Pattern, text: str, spans: list[tuple[int, int]]) -> None:
        self._pattern = pattern
        self._text = text
        self._spans = spans
        self.start, self.end = spans[0]

    def span(self, group: int | str = 0) -> tuple[int, int]:
        """Start and end of one group; (-1, -1) where it took no part."""
        return self._spans[self._pattern.number(group)]

    def group(self, group: int | str = 0) -> str | None:
        """The text of one group; None where it took no part."""
        low, high = self._spans[self._pattern.number(group)]
        return None if low < 0 else self._text[low:high]

    @property
    def last(self) -> int:
        """The number of the last group that took part: the alternative that fitted; 0 where none did. Of groups that
        end together, the outermost."""
        ends = [high for _, high in self._spans[1:]]
        latest = max(ends, default=-1)
        return 0 if latest < 0 else ends.index(latest) + 1

    def groups(self) -> dict[str, str | None]:
        """The named groups."""
        return {name: self.group(number) for name, number in self._pattern.names.items()}

    @property
    def text(self) -> str:
        return self._text[self.start : self.end]


class Pattern:
    """An expression, compiled when it is first asked for; case is folded unless `case` is set."""

    __slots__ = ("_case", "_match", "_names", "_own", "source")

    def __init__(self, source: str, *, case: bool = False) -> None:
        self.source = source
        self._case = case
        self._match: Any = None  # of the binding, which has no types
        self._names: dict[str, int] = {}
        self._own: dict[int, str] = {}

    def compile(self) -> Any:
        """The binding's match function. Raises ValueError for what is no expression."""
        self._own = own_places(self.source, case=self._case)
        source = self.source if self._case else folded(self.source)
        expression = _fitting(spelt_out(source, self._own), case=self._case)
        if not expression.ok():
            raise ValueError(f"{expression.error()}: {self.source[:200]}")
        self._names = {name.decode(): number for name, number in expression.NamedCapturingGroups()}
        self._match = expression.Match
        return self._match

    @property
    def names(self) -> dict[str, int]:
        """The number of each named group."""
        if self._match is None:
            self.compile()
        return self._names

    def number(self, group: int | str) -> int:
        return group if isinstance(group, int) else self._names[group]

    def search(self, text: str, start: int = 0, end: int | None = None) -> Match | None:
        return self._first(_ANYWHERE, text, start, end)

    def match(self, text: str, start: int = 0) -> Match | None:
        """A match that begins at `start`."""
        return self._first(_AT_START, text, start, None)

    def fullmatch(self, text: str) -> Match | None:
        return self._first(_WHOLE, text, 0, None)

    def finditer(self, text: str) -> Iterator[Match]:
        match = self._match or self.compile()
        data = narrow(text, self._own)
        size, at = len(data), 0
        while (spans := match(_ANYWHERE, data, at, size))[0][0] >= 0:
            yield Match(self, text, spans)
            if at == size:
                return
            at = max(spans[0][1], at + 1)  # after an empty match the search goes on behind the next character

    def sub(self, replacement: str, text: str) -> str:
        """The text with each match replaced; the replacement may name groups: `\\1`, `\\g<name>`."""
        pieces: list[str] = []
        at = 0
        for match in self.finditer(text):
            put = replacement if "\\" not in replacement else _expanded(replacement, match)
            pieces += (text[at : match.start], put)
            at = match.end
        return "".join((*pieces, text[at:])) if pieces else text

    def split(self, text: str) -> list[str]:
        """The pieces between the matches, and the groups of each match between them."""
        pieces: list[str] = []
        at = 0
        for match in self.finditer(text):
            pieces.append(text[at : match.start])
            pieces += [match.group(number) or "" for number in range(1, len(match._spans))]
            at = match.end
        return [*pieces, text[at:]]

    def _first(self, anchor: object, text: str, start: int, end: int | None) -> Match | None:
        match = self._match or self.compile()
        data = narrow(text, self._own)
        high = len(data) if end is None else min(end, len(data))
        if start > high:
            return None
        spans = match(anchor, data, start, high)
        return None if spans[0][0] < 0 else Match(self, text, spans)


def _fitting(source: bytes, *, case: bool) -> Any:
    """The binding's expression, in the least memory that it fits in."""
    for memory in MEMORY:
        expression = _RE2(source, _options(case, memory))
        if expression.ok():
            break
    return expression


def _options(case: bool, memory: int) -> Any:
    options = _RE2.Options()
    options.encoding = options.Encoding.LATIN1
    options.case_sensitive = case
    options.log_errors = False
    options.max_mem = memory
    return options


def _expanded(replacement: str, match: Match) -> str:
    pieces: list[str] = []
    for text, group in _template(replacement):
        pieces += (text, (match.group(group) or "") if group is not None else "")
    return "".join(pieces)


@lru_cache(maxsize=512)
def _template(replacement: str) -> tuple[tuple[str, int | str | None], ...]:
    """A replacement as pieces of text, each with the group that follows it."""
    found: list[tuple[str, int | str | None]] = []
    text, *rest = replacement.split("\\")
    for piece in rest:
        if piece.startswith("g<"):
            name, _, after = piece[2:].partition(">")
            found.append((text, int(name) if name.isdigit() else name))
            text = after
        elif piece[:1].isdigit():
            found.append((text, int(piece[0])))
            text = piece[1:]
        else:
            raise ValueError(f"no group is named in {replacement!r}")
    return (*found, (text, None))


@lru_cache(maxsize=4096)
def compiled(source: str, *, case: bool = False) -> Pattern:
    """The pattern for `source`, compiled once."""
    return Pattern(source, case=case)


class PatternSet:
    """Many expressions at once: which of them occur anywhere in the text. Case is folded unless `case` is set.

    RE2's Filter looks for the words that expressions cannot do without in one pass, and tries only those expressions
    whose words are there. RE2's Set, one automaton for all, builds states for each new text: for hundreds of
    expressions it takes more time and memory than all the rest of a reading.
    """

    def __init__(self, sources: Iterable[str], *, case: bool = False) -> None:
        self._filter = re2._re2.Filter()
        self._exactly: dict[int, Pattern] = {}  # those of which the filter knows only roughly where they occur
        self.size = 0
        sizes = [_options(case, memory) for memory in MEMORY]
        for source in sources:
            rough = roughly(source)
            spelt = spelt_out(rough, {})
            if all(self._filter.Add(spelt, options) < 0 for options in sizes):
                raise ValueError(f"no expression: {source[:200]}")
            if rough != source:
                self._exactly[self.size] = compiled(source, case=case)
            self.size += 1
        if self.size:
            self._filter.Compile()

    def matching(self, text: str) -> list[int]:
        """The numbers, in the order in which they were given, of the expressions that occur in the text."""
        if not self.size:
            return []
        found = sorted(self._filter.Match(narrow(text, {}), False))
        return [one for one in found if one not in self._exactly or self._exactly[one].search(text)]
