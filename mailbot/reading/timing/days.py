"""The days that a time names or counts, seen from its mail: 'within a week of the interview', 'by that Friday'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from mailbot.patterns import compiled
from mailbot.reading.dates import Bound, DateContext, Length, Precision, Unit, When, days_ahead
from mailbot.reading.dates.zones import zone
from mailbot.reading.statements import Kind, Window
from mailbot.reading.tables import table
from mailbot.reading.timing.talks import is_quotable
from mailbot.reading.timing.told import Told

_UNITS_OF_DAYS = (Unit.DAY, Unit.WORKDAY, Unit.WEEK, Unit.FORTNIGHT, Unit.MONTH)
_SUNDAY = 6
_POINTING = ("this", "next", "coming", "today", "tomorrow", "tonight")


@dataclass(frozen=True, slots=True)
class Setting:
    """From where the times of one mail are seen: `times` in order, the mail's kinds, and `talk`, the day of the talk
    that the mail fixes."""

    times: Sequence[Told]
    kinds: Sequence[Kind]
    context: DateContext
    talk: date | None = None

    @property
    def today(self) -> date:
        return self.context.reference.astimezone(zone(self.context.zone)).date()


def window(one: Told, setting: Setting) -> Window:
    """The days that a time names or counts, seen from the mail."""
    size = counted(one)
    if from_event(one, setting) and size is not None:
        first, last = days_ahead(setting.context, size, base_of(one, setting))
        return Window(None if size.low == size.high else first, last)
    if one.length is not None:
        first, last = days_ahead(setting.context, one.length)
        return Window(None if first == last else first, last)
    at_most = compiled(table("time/lines")["at_most"]).search(one.after[:30]) is not None
    when = _of_that_week(one, one.when or When(), setting)
    last = when.last or setting.today
    ahead = when.bound is Bound.BEFORE or (when.bound is Bound.BY and last.weekday() == _SUNDAY)
    if ahead and when.first is not None and when.first < last:
        return Window(None, _day_before(when.first))  # 'before April', 'by the weekend'
    bounded = when.bound in (Bound.BY, Bound.BEFORE, Bound.AFTER)
    if at_most or bounded or (when.bound is Bound.WITHIN and not _is_range(when)):
        return Window(None, last)
    return Window(when.first, last)


def answer_day(one: Told, setting: Setting) -> date:
    """The day of a deadline: a weekday alone is that before the talk, or the talks to choose from, which has a date."""
    day = window(one, setting).latest
    hours = [when for other in setting.times if (when := other.when) and is_quotable(other) and not when.counted]
    offered = [when.first for when in hours if when.first and when.bound is Bound.AT and when.first >= setting.today]
    talk = setting.talk or min(offered, default=None)
    earlier = day - timedelta(days=7)
    late = talk is not None and day >= talk and earlier >= setting.today
    return earlier if late and _names_weekday(one) else day


def _of_that_week(one: Told, when: When, setting: Setting) -> When:
    """'By that Friday' is the one that follows the talk, else the day told of before."""
    words = one.mention.quote.lower().split()
    at = next((at for at, word in enumerate(words) if word.strip(".,") in table("time/words")["weekdays"]), 0)
    said = f"{one.before}{' '.join(words[:at])}"
    if not is_bare_weekday(one) or compiled(table("time/lines")["that_day"]).search(said) is None:
        return when
    before = setting.times[: setting.times.index(one)]
    base = setting.talk or next((day.last for other in reversed(before) if (day := other.when) and day.last), None)
    if base is None or when.last is None:
        return when
    follows = base + timedelta(days=(when.last.weekday() - base.weekday()) % 7)
    return replace(when, first=follows, last=follows)


def is_bare_weekday(one: Told) -> bool:
    """Whether it names a weekday and no more: not 'this Friday' nor 'Friday 13 March'."""
    when, pointing = one.when, one.mention.quote.split()[0].lower() in _POINTING
    day = when is not None and when.precision is Precision.DAY and when.whole is Unit.DAY
    return day and not pointing and _names_weekday(one)


def _names_weekday(one: Told) -> bool:
    """Whether it tells its day by the weekday alone, whatever hour it adds in words."""
    words = one.mention.quote.lower().split()
    named = any(word.strip(".,") in table("time/words")["weekdays"] for word in words)
    return named and not any(character.isdigit() for character in one.mention.quote)


def _day_before(day: date) -> date:
    """The last weekday before a day."""
    return day - timedelta(days={0: 3, 6: 2}.get(day.weekday(), 1))


def _is_range(when: When) -> bool:
    return when.counted and when.first != when.last and when.bound is not Bound.WITHIN


def counted(one: Told) -> Length | None:
    """The length that is counted."""
    return one.length or (one.when.size if one.when is not None else None)


def in_days(length: Length) -> bool:
    return length.unit in _UNITS_OF_DAYS or (length.unit is Unit.HOUR and length.high >= 24)


def from_event(one: Told, setting: Setting) -> bool:
    """Whether what is counted runs from the talk, or from a day told of before: 'a week after the interview'."""
    size = counted(one)
    told = (compiled(table("time/lines")[name]).search(one.after[:60]) for name in ("after_talk", "after_that"))
    if size is None or not in_days(size):
        return False
    return any(found is not None for found in told) or _next_date(one, setting) is not None


def base_of(one: Told, setting: Setting) -> date | None:
    """The day from which that runs; None where the mail does not tell it."""
    if compiled(table("time/lines")["after_talk"]).search(one.after[:60]) is not None:
        return setting.talk
    if (named := _next_date(one, setting)) is not None:
        return named
    before = setting.times[: setting.times.index(one)]
    return next((when.last for other in reversed(before) if (when := other.when) and when.last), None)


def _next_date(one: Told, setting: Setting) -> date | None:
    """The day that stands behind a length as that from which it runs."""
    at = setting.times.index(one) + 1
    following = setting.times[at] if at < len(setting.times) else None
    if following is None or following.line != one.line or following.when is None:
        return None
    named = compiled(table("time/lines")["after_date"]).search(between(one, following)) is not None
    return following.when.last if named else None


def between(one: Told, other: Told) -> str:
    """The words between two times of one line."""
    return one.after[: max(0, len(one.after) - len(other.after) - len(other.mention.quote))]
