"""Which times to name in answer to an invitation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from mailbot.drafting.letter import Me
from mailbot.drafting.wording import Manner, zone_label
from mailbot.etiquette.workdays import public_holidays, whose_holidays
from mailbot.reading.statements import Reader, Slot
from mailbot.tracking.application import Application, MeetingStatus

AHEAD = timedelta(hours=24)
AT_LEAST_AHEAD = timedelta(hours=3)  # where all that is offered is sooner
CLEAR = timedelta(hours=1)  # between two talks
TALK = timedelta(hours=1)  # where the length is not said
A_TALK_AT_MOST = timedelta(minutes=90)  # a longer offer is a window to choose a start from
STEP = timedelta(minutes=30)
WINDOW_STEPS = 1_500  # a month of half hours
PROPOSALS = 3
HORIZON = 30  # days within which times are proposed
_THEIR_HOURS = (time(9), time(17))
_ASKED_FOR = (10, 14, 11, 15, 9, 16, 13, 12)  # hours to propose, the likeliest first


@dataclass(frozen=True, slots=True)
class Diary:
    """When the person can talk: `busy` is what they have to do from `now` on; in the hours of `me`."""

    me: Me
    now: datetime
    busy: tuple[tuple[datetime, datetime], ...]
    ahead: timedelta = AHEAD

    def fits(self, start: datetime, length: timedelta) -> bool:
        """Far enough ahead, within the person's hours, and an hour clear of all that is known."""
        begin = start.astimezone(ZoneInfo(self.me.zone))
        end = (start + length).astimezone(ZoneInfo(self.me.zone))
        inside = begin.date() == end.date() and self.me.hours.start <= begin.time() and end.time() <= self.me.hours.end
        clear = all(start >= over + CLEAR or start + length <= begins - CLEAR for begins, over in self.busy)
        return inside and clear and start >= self.now + self.ahead


Busy = tuple[datetime, datetime]


def diary(
    me: Me, now: datetime, applications: Iterable[Application], asking: Sequence[str], busy: Sequence[Busy] = ()
) -> Diary:
    """The known interviews of all applications, without those that the messages that ask fix themselves, and what the
    person's own calendar holds (`busy`)."""
    meetings = (one for application in applications for one in application.meetings)
    held = (one for one in meetings if one.status is not MeetingStatus.CANCELLED and one.over_at > now)
    talks = ((one.start, one.over_at) for one in held if set(asking).isdisjoint(one.fixed_by))
    return Diary(me, now, (*talks, *busy))


def choose(slots: Sequence[Slot], diary: Diary) -> tuple[datetime, ...]:
    """First and second choice: the earliest of the offered times that fit, of two different offers where there are; in
    the zone in which they are offered. Only where all of them are sooner than 24 hours, one of those."""
    return _two(slots, diary) or _two(slots, replace(diary, ahead=AT_LEAST_AHEAD))


def _two(slots: Sequence[Slot], diary: Diary) -> tuple[datetime, ...]:
    by_slot = [list(_fitting(slot, diary)) for slot in slots]
    starts = sorted({fitting[0] for fitting in by_slot if fitting})
    if len(starts) == 1:
        starts += sorted(one for fitting in by_slot for one in fitting if one >= starts[0] + TALK)[:1]
    return tuple(starts[:2])


def _fitting(slot: Slot, diary: Diary) -> Iterator[datetime]:
    length = slot.end - slot.start if slot.end and slot.end > slot.start else TALK
    if length <= A_TALK_AT_MOST:
        return iter([slot.start] if diary.fits(slot.start, length) else [])
    whole_days = length >= timedelta(hours=12)
    starts = (slot.start + STEP * number for number in range(min(WINDOW_STEPS, (length - TALK) // STEP + 1)))
    return (one for one in starts if diary.fits(one, TALK) and (not whole_days or _in_office(one)))


def _in_office(start: datetime) -> bool:
    return start.weekday() < 5 and _THEIR_HOURS[0] <= start.time() and (start + TALK).time() <= _THEIR_HOURS[1]


def propose(diary: Diary, theirs: ZoneInfo | None) -> tuple[datetime, ...]:
    """Three times on different working days, in the person's zone; within office hours on the other side too, where
    its zone is known and the two have such hours in common."""
    both = _proposals(diary, theirs) if theirs else ()
    return both if len(both) == PROPOSALS else _proposals(diary, None)


def _proposals(diary: Diary, theirs: ZoneInfo | None) -> tuple[datetime, ...]:
    me = diary.me
    found: list[datetime] = []
    off = public_holidays(*whose_holidays(Reader(frozenset(), me.zone, me.name, me.country, me.region)))
    first = diary.now.astimezone(ZoneInfo(me.zone)).date()
    for ahead in range(1, HORIZON):
        day = first + timedelta(days=ahead)
        if day.weekday() >= 5 or day in off:
            continue
        turn = len(found)
        hours = (*_ASKED_FOR[turn : turn + 1], *_ASKED_FOR)
        starts = (datetime.combine(day, time(hour), ZoneInfo(me.zone)) for hour in hours)
        start = next((one for one in starts if diary.fits(one, TALK) and _suits(one, theirs)), None)
        if start:
            found.append(start)
        if len(found) == PROPOSALS:
            break
    return tuple(found)


def _suits(start: datetime, theirs: ZoneInfo | None) -> bool:
    return theirs is None or _in_office(start.astimezone(theirs))


def named(start: datetime, zone: ZoneInfo | None) -> datetime:
    """A time in the zone of that name where its clock shows the same: 'London time' is told from a bare offset."""
    there = start.astimezone(zone) if zone else start
    return there if there.utcoffset() == start.utcoffset() else start


def spoken(start: datetime, other: ZoneInfo | None, manner: Manner) -> str:
    """'Tuesday, March 10 at 2:00 PM', and in the other zone too where the two differ: '... New York time (7:00 PM
    London time)'. `start` is in the zone that is named first."""
    text = f"{manner.day(start.date())} at {manner.clock(start)}"
    if other is None:
        return f"{text} {zone_label(start)}"
    there = start.astimezone(other)
    if there.utcoffset() == start.utcoffset():
        return text
    day = "" if there.date() == start.date() else f"{manner.day(there.date())} at "
    return f"{text} {zone_label(start)} ({day}{manner.clock(there)} {zone_label(there)})"
