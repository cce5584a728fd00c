"""Figures over the whole search: who answers, how soon, and how often it comes to a talk. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from mailbot.mail.message import Direction
from mailbot.outcome import Outlook
from mailbot.reading.domains import registered
from mailbot.reading.senders import service
from mailbot.standing.wording import words_of
from mailbot.tracking.application import Application, EventKind, MeetingStatus, Stage
from mailbot.web.board import heading

_E = EventKind
SENT_IN = frozenset({_E.APPLIED, _E.RECEIVED})
# A word on the application itself: more than a receipt.
ANSWERS = frozenset({
    _E.CONTACTED, _E.INTERVIEW_ASKED, _E.INTERVIEW_FIXED, _E.ASSESSMENT_ASKED, _E.INFORMATION_ASKED, _E.ADVANCED,
    _E.OFFERED, _E.REJECTED, _E.CLOSED,
})  # fmt: skip
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Waited:
    """How long one application waited for its first answer, in days; `answered` False: it still does."""

    application: str
    name: str
    days: float
    answered: bool
    by: str  # the hiring system that its mail came by; empty where there was none


@dataclass(frozen=True, slots=True)
class Group:
    """Several applications together; `days` is the median of those answered, None where none was."""

    name: str
    sent: int
    answered: int
    days: float | None


@dataclass(frozen=True, slots=True)
class Talks:
    """The applications, as id and name, that came to that many interviews."""

    count: int
    applications: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """`share` and `talks_each` are None before anything was sent in; `days`: the median until the first answer."""

    applications: int
    sent: int
    answered: int
    interviewed: int
    interviews: int
    offers: int
    stages: tuple[tuple[str, int], ...]
    waited: tuple[Waited, ...]
    systems: tuple[Group, ...]
    talks: tuple[Talks, ...]

    @property
    def days(self) -> float | None:
        return _median(self.waited)

    @property
    def talks_each(self) -> float | None:
        return self.interviews / self.applications if self.applications else None


def figures(outlook: Outlook) -> Figures:
    """Of all applications that are one for sure."""
    every = outlook.tracked.applications
    waited = sorted((one for app in every if (one := _waited(app, outlook.now))), key=_slowest_last)
    talks = [len(_talks(one)) for one in every]
    return Figures(
        applications=len(every),
        sent=len(waited),
        answered=sum(one.answered for one in waited),
        interviewed=sum(count > 0 for count in talks),
        interviews=sum(talks),
        offers=sum(any(event.kind is _E.OFFERED for event in one.events) for one in every),
        stages=_stages(outlook.stages, every),
        waited=tuple(waited),
        systems=tuple(_systems(waited)),
        talks=tuple(_by_talks(every, talks)),
    )


def _waited(application: Application, now: datetime) -> Waited | None:
    """None where they wrote first: nothing was waited for."""
    events = sorted(application.events, key=lambda one: one.at)
    sent = next((one for one in events if one.kind in SENT_IN), None)
    receipts = {one.message_id for one in events if one.kind in SENT_IN}  # 'we have your application' by a human, too
    answer = next((one.at for one in events if one.kind in ANSWERS and one.message_id not in receipts), None)
    if sent is None or (answer is not None and answer < sent.at):
        return None
    ended = next((one.at for one in events if one.kind is _E.WITHDREW), now)  # who withdraws waits no more
    days = ((answer or ended) - sent.at) / DAY
    return Waited(application.id, heading(application), days, answer is not None, system(application))


def system(application: Application) -> str:
    """The hiring system that their mail comes by, as its domain is called: 'workablemail.com'."""
    senders = (one.sender for one in application.readings if one.direction is Direction.IN and one.sender)
    for one in senders:
        if service(one.domain) == "ats":
            return one.domain.removeprefix(f"{registered(one.domain)[1]}.")
    return ""


def _systems(waited: Sequence[Waited]) -> Iterable[Group]:
    """By hiring system, most used first; what came by none is 'direct'."""
    names = sorted({one.by for one in waited}, key=lambda name: (-sum(one.by == name for one in waited), name))
    for name in names:
        inside = [one for one in waited if one.by == name]
        answered = sum(one.answered for one in inside)
        yield Group(name or "Direct, by no system", len(inside), answered, _median(inside))


def _talks(application: Application) -> list[datetime]:
    """The interviews that were held or are fixed."""
    return [one.start for one in application.meetings if one.status is MeetingStatus.FIXED]


def _by_talks(every: Sequence[Application], talks: Sequence[int]) -> Iterable[Talks]:
    for count in sorted(set(talks), reverse=True):
        inside = ((one.id, heading(one)) for one, own in zip(every, talks, strict=True) if own == count)
        yield Talks(count, tuple(sorted(inside, key=lambda one: one[1].casefold())))


def _stages(stages: Mapping[str, Stage], every: Sequence[Application]) -> tuple[tuple[str, int], ...]:
    counts = ((stage, sum(stages[one.id] is stage for one in every)) for stage in Stage)
    return tuple((words_of(stage).capitalize(), count) for stage, count in counts if count)


def _median(waited: Iterable[Waited]) -> float | None:
    days = [one.days for one in waited if one.answered]
    return median(days) if days else None


def _slowest_last(one: Waited) -> tuple[bool, float]:
    return not one.answered, one.days
