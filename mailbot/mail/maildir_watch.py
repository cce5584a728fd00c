"""Notices that a Maildir changed, by the modification times of its folders. Files are never touched or read."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

FRESH = 2_000_000_000  # nanoseconds; file systems count in ticks of up to 2 s, so a fresh time may hide a second change


@dataclass(frozen=True, slots=True)
class Mark:
    """A folder as it was: its modification time, and its names where that time was too fresh to tell alone."""

    modified: int
    names: frozenset[Path] | None


def mark(path: Path) -> Mark:
    """The folder now; one that is not there has the time 0."""
    try:
        modified = path.stat().st_mtime_ns
        fresh = time.time_ns() - modified < FRESH
        return Mark(modified, frozenset(path.iterdir()) if fresh else None)
    except OSError:
        return Mark(0, None)


def marks(paths: Iterable[Path]) -> dict[Path, Mark]:
    """Each of the folders now."""
    return {path: mark(path) for path in paths}


def changed(before: dict[Path, Mark], paths: Iterable[Path]) -> bool:
    """Whether any of the folders, or which folders there are, may have changed since."""
    now = list(paths)
    return now != list(before) or any(_differs(before[path], path) for path in now)


def _differs(before: Mark, path: Path) -> bool:
    try:
        if path.stat().st_mtime_ns != before.modified:
            return True
        return before.names is not None and frozenset(path.iterdir()) != before.names
    except OSError:
        return before.modified != 0
