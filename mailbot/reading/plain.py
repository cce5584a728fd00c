"""Sentences in one plain writing, so that cues need not know every way to write the same words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from mailbot.patterns import Pattern, PatternSet, compiled
from mailbot.reading.tables import table

BREAK = "\n"


def plain(texts: Sequence[str]) -> list[str]:
    """Each text in lower case, contractions written out, days and times of day as the tokens @day and @time."""
    if not texts:
        return []
    joined = BREAK.join(" ".join(text.split()) for text in texts).lower()
    steps, occurring = _steps()
    at = 0
    # Most steps change nothing: each that does is looked for behind the last one.
    while (number := occurring.first(joined, at)) is not None:
        pattern, put = steps[number]
        joined = pattern.sub(put, joined)
        at = number + 1
    return [line.strip() for line in joined.split(BREAK)]


@cache
def _steps() -> tuple[tuple[tuple[Pattern, str], ...], PatternSet]:
    steps = tuple((compiled(step["find"]), str(step["put"])) for step in table("plain")["step"])
    return steps, PatternSet(pattern.source for pattern, _ in steps)
