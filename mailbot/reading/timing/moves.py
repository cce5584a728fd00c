"""A talk that is moved: the time that holds now, and the one that no longer does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, tzinfo

from mailbot.patterns import compiled
from mailbot.reading.dates import Bound
from mailbot.reading.tables import table
from mailbot.reading.timing.talks import Talk, Texts, as_talk, instants, is_clock, visits
from mailbot.reading.timing.told import Meaning

_MOVED = 0.5  # how strongly words speak of a new time


def read_move(
    texts: Texts, talks: Sequence[Talk], lines: Sequence[str], now: datetime, zone: tzinfo
) -> tuple[list[Talk], list[Talk]]:
    """The talks that hold after a move and those that do not, of all that the mail may name. Where it looks for
    another time and has not put one down, nothing holds: what it names first is off, the rest are offers."""
    held = _says("holds", lines) is not None
    seeks = None if held else seeks_time(lines)
    off = [talk for talk in talks if is_gone(talk)]
    fixed = [talk for talk in talks if talk not in off and talk.start > now and (held or not _is_asked(talk))]
    new = [talk for talk in fixed if talk.told.weight(Meaning.NEW) > _MOVED]
    if not new and not off and len(fixed) == 2 and _says("moves", lines) is not None:
        off, new = fixed[:1], fixed[1:]  # '~~Friday 28 June, 15:20~~ Monday 1 July, 16:40'
    if seeks is not None and not new:
        first = [one for one in talks if one.told in texts.new and one.told.line <= seeks and not _may_suit(one)]
        off, fixed = off or first[:1], []
    if not fixed and not off:
        told = instants(texts.quoted(), now, zone) or instants(texts.subject, now, zone)
        off = told[:1] or _of_today(texts, now, zone)[:1]
    return visits(new or fixed), visits(off)


def is_gone(talk: Talk) -> bool:
    """Whether a talk is moved away from that time."""
    when = talk.told.when
    left = when is not None and when.bound is Bound.FROM
    if _may_suit(talk):
        return False
    return left or talk.told.weight(Meaning.OFF) > max(talk.told.weight(Meaning.NEW), 0.3)


def seeks_time(lines: Sequence[str]) -> int | None:
    """The line that looks for another time, where there is one."""
    return _says("seeks", lines)


def _says(name: str, lines: Sequence[str]) -> int | None:
    says, supposed = (compiled(table("time/lines")[one]) for one in (name, "supposed"))
    doubted = compiled(table("time/lines")["doubted"])
    before = ("", *lines)
    return next(
        (
            at
            for at, line in enumerate(lines)
            if says.search(line) and not supposed.match(line) and not doubted.search(before[at])
        ),
        None,
    )


def _is_asked(talk: Talk) -> bool:
    return "?" in talk.told.raw and talk.told.weight(Meaning.OFFERED) > talk.told.weight(Meaning.NEW)


def _may_suit(talk: Talk) -> bool:
    """Whether the mail asks if that very time suits: 'Would Tuesday at 9 be possible?'"""
    before, after = (compiled(table("time/lines")[one]) for one in ("asks_of", "if_it_suits"))
    return before.search(talk.told.before[-60:]) is not None and after.search(talk.told.after[:80]) is not None


def _of_today(texts: Texts, now: datetime, zone: tzinfo) -> list[Talk]:
    """The hour alone of a talk that will not be: 'I won't make 1:00', written the same day."""
    today = now.astimezone(zone).date()
    clocks = [one for one in (*texts.new, *texts.quoted()) if is_clock(one) and one.weight(Meaning.OFF) > _MOVED]
    whens = [(one, replace(when, first=today, last=today)) for one in clocks if (when := one.when) is not None]
    return [talk for one, when in whens if (talk := as_talk(one, when, now, zone)) is not None and talk.start > now]
