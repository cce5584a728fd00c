"""The plan held against the drafts that lie there: what a step should do, as values. Pure; the assistant applies it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from mailbot.drafting.drafts import DraftRecord, DraftStatus
from mailbot.etiquette import lies_too_long
from mailbot.etiquette.follow_up import FollowUp, FollowUpKind, Identity, Verdict
from mailbot.etiquette.rules import Etiquette
from mailbot.reading.statements import Reader


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

_OPEN = (DraftStatus.PLACED, DraftStatus.EDITED)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the ledger knows of drafts. `listed_before`: a ledger that took the place of a lost one lists what was due
    before this moment and never places it. `may_place`: every account's first scan is complete (and, in such a ledger,
    every account answers, so that copies of our own drafts are seen)."""

    records: tuple[DraftRecord, ...]
    missed: tuple[Identity, ...]
    listed_before: datetime | None
    may_place: bool


def decide(
    follow_ups: Collection[FollowUp], standing: Standing, now: datetime, etiquette: Etiquette, reader: Reader
) -> tuple[Action, ...]:
    """In the order in which it is to be done: what is missed, what goes, what changes, what comes."""
    known = _Index(one.identity for one in standing.records)
    # What was taken back may fall due again: an interview in doubt that took place after all.
    lying_or_done = _Index(one.identity for one in standing.records if one.status is not DraftStatus.WITHDRAWN)
    missed = _Index(standing.missed)
    misses: list[Action] = []
    places: list[Place] = []
    for one in follow_ups:
        if one.verdict not in (Verdict.DUE, Verdict.PASSED) or (missed.holds(one.identity) and not one.asked):
            continue
        too_early = standing.listed_before is not None and one.due < standing.listed_before and not one.asked
        if one.verdict is Verdict.PASSED or too_early:
            if not known.holds(one.identity):
                misses.append(Miss(one))
        elif standing.may_place and not lying_or_done.holds(one.identity):
            places.append(Place(one))
    coming = {one.follow_up.identity for one in places}
    takers = [
        one for one in follow_ups if one.takes_in and (one.identity in coming or lying_or_done.holds(one.identity))
    ]
    taken = _Index(identity for one in takers for identity in one.takes_in)
    places = [one for one in places if not taken.holds(one.follow_up.identity)]
    lying = [
        action
        for record in standing.records
        if record.status in _OPEN and (action := _judge(record, follow_ups, takers, now, etiquette, reader))
    ]
    gone = [one for one in lying if isinstance(one, Withdraw)]
    changed = [one for one in lying if isinstance(one, Recompose)]
    return (*misses, *gone, *changed, *places)


def _judge(
    record: DraftRecord,
    follow_ups: Collection[FollowUp],
    takers: Collection[FollowUp],
    now: datetime,
    etiquette: Etiquette,
    reader: Reader,
) -> Action | None:
    """Whether a draft that lies there still holds, should say something else, or must go."""
    follow_up = next((one for one in follow_ups if one.identity.same(record.identity)), None)
    if follow_up is None or follow_up.verdict is Verdict.UNSURE:
        return Withdraw(record, "It is no longer due.")
    if follow_up.verdict in (Verdict.DONE, Verdict.OVERTAKEN):
        return Withdraw(record, follow_up.reason.text)
    taker = next((one for one in takers if any(taken.same(record.identity) for taken in one.takes_in)), None)
    if taker:
        return Withdraw(record, f"A later letter to the same person takes it in ({taker.kind.words}).")
    if record.placed_at and lies_too_long(record.identity.kind, record.placed_at, now, etiquette, reader):
        return Withdraw(record, "It lay unsent for too long.")
    if record.status is DraftStatus.PLACED and follow_up.kind is FollowUpKind.THANK_YOU:
        return Recompose(record, follow_up)
    return None


class _Index:
    """Identities by kind and recipient, so that a look-up does not walk them all."""

    def __init__(self, identities: Iterable[Identity]) -> None:
        self._by: defaultdict[tuple[FollowUpKind, str], list[Identity]] = defaultdict(list)
        for one in identities:
            self._by[one.kind, one.recipient].append(one)

    def holds(self, identity: Identity) -> bool:
        return any(one.same(identity) for one in self._by[identity.kind, identity.recipient])
