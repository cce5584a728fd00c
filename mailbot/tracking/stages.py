"""Where an application stands at a moment, from its events by the table in data/transitions.toml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mailbot.tracking.application import Application, Patience, Stage


@dataclass(frozen=True, slots=True)
class Change:
    """At `at` the stage turned from `was` (None: its first) to `stage`."""

    at: datetime
    was: Stage | None
    stage: Stage


def stage(application: Application, now: datetime, patience: Patience) -> Stage:
    """The stage at `now`."""
    changes = history(application, now, patience)
    return changes[-1].stage if changes else Stage.APPLIED


def history(application: Application, now: datetime, patience: Patience) -> tuple[Change, ...]:
    """Every change up to `now`, those made by the clock included."""
    del application, now, patience
    return ()


def next_change(application: Application, now: datetime, patience: Patience) -> datetime | None:
    """When the stage changes next by the clock alone; None where only a message can change it."""
    del application, now, patience
    return None
