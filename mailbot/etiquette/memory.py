"""What each application asks for, kept until it changes or its next moment comes: a plan costs only what is new."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from mailbot.etiquette.case import Case
from mailbot.etiquette.follow_up import FollowUp

Family = Callable[[Case], Iterable[FollowUp]]


@dataclass(frozen=True, slots=True)
class _Found:
    """What a family found at `since`; it holds up to `until` (None: for ever), as long as the facts are the same."""

    facts: tuple[object, ...]
    since: datetime
    until: datetime | None
    follow_ups: tuple[FollowUp, ...]

    def holds(self, case: Case) -> bool:
        lasts = self.since <= case.now and (self.until is None or case.now < self.until)
        return lasts and self.facts == _facts(case)


class Memory:
    """For families that look at nothing but their own application. Gives the same as the family, always."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, Family], _Found] = {}

    def find(self, case: Case, family: Family) -> tuple[FollowUp, ...]:
        key = case.application.id, family
        known = self._known.get(key)
        if known is None or not known.holds(case):
            known = self._known[key] = _find(case, family)
        return known.follow_ups


def _find(case: Case, family: Family) -> _Found:
    found = tuple(family(case))
    moments = (*_moments(case), *(at for one in found for at in (one.due, one.until)))
    return _Found(_facts(case), case.now, min((at for at in moments if at > case.now), default=None), found)


def _facts(case: Case) -> tuple[object, ...]:
    return case.application, case.wishes, case.etiquette, case.reader


def _moments(case: Case) -> Iterator[datetime]:
    """When the clock may change what an application asks for."""
    application = case.application
    yield from (one.date for one in application.readings)
    yield from (one.at for one in application.events)
    for meeting in application.meetings:
        yield from (meeting.start, meeting.over_at)
    yield from (end for ask in application.asks if (end := case.closed(ask)))
