"""The board: every application in the column of its stage. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mailbot.outcome import Outlook
from mailbot.standing.steps import next_step
from mailbot.standing.wording import words_of
from mailbot.tracking.application import OVER, Application, Stage

# The columns in the order in which most applications go through them.
LIVE = (Stage.APPLIED, Stage.IN_CONTACT, Stage.INTERVIEWING, Stage.WAITING, Stage.ASSESSMENT, Stage.OFFER)


@dataclass(frozen=True, slots=True)
class Card:
    """One application; `step` is what comes next there and `when`, where something does. `yours`: the person has to
    act."""

    id: str
    company: str
    role: str
    stage: str
    step: str
    when: str
    yours: bool
    last_mail: datetime


@dataclass(frozen=True, slots=True)
class Column:
    stage: str
    title: str
    cards: tuple[Card, ...]


def live(outlook: Outlook) -> tuple[Column, ...]:
    """What goes on; a column may be empty, so that the board looks the same from day to day."""
    return tuple(_column(stage, outlook) for stage in LIVE)


def over(outlook: Outlook) -> tuple[Column, ...]:
    """What has ended, by how; only columns that hold something."""
    return tuple(one for stage in OVER if (one := _column(stage, outlook)).cards)


def heading(application: Application) -> str:
    """The employer as a heading: 'a client of Northgate' where only the agency is known."""
    return application.company or (f"a client of {application.agency}" if application.agency else "Unknown firm")


def others(application: Application, outlook: Outlook) -> list[Application]:
    """All but this one, by name."""
    rest = (one for one in outlook.tracked.every if one.id != application.id)
    return sorted(rest, key=lambda one: one.name.casefold())


def _column(stage: Stage, outlook: Outlook) -> Column:
    inside = (one for one in outlook.tracked.applications if outlook.stages[one.id] is stage)
    return Column(stage, words_of(stage).capitalize(), tuple(_cards(inside, outlook)))


def _cards(applications: Iterable[Application], outlook: Outlook) -> list[Card]:
    """The person's turn first, then what comes soonest, then by the newest mail."""
    found = []
    for one in applications:
        step = next_step(one, outlook)
        yours = any(debt.application == one.id for debt in outlook.plan.debts)
        card = Card(
            id=one.id, company=heading(one), role=one.role or "", stage=outlook.stages[one.id], step=step.what,
            when=step.when_in_words(outlook.now), yours=yours, last_mail=one.readings[-1].date,
        )  # fmt: skip
        found.append(((not yours, step.when is None, step.when or outlook.now, -card.last_mail.timestamp()), card))
    return [card for _, card in sorted(found, key=lambda one: one[0])]
