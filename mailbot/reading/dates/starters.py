"""Which tokens may begin a time: all others are passed over at once."""

from __future__ import annotations

from functools import cache

from mailbot.reading.dates.view import View, vocabulary, words

_KINDS = frozenset(
    ("isotime", "compact", "iso", "date", "clock", "slash", "dotted", "decimal", "ordinal", "number", "hours", "joined")
)
_TABLES = ("months", "weekdays", "numbers", "ordinals", "parts", "named_times", "days", "edges", "abbreviated_edges")
_OPENING = ("bounds", "shifts")
_FOLLOWS_WITHIN = 7  # tokens: 'on or before the close of the second'


@cache
def _openers() -> frozenset[str]:
    """Words that begin a time only where one of `_telling` follows."""
    return words("beside", "openers").union(*(vocabulary(name) for name in _OPENING))


@cache
def _telling() -> frozenset[str]:
    """Words that are of time by themselves."""
    holidays = (name.replace("'", " ").split()[0] for name in vocabulary("holidays"))
    return words("beside", "starters").union(*(vocabulary(name) for name in _TABLES), holidays) - _openers()


@cache
def _units() -> frozenset[str]:
    return frozenset(vocabulary("units")) | {"weekend", "holidays"}


@cache
def _of_time() -> frozenset[str]:
    """All words that may begin a time."""
    return _openers() | _telling() | {"then"}


def may_begin(view: View, at: int) -> bool:
    token = view[at]
    if token.kind == "word" and token.low not in _of_time():
        return False
    if token.low not in _openers():
        return _tells(view, at)
    ahead = range(at + 1, at + 1 + _FOLLOWS_WITHIN)
    return any(_tells(view, place) or view.low(place) in _units() for place in ahead)


def _tells(view: View, at: int) -> bool:
    token = view[at]
    if token.low == "then":
        return view.low(at - 1) in words("beside", "before_then")
    return token.kind in _KINDS or token.low in _telling() or (token.low[:1] == "q" and token.kind == "other")
