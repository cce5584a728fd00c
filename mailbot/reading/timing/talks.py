"""The times of a mail on their way to be interviews: which may be a talk, and which are a day or an hour alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo

from mailbot.patterns import compiled
from mailbot.reading.dates import Bound, Precision, When
from mailbot.reading.tables import table
from mailbot.reading.timing.told import Meaning, Told

_EXACT = 0.5  # how strongly a day and an hour speak for a talk by themselves
_JUST_PAST = timedelta(hours=2)
_SAME_VISIT = timedelta(minutes=100)  # between the end of one talk and the start of the next of one visit


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
    hour = when is not None and when.precision in (Precision.INSTANT, Precision.CLOCK)
    hour = hour and when is not None and not when.window and when.bound is Bound.AT
    meeting = max(meeting, _EXACT) if hour and when is not None and when.first is not None else meeting
    rivals = (Meaning.RESPOND, Meaning.OTHER) if hour else (Meaning.DECISION, Meaning.RESPOND, Meaning.OTHER)
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
    when = one.when
    exact = when is not None and when.precision is Precision.INSTANT and not round_part(when)
    return exact and when is not None and when.bound not in (Bound.BY, Bound.BEFORE)


def instants(times: Iterable[Told], now: datetime, zone: tzinfo) -> list[Talk]:
    """The instants still to come that the words do not make something else; windows where there are no others."""
    here = [one for one in times if _may_be_talk(one)]
    exact = [one for one in here if one.when is not None and not one.when.window]
    return [talk for one in exact or here if (talk := as_talk(one, one.when, now, zone)) is not None]


def _may_be_talk(one: Told) -> bool:
    when = one.when
    if when is None or when.precision is not Precision.INSTANT or when.bound in (Bound.BY, Bound.BEFORE, Bound.AFTER):
        return False
    over = compiled(table("time/formats")["over"]["before"]).search(one.before[-60:]) is not None
    return not over and not is_part_of_day(when) and is_meeting(one)


def visits(talks: Sequence[Talk]) -> list[Talk]:
    """Talks that follow on each other are one visit; the same moment told twice is one."""
    visits: list[Talk] = []
    for talk in sorted(talks, key=lambda one: (one.start, one.end is None)):
        last = visits[-1] if visits else None
        if last is not None and talk.start == last.start:
            ends = [end for end in (last.end, talk.end) if end is not None]
            visits[-1] = replace(last, end=max(ends) if ends else None)
        elif last is not None and talk.start - (last.end or last.start) <= _SAME_VISIT and _same_day(last, talk):
            ends = [end for end in (last.end, talk.end) if end is not None]
            visits[-1] = replace(last, end=max(ends) if talk.end is not None else None)
        else:
            visits.append(talk)
    return visits


def _same_day(one: Talk, other: Talk) -> bool:
    return one.start.date() == other.start.astimezone(one.start.tzinfo).date()
