"""Which tokens may begin a time: all others are passed over at once."""

from __future__ import annotations

from functools import cache

from mailbot.reading.dates.view import View, vocabulary

_KINDS = frozenset({"isotime", "compact", "iso", "date", "clock", "slash", "dotted", "decimal", "ordinal", "number", "hours", "joined"})
_TABLES = (
    *("months", "weekdays", "numbers", "ordinals", "parts", "named_times", "days", "shifts", "edges"),
    *("abbreviated_edges", "bounds"),
)
_WORDS = frozenset(
    {
        *("the", "in", "within", "over", "during", "under", "inside", "up", "no", "not", "on", "at", "prior", "ahead"),
        *("week", "month", "year", "hours", "w/c", "w/b", "w/e", "new", "q1", "q2", "q3", "q4", "half", "quarter", "hour", "that", "same", "for"),
    }
)


@cache
def _words() -> frozenset[str]:
    holidays = (name.replace("'", " ").split()[0] for name in vocabulary("holidays"))
    return _WORDS.union(*(vocabulary(name) for name in _TABLES), holidays)


def may_begin(view: View, at: int) -> bool:
    token = view[at]
    return token.kind in _KINDS or token.low in _words() or (token.low[:1] == "q" and token.kind == "other")
