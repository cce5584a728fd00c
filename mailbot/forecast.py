"""How everything stands and what is coming, by the ledger alone: readings and the person's words -> an Outlook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mailbot.drafting.drafts import DraftRecord, DraftStatus
from mailbot.etiquette import lies_until, patience, plan
from mailbot.etiquette.follow_up import Plan
from mailbot.etiquette.memory import Memory
from mailbot.etiquette.rules import Etiquette
from mailbot.etiquette.wishes import Muted, Wish, rules_of
from mailbot.outcome import Outlook
from mailbot.profile import Profile
from mailbot.reading.statements import Reading
from mailbot.store.ledger import Ledger
from mailbot.tracking import Tracker, calling
from mailbot.tracking.application import Stage, Tracked
from mailbot.tracking.grouping import together
from mailbot.tracking.stages import Stages
from mailbot.tracking.words import is_told
from mailbot.words import Spoken, spoken


@dataclass(frozen=True, slots=True)
class _Planned:
    """What was planned at `since`: it holds until the clock itself changes something at `until` (None: never), or
    until mail or a word of the person's makes all be tracked anew."""

    tracked: Tracked
    profile: Profile
    since: datetime
    until: datetime | None
    plan: Plan
    stages: Mapping[str, Stage]
    own_rules: Mapping[str, Etiquette]  # of the applications that have their own, by id

    def holds(self, tracked: Tracked, profile: Profile, now: datetime) -> bool:
        lasts = self.since <= now and (self.until is None or now < self.until)
        return lasts and self.tracked is tracked and self.profile is profile


class _Lying:
    """The drafts that lie there, and when each unedited one will have lain for too long by its application's rules."""

    def __init__(self, drafts: tuple[DraftRecord, ...], planned: _Planned) -> None:
        self.drafts = drafts
        self.planned = planned
        self.identities = tuple(one.identity for one in drafts)
        found = ((one.id, self._until(one)) for one in drafts if one.status is DraftStatus.PLACED)
        self.taken_back = {ident: until for ident, until in found if until is not None}

    def _until(self, record: DraftRecord) -> datetime | None:
        if record.placed_at is None:
            return None
        profile, aliases = self.planned.profile, dict(self.planned.tracked.aliases)
        application = aliases.get(record.application, record.application)
        etiquette = self.planned.own_rules.get(application, profile.etiquette)
        return lies_until(record.identity.kind, record.placed_at, etiquette, profile.reader)


class Forecast:
    """Remembers what it made of the ledger, so that an outlook costs only what has changed since. `spoken` is what the
    person has said, as of the last outlook."""

    def __init__(self, ledger: Ledger, profile: Profile) -> None:
        self._ledger = ledger
        self.profile = profile
        self.spoken = Spoken()
        self._heard: tuple[int, ...] = ()
        self._tracker = Tracker()
        self._tracked: Tracked | None = None
        self._memory = Memory()
        self._stages = Stages()
        self._planned: _Planned | None = None
        self._lying: _Lying | None = None

    def outlook(self, now: datetime) -> Outlook:
        """How everything stands by the ledger alone; no mailbox is touched."""
        self.hear()
        tracked = self.track()
        if self._planned is None or not self._planned.holds(tracked, self.profile, now):
            self._planned = self._foresee(tracked, now)
        planned, drafts = self._planned, self._ledger.open_drafts()
        if self._lying is None or self._lying.drafts is not drafts or self._lying.planned is not planned:
            self._lying = _Lying(drafts, planned)
        moments = [planned.until, *(at for at in self._lying.taken_back.values() if at > now)]
        return Outlook(
            now=now,
            tracked=tracked,
            plan=planned.plan,
            stages=planned.stages,
            next_due=min((one for one in moments if one is not None), default=None),
            lying=self._lying.identities,
            taken_back=self._lying.taken_back,
        )

    def _foresee(self, tracked: Tracked, now: datetime) -> _Planned:
        etiquette, wishes = self.profile.etiquette, self.spoken.wishes
        own = rules_of(wishes, tracked.applications)
        calm = {one.id: patience(own.get(one.id, etiquette)) for one in tracked.every}
        coming = plan(tracked.applications, now, etiquette, self.profile.reader, wishes, self._memory)
        standing = {one.id: self._stages.at(one, now, calm[one.id]) for one in tracked.every}
        moments = [coming.next_due, *(standing[one.id][1] for one in tracked.every)]
        return _Planned(
            tracked=tracked,
            profile=self.profile,
            since=now,
            until=min((one for one in moments if one is not None), default=None),
            plan=coming,
            stages={ident: now_at for ident, (now_at, _) in standing.items()},
            own_rules=own,
        )

    def take(self, readings: Sequence[Reading]) -> None:
        """These came into the ledger."""
        if self._tracked is not None and any(self._tracker.concerns(one) for one in readings):
            self._tracked = None

    def take_anew(self) -> None:
        """Readings that were there have changed."""
        self._tracked = None

    def calls(self, reading: Reading) -> bool:
        """Whether it belongs to something known, whatever its headers look like."""
        return self.calls_back(calling.keys(reading))

    def calls_back(self, keys: frozenset[str]) -> bool:
        """Whether mail with these keys belongs to something known, or the person put it there."""
        return self._tracker.calls_back(keys) or not keys.isdisjoint(together(self.spoken.constraints))

    def calling(self) -> tuple[frozenset[str], frozenset[str]]:
        """The keys of what calls back mail that was set aside by its headers (tracking/calling.py): by what is known,
        and by the person's word."""
        self.track()
        return self._tracker.calls, together(self.spoken.constraints)

    def hear(self) -> None:
        """What the person has said since, in whatever process: all is tracked anew where that changed."""
        words = self._ledger.words()
        heard = tuple(one.id for one in words)
        if heard != self._heard:
            self._heard, self.spoken, self._tracked = heard, spoken(words, self.profile.rules), None

    def track(self) -> Tracked:
        """All applications; computed anew only after relevant mail or a word of the person's came."""
        if self._tracked is None:
            ids = self._ledger.application_ids()
            said, readings = self.spoken, self._ledger.readings()
            tracked = self._tracker.track(readings, constraints=said.constraints, words=said.words, ids=ids)
            mails = ((one.message_id, app.id) for app in tracked.every for one in app.readings)
            given = {message: ident for message, ident in mails if not is_told(message)}
            new = {message: ident for message, ident in given.items() if ids.get(message) != ident}
            if new or tracked.aliases:
                self._ledger.save_application_ids(new, dict(tracked.aliases))
            self._tracked = _asking_only(tracked, self.spoken.wishes)
        return self._tracked


def _asking_only(tracked: Tracked, wishes: Sequence[Wish]) -> Tracked:
    """Without the questions about mail of which the person wants to hear nothing more."""
    muted = {message for one in wishes if isinstance(one, Muted) for message in one.about}
    asked = tuple(one for one in tracked.questions if not muted.issuperset(one.message_ids))
    return tracked if asked == tracked.questions else replace(tracked, questions=asked)
