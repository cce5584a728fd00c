"""What each application asks for, kept until it changes or its next moment comes: a plan costs only what is new."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from mailbot.etiquette.case import Case, Contents, look_into
from mailbot.etiquette.follow_up import FollowUp
from mailbot.etiquette.wishes import Paused
from mailbot.tracking.application import Application

Family = Callable[[Case], Iterable[FollowUp]]


@dataclass(frozen=True, slots=True)
class _Found:
    """What a family found at `since`; it holds up to `until` (None: for ever), as long as the facts are the same."""

    facts: tuple[object, ...]
    since: datetime
    until: datetime | None
    follow_ups: tuple[FollowUp, ...]

    def holds(self, facts: tuple[object, ...], now: datetime) -> bool:
        lasts = self.since <= now and (self.until is None or now < self.until)
        return lasts and self.facts == facts


class Memory:
    """For what looks at nothing but its own application, and at what is named beside it. Gives the same, always."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, object], _Found] = {}
        self._contents: dict[str, tuple[Application, Contents]] = {}

    def contents(self, application: Application) -> Contents:
        """`look_into`, once for each state of an application."""
        known = self._contents.get(application.id)
        if known is None or known[0] is not application:
            known = self._contents[application.id] = application, look_into(application)
        return known[1]

    def find(self, case: Case, family: Family, *, name: object = None, beside: object = None) -> tuple[FollowUp, ...]:
        """What the family finds, from memory where nothing has changed; `name` is its own where it is made anew for
        each plan."""
        key, facts = (case.application.id, name or family), (*_facts(case), beside)
        known = self._known.get(key)
        if known is None or not known.holds(facts, case.now):
            known = self._known[key] = _find(case, family, facts)
        return known.follow_ups


def _find(case: Case, family: Family, facts: tuple[object, ...]) -> _Found:
    found = tuple(family(case))
    moments = (*_moments(case), *(at for one in found for at in (one.due, one.until)))
    return _Found(facts, case.now, min((at for at in moments if at > case.now), default=None), found)


def _facts(case: Case) -> tuple[object, ...]:
    return case.application, case.wishes, case.etiquette, case.reader


def _moments(case: Case) -> Iterator[datetime]:
    """When the clock may change what an application asks for."""
    application = case.application
    yield from (one.date for one in application.readings)
    yield from (one.at for one in application.events)
    for meeting in application.meetings:
        yield from (meeting.start, meeting.over_at)
    yield from (one.until for one in case.wishes if isinstance(one, Paused) and one.until)
    yield from (end for ask in application.asks if (end := case.closed(ask)))
