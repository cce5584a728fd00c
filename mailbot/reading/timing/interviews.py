"""The talks that a mail fixes, moves or calls off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo

from mailbot.patterns import compiled
from mailbot.reading.calendar import CalendarEvent
from mailbot.reading.dates import Bound, Precision
from mailbot.reading.dates.zones import place
from mailbot.reading.statements import Format, Interview, InterviewStatus, Kind
from mailbot.reading.tables import table
from mailbot.reading.timing.apart import agenda, combined, completed, is_denied, moved, programme
from mailbot.reading.timing.moves import is_gone, read_move, seeks_time
from mailbot.reading.timing.picks import is_choice, pick
from mailbot.reading.timing.talks import (
    Talk,
    Texts,
    as_talk,
    instants,
    is_clock,
    is_day,
    is_meeting,
    is_part_of_day,
    is_quotable,
    round_part,
    visits,
)
from mailbot.reading.timing.told import Meaning, Told

_SPOKEN = (
    *(Kind.INFORMATION_REQUEST, Kind.RECRUITER_REPLY, Kind.ASSESSMENT, Kind.STATUS_UPDATE),
    Kind.APPLICATION_RECEIVED,
)
_MAY_CALL_OFF = (
    *(Kind.REJECTION, Kind.POSITION_CLOSED, Kind.STATUS_UPDATE, Kind.RECRUITER_REPLY, Kind.INTERVIEW_REQUEST),
)
_NO_TALK = (Meaning.OFFERED, Meaning.OFF, Meaning.EXPIRY)
_MEETING = (Meaning.INTERVIEW, Meaning.CHOSEN, Meaning.TELLING)
_NOT_SET_DOWN = (Meaning.OFFERED, Meaning.AVAILABILITY, Meaning.DECISION, Meaning.RESPOND, Meaning.OTHER)
_STAMP = timedelta(minutes=10)  # a time so near to that of writing is a stamp
_OFF = 1.2  # and 'the talk on Monday is off'
_FIXING = (Kind.INTERVIEW_CONFIRMED, Kind.INTERVIEW_RESCHEDULED, Kind.INTERVIEW_CANCELLED)


def read_talks(
    texts: Texts, kinds: Sequence[Kind], lines: Sequence[str], now: datetime, zone: tzinfo
) -> tuple[list[Talk], list[Talk]]:
    """The talks that the words fix, and those that they call off or move; `lines` is the new text."""
    kind = kinds[0]
    if kind in (*_MAY_CALL_OFF, Kind.INTERVIEW_CONFIRMED) and _calls_off(texts.new, lines):
        kind = Kind.INTERVIEW_CANCELLED
    if kind is Kind.INTERVIEW_RESCHEDULED:
        talks = _candidates(texts, lines, now, zone, kind)
        standing = [one for one in talks if not is_gone(one)]
        if len({one.told.line for one in talks}) == 1 and standing == talks and _is_open(talks, lines):
            return [], []
        fixed, off = read_move(texts, talks, lines, now, zone)
        return [] if is_choice(standing) else fixed, off
    if kind in _FIXING:
        fixed, off = _sorted(_candidates(texts, lines, now, zone, kind), kind)
        if kind is Kind.INTERVIEW_CANCELLED:
            return [], visits([one for one in off + fixed if not _is_vague(one)])
        return [] if _is_open(fixed, lines) else visits(fixed), visits(off)
    talks = instants(texts.new, now, zone)
    said = [one for one in talks if kind in _SPOKEN and _is_said(one, kind, now) and _is_plain(one)]
    if kind is Kind.INTERVIEW_REQUEST and not any(_asks(line) for line in lines):
        said = _set_down(talks, now)
    off = [one for one in talks if kind in _MAY_CALL_OFF and _is_called_off(one)]
    return visits(said), visits([one for one in off if one not in said])


def _calls_off(times: Sequence[Told], lines: Sequence[str]) -> bool:
    """Whether a sentence says outright that a talk will not be, and none names another time for it."""
    off, supposed = (compiled(table("time/lines")[name]) for name in ("calls_off", "supposed"))
    said = any(off.search(line) and not supposed.search(line) for line in lines)
    return said and not any(one.weight(Meaning.NEW) > _OFF for one in times)


def _is_open(talks: Sequence[Talk], lines: Sequence[str]) -> bool:
    """Whether of several times one is still to be chosen."""
    chooses = compiled(table("time/lines")["chooses"])
    asked = len({one.start for one in talks}) > 1 and any(chooses.search(line) for line in lines)
    return asked or is_choice(talks)


def _is_vague(one: Talk) -> bool:
    """Whether it names no hour: from then on they are shut, whenever the talk was to be."""
    return one.told.when is not None and one.told.when.window and round_part(one.told.when)


def _is_plain(one: Talk) -> bool:
    """Whether it is neither asked nor offered."""
    if compiled(table("time/lines")["presumed"]).search(one.told.before) is not None:
        return one.told.weight(Meaning.OFF, Meaning.EXPIRY) < 0.5
    asked = "?" in one.told.raw
    return one.told.weight(*_NO_TALK) < 0.5 and not asked


def _asks(line: str) -> bool:
    return "?" in line or compiled(table("time/lines")["chooses"]).search(line) is not None


def _set_down(talks: Sequence[Talk], now: datetime) -> list[Talk]:
    """The one hour that a mail names which seems to invite, asks nothing and offers no other: it sets it down."""
    found = [one for one in talks if one.start - now > _STAMP]
    plain = len({one.start for one in found}) == 1 and all(_is_plain(one) for one in found)
    meets = any(one.told.weight(*_MEETING) > one.told.weight(*_NOT_SET_DOWN) for one in found)
    window = any(one.told.when is not None and one.told.when.window for one in found)
    return found if plain and meets and not window else []


def _is_called_off(one: Talk) -> bool:
    """Whether the words clearly say that it is off, and do not only suppose it ('if you cannot come')."""
    supposed = compiled(table("time/lines")["supposed"]).search(one.told.raw) is not None
    off = one.told.weight(Meaning.OFF)
    return off >= _OFF and off > one.told.weight(Meaning.NEW, Meaning.INTERVIEW) and not supposed


def _is_said(one: Talk, kind: Kind, now: datetime) -> bool:
    """Whether a mail of another kind says of a time to come that they meet; the day of a test is none."""
    if kind is Kind.ASSESSMENT and compiled(table("time/lines")["meets"]).search(one.told.raw) is None:
        return False
    if abs(one.start - now) <= _STAMP:
        return False
    meeting = one.told.weight(Meaning.INTERVIEW)
    rings = compiled(table("time/lines")["rings"]).search(one.told.before) is not None
    return meeting >= 0.55 and (rings or meeting >= one.told.weight(Meaning.DECISION))


def _sorted(talks: list[Talk], kind: Kind) -> tuple[list[Talk], list[Talk]]:
    """Those that hold and those that no longer do."""
    gone = [one for one in talks if _is_called_off(one)] if kind is Kind.INTERVIEW_CONFIRMED else []
    return [one for one in talks if one not in gone], gone


def _candidates(
    texts: Texts, lines: Sequence[str], now: datetime, zone: tzinfo, kind: Kind
) -> list[Talk]:
    """The times that may be talks: of the new text, else of day and hour that stand apart, else of the subject,
    else those quoted that this mail confirms or calls off."""
    found = instants(texts.new, now, zone)
    visit = programme(texts.new, lines, now, zone)
    if visit is not None:
        ends = [one.end for one in (visit, *found) if one.start == visit.start and one.end is not None]
        return [replace(visit, end=max(ends, default=None))]
    moves = kind is Kind.INTERVIEW_RESCHEDULED
    later = moved(texts, lines, now, zone) if moves else []
    if later and found and not any(one.told.line == later[0].told.line for one in found if not is_gone(one)):
        return later + [one for one in found if is_gone(one)]
    if found and not (moves and all(is_gone(one) for one in found)):
        old = _told_first(texts.new, found, now, zone) if moves else []
        return old + (_of_list(texts.new, found) or found + agenda(texts.new, found, now, zone))
    days = [one for one in texts.new if _is_day_ahead(one, now, zone) or _is_part_ahead(one, now, zone)]
    clocks = [one for one in texts.new if is_clock(one)]
    if moves and not any(one.weight(Meaning.NEW) > 0 for one in clocks):
        days = [one for one in days if not is_denied(one)]
    apart = combined(days, clocks, now, zone)
    if later and apart and all(is_gone(one) for one in apart):
        return later + found + apart
    if apart or found:
        return found + apart
    return (
        later
        or instants(texts.subject, now, zone)
        or _claimed(texts.new, now, zone)
        or ([] if moves and seeks_time(lines) is not None else
            completed(days, clocks, (*texts.subject, *texts.quoted()), now, zone))
        or ([] if days or clocks or moves else _chosen(texts.quoted(), lines, now, zone))
    )


def _of_list(times: Sequence[Told], found: Sequence[Talk]) -> list[Talk]:
    """The one of a line of hours that another line gives to the reader: "You're the 9:45"."""
    hours = {one.when.start for one in times if is_clock(one) and one.when is not None}
    listed = len({one.told.line for one in found}) == 1 and len(found) > 1
    own = [one for one in found if one.start.time() in hours]
    return own if listed and len(own) == 1 else []


def _told_first(times: Sequence[Told], found: Sequence[Talk], now: datetime, zone: tzinfo) -> list[Talk]:
    """The talk of which a mail about a move tells before it names other times: 'Wednesday, including your 2:30'."""
    above = [one for one in times if one.line < min(talk.told.line for talk in found)]
    days, clocks = [one for one in above if is_day(one)], [one for one in above if is_clock(one)]
    beside = len(days) == len(clocks) == 1 and days[0].line == clocks[0].line
    return combined(days, clocks, now, zone) if beside else []


def _is_day_ahead(one: Told, now: datetime, zone: tzinfo) -> bool:
    """Whether it is a day that is not over: no 'we let two people go on Friday'."""
    last = one.when.last if one.when is not None else None
    return is_day(one) and last is not None and last >= now.astimezone(zone).date()


def _is_part_ahead(one: Told, now: datetime, zone: tzinfo) -> bool:
    """Whether it is a part of a day to come: 'next Monday evening. Your time is 6.10'."""
    when = one.when
    ahead = when is not None and when.first is not None and when.first > now.astimezone(zone).date()
    return when is not None and ahead and is_part_of_day(when) and is_meeting(one)


def _claimed(times: Sequence[Told], now: datetime, zone: tzinfo) -> list[Talk]:
    """The hours that other words claim, where a mail that fixes a talk names no others: 'at 2 for Shift Manager', 'be
    there by 9'."""
    named = [one for one in times if one.when is not None and not is_part_of_day(one.when) and _may_be_claimed(one)]
    whole = [talk for one in named if (talk := as_talk(one, one.when, now, zone)) is not None]
    clocks = [one for one in named if one.when is not None and one.when.precision is Precision.CLOCK]
    days = [one for one in times if one.when is not None and one.when.precision is Precision.DAY]
    return whole or combined([one for one in days if one.weight(Meaning.RESPOND, Meaning.DECISION, Meaning.OFF) < 0.6],
                             [one for one in clocks if _arrives(one) or one.weight(Meaning.INTERVIEW) > 0.2],
                             now, zone)


