"""Day and hour of a talk that stand apart: a form's 'Date:' and 'Time:', a programme, 'at 2 then' to a quoted day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, tzinfo
from itertools import pairwise

from mailbot.patterns import compiled
from mailbot.reading.dates import Bound, Precision
from mailbot.reading.tables import table
from mailbot.reading.timing.talks import Talk, Texts, as_talk, is_clock, is_day, is_quotable
from mailbot.reading.timing.told import Meaning, Told

_DENIED = 1.0  # how strongly words speak that say 'not on Monday'
_LEAST_ROWS = 3  # of a programme
_ROWS_APART = 3  # lines from one of its rows to the next
_BULLETS = " \t-•*·|–"


def with_their_day(times: Sequence[Told]) -> tuple[Told, ...]:
    """The times; an hour that stands before another time of a day is of that day: '10:00 or 14:30 on Tuesday'."""
    found: list[Told] = []
    for one in reversed(times):
        ahead = found[-1] if found else None
        day = ahead.when.first if ahead is not None and ahead.when is not None else None
        when = one.when
        if ahead is not None and day is not None and when is not None and is_clock(one) and _lead_on(one, ahead):
            one = replace(one, mention=replace(one.mention, value=replace(when, first=day, last=day)))
        found.append(one)
    return tuple(reversed(found))


def _lead_on(one: Told, ahead: Told) -> bool:
    """Whether nothing but a joining word stands between two times of a line."""
    between = one.after[: max(0, len(one.after) - len(ahead.after) - len(ahead.mention.quote))]
    exact = ahead.when is not None and (ahead.when.precision is Precision.INSTANT or is_day(ahead))
    return exact and one.line == ahead.line and compiled(table("time/lines")["one_day"]).search(between) is not None


def combined(days: Sequence[Told], clocks: Sequence[Told], now: datetime, zone: tzinfo) -> list[Talk]:
    """Day and hour that stand apart: 'Date: ...' and, some lines on, 'Time: ...'. An hour is of the day told of last
    before it, else of the first."""
    today = now.astimezone(zone).date()
    ahead = [one for one in days if (when := one.when) and when.last and when.last >= today]
    still = [one for one in ahead if not is_denied(one)] or ahead
    if not still:
        return []
    found = []
    for clock in clocks:
        before = [one for one in still if (one.line, len(one.before)) < (clock.line, len(clock.before))]
        day = (before[-1] if before else still[0]).when
        if clock.when is not None and day is not None:
            found.append(as_talk(clock, replace(clock.when, first=day.first, last=day.last), now, zone))
    return [talk for talk in found if talk is not None]


def is_denied(one: Told) -> bool:
    """Whether the words say 'not then'."""
    return one.weight(Meaning.OFF) >= _DENIED and one.weight(Meaning.OFF) > one.weight(Meaning.NEW)


def agenda(times: Sequence[Told], found: Sequence[Talk], now: datetime, zone: tzinfo) -> list[Talk]:
    """The hours of a programme below the days that are fixed: '10:00 - 10:45 Meet the team'."""
    days = {talk.start.date() for talk in found}
    stated = found[0].start.tzinfo or zone
    talks = []
    for one in times:
        when = one.when
        above = [talk.start.date() for talk in found if talk.told.line < one.line]
        day = next(iter(days)) if len(days) == 1 else above[-1] if above else None
        if when is not None and when.end is not None and day is not None and is_clock(one):
            talks.append(as_talk(one, replace(when, first=day, last=day), now, stated))
    first = min(other.start for other in found)
    return [talk for talk in talks if talk is not None and talk.start >= first]


def completed(
    days: Sequence[Told], clocks: Sequence[Told], others: Sequence[Told], now: datetime, zone: tzinfo
) -> list[Talk]:
    """'See you Thursday' with the hour in the quoted text; 'at 2 then' with the day there."""
    quoted = [talk for one in others if is_quotable(one) and (talk := as_talk(one, one.when, now, zone)) is not None]
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
        return combined([one for one in others if is_day(one)], clocks, now, zone)
    return combined(days, [one for one in others if is_clock(one)], now, zone)


def programme(times: Sequence[Told], lines: Sequence[str], now: datetime, zone: tzinfo) -> Talk | None:
    """The one visit of a programme: lines that begin with an hour, below a day. From the first hour to the last
    end, which may be the hour of 'Adjourn'."""
    rows = [one for one in times if _opens_row(one)]
    hours = [when.start for one in rows if (when := one.when) is not None and when.start is not None]
    near = all(after.line - before.line <= _ROWS_APART for before, after in pairwise(rows))
    if len(rows) < _LEAST_ROWS or hours != sorted(set(hours)) or not near:
        return None
    first, last, day = rows[0].when, rows[-1].when, _day_of(times, rows)
    if first is None or last is None or day is None:
        return None
    closes = compiled(table("time/lines")["adjourns"]).search(_beside(lines, rows[-1])) is not None
    end = last.end or _until(times, rows[-1]) or (last.start if closes else None)
    return as_talk(rows[0], replace(first, first=day, last=day, end=end), now, zone)


def _opens_row(one: Told) -> bool:
    """Whether its line begins with its hour; the day may stand right above, or be that of the hour before."""
    when = one.when
    if when is None or when.start is None or when.bound not in (Bound.AT, Bound.ABOUT):
        return False
    *day, hour = one.mention.quote.split("\n")
    if when.precision is not Precision.CLOCK:
        below = bool(day) and hour[:1].isdigit()
        return below or (when.borrowed and one.raw.lstrip(_BULLETS).startswith(one.mention.quote))
    ends = (compiled(table("time/lines")[name]) for name in ("comes", "adjourns"))
    known = is_clock(one) or any(end.match(one.after.strip(_BULLETS)) is not None for end in ends)
    return known and one.raw.lstrip(_BULLETS).startswith(one.mention.quote)


def _day_of(times: Sequence[Told], rows: Sequence[Told]) -> date | None:
    """The one day of a programme's rows: the last that is told of above them, else the only one."""
    told = [(one.line, when.first) for one in times if (when := one.when) and when.first and _heads(one)]
    above = [day for line, day in told if line < rows[0].line]
    within = {day for line, day in told if line >= rows[0].line and (line <= rows[-1].line or not above)}
    days = {*above[-1:], *within}
    return next(iter(days)) if len(days) == 1 else None


