"""What the grammar of time finds: values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum


class Bound(StrEnum):
    """What stands before a time: on it, up to it, from it on."""

    AT = "at"
    ABOUT = "about"
    BY = "by"  # by, until, no later than
    BEFORE = "before"
    WITHIN = "within"
    FROM = "from"
    AFTER = "after"


class Unit(StrEnum):
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WORKDAY = "workday"  # Monday to Friday without public holidays
    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Precision(StrEnum):
    """How much a time says."""

    INSTANT = "instant"  # a day and an hour
    DAY = "day"
    DAYS = "days"  # a range: a week, 'early March', '3 to 5 May'
    CLOCK = "clock"  # an hour without a day
    LENGTH = "length"  # how long, not when


@dataclass(frozen=True, slots=True)
class DateContext:
    """From where a text is read: `reference` is the moment of writing (aware), `zone` the IANA zone that holds where
    the text states none. `country` and `region` (ISO 3166) decide day order and holidays; empty: the zone's.
    `past`: the text tells of what has been. `order`: the country whose order of day and month it keeps; empty: the
    same."""

    reference: datetime
    zone: str
    country: str = ""
    region: str = ""
    past: bool = False
    order: str = ""


@dataclass(frozen=True, slots=True)
class When:
    """A day or days (`first` to `last`), a clock time or window (`start` to `end`), or both. `window` marks a part
    of the day ('afternoon') or 'between 10 and 4': the talk lies within it. `zone` is what the text states, None
    where it states none. `whole` is the unit that the words name ('week' for 'next week'). `counted` marks days
    counted from the moment of writing ('within two weeks')."""

    first: date | None = None
    last: date | None = None
    start: time | None = None
    end: time | None = None
    zone: tzinfo | None = None
    bound: Bound = Bound.AT
    whole: Unit = Unit.DAY
    window: bool = False
    counted: bool = False
    borrowed: bool = False  # the day or the hour comes from a neighbour in a list
    size: Length | None = None  # what was counted

    @property
    def precision(self) -> Precision:
        if self.last is None:
            return Precision.CLOCK
        if self.first != self.last:
            return Precision.DAYS
        return Precision.DAY if self.start is None else Precision.INSTANT

    def moment(self, zone: tzinfo) -> datetime | None:
        """The instant it starts, in its own zone, else in the one given; None where it is no instant. A time that
        the change to summer time skips is moved on by the hour."""
        if self.first is None or self.start is None or self.first != self.last:
            return None
        return _moment(self.first, self.start, self.zone or zone)

    def finish(self, zone: tzinfo) -> datetime | None:
        """The instant it ends; on the next day where the end is not later than the start."""
        began = self.moment(zone)
        if began is None or self.end is None or self.first is None:
            return None
        ended = _moment(self.first, self.end, self.zone or zone)
        return ended if ended > began else _moment(self.first + timedelta(days=1), self.end, self.zone or zone)


def _moment(day: date, clock: time, zone: tzinfo) -> datetime:
    naive = datetime.combine(day, clock)
    return datetime.fromtimestamp(naive.replace(tzinfo=zone).timestamp(), zone)


@dataclass(frozen=True, slots=True)
class Length:
    """How long: from `low` to `high` of a unit (equal where it is one figure)."""

    low: float
    high: float
    unit: Unit

    @property
    def precision(self) -> Precision:
        return Precision.LENGTH

    @property
    def duration(self) -> timedelta | None:
        """The time that a talk of this length takes; None for a range of lengths or for days."""
        if self.low != self.high or self.unit not in (Unit.MINUTE, Unit.HOUR):
            return None
        return timedelta(minutes=self.low * (60 if self.unit is Unit.HOUR else 1))


@dataclass(frozen=True, slots=True)
class Mention:
    """One time in a text: `quote` is `text[start:end]`. `confidence` is that the value is what the words mean; it is
    lower where the weekday contradicts the date or the order of day and month is a guess."""

    start: int
    end: int
    quote: str
    value: When | Length
    confidence: float = 1.0