def _may_be_claimed(one: Told) -> bool:
    when = one.when
    over = compiled(table("time/formats")["over"]["before"]).search(one.before[-60:]) is not None
    if when is None or over or when.bound is Bound.AFTER:
        return False
    bounded = when.bound in (Bound.BY, Bound.BEFORE) or one.weight(Meaning.RESPOND, Meaning.EXPIRY) >= 0.4
    return _arrives(one) if bounded else True


def _arrives(one: Told) -> bool:
    return compiled(table("time/lines")["arrives"]).search(one.before[-80:]) is not None


def _chosen(quoted: Sequence[Told], lines: Sequence[str], now: datetime, zone: tzinfo) -> list[Talk]:
    """The quoted time that a mail without any confirms or calls off: the one chosen there, else the first."""
    talks = [talk for one in quoted if is_quotable(one) and (talk := as_talk(one, one.when, now, zone)) is not None]
    if (named := pick(lines, talks)) is not None:
        return [named]
    picked = [talk for talk in talks if talk.told.weight(Meaning.CHOSEN) > talk.told.weight(Meaning.OFFERED)]
    return (picked or talks)[:1]


def interview(talk: Talk, status: InterviewStatus, form: Format | None, length: timedelta | None) -> Interview:
    """The interview that a talk is."""
    end = talk.end or (talk.start + length if length is not None else None)
    return Interview(talk.start, end, form, status, zone=place(talk.start))


def from_calendar(event: CalendarEvent, form: Callable[[], Format | None]) -> Interview | None:
    """The interview of a calendar event; None for a whole day, an answer or a counter-proposal."""
    if event.start is None or event.all_day or event.method in ("REPLY", "COUNTER"):
        return None
    status = InterviewStatus.CANCELLED if event.cancelled else InterviewStatus.SCHEDULED
    return Interview(
        event.start, event.end, form(), status, event.uid or None, event.sequence, event.zone, event.location[:200]
    )
