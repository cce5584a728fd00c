"""Cues from a table: expressions with a slot, all tried in one linear pass, each with what it is worth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from mailbot.patterns import Match, Pattern, PatternSet, compiled
from mailbot.reading.tables import table

ANYTHING = ".+"  # stands for a slot in the first pass, which only tells what cannot match: full slots are too big


@dataclass(frozen=True, slots=True)
class Cue:
    """One row of a table: `weight` is what an occurrence says, `row` what else the table gives."""

    pattern: Pattern
    weight: float
    row: Mapping[str, Any]

    def says(self, key: str) -> bool:
        return bool(self.row.get(key, False))


class Cues:
    """The cues of one section of a table, with the named parts of their expressions filled in."""

    def __init__(self, rows: list[Mapping[str, Any]], parts: Mapping[str, str]) -> None:
        sources = [_filled(str(row["pattern"]), parts) for row in rows]
        self._cues = tuple(
            Cue(compiled(source), float(row.get("weight", 1)), row) for source, row in zip(sources, rows, strict=True)
        )
        loose = {name: ANYTHING if "(?P<" in part else part for name, part in parts.items()}
        self._set = PatternSet(_filled(str(row["pattern"]), loose) for row in rows)

    def found(self, text: str) -> Iterator[tuple[Cue, Match]]:
        """Every occurrence of every cue in the text."""
        for number in self._set.matching(text):
            cue = self._cues[number]
            for match in cue.pattern.finditer(text):
                yield cue, match


def _filled(source: str, parts: Mapping[str, str]) -> str:
    for name, part in parts.items():
        source = source.replace("{" + name + "}", part)
    return source


@cache
def cues(name: str, section: str, parts: tuple[tuple[str, str], ...] = ()) -> Cues:
    """The cues of one section of a table of this room; `parts` fill in what its expressions name in braces."""
    return Cues(list(table(name)[section]), dict(parts))
