"""Which tokens may begin a time: all others are passed over at once."""

from __future__ import annotations

from functools import cache

from mailbot.reading.dates.view import View, vocabulary, words

_KINDS = frozenset(
    ("isotime", "compact", "iso", "date", "clock", "slash", "dotted", "decimal", "ordinal", "number", "hours", "joined")
)
_TABLES = (
    *("months", "weekdays", "numbers", "ordinals", "parts", "named_times", "days", "shifts", "edges"),
    *("abbreviated_edges", "bounds"),
)


@cache
def _words() -> frozenset[str]:
    holidays = (name.replace("'", " ").split()[0] for name in vocabulary("holidays"))
    return words("beside", "starters").union(*(vocabulary(name) for name in _TABLES), holidays)


def may_begin(view: View, at: int) -> bool:
    token = view[at]
    return token.kind in _KINDS or token.low in _words() or (token.low[:1] == "q" and token.kind == "other")
