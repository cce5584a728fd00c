"""When a talk ends: as a length, or an hour at which it is over, says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import takewhile

from mailbot.patterns import compiled
from mailbot.reading.dates import Unit
from mailbot.reading.tables import table
from mailbot.reading.timing.talks import Talk, Texts
from mailbot.reading.timing.told import Told


def lasts(talk: Talk, texts: Texts) -> timedelta | None:
    """How long a talk takes, as the text says in which it was found."""
    beside = length_of(one for one in texts.new if one.line == talk.told.line and talk.told in texts.new)
    return beside or length_of(texts.new) or (length_of(texts.quoted()) if talk.told not in texts.new else None)


def ends_by(talk: Talk, times: Iterable[Told]) -> datetime | None:
    """When the talk is over, where the text says so by the clock: 'we should be done by 4.30'."""
    over, until = (compiled(table("time/formats")["over"][name]) for name in ("before", "until"))
    for one in times:
        clock = one.when.start if one.when is not None else None
        goes_on = one.line == talk.told.line and until.search(one.before[-12:]) is not None
        if clock is None or not (goes_on or over.search(one.before[-60:]) is not None):
            continue
        end = talk.start.replace(hour=clock.hour, minute=clock.minute)
        if timedelta(minutes=10) <= end - talk.start <= timedelta(hours=10):
            return end
    return None


def with_their_end(times: Sequence[Told]) -> tuple[Told, ...]:
    """The times; two that are labelled as beginning and end ('From: ...', 'To: ...'; columns 'Start' and 'End') are
    one."""
    labels = table("time/formats")["over"]
    begins, ends, columns = (compiled(labels[name]) for name in ("begins", "ends", "columns"))
    found: list[Told] = []
    row = -1  # the last line of a table with such columns
    for one in times:
        last = found[-1] if found else None
        if last is not None and one.line == last.line and _only_tab(last, one):
            in_table = columns.search(last.before) is not None or (not last.before and one.line == row + 1)
            row = one.line if in_table else row
        paired = last is not None and (
            row == last.line
            or (begins.search(_label(last)) and ends.search(one.before) and one.line - _last_line(last) == 1)
        )
        if last is not None and paired and (whole := _to_end(last, one)) is not None:
            found[-1] = whole
        else:
            found.append(one)
    return tuple(found)


def _label(one: Told) -> str:
    """What stands before a time's hour: between its day and its hour, where these stand in two lines."""
    day, parted, hour = one.mention.quote.rpartition("\n")
    label = "".join(takewhile(lambda letter: not letter.isdigit(), hour))
    return f"{one.before}{day}\n{label}" if parted else one.before


def _last_line(one: Told) -> int:
    return one.line + one.mention.quote.count("\n")


def _only_tab(one: Told, other: Told) -> bool:
    return not one.after[: len(one.after) - len(other.after) - len(other.mention.quote)].strip(" \t|")


def _to_end(one: Told, other: Told) -> Told | None:
    """A time with the hour of another as its end, where both are of one day."""
    begin, end = one.when, other.when
    if begin is None or end is None or begin.start is None or end.start is None or begin.end is not None:
        return None
    if end.first not in (None, begin.first) or end.start <= begin.start:
        return None
    return replace(one, mention=replace(one.mention, value=replace(begin, end=end.start)))


def length_of(times: Iterable[Told]) -> timedelta | None:
    """How long the talk takes, where one figure is said of it: not how early to come, nor how long a test takes."""
    before, after = (compiled(table("time/formats")["not_length"][side]) for side in ("before", "after"))
    label = compiled(table("time/formats")["over"]["duration"])
    for one in times:
        clock = one.when.start if one.when is not None else None
        if clock is not None and clock.hour < 4 and label.search(one.before) is not None:
            return timedelta(hours=clock.hour, minutes=clock.minute)  # 'Duration: 00:45'
        size = one.length.duration if one.length is not None else None
        if size is None or not timedelta(minutes=10) <= size <= timedelta(hours=10):
            continue
        if one.length is not None and one.length.unit is Unit.HOUR and one.length.high >= 24:
            continue
        if before.search(one.before[-40:]) is None and after.search(one.after[:40]) is None:
            return size
    return None
