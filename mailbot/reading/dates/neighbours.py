"""What the grammar finds, and what neighbours in a list lend each other ('Tuesday or Wednesday at 2')."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from mailbot.reading.dates.clocks import Clock
from mailbot.reading.dates.values import Bound, Mention, Unit, When
from mailbot.reading.dates.view import Days, View, words


@dataclass(frozen=True, slots=True)
class Found:
    """A mention in the making: its tokens from `low` up to `high`."""

    low: int
    high: int
    days: Days | None
    clock: Clock | None
    bound: Bound
    clock_first: bool = False


def finished(view: View, found: list[Found | Mention]) -> Iterator[Mention]:
    """Mentions from what was found; neighbours in a list lend each other day and hour."""
    shared = _shared(view, _joined(view, found))
    for one, borrowed in shared:
        yield one if isinstance(one, Mention) else as_mention(view, one, borrowed=borrowed)


def _joined(view: View, found: list[Found | Mention]) -> list[Found | Mention]:
    """'Tuesday 10am to Tuesday 11am' is one time with its end."""
    joined: list[Found | Mention] = []
    for one in found:
        before = joined[-1] if joined else None
        if (
            isinstance(one, Found) and isinstance(before, Found)
            and before.clock is not None and one.clock is not None and before.days is not None and one.days is not None
            and before.clock.end is None and one.clock.end is None and before.days.first == one.days.first
            and _between(view, before.high, one.low) in (("-",), ("–",), ("—",), ("to",), ("until",), ("till",))
        ):  # fmt: skip
            clock = replace(before.clock, end=one.clock.start, zone=before.clock.zone or one.clock.zone)
            joined[-1] = replace(before, high=one.high, clock=clock)
        elif isinstance(one, Found) and isinstance(before, Found) and _moves(view, before, one):
            joined[-1:] = [replace(before, bound=Bound.FROM), replace(one, days=one.days or before.days)]
        else:
            joined.append(one)
    return joined


def _moves(view: View, one: Found, other: Found) -> bool:
    """Whether a talk moves from one hour to another: 'to' joins them, and they were taken for no stretch."""
    hours = one.clock is not None and other.clock is not None and one.clock.end is None and not one.clock.window
    return hours and _between(view, one.high, other.low) == ("to",)


def _between(view: View, low: int, high: int) -> tuple[str, ...]:
    return tuple(view.low(place) for place in range(low, min(high, low + 4)))


def _neighbours(view: View, one: Found | Mention, other: Found | Mention) -> bool:
    """Whether only the connectors of a list stand between two."""
    if not (isinstance(one, Found) and isinstance(other, Found)):
        return False
    gap = _between(view, one.high, other.low)
    return len(gap) < 4 and all(low in words("beside", "in_a_list") for low in gap)


def _shared(view: View, found: list[Found | Mention]) -> list[tuple[Found | Mention, bool]]:
    """Each with what it borrows: a clock without a day from the one before, a day without a clock from the one
    after ('Tuesday or Wednesday at 2'), or before ('at 2 on Tuesday or Wednesday')."""
    result: list[tuple[Found | Mention, bool]] = [(one, False) for one in found]
    for place in range(1, len(result)):
        one, before = result[place][0], result[place - 1][0]
        if not (isinstance(one, Found) and isinstance(before, Found)) or not _neighbours(view, before, one):
            continue
        if one.days is None and before.days is not None and before.clock is not None:
            result[place] = (replace(one, days=before.days), True)
        elif one.clock is None and before.clock is not None and before.clock_first and _is_day(one):
            result[place] = (replace(one, clock=before.clock, clock_first=True), True)
    for place in range(len(result) - 2, -1, -1):
        one, after = result[place][0], result[place + 1][0]
        if not (isinstance(one, Found) and isinstance(after, Found)) or not _neighbours(view, one, after):
            continue
        if one.clock is not None and after.clock is not None and one.clock.zone is None:
            one = replace(one, clock=replace(one.clock, zone=after.clock.zone))
            result[place] = (one, result[place][1])
        lends = after.clock is not None and not after.clock_first and "\n" not in _between(view, one.high, after.low)
        if one.clock is None and _is_day(one) and lends:
            result[place] = (replace(one, clock=after.clock), True)
    return result


def _is_day(one: Found) -> bool:
    return one.days is not None and one.days.first == one.days.last and one.days.unit is Unit.DAY


def as_mention(view: View, one: Found, *, borrowed: bool = False) -> Mention:
    start, end = view[one.low].start, view[one.high - 1].end
    days, clock = one.days, one.clock
    value = When(
        first=days.first if days else None,
        last=days.last if days else None,
        start=clock.start if clock else None,
        end=clock.end if clock else None,
        zone=clock.zone if clock else None,
        bound=one.bound,
        whole=days.unit if days else Unit.DAY,
        window=clock.window if clock else False,
        counted=days.counted if days else False,
        borrowed=borrowed,
        size=days.size if days else None,
    )
    return Mention(start, end, view.text[start:end], value, days.sure if days else 0.9)
