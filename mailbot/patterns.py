"""Regular expressions whose time is linear in the text (RE2); the only module that imports re2.

Mail is hostile input: the standard library's `re` backtracks and can be made to hang by a short line. Positions are
those of the Python string. RE2 knows no look-around and no back-references (its page 'Syntax').

A reading asks hundreds of small questions, and re2's own Python wrapper costs several times what RE2 does to answer
one: so this module calls the binding beneath it, and gives it a byte for each character (see letters.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import re2

from mailbot.letters import folded, narrow, own_places, spelt_out
from mailbot.needed import needed

_RE2 = re2._re2.RE2
_ANYWHERE, _AT_START, _WHOLE = _RE2.Anchor.UNANCHORED, _RE2.Anchor.ANCHOR_START, _RE2.Anchor.ANCHOR_BOTH

# Bytes for one expression and the states of it that RE2 remembers. Its default, 8 MB, times hundreds of expressions is
# more than the whole service may hold; with 2 MB a process that reads varied mail holds 35 MB more than with these, and
# is no faster. An expression that does not fit gets the next.
MEMORY = (256 << 10, 512 << 10, 2 << 20)
WORDS = 4 << 20  # bytes for the words by which a set knows which of its expressions to ask


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
    """An expression, compiled when it is first asked for; case is folded unless `case` is set. `often`: it is asked of
    every line of every mail."""

    __slots__ = ("_case", "_match", "_names", "_of_a_line", "_often", "_own", "source")

    def __init__(self, source: str, *, case: bool = False, often: bool = False) -> None:
        self.source = source
        self._case = case
        self._often = often
        self._match: Any = None  # of the binding, which has no types
        self._names: dict[str, int] = {}
        self._own: dict[int, str] = {}
        self._of_a_line: Pattern | None = None

    def compile(self) -> Any:
        """The binding's match function. Raises ValueError for what is no expression."""
        self._own = own_places(self.source, case=self._case)
        source = self.source if self._case else folded(self.source)
        memory = MEMORY[-1:] if self._often else MEMORY
        expression = _fitting(spelt_out(source, self._own), memory, case=self._case)
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
        match = self._match or self.compile()
        data = narrow(text, self._own)
        high = len(data) if end is None else min(end, len(data))
        if start > high:
            return None
        spans = match(_ANYWHERE, data, start, high)
        return None if spans[0][0] < 0 else Match(self, text, spans)

    def match(self, text: str, start: int = 0) -> Match | None:
        """A match that begins at `start`."""
        return self._fixed(_AT_START, text, start)

    def fullmatch(self, text: str) -> Match | None:
        return self._fixed(_WHOLE, text, 0)

    def may_fit_a_line(self, lines: Iterable[str]) -> bool:
        """Whether any of these may match from end to end: one question for all of them, where mostly none does."""
        if self._of_a_line is None:
            self._of_a_line = Pattern(f"(?m)^(?:{self.source})$", case=self._case, often=self._often)
        return self._of_a_line.search("\n".join(lines)) is not None

    def occurs(self, text: str, data: bytes) -> bool:
        """Whether there is a match anywhere; `data` is the text in the common alphabet (see `narrow`)."""
        match = self._match or self.compile()
        if self._own:
            data = narrow(text, self._own)
        return bool(match(_ANYWHERE, data, 0, len(data))[0][0] >= 0)

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
        if self.search(text) is None:
            return text
        pieces: list[str] = []
        at = 0
        for match in self.finditer(text):
            put = replacement if "\\" not in replacement else _expanded(replacement, match)
            pieces += (text[at : match.start], put)
            at = match.end
        return "".join((*pieces, text[at:]))

    def split(self, text: str) -> list[str]:
        """The pieces between the matches, and the groups of each match between them."""
        pieces: list[str] = []
        at = 0
        for match in self.finditer(text):
            pieces.append(text[at : match.start])
            pieces += [match.group(number) or "" for number in range(1, len(match._spans))]
            at = match.end
        return [*pieces, text[at:]]

    def _fixed(self, anchor: object, text: str, start: int) -> Match | None:
        match = self._match or self.compile()
        data = narrow(text, self._own)
        if start > len(data):
            return None
        spans = match(anchor, data, start, len(data))
        return None if spans[0][0] < 0 else Match(self, text, spans)


def _fitting(source: bytes, memory: Sequence[int], *, case: bool) -> Any:
    """The binding's expression, in the least of these memories that it fits in."""
    for size in memory:
        expression = _RE2(source, _options(case, size))
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
def compiled(source: str, *, case: bool = False, often: bool = False) -> Pattern:
    """The pattern for `source`, compiled once."""
    return Pattern(source, case=case, often=often)


class PatternSet:
    """Many expressions at once: which of them occur anywhere in the text. Case is folded unless `case` is set. A text
    has the words of a few: only these are compiled, when they are first met.

    RE2's Filter knows the words as well, but holds all expressions compiled, and its Set, one automaton for all, builds
    states for each new text: either takes more memory, the latter more time, than all the rest of a reading. A source
    that is no expression is found when it is asked: ValueError.
    """

    def __init__(self, sources: Iterable[str], *, case: bool = False) -> None:
        self._patterns = [compiled(source, case=case) for source in sources]
        self.size = len(self._patterns)
        self._always: list[int] = []
        # Of each word the alternatives whose rarest need it meets: whose each is, and what else it needs.
        self._met: list[list[tuple[int, tuple[frozenset[int], ...]]]] = []
        options = _options(False, WORDS)
        options.literal = True
        self._words = re2._re2.Set(_ANYWHERE, options)
        known: dict[str, int] = {}
        for number, pattern in enumerate(self._patterns):
            several = needed(pattern.source)
            if not several:
                self._always.append(number)
            for needs in several:
                rarest, *others = (frozenset(self._number(word, known) for word in need) for need in needs)
                for word in rarest:
                    self._met[word].append((number, tuple(others)))
        if known and not self._words.Compile():
            raise ValueError(f"too many words: {len(known)}")

    def _number(self, word: str, known: dict[str, int]) -> int:
        if word not in known:
            known[word] = len(known)
            self._words.Add(word.encode())
            self._met.append([])
        return known[word]

    def matching(self, text: str) -> list[int]:
        """The numbers, in the order in which they were given, of the expressions that occur in the text."""
        data = narrow(text, {})
        return [one for one in self._asked(data) if self._patterns[one].occurs(text, data)]

    def first(self, text: str, start: int) -> int | None:
        """The first of these numbers from `start` on; None where there is none."""
        data = narrow(text, {})
        asked = (one for one in self._asked(data) if one >= start)
        return next((one for one in asked if self._patterns[one].occurs(text, data)), None)

    def _asked(self, data: bytes) -> list[int]:
        """Whichever may occur."""
        words = frozenset(self._words.Match(data)) if self._met else frozenset()
        asked = set(self._always)
        for word in words:
            for number, others in self._met[word]:
                for need in others:
                    if words.isdisjoint(need):
                        break
                else:
                    asked.add(number)
        return sorted(asked)
