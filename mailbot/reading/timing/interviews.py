"""The talks that a mail fixes, moves or calls off."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo

from mailbot.patterns import compiled
from mailbot.reading.calendar import CalendarEvent
from mailbot.reading.dates import Bound, Precision, Unit
from mailbot.reading.dates.zones import place
from mailbot.reading.statements import Format, Interview, InterviewStatus, Kind
from mailbot.reading.tables import table
from mailbot.reading.timing.apart import agenda, combined, completed, moved, programme
from mailbot.reading.timing.talks import Talk, Texts, as_talk, is_clock, is_day, is_meeting, is_part_of_day, is_quotable
from mailbot.reading.timing.told import Meaning, Told

_SAME_VISIT = timedelta(minutes=100)  # between the end of one talk and the start of the next of one visit
_SPOKEN = (
    *(Kind.INFORMATION_REQUEST, Kind.RECRUITER_REPLY, Kind.ASSESSMENT, Kind.STATUS_UPDATE),
    Kind.APPLICATION_RECEIVED,
)
_MAY_CALL_OFF = (
    *(Kind.REJECTION, Kind.POSITION_CLOSED, Kind.STATUS_UPDATE, Kind.RECRUITER_REPLY, Kind.INTERVIEW_REQUEST),
)
_NO_TALK = (Meaning.OFFERED, Meaning.OFF, Meaning.EXPIRY)
_STAMP = timedelta(minutes=10)  # a time so near to that of writing is a stamp
_DENIED = 1.8  # how strongly words speak that say 'not on Monday'
_OFF = 1.2  # and 'the talk on Monday is off'
_FIXING = (Kind.INTERVIEW_CONFIRMED, Kind.INTERVIEW_RESCHEDULED, Kind.INTERVIEW_CANCELLED)


def read_talks(
    texts: Texts, kinds: Sequence[Kind], lines: Sequence[str], now: datetime, zone: tzinfo
) -> tuple[list[Talk], list[Talk]]:
    """The talks that the words fix, and those that they call off or move; `lines` is the new text."""
    kind = kinds[0]
    if kind in (*_MAY_CALL_OFF, Kind.INTERVIEW_CONFIRMED) and _calls_off(texts.new, lines):
        kind = Kind.INTERVIEW_CANCELLED
    if kind in _FIXING:
        fixed, off = _sorted(_candidates(texts, lines, now, zone, kind), kind)
        if kind is Kind.INTERVIEW_CANCELLED:
            return [], _visits(off + fixed)
        if kind is Kind.INTERVIEW_RESCHEDULED and not fixed and not off:
            off = _from(texts.quoted(), now, zone)[:1]
        return _visits(fixed), _visits(off)
    talks = _from(texts.new, now, zone)
    said = [one for one in talks if kind in _SPOKEN and _is_said(one, now) and _is_plain(one)]
    off = [one for one in talks if kind in _MAY_CALL_OFF and _is_called_off(one)]
    return _visits(said), _visits([one for one in off if one not in said])


def _calls_off(times: Sequence[Told], lines: Sequence[str]) -> bool:
    """Whether a sentence says outright that a talk will not be, and none names another time for it."""
    off, supposed = (compiled(table("time/lines")[name]) for name in ("calls_off", "supposed"))
    said = any(off.search(line) and not supposed.search(line) for line in lines)
    return said and not any(one.weight(Meaning.NEW) > _OFF for one in times)


def _is_plain(one: Talk) -> bool:
    """Whether it is neither asked nor offered."""
    asked = "?" in one.told.raw
    return one.told.weight(*_NO_TALK) < 0.5 and not asked


def _is_called_off(one: Talk) -> bool:
    """Whether the words clearly say that it is off, and do not only suppose it ('if you cannot come')."""
    supposed = compiled(table("time/lines")["supposed"]).search(one.told.raw) is not None
    off = one.told.weight(Meaning.OFF)
    return off >= _OFF and off > one.told.weight(Meaning.NEW, Meaning.INTERVIEW) and not supposed


def _is_said(one: Talk, now: datetime) -> bool:
    """Whether a mail of another kind says of a time to come that they meet."""
    meeting = one.told.weight(Meaning.INTERVIEW)
    return meeting >= 0.55 and meeting >= one.told.weight(Meaning.DECISION) and abs(one.start - now) > _STAMP


def _sorted(talks: list[Talk], kind: Kind) -> tuple[list[Talk], list[Talk]]:
    """Those that hold and those that no longer do."""
    if kind is not Kind.INTERVIEW_RESCHEDULED:
        gone = [one for one in talks if _is_called_off(one)] if kind is Kind.INTERVIEW_CONFIRMED else []
        return [one for one in talks if one not in gone], gone
    fixed, off = list[Talk](), list[Talk]()
    for talk in talks:
        left = _is_gone(talk)
        if not left and "?" in talk.told.raw and talk.told.weight(Meaning.OFFERED) > talk.told.weight(Meaning.NEW):
            continue
        (off if left else fixed).append(talk)
    moved = [talk for talk in fixed if talk.told.weight(Meaning.NEW) > 0.5]
    return moved or fixed, off


def _is_gone(talk: Talk) -> bool:
    """Whether a talk is moved away from that time."""
    when = talk.told.when
    left = when is not None and when.bound is Bound.FROM
    return left or talk.told.weight(Meaning.OFF) > max(talk.told.weight(Meaning.NEW), 0.3)


def _candidates(
    texts: Texts, lines: Sequence[str], now: datetime, zone: tzinfo, kind: Kind
) -> list[Talk]:
    """The times that may be talks: of the new text, else of day and hour that stand apart, else of the subject,
    else those quoted that this mail confirms or calls off."""
    found = _from(texts.new, now, zone)
    visit = programme(texts.new, lines, now, zone)
    if visit is not None:
        whole = [one for one in found if one.start == visit.start and one.end is not None]
        return whole or [visit]
    moves = kind is Kind.INTERVIEW_RESCHEDULED
    if found and not (moves and all(_is_gone(one) for one in found)):
        return found + agenda(texts.new, found, now, zone)
    days = [one for one in texts.new if is_day(one)]
    clocks = [one for one in texts.new if is_clock(one)]
    apart = combined(days, clocks, now, zone)
    if apart or found:
        return found + apart
    return (
        (moved(texts, lines, now, zone) if moves else [])
        or _from(texts.subject, now, zone)
        or completed(days, clocks, (*texts.subject, *texts.quoted()), now, zone)
        or ([] if days or clocks or moves else _chosen(texts.quoted(), now, zone))
    )


def _from(times: Iterable[Told], now: datetime, zone: tzinfo) -> list[Talk]:
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


def _chosen(quoted: Sequence[Told], now: datetime, zone: tzinfo) -> list[Talk]:
    """The quoted time that a mail without any confirms or calls off: the one chosen there, else the first."""
    talks = [talk for one in quoted if is_quotable(one) and (talk := as_talk(one, one.when, now, zone)) is not None]
    picked = [talk for talk in talks if talk.told.weight(Meaning.CHOSEN) > talk.told.weight(Meaning.OFFERED)]
    return (picked or talks)[:1]


def agreed_to(texts: Texts, now: datetime, zone: tzinfo) -> Talk | None:
    """The quoted time that an own mail accepts: the only one there, and the mail names it too."""
    asked = {talk.start: talk for talk in _from(texts.quoted(), now, zone)}
    own = [talk for talk in _from(texts.new, now, zone) if "?" not in talk.told.raw]
    if len(asked) != 1 or [one.start for one in own] != list(asked) or own[0].told.weight(Meaning.OFF) >= _DENIED:
        return None
    return next(iter(asked.values()))


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
