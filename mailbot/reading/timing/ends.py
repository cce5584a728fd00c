"""When a talk ends: as a length, or an hour at which it is over, says."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from mailbot.patterns import compiled
from mailbot.reading.dates import Unit
from mailbot.reading.tables import table
from mailbot.reading.timing.talks import Talk, Texts
from mailbot.reading.timing.told import Told


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
