"""The times of a mail on their way to be interviews: which may be a talk, and which are a day or an hour alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from mailbot.reading.dates import Bound, Precision, When
from mailbot.reading.tables import table
from mailbot.reading.timing.told import Meaning, Told

_EXACT = 0.5  # how strongly a day and an hour speak for a talk by themselves
_JUST_PAST = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Texts:
    """The times of a mail by where they stand; `quoted` is read only when it is needed."""

    new: tuple[Told, ...]
    subject: tuple[Told, ...]
    quoted: Callable[[], tuple[Told, ...]]


@dataclass(frozen=True, slots=True)
class Talk:
    """A time on its way to be an interview."""

    start: datetime
    end: datetime | None
    told: Told


def is_part_of_day(when: When) -> bool:
    """'Tuesday morning': no hour is said."""
    return when.window and when.bound is not Bound.FROM and when.borrowed is False and round_part(when)


def round_part(when: When) -> bool:
    hours = table("time/words")["parts"].values()
    return when.start is not None and when.end is not None and any(
        (when.start.strftime("%H:%M"), when.end.strftime("%H:%M")) == (low, high) for low, high, _ in hours
    )


def is_meeting(one: Told) -> bool:
    """Whether the words around it do not make it a deadline or something else."""
    meeting = max(one.weight(Meaning.INTERVIEW, Meaning.NEW, Meaning.OFF, Meaning.CHOSEN, Meaning.TELLING), 0.35)
    when = one.when
    exact = when is not None and when.precision is Precision.INSTANT and not when.window and when.bound is Bound.AT
    meeting = max(meeting, _EXACT) if exact else meeting
    rivals = (Meaning.RESPOND, Meaning.OTHER) if exact else (Meaning.DECISION, Meaning.RESPOND, Meaning.OTHER)
    return one.weight(*rivals) <= meeting


def as_talk(one: Told, when: When | None, now: datetime, zone: tzinfo) -> Talk | None:
    start = when.moment(zone) if when is not None else None
    if when is None or start is None or start < now - _JUST_PAST or start > now + timedelta(days=400):
        return None
    return Talk(start, when.finish(zone), one)


def is_day(one: Told) -> bool:
    when = one.when
    return when is not None and when.precision is Precision.DAY and when.start is None and is_meeting(one) and (
        when.bound in (Bound.AT, Bound.ABOUT)
    )


def is_clock(one: Told) -> bool:
    when = one.when
    exact = when is not None and when.precision is Precision.CLOCK and not round_part(when)
    return exact and when is not None and when.bound not in (Bound.BY, Bound.BEFORE, Bound.AFTER) and is_meeting(one)


def is_quotable(one: Told) -> bool:
    return one.when is not None and one.when.precision is Precision.INSTANT and not round_part(one.when)