def _heads(one: Told) -> bool:
    """Whether it may be the day of a programme: no deadline, and not the day that it leaves."""
    plain = one.when is not None and one.when.bound in (Bound.AT, Bound.ABOUT)
    return plain and (is_day(one) or is_quotable(one)) and not is_denied(one)


def _until(times: Sequence[Told], row: Told) -> time | None:
    """The hour that a row itself says it lasts to: '12:30 lunch with the team, till quarter past one'."""
    until = compiled(table("time/formats")["over"]["until"])
    beside = (one for one in times if one.line == row.line and one is not row and until.search(one.before[-12:]))
    return next((when.start for one in beside if (when := one.when) is not None), None)


def _beside(texts: Sequence[str], row: Told) -> str:
    """What stands in a row beside its hour; a sentence may end with 'p.m.'."""
    following = texts[row.line + 1 : row.line + 2] if not row.after.strip(_BULLETS) else ()
    return " ".join((row.after, *following))


def _is_later(one: Told) -> bool:
    """Whether a day is counted from that of the old talk: 'a week later'."""
    return one.mention.quote.lower().endswith(" later")


def moved(texts: Texts, lines: Sequence[str], now: datetime, zone: tzinfo) -> list[Talk]:
    """The new time of a talk of which only the day or only the hour changes: 'Monday, same time', '2pm instead'. The
    rest is as the mail itself, the quoted text or the subject tells of the old one, else today."""
    days, clocks = ([one for one in texts.new if fits(one)] for fits in (is_day, is_clock))
    same = [line for line in lines if compiled(table("time/lines")["same_time"]).search(line)]
    if any(is_quotable(one) and one.raw in same for one in texts.new):
        return []  # 'same time a week later, 4 February at 2'
    if same:
        old = [talk for one in texts.new if (talk := as_talk(one, one.when, now, zone)) is not None]
        old += [talk for one in (*texts.quoted(), *texts.subject) if (talk := as_talk(one, one.when, now, zone))]
        hours = [talk.start.timetz() for talk in old] or [
            when.start.replace(tzinfo=when.zone or zone) for one in clocks if (when := one.when) and when.start
        ]
        later = [one for one in days if not is_denied(one) and one.when and one.when.first]
        later = [one for one in later if one.weight(Meaning.NEW) > 0 or one.raw in same] or later
        dates = [(one, when.first) for one in later if (when := one.when) and when.first and hours]
        today = now.astimezone(zone).date()
        dates = [(one, old[0].start.date() + (day - today) if old and _is_later(one) else day) for one, day in dates]
        return [Talk(datetime.combine(day, hours[0]), None, one) for one, day in dates[:1]]
    new = [one for one in clocks if one.weight(Meaning.NEW) > one.weight(Meaning.OFF)]
    if not new or days:
        return []
    told = (when.first for one in (*texts.subject, *texts.quoted(), *texts.new) if (when := one.when) and when.first)
    today = now.astimezone(zone).date()
    day = next((one for one in told if one >= today), today)
    when = new[0].when
    talk = as_talk(new[0], replace(when, first=day, last=day), now, zone) if when is not None else None
    return [talk] if talk is not None and talk.start > now else []
