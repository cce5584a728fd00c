"""The words that bound a time: 'by', 'no later than', 'Monday after 5pm', 'at the latest'."""

from __future__ import annotations

from mailbot.reading.dates.values import Bound
from mailbot.reading.dates.view import View, vocabulary, words

_DATES = ("ordinal", "date", "iso", "slash")
_SEVERAL = (  # bounds of several words
    *((("on", "or", "before"), Bound.BY), (("at", "or", "before"), Bound.BY), (("between", "now", "and"), Bound.BY)),
    *((("up", "until"), Bound.BY), (("up", "till"), Bound.BY)),
    *((("no", "earlier", "than"), Bound.FROM), (("not", "before"), Bound.FROM), (("not", "until"), Bound.FROM)),
    *((("prior", "to"), Bound.BEFORE), (("ahead", "of"), Bound.BEFORE)),
)
_OPENERS = frozenset(("no", "not", "on", "at", "prior", "ahead", "up", "latest", "between"))  # with which one begins
_LAST = frozenset(("at", "latest", "included", "inclusive", "(", "or"))  # with which what makes a time the last begins


def bound_at(view: View, at: int) -> tuple[Bound, int]:
    """The bound that stands before a time ('by', 'no later than', 'between'), and where the time begins."""
    if (named := _named_bound(view, at)) is not None:
        return named
    low = view.low(at)
    word = vocabulary("bounds").get(low)
    if low == "within" and _is_dated(view, at + 1):
        return Bound.BY, at + 1
    visit = low == "by" and view.low(at - 1) in words("beside", "before_by")
    if word is None or low == "in" or low == "within" or visit:
        return Bound.AT, at + visit
    labels = word == "by" or view[at - 1].kind == "word"  # 'finish before: 16 May', not a label 'Before: 16 May'
    return Bound(word), view.skip(at + 1, ":") if labels else at + 1


def _named_bound(view: View, at: int) -> tuple[Bound, int] | None:
    """A bound of several words: 'no later than', 'on or before', 'prior to', 'up to the 14th'."""
    if view.low(at) not in _OPENERS:
        return None
    if view.sees(at, "no", "later", "than") or view.sees(at, "not", "later", "than"):
        place = view.skip(at + 3, ":")
        return Bound.BY, view.skip(place, "the") if view[place + 1].kind == "clock" else place
    for several, bound in _SEVERAL:
        if view.sees(at, *several):
            return bound, at + len(several)
    if view.sees(at, "up", "to"):
        place = at + 4 if view.sees(at + 2, "and", "including") else at + 2
        return (Bound.BY, place) if _is_dated(view, place) else None
    if view.sees(at, "at", "the", "latest") and view.low(at + 3) in ("on", "by"):
        return Bound.BY, at + 4
    if view.low(at) == "latest" and view.low(at + 1) == "on" and view.low(at - 1) != "the" and _is_dated(view, at + 2):
        return Bound.BY, at + 2
    if view.low(at) == "latest" and view.low(at + 1) not in ("by", "on", "before"):
        return Bound.BY, at + 1
    return None


def _is_dated(view: View, at: int) -> bool:
    """Whether a weekday or a date begins there, and no count: 'within Monday', 'up to the 14th'."""
    place = view.skip(at, "the")
    named = view.weekday(place) is not None or view.month(place) is not None or view[place].kind in _DATES
    return named or (view[place].kind == "number" and view.month(place + 1, beside_day=True) is not None)


def bound_between(view: View, low: int, high: int) -> Bound:
    """The bound among the words between day and hour: 'Monday after 5pm'."""
    told = (one for place in range(low, high) if (one := view.low(place)) in words("beside", "bounds_between"))
    return Bound(vocabulary("bounds")[next(told, "at")])


def latest_after(view: View, at: int) -> int:
    """After words behind a time that make it the last: 'at the latest', 'or earlier', 'included'; else `at`."""
    if view.low(at) not in _LAST:
        return at
    if view.sees(at, "at", "the", "latest") or view.sees(at, "at", "the", "outside"):
        return at + 3
    if view.sees(at, "at", "the", "very", "latest"):
        return at + 4
    if view.low(at) in ("latest", "included", "inclusive"):
        return at + 1
    if view.low(at) == "(" and view.low(at + 1) in ("included", "inclusive") and view.low(at + 2) == ")":
        return at + 3
    return at + 2 if view.low(at) == "or" and view.low(at + 1) in ("earlier", "before") else at
