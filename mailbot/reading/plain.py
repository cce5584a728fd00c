"""Sentences in one plain writing, so that cues need not know every way to write the same words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from mailbot.patterns import Pattern, compiled
from mailbot.reading.tables import table

BREAK = "\n"


def plain(texts: Sequence[str]) -> list[str]:
    """Each text in lower case, contractions written out, days and times of day as the tokens @day and @time."""
    joined = BREAK.join(" ".join(text.split()) for text in texts).lower()
    for pattern, put in _steps():
        joined = pattern.sub(put, joined)
    return [line.strip() for line in joined.split(BREAK)]


@cache
def _steps() -> tuple[tuple[Pattern, str], ...]:
    return tuple((compiled(step["find"]), step["put"]) for step in table("plain")["step"])
