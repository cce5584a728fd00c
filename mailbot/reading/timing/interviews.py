"""The talks that a mail fixes, moves or calls off."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo

from mailbot.patterns import compiled
from mailbot.reading.calendar import CalendarEvent
from mailbot.reading.dates import Bound, Precision, Unit, When
from mailbot.reading.dates.zones import place
from mailbot.reading.statements import Format, Interview, InterviewStatus, Kind
from mailbot.reading.tables import table
from mailbot.reading.timing.told import Meaning, Told

_SAME_VISIT = timedelta(minutes=100)  # between the end of one talk and the start of the next of one visit
_JUST_PAST = timedelta(hours=2)
_SPOKEN = (
    *(Kind.INFORMATION_REQUEST, Kind.RECRUITER_REPLY, Kind.ASSESSMENT, Kind.STATUS_UPDATE),
    Kind.APPLICATION_RECEIVED,
)
_NO_TALK = (Meaning.OFFERED, Meaning.OFF, Meaning.EXPIRY)
_ENDING = (Kind.POSITION_CLOSED, Kind.REJECTION, Kind.STATUS_UPDATE)
_FIXING = (Kind.INTERVIEW_CONFIRMED, Kind.INTERVIEW_RESCHEDULED, Kind.INTERVIEW_CANCELLED)


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


def read_talks(
    texts: Texts, kinds: Sequence[Kind], lines: Sequence[str], now: datetime, zone: tzinfo
) -> tuple[list[Talk], list[Talk]]:
    """The talks that the words fix, and those that they call off or move; `lines` is the new text."""
    kind = kinds[0]
    calls_off = compiled(table("time/lines")["calls_off"])
    if kind in _ENDING and any(calls_off.search(line) for line in lines):
        kind = Kind.INTERVIEW_CANCELLED
    if kind in _FIXING:
        fixed, off = _sorted(_candidates(texts, now, zone, kind), kind)
        if kind is Kind.INTERVIEW_CANCELLED:
            return [], _visits(off + fixed)
        if kind is Kind.INTERVIEW_RESCHEDULED and not fixed and not off:
            off = _from(texts.quoted(), now, zone)[:1]
        return _visits(fixed), _visits(off)
    if kind in _SPOKEN:
        said = [one for one in _from(texts.new, now, zone) if one.told.weight(Meaning.INTERVIEW) >= 0.55]
        plain = [one for one in said if one.told.weight(*_NO_TALK) < 0.5 and "?" not in one.told.raw]
        return _visits(plain), []
    return [], []


def _sorted(talks: list[Talk], kind: Kind) -> tuple[list[Talk], list[Talk]]:
    """Those that hold and those that no longer do."""
    if kind is not Kind.INTERVIEW_RESCHEDULED:
        return talks, []
    fixed: list[Talk] = []
    off: list[Talk] = []
    for talk in talks:
        when = talk.told.when
        left = when is not None and when.bound is Bound.FROM
        gone = left or talk.told.weight(Meaning.OFF) > max(talk.told.weight(Meaning.NEW), 0.3)
        if not gone and "?" in talk.told.raw and talk.told.weight(Meaning.OFFERED) > talk.told.weight(Meaning.NEW):
            continue
        (off if gone else fixed).append(talk)
    moved = [talk for talk in fixed if talk.told.weight(Meaning.NEW) > 0.5]
    return moved or fixed, off


def _candidates(texts: Texts, now: datetime, zone: tzinfo, kind: Kind) -> list[Talk]:
    """The times that may be talks: of the new text, else of day and hour that stand apart, else of the subject,
    else those quoted that this mail confirms or calls off."""
    found = _from(texts.new, now, zone)
    if found:
        return found + _agenda(texts.new, found, now, zone)
    days = [one for one in texts.new if _is_day(one)]
    clocks = [one for one in texts.new if _is_clock(one)]
    return (
        _combined(days, clocks, now, zone)
        or _from(texts.subject, now, zone)
        or _completed(days, clocks, (*texts.subject, *texts.quoted()), now, zone)
        or ([] if days or clocks or kind is Kind.INTERVIEW_RESCHEDULED else _chosen(texts.quoted(), now, zone))
    )


def _from(times: Iterable[Told], now: datetime, zone: tzinfo) -> list[Talk]:
    """The instants still to come that the words do not make something else; windows where there are no others."""
    here = [one for one in times if _may_be_talk(one)]
    exact = [one for one in here if one.when is not None and not one.when.window]
    return [talk for one in exact or here if (talk := _talk(one, one.when, now, zone)) is not None]


def _may_be_talk(one: Told) -> bool:
    when = one.when
    if when is None or when.precision is not Precision.INSTANT or when.bound in (Bound.BY, Bound.BEFORE, Bound.AFTER):
        return False
    over = compiled(table("time/formats")["over"]["before"]).search(one.before[-60:]) is not None
    return not over and not _part_of_day(when) and _is_meeting(one)


def _part_of_day(when: When) -> bool:
    """'Tuesday morning': no hour is said."""
    return when.window and when.bound is not Bound.FROM and when.borrowed is False and _round_part(when)


def _round_part(when: When) -> bool:
    hours = table("time/words")["parts"].values()
    return when.start is not None and when.end is not None and any(
        (when.start.strftime("%H:%M"), when.end.strftime("%H:%M")) == (low, high) for low, high, _ in hours
    )


def _is_meeting(one: Told) -> bool:
    """Whether the words around it do not make it a deadline or something else."""
    meeting = max(one.weight(Meaning.INTERVIEW, Meaning.NEW, Meaning.OFF, Meaning.CHOSEN, Meaning.TELLING), 0.35)
    return one.weight(Meaning.DECISION, Meaning.RESPOND, Meaning.OTHER) <= meeting


def _talk(one: Told, when: When | None, now: datetime, zone: tzinfo) -> Talk | None:
    start = when.moment(zone) if when is not None else None
    if when is None or start is None or start < now - _JUST_PAST or start > now + timedelta(days=400):
        return None
    return Talk(start, when.finish(zone), one)


def _is_day(one: Told) -> bool:
    when = one.when
    return when is not None and when.precision is Precision.DAY and when.start is None and _is_meeting(one) and (
        when.bound in (Bound.AT, Bound.ABOUT)
    )


def _is_clock(one: Told) -> bool:
    when = one.when
    exact = when is not None and when.precision is Precision.CLOCK and not _round_part(when)
    return exact and when is not None and when.bound not in (Bound.BY, Bound.BEFORE, Bound.AFTER) and _is_meeting(one)


def _combined(days: Sequence[Told], clocks: Sequence[Told], now: datetime, zone: tzinfo) -> list[Talk]:
    """Day and hour that stand apart: 'Date: ...' and, some lines on, 'Time: ...'."""
    today = now.astimezone(zone).date()
    day = next((when for one in days if (when := one.when) and when.last and when.last >= today), None)
    if day is None:
        return []
    whens = [(one, replace(when, first=day.first, last=day.last)) for one in clocks if (when := one.when) is not None]
    return [talk for one, when in whens if (talk := _talk(one, when, now, zone)) is not None]


def _agenda(times: Sequence[Told], found: Sequence[Talk], now: datetime, zone: tzinfo) -> list[Talk]:
    """The hours of a programme, where one day is fixed: '10:00 - 10:45 Meet the team'."""
    days = {talk.start.date() for talk in found}
    if len(days) != 1:
        return []
    day = next(iter(days))
    stated = found[0].start.tzinfo or zone
    clocks = [one for one in times if _is_clock(one) and one.when is not None and one.when.end is not None]
    whens = [(one, replace(one.when, first=day, last=day)) for one in clocks if one.when is not None]
    talks = [talk for one, when in whens if (talk := _talk(one, when, now, stated)) is not None]
    return [talk for talk in talks if talk.start >= min(other.start for other in found)]


def _completed(
    days: Sequence[Told], clocks: Sequence[Told], others: Sequence[Told], now: datetime, zone: tzinfo
) -> list[Talk]:
    """'See you Thursday' with the hour in the quoted text; 'at 2 then' with the day there."""
    quoted = [talk for one in others if _quotable(one) and (talk := _talk(one, one.when, now, zone)) is not None]
    for day in days:
        for talk in quoted:
            if day.when is not None and talk.start.date() == day.when.first:
                return [replace(talk, told=day)]
    for clock in clocks:
        for talk in quoted:
            if clock.when is not None and clock.when.start is not None and clock.when.zone is None:
                begun = talk.start.replace(hour=clock.when.start.hour, minute=clock.when.start.minute)
                if begun == talk.start or (talk.end is not None and talk.start <= begun < talk.end) or len(clocks) == 1:
                    return [Talk(begun, None, clock)]
    if clocks and not days:
        return _combined([one for one in others if _is_day(one)], clocks, now, zone)
    return _combined(days, [one for one in others if _is_clock(one)], now, zone)


def _quotable(one: Told) -> bool:
    return one.when is not None and one.when.precision is Precision.INSTANT and not _round_part(one.when)


def _chosen(quoted: Sequence[Told], now: datetime, zone: tzinfo) -> list[Talk]:
    """The quoted time that a mail without any confirms or calls off: the one chosen there, else the first."""
    talks = [talk for one in quoted if _quotable(one) and (talk := _talk(one, one.when, now, zone)) is not None]
    picked = [talk for talk in talks if talk.told.weight(Meaning.CHOSEN) > talk.told.weight(Meaning.OFFERED)]
    return (picked or talks)[:1]


def _visits(talks: Sequence[Talk]) -> list[Talk]:
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


def lasts(talk: Talk, texts: Texts) -> timedelta | None:
    """How long a talk takes, as the text says in which it was found."""
    return length_of(texts.new) or (length_of(texts.quoted()) if talk.told not in texts.new else None)


def ends_by(talk: Talk, times: Iterable[Told]) -> datetime | None:
    """When the talk is over, where the text says so by the clock: 'we should be done by 4.30'."""
    over = compiled(table("time/formats")["over"]["before"])
    for one in times:
        clock = one.when.start if one.when is not None else None
        if clock is None or over.search(one.before[-60:]) is None:
            continue
        end = talk.start.replace(hour=clock.hour, minute=clock.minute)
        if timedelta(minutes=10) <= end - talk.start <= timedelta(hours=10):
            return end
    return None


def length_of(times: Iterable[Told]) -> timedelta | None:
    """How long the talk takes, where one figure is said of it: not how early to come, nor how long a test takes."""
    before, after = (compiled(table("time/formats")["not_length"][side]) for side in ("before", "after"))
    for one in times:
        size = one.length.duration if one.length is not None else None
        if size is None or not timedelta(minutes=10) <= size <= timedelta(hours=10):
            continue
        if one.length is not None and one.length.unit is Unit.HOUR and one.length.high >= 24:
            continue
        if before.search(one.before[-40:]) is None and after.search(one.after[:40]) is None:
            return size
    return None


def interview(talk: Talk, status: InterviewStatus, form: Format | None, length: timedelta | None) -> Interview:
    """The interview that a talk is."""
    end = talk.end or (talk.start + length if length is not None else None)
    return Interview(talk.start, end, form, status, zone=place(talk.start))


def from_calendar(event: CalendarEvent, form: Format | None) -> Interview | None:
    """The interview of a calendar event; None for a whole day, an answer or a counter-proposal."""
    if event.start is None or event.all_day or event.method in ("REPLY", "COUNTER"):
        return None
    status = InterviewStatus.CANCELLED if event.cancelled else InterviewStatus.SCHEDULED
    return Interview(
        event.start, event.end, form, status, event.uid or None, event.sequence, event.zone, event.location[:200]
    )
