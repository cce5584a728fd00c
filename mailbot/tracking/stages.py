"""Where an application stands at a moment: its events folded by the table in data/transitions.toml, and the clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from mailbot.reading.statements import Reading
from mailbot.tracking.application import Application, Event, EventKind, MeetingStatus, Patience, Stage
from mailbot.tracking.silence import Silence
from mailbot.tracking.tables import table

# What an interview that is still coming takes precedence over.
UNTIL_THEN = frozenset({Stage.APPLIED, Stage.IN_CONTACT, Stage.WAITING})
FOR_EVER = datetime(9999, 12, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Change:
    """At `at` the stage turned from `was` (None: its first) to `stage`."""

    at: datetime
    was: Stage | None
    stage: Stage


@dataclass(frozen=True, slots=True)
class Anomaly:
    """An event that the table does not foresee at that stage: it changed nothing."""

    event: Event
    stage: Stage


def stage(application: Application, now: datetime, patience: Patience) -> Stage:
    """The stage at `now`."""
    return _Fold(application, now, patience).stage


def history(application: Application, now: datetime, patience: Patience) -> tuple[Change, ...]:
    """Every change up to `now`, those made by the clock included: held becomes waiting, silence dormant."""
    return tuple(_Fold(application, now, patience).changes)


def next_change(application: Application, now: datetime, patience: Patience) -> datetime | None:
    """When the stage changes next by the clock alone; None where only a message can change it."""
    return next((one.at for one in history(application, FOR_EVER, patience) if one.at > now), None)


class Stages:
    """`stage` and `next_change` with a memory. Give the same, always."""

    def __init__(self) -> None:
        self._known: dict[str, _Standing] = {}

    def at(self, application: Application, now: datetime, patience: Patience) -> tuple[Stage, datetime | None]:
        """The stage at `now`, and when the clock alone changes it."""
        facts, known = (application, patience), self._known.get(application.id)
        if known is None or known.facts != facts or not known.since <= now < (known.until or FOR_EVER):
            found, until = stage(application, now, patience), next_change(application, now, patience)
            known = self._known[application.id] = _Standing(facts, now, until, found)
        return known.stage, known.until


@dataclass(frozen=True, slots=True)
class _Standing:
    """The stage from `since` to `until` (None: for ever), as long as the facts are the same."""

    facts: tuple[Application, Patience]
    since: datetime
    until: datetime | None
    stage: Stage


def anomalies(application: Application, now: datetime, patience: Patience) -> tuple[Anomaly, ...]:
    """The events up to `now` that made no sense where the application stood."""
    return tuple(_Fold(application, now, patience).anomalies)


@cache
def transitions() -> Mapping[tuple[Stage, EventKind], Stage | None]:
    """The table; None is 'back'."""
    return {
        (Stage(before), EventKind(event)): None if after == "back" else Stage(after)
        for before, row in table("transitions").items()
        for event, after in row.items()
    }


class _Fold:
    """The events and messages of an application up to `now`, one after the other."""

    def __init__(self, application: Application, now: datetime, patience: Patience) -> None:
        self.stage = Stage.APPLIED
        self.changes: list[Change] = []
        self.anomalies: list[Anomaly] = []
        self._application = application
        self._silence = Silence(application, patience)
        self._told = {one.message_id: one.date for one in application.readings}
        self._before_interview = Stage.APPLIED
        self._before_silence = Stage.APPLIED
        ticks: list[tuple[datetime, Reading | Event]] = [(one.date, one) for one in application.readings]
        ticks += [(one.at, one) for one in application.events]
        for at, what in sorted(ticks, key=lambda tick: (tick[0], isinstance(tick[1], Event))):
            if at > now:
                break
            self._wait(at)
            self._silence.hear(what)
            if isinstance(what, Event):
                self._happen(what)
        self._wait(now)

    def _wait(self, until: datetime) -> None:
        """What the clock does before `until`."""
        deadline = self._silence.deadline(self.stage)
        if deadline and deadline <= until and self.changes and self._coming(deadline) is False:
            self._happen(Event(deadline, EventKind.FELL_SILENT))

    def _happen(self, event: Event) -> None:
        after = event.stage if event.kind is EventKind.CORRECTED else self._after(event)
        if after is None:
            return
        if after in UNTIL_THEN and event.kind is not EventKind.CORRECTED and self._coming(event.at):
            after = Stage.INTERVIEWING
        if after is Stage.INTERVIEWING and self.stage is not Stage.INTERVIEWING:
            self._before_interview = self._before_silence if self.stage is Stage.DORMANT else self.stage
        if after is Stage.DORMANT and self.stage is not Stage.DORMANT:
            self._before_silence = self.stage
        self._turn(event.at, after)

    def _after(self, event: Event) -> Stage | None:
        if (self.stage, event.kind) not in transitions():
            self.anomalies.append(Anomaly(event, self.stage))
            return None
        back = self._before_silence if self.stage is Stage.DORMANT else self._before_interview
        return transitions()[self.stage, event.kind] or back

    def _turn(self, at: datetime, after: Stage) -> None:
        """Note the change; what one instant brings is one change."""
        was = self.stage if self.changes else None
        self.stage = after
        if self.changes and self.changes[-1].at == at:
            was = self.changes.pop().was
        if was is not after:
            self.changes.append(Change(at, was, after))

    def _coming(self, moment: datetime) -> bool:
        """Whether an interview that is known by then still lies ahead."""
        return any(
            one.status is not MeetingStatus.CANCELLED
            and one.over_at > moment
            and any(self._told.get(message, FOR_EVER) <= moment for message in one.fixed_by)
            for one in self._application.meetings
        )
