"""What a step of the assistant knows and did: values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from mailbot.drafting.letter import Letter
from mailbot.drafting.placing import DraftChange
from mailbot.etiquette.follow_up import FollowUp, Identity, Plan
from mailbot.tracking.application import Application, Question, Stage, Tracked


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that did not work for one account, in a sentence; the others went on. `news`: it did work the step
    before, as far as the ledger knows."""

    account: str
    text: str
    transient: bool
    news: bool = True


@dataclass(frozen=True, slots=True)
class StageChanged:
    at: datetime
    application: Application
    was: Stage
    stage: Stage


@dataclass(frozen=True, slots=True)
class DraftPlaced:
    at: datetime
    application: Application
    follow_up: FollowUp
    letter: Letter
    recomposed: bool = False


@dataclass(frozen=True, slots=True)
class DraftChanged:
    """What became of a draft since, or was done to it: `change` says what and why."""

    at: datetime
    application: Application | None
    change: DraftChange


@dataclass(frozen=True, slots=True)
class NotPlaced:
    """A follow-up that was due but that the mailbox shows to be done already, or under way."""

    at: datetime
    follow_up: FollowUp
    why: str


@dataclass(frozen=True, slots=True)
class Missed:
    """A follow-up whose time went by before it could be placed."""

    at: datetime
    follow_up: FollowUp


StepEvent = StageChanged | DraftPlaced | DraftChanged | NotPlaced | Missed


@dataclass(frozen=True, slots=True)
class Outlook:
    """How everything stands at a moment, by the ledger alone. `lying`: of what there is a draft, edited ones too.
    `taken_back`: when an unedited draft, named by its record's id, will have lain for too long."""

    now: datetime
    tracked: Tracked
    plan: Plan
    stages: Mapping[str, Stage]
    next_due: datetime | None
    lying: tuple[Identity, ...] = ()
    taken_back: Mapping[int, datetime] = field(default_factory=dict)

    @property
    def questions(self) -> tuple[Question, ...]:
        """What mailbot does not dare to decide, and asks in `status`."""
        return (*self.tracked.questions, *self.plan.questions)

    def application(self, ident: str) -> Application:
        return next(one for one in self.tracked.applications if one.id == ident)

    def changed(self, change: DraftChange) -> DraftChanged:
        """The event of what became of a draft."""
        known = {one.id: one for one in self.tracked.applications}
        return DraftChanged(self.now, known.get(change.record.application), change)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one step did. `next_due`: the next moment at which a step has something to do without new mail."""

    outlook: Outlook
    events: tuple[StepEvent, ...]
    problems: tuple[Problem, ...]
    fetched: int

    @property
    def next_due(self) -> datetime | None:
        return self.outlook.next_due
