"""The plan held against the drafts that lie there: what a step should do, as values. Pure; the assistant applies it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, TypeVar

from mailbot.drafting.drafts import DraftRecord, DraftStatus
from mailbot.drafting.purpose import THANKS
from mailbot.etiquette.follow_up import FollowUp, FollowUpKind, Identity, Verdict


@dataclass(frozen=True, slots=True)
class Miss:
    """Its time went by: to be listed, with the command that drafts it."""

    follow_up: FollowUp


@dataclass(frozen=True, slots=True)
class Withdraw:
    record: DraftRecord
    why: str


@dataclass(frozen=True, slots=True)
class Recompose:
    """Compose it anew; where the letter then says something else, it takes the old one's place."""

    record: DraftRecord
    follow_up: FollowUp


@dataclass(frozen=True, slots=True)
class Place:
    follow_up: FollowUp


Action = Miss | Withdraw | Recompose | Place

T = TypeVar("T")
_NEVER = datetime.max.replace(tzinfo=UTC)
_OPEN = (DraftStatus.PLACED, DraftStatus.EDITED)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the ledger knows of drafts. `listed_before`: a ledger that took the place of a lost one lists what was due
    before this moment and never places it. `may_place`: every account's first scan is complete (and, in such a ledger,
    every account answers, so that copies of our own drafts are seen). `taken_back`: when an unedited draft, named by
    its record's id, will have lain for too long."""

    records: tuple[DraftRecord, ...]
    missed: tuple[Identity, ...]
    listed_before: datetime | None
    may_place: bool
    taken_back: Mapping[int, datetime]


def decide(follow_ups: Collection[FollowUp], standing: Standing, now: datetime) -> tuple[Action, ...]:
    """In the order in which it is to be done: what is missed, what goes, what changes, what comes."""
    known = _Index((one.identity, one) for one in standing.records)
    # What was taken back may fall due again: an interview in doubt that took place after all.
    lying_or_done = _Index((one.identity, one) for one in standing.records if one.status is not DraftStatus.WITHDRAWN)
    missed = _Index((one, one) for one in standing.missed)
    misses: list[Action] = []
    places: list[Place] = []
    for one in follow_ups:
        if one.verdict not in (Verdict.DUE, Verdict.PASSED) or (missed.holds(one.identity) and not one.asked):
            continue
        if one.verdict is Verdict.PASSED and one.kind is FollowUpKind.INTERVIEW_NOTES and not standing.listed_before:
            continue  # what prepares a talk that is over is no loss
        too_early = standing.listed_before is not None and one.due < standing.listed_before and not one.asked
        if one.verdict is Verdict.PASSED or too_early:
            if not known.holds(one.identity):
                misses.append(Miss(one))
        elif standing.may_place and not lying_or_done.holds(one.identity):
            places.append(Place(one))
    coming = {one.follow_up.identity for one in places}
    takers = [
        one
        for one in follow_ups
        if one.takes_in and one.verdict is not Verdict.COMING
        if one.identity in coming or lying_or_done.holds(one.identity)
    ]
    taken = _Index((identity, one) for one in takers for identity in one.takes_in)
    places = [one for one in places if not taken.holds(one.follow_up.identity)]
    judge = _Judge(follow_ups, takers, standing.taken_back, now)
    lying = [action for one in standing.records if one.status in _OPEN and (action := judge(one))]
    gone = [one for one in lying if isinstance(one, Withdraw)]
    changed = [one for one in lying if isinstance(one, Recompose)]
    return (*misses, *gone, *changed, *places)


class Decider:
    """`decide` with a memory: a step at which nothing has changed decides nothing anew. Gives the same, always."""

    def __init__(self) -> None:
        self._known: tuple[Collection[FollowUp], Standing, tuple[Action, ...]] | None = None
        self._since = self._until = datetime.min.replace(tzinfo=UTC)

    def decide(self, follow_ups: Collection[FollowUp], standing: Standing, now: datetime) -> tuple[Action, ...]:
        if self._known and self._since <= now < self._until:
            wanted, stood, actions = self._known
            if wanted is follow_ups and stood == standing:
                return actions
        actions = decide(follow_ups, standing, now)
        coming = (at for at in standing.taken_back.values() if at > now)
        self._known, self._since, self._until = (follow_ups, standing, actions), now, min(coming, default=_NEVER)
        return actions


class _Judge:
    """Whether a draft that lies there still holds (None), should say something else, or must go."""

    def __init__(
        self,
        follow_ups: Iterable[FollowUp],
        takers: Iterable[FollowUp],
        taken_back: Mapping[int, datetime],
        now: datetime,
    ) -> None:
        self._wanted = _Index((one.identity, one) for one in follow_ups)
        self._takers = _Index((taken, one) for one in takers for taken in one.takes_in)
        self._taken_back = taken_back
        self._now = now

    def __call__(self, record: DraftRecord) -> Action | None:
        follow_up = self._wanted.find(record.identity)
        if follow_up is None or follow_up.verdict is Verdict.UNSURE:
            return Withdraw(record, "It is no longer due.")
        if follow_up.verdict in (Verdict.DONE, Verdict.OVERTAKEN):
            return Withdraw(record, follow_up.reason.text)
        if record.status is DraftStatus.PLACED and _was_moved(record, follow_up):
            return Withdraw(record, "The interview was moved.")
        if taker := self._takers.find(record.identity):
            return Withdraw(record, f"A later letter to the same person takes it in ({taker.kind.words}).")
        if (until := self._taken_back.get(record.id)) and self._now >= until:
            return Withdraw(record, "It lay unsent for too long.")
        if record.status is DraftStatus.PLACED and follow_up.kind is FollowUpKind.THANK_YOU:
            return Recompose(record, follow_up)
        return None


def _was_moved(record: DraftRecord, follow_up: FollowUp) -> bool:
    """Whether what a letter gives thanks for is now to come only after the letter was placed."""
    early = follow_up.verdict is Verdict.COMING and follow_up.due > record.intended_at
    return early and follow_up.kind in THANKS


class _Index(Generic[T]):
    """Values by identity: by kind, recipient and each message, so that a look-up does not walk them all."""

    def __init__(self, found: Iterable[tuple[Identity, T]]) -> None:
        self._by: dict[tuple[FollowUpKind, str, str], tuple[int, T]] = {}
        for number, (identity, value) in enumerate(found):
            for message in identity.occasion:
                self._by.setdefault((identity.kind, identity.recipient, message), (number, value))

    def find(self, identity: Identity) -> T | None:
        """The first value of the same follow-up."""
        keys = ((identity.kind, identity.recipient, message) for message in identity.occasion)
        known = [found for key in keys if (found := self._by.get(key))]
        return min(known, key=lambda one: one[0])[1] if known else None

    def holds(self, identity: Identity) -> bool:
        return self.find(identity) is not None
