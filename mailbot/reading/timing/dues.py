"""By when something is due: news from them (`decision_by`), an answer of the reader's (`respond_by`)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from mailbot.patterns import compiled
from mailbot.reading.dates import Bound, DateContext, Length, Precision, Unit, When, days_ahead
from mailbot.reading.dates.zones import zone
from mailbot.reading.statements import Kind, Window
from mailbot.reading.timing.told import Meaning, Told

_BESIDE = compiled(r"^\W*(prior|before|after|in advance|ahead|ago|old|of (your|experience|notice))\b")
_AT_MOST = compiled(r"^\W*(or (less|sooner|earlier|fewer|before)|at (the )?(most|latest|maximum)|max|maximum|tops)\b")
_LEAST = 0.4  # how strongly the words must speak
_NEAR_BEST = 0.85  # of two that speak about as strongly, the first counts
_UNITS_OF_DAYS = (Unit.DAY, Unit.WORKDAY, Unit.WEEK, Unit.FORTNIGHT, Unit.MONTH)
_LAPSING = (Kind.ASSESSMENT, Kind.OFFER, Kind.INTERVIEW_REQUEST, Kind.INFORMATION_REQUEST, Kind.RECRUITER_OUTREACH)
_NO_NEWS = (Kind.REJECTION, Kind.RECRUITER_OUTREACH)


def decision_by(times: Sequence[Told], kinds: Sequence[Kind], context: DateContext) -> tuple[Window, Told] | None:
    """By when the hiring side says that news will come, and where it says so."""
    if kinds and kinds[0] in _NO_NEWS:
        return None
    dues = [one for one in times if _promises(one) and _is_due(one, context)]
    best = _first_of_best(dues, Meaning.DECISION)
    if best is None:
        return None
    window = _window(best, context)
    for other in dues:
        if other.line == best.line and other is not best and best.after.strip().startswith(("or", "-", "–", "to")):
            later = _window(other, context)
            if best.after.find(other.mention.quote) >= 0 and later.latest > window.latest:
                window = Window(window.earliest, later.latest)
    return window, best


def respond_by(times: Sequence[Told], kinds: Sequence[Kind], context: DateContext) -> tuple[date, Told] | None:
    """The day by which the reader is asked to answer, hand in or decide, and where it is said. That an invitation or
    a test lapses is such a day; that a link to a fixed talk does is none."""
    asks = (Meaning.RESPOND, Meaning.EXPIRY) if kinds and kinds[0] in _LAPSING else (Meaning.RESPOND,)
    dues = [one for one in times if _asks(one, asks) and _is_due(one, context) and _is_near(one, context)]
    best = _first_of_best(dues, *asks)
    return None if best is None else (_window(best, context).latest, best)


def _promises(one: Told) -> bool:
    weight = one.weight(Meaning.DECISION)
    rivals = [Meaning.RESPOND, Meaning.OTHER]
    if not _bounded(one):
        rivals += [Meaning.TELLING, Meaning.AVAILABILITY]
        if one.when is not None and one.when.precision in (Precision.DAY, Precision.INSTANT):
            rivals += [Meaning.INTERVIEW, Meaning.OFF, Meaning.NEW]
    return weight >= _LEAST and weight > one.weight(*rivals)


def _asks(one: Told, meanings: tuple[Meaning, ...]) -> bool:
    weight = one.weight(*meanings)
    rivals = [Meaning.DECISION, Meaning.OTHER]
    if one.when is None or one.when.bound not in (Bound.BY, Bound.BEFORE):
        rivals.append(Meaning.AVAILABILITY)
    return weight >= _LEAST and weight > one.weight(*rivals)


def _bounded(one: Told) -> bool:
    when = one.when
    return when is None or when.bound in (Bound.BY, Bound.BEFORE, Bound.WITHIN) or when.counted


def _first_of_best(dues: Sequence[Told], *meanings: Meaning) -> Told | None:
    best = max((one.weight(*meanings) for one in dues), default=0.0)
    return next((one for one in dues if one.weight(*meanings) >= best * _NEAR_BEST), None)


def _is_near(one: Told, context: DateContext) -> bool:
    """Whether it lies within some months: 'your results stay valid for a year' asks nothing."""
    return _window(one, context).latest - context.reference.date() <= timedelta(days=150)


def _is_due(one: Told, context: DateContext) -> bool:
    today = context.reference.astimezone(zone(context.zone)).date()
    if one.length is not None:
        return _in_days(one.length) and _BESIDE.search(one.after[:30]) is None
    when = one.when
    if when is None or when.last is None or when.last < today or when.bound is Bound.AFTER:
        return False
    if when.last - today > timedelta(days=400) or (when.bound is Bound.FROM and when.first == when.last):
        return False
    bounded = when.bound in (Bound.BY, Bound.BEFORE, Bound.WITHIN)
    return bounded or when.precision is not Precision.INSTANT or one.weight(Meaning.RESPOND, Meaning.EXPIRY) > 0.9


def _in_days(length: Length) -> bool:
    return length.unit in _UNITS_OF_DAYS or (length.unit is Unit.HOUR and length.high >= 24)


def _window(one: Told, context: DateContext) -> Window:
    if one.length is not None:
        first, last = days_ahead(context, one.length)
        return Window(None if first == last else first, last)
    at_most = _AT_MOST.search(one.after[:30]) is not None
    when = one.when or When()
    last = when.last or context.reference.date()
    if at_most or when.bound in (Bound.BY, Bound.BEFORE) or (when.bound is Bound.WITHIN and not _is_range(when)):
        return Window(None, last)
    return Window(when.first, last)


def _is_range(when: When) -> bool:
    return when.counted and when.first != when.last and when.bound is not Bound.WITHIN
