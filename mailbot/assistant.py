"""One step of the whole job: fetch -> read -> track -> plan -> place. The only module that knows all rooms.

The daemon, `sync`, `replay`, `demo` and the tests all drive `Assistant.step`, with other clocks and other mailboxes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from mailbot.decisions import Action, Miss, Place, Recompose, Standing, Withdraw, decide
from mailbot.drafting.drafts import DraftRecord, DraftStatus
from mailbot.drafting.identity import message_id
from mailbot.drafting.letter import Letter, Me, Note
from mailbot.drafting.placing import Placed, Placing
from mailbot.drafting.threads import sender_of
from mailbot.errors import MailbotError, Transient
from mailbot.etiquette import imagined, lies_until, load, patience, plan
from mailbot.etiquette.follow_up import FollowUp, FollowUpKind, Identity, Plan, Verdict
from mailbot.etiquette.memory import Memory
from mailbot.etiquette.rules import Etiquette
from mailbot.etiquette.wishes import rules_of
from mailbot.forms import Forms
from mailbot.intake import Intake, ReadMail
from mailbot.mail.message import Direction
from mailbot.mail.port import Mailbox, RawMessage
from mailbot.outcome import (
    DraftChanged,
    DraftPlaced,
    Missed,
    NotPlaced,
    Outcome,
    Outlook,
    Problem,
    StageChanged,
    StepEvent,
)
from mailbot.papers import Papers
from mailbot.reading.statements import Reader, Reading
from mailbot.store.ledger import Ledger
from mailbot.tracking import Tracker, calling
from mailbot.tracking.application import Application, Stage, Tracked
from mailbot.tracking.grouping import together
from mailbot.tracking.stages import next_change, stage
from mailbot.tracking.words import is_told
from mailbot.words import Spoken, spoken

# How often a step plans anew because mail came between its plan and its first draft.
ROUNDS = 3
# What was set aside by its headers alone may prove to matter within this time.
CALLED_BACK = timedelta(days=90)
# After this long without an answer from an account, an application with mail in it gets no drafts.
STALE = timedelta(hours=24)
# The ledger's mark that it takes the place of a lost one: what was due before it began is listed, never placed.
SUCCESSOR = "successor"


@dataclass(frozen=True, slots=True)
class Profile:
    """Who the assistant works for, and by which rules. `since`: a first scan leaves unread what arrived before.
    `rules` gives another preset by its name, for a single application."""

    reader: Reader
    me: Me
    etiquette: Etiquette
    since: datetime | None = None
    rules: Callable[[str], Etiquette] = load


@dataclass(slots=True)
class _Step:
    """What one step gathers on its way."""

    now: datetime
    problems: dict[str, Problem] = field(default_factory=dict)
    events: list[StepEvent] = field(default_factory=list)
    fetched: int = 0

    def failed(self, account: str, error: MailbotError) -> None:
        self.problems[account] = Problem(account, str(error), isinstance(error, Transient))


@dataclass(frozen=True, slots=True)
class _Forecast:
    """What was planned at `since`: it holds until the clock itself changes something at `until` (None: never), or
    until mail or a word of the person's makes all be tracked anew."""

    tracked: Tracked
    profile: Profile
    since: datetime
    until: datetime | None
    plan: Plan
    stages: Mapping[str, Stage]

    def holds(self, tracked: Tracked, profile: Profile, now: datetime) -> bool:
        lasts = self.since <= now and (self.until is None or now < self.until)
        return lasts and self.tracked is tracked and self.profile is profile


class Assistant:
    """Works through a list of mailboxes for one person. `key` is the identity key of the follow-ups' Message-IDs;
    `read_mail` reads one mail, in this process where nothing else is said; `papers` are the person's own files."""

    def __init__(
        self,
        mailboxes: Sequence[Mailbox],
        ledger: Ledger,
        profile: Profile,
        key: bytes,
        read_mail: ReadMail | None = None,
        papers: Papers | None = None,
    ) -> None:
        self._mailboxes = {one.account: one for one in mailboxes}
        self._ledger = ledger
        self.profile = profile
        self._key = key
        self._papers = papers or Papers()
        self._intake = Intake(ledger, profile.reader, profile.since, read_mail or _read_here, self._calls)
        self._forms = Forms(ledger, self._mailboxes)
        self._placing = Placing(ledger, self._mailboxes, key, {_domain(one) for one in profile.me.addresses})
        self._heard: tuple[int, ...] = ()
        self._spoken = Spoken()
        self._tracker = Tracker()
        self._called: frozenset[str] | None = None
        self._tracked: Tracked | None = None
        self._stages: dict[str, Stage] | None = None
        self._memory = Memory()
        self._forecast: _Forecast | None = None
        self._composed: dict[int, object] = {}

    def outlook(self, now: datetime) -> Outlook:
        """How everything stands by the ledger alone; no mailbox is touched."""
        self._hear()
        tracked = self._track()
        if self._forecast is None or not self._forecast.holds(tracked, self.profile, now):
            self._forecast = self._foresee(tracked, now)
        forecast, drafts = self._forecast, self._ledger.open_drafts()
        moments = [forecast.until, *(at for one in drafts if (at := self._taken_back(one)) and at > now)]
        return Outlook(
            now=now,
            tracked=tracked,
            plan=forecast.plan,
            stages=forecast.stages,
            next_due=min((one for one in moments if one is not None), default=None),
            lying=tuple(one.identity for one in drafts),
        )

    def _foresee(self, tracked: Tracked, now: datetime) -> _Forecast:
        etiquette, wishes = self.profile.etiquette, self._spoken.wishes
        own = rules_of(wishes, tracked.applications)
        calm = {one.id: patience(own.get(one.id, etiquette)) for one in tracked.every}
        planned = plan(tracked.applications, now, etiquette, self.profile.reader, wishes, self._memory)
        moments = [planned.next_due, *(next_change(one, now, calm[one.id]) for one in tracked.applications)]
        return _Forecast(
            tracked=tracked,
            profile=self.profile,
            since=now,
            until=min((one for one in moments if one is not None), default=None),
            plan=planned,
            stages={one.id: stage(one, now, calm[one.id]) for one in tracked.every},
        )

    def _taken_back(self, record: DraftRecord) -> datetime | None:
        """When an unedited draft will have lain for too long."""
        if record.status is not DraftStatus.PLACED or record.placed_at is None:
            return None
        return lies_until(record.identity.kind, record.placed_at, self.profile.etiquette, self.profile.reader)

    def step(self, now: datetime, *, dry_run: bool = False, clock: Callable[[], datetime] | None = None) -> Outcome:
        """Read what is new, then place, recompose and withdraw what the plan at `now` asks for. Fetching takes its
        time: where there is a `clock`, it is asked again afterwards, so that an answer that came meanwhile is no word
        from the future. An account that fails is a Problem of the Outcome, never an exception. With `dry_run` mail is
        read but no draft is touched. Raises Transient or ActionNeeded of the ledger alone."""
        step = _Step(now)
        self._fetch(step)
        step.now = now = clock() if clock else now
        if not dry_run:
            self._settle(step)
        for _ in range(ROUNDS):
            outlook = self.outlook(now)
            actions = self._decide(outlook, step.problems)
            # An answer that has come since the plan was made stops the draft: look once more before placing.
            if dry_run or not any(isinstance(one, Place) for one in actions) or not self._fetch(step):
                break
        self._note_stages(step, outlook)
        if not dry_run:
            for action in actions:
                self._apply(step, action, outlook)
            if self._ledger.restored() and not step.problems:
                self._ledger.set_meta(SUCCESSOR, "yes")
                self._ledger.begin_again(now)
        self._note_health(step)
        return Outcome(outlook, tuple(step.events), tuple(step.problems.values()), step.fetched)

    def _note_health(self, step: _Step) -> None:
        for account in self._mailboxes:
            if problem := step.problems.get(account):
                news = self._ledger.note_trouble(account, problem.text, step.now)
                step.problems[account] = replace(problem, news=news)
            else:
                self._ledger.note_synced(account, step.now)

    def in_doubt(self) -> bool:
        """Whether an act on a mailbox was begun whose end is not known: the next step looks after it first."""
        return any(one.in_doubt for one in self._ledger.open_drafts())

    def preview(self, outlook: Outlook) -> tuple[Letter, ...]:
        """The letters that a step would place now."""
        actions = self._decide(outlook, {})
        return tuple(self.letter(one.follow_up, outlook) for one in actions if isinstance(one, Place))

    def imagined(self, kind: FollowUpKind, application: Application, outlook: Outlook) -> tuple[FollowUp, ...]:
        """The follow-ups of that kind as they would be if the person asked for them now."""
        profile, known = self.profile, outlook.tracked.applications
        wishes = self._spoken.wishes
        return imagined(kind, application, known, outlook.now, profile.etiquette, profile.reader, wishes)

    def letter(self, follow_up: FollowUp, outlook: Outlook) -> Letter:
        """The letter of a follow-up, as it would be drafted now."""
        from mailbot.drafting.compose import compose  # here: what only looks at the ledger starts faster

        application, me = outlook.application(follow_up.application), self.profile.me
        identity = follow_up.identity
        domain = sender_of(follow_up, application, me).domain
        notes = self._notes()
        return compose(
            follow_up,
            application,
            me,
            outlook.now,
            message_id=message_id(self._key, identity.kind, identity.recipient, identity.occasion[0], domain),
            notes=notes,
            others=[one for one in outlook.tracked.applications if one.id != follow_up.application],
            files=self._papers.files(notes),
            busy=self._papers.busy(outlook.now, me.zone),
            templates=self._papers.templates,
        )

    def to_add(self, record: DraftRecord, outlook: Outlook) -> tuple[str, ...]:
        """The sentences that a draft which the person edited lacks by now: an edited draft is left as it is."""
        from mailbot.drafting.additions import to_add

        same = (one for one in outlook.plan.follow_ups if one.identity.same(record.identity))
        found = next((one for one in same if one.verdict is Verdict.DUE), None)
        if record.status is not DraftStatus.EDITED or found is None:
            return ()
        return to_add(record.body, self.letter(found, outlook))

    def _fetch(self, step: _Step) -> bool:
        """Whether anything came."""
        before = step.fetched
        for account, mailbox in self._mailboxes.items():
            if account in step.problems:
                continue
            try:
                readings = self._intake.fetch(mailbox, step.now)
            except MailbotError as error:
                step.failed(account, error)
                continue
            step.fetched += len(readings)
            self._take(readings)
        return self._call_back(step) or step.fetched > before

    def _take(self, readings: Sequence[Reading]) -> None:
        if any(self._tracker.concerns(one) for one in readings):
            self._tracked = None

    def _calls(self, reading: Reading) -> bool:
        """Whether it belongs to something known, whatever its headers look like."""
        return not calling.keys(reading).isdisjoint(self._tracker.calls)

    def _call_back(self, step: _Step) -> bool:
        """Read whole what was set aside by its headers, and belongs to what is known by now. Whether there was any."""
        self._hear()
        came = False
        while (keys := self._calling()) != self._called:
            self._called = keys
            wanted = self._ledger.called(keys, step.now - CALLED_BACK)
            for account, mailbox in self._mailboxes.items():
                came = (account not in step.problems and self._read_again(step, mailbox, wanted)) or came
        if step.problems:
            self._called = None  # what an account did not give is asked for again
        return came

    def _calling(self) -> frozenset[str]:
        self._track()
        return self._tracker.calls | together(self._spoken.constraints)

    def _read_again(self, step: _Step, mailbox: Mailbox, wanted: Sequence[str]) -> bool:
        try:
            readings = self._intake.read_again(mailbox, wanted, step.now)
        except MailbotError as error:
            step.failed(mailbox.account, error)
            return False
        self._take(readings)
        return bool(readings)

    def _hear(self) -> None:
        """What the person has said since, in whatever process: all is tracked anew where that changed."""
        words = self._ledger.words()
        heard = tuple(one.id for one in words)
        if heard != self._heard:
            self._heard, self._spoken, self._tracked = heard, spoken(words, self.profile.rules), None

    def _track(self) -> Tracked:
        """All applications; computed anew only after relevant mail or a word of the person's came."""
        if self._tracked is None:
            ids = self._ledger.application_ids()
            said, readings = self._spoken, self._ledger.readings()
            tracked = self._tracker.track(readings, constraints=said.constraints, words=said.words, ids=ids)
            mails = ((one.message_id, app.id) for app in tracked.every for one in app.readings)
            given = {message: ident for message, ident in mails if not is_told(message)}
            new = {message: ident for message, ident in given.items() if ids.get(message) != ident}
            if new or tracked.aliases:
                self._ledger.save_application_ids(new, dict(tracked.aliases))
            self._tracked = tracked
        return self._tracked

    def _settle(self, step: _Step) -> None:
        """What became of the drafts since the last step, and of whatever was left in doubt."""
        if not self._ledger.open_drafts():
            return
        outlook = self.outlook(step.now)
        due = [one.identity for one in outlook.plan.follow_ups if one.verdict is Verdict.DUE]
        known = {one.id: one for one in outlook.tracked.applications}
        sent = [one for one in self._ledger.readings() if one.direction is Direction.OUT]

        def still_wanted(identity: Identity) -> bool:
            return any(one.same(identity) for one in due)

        for account in self._mailboxes:
            if account in step.problems:
                continue
            try:
                changes = self._placing.settle(account, step.now, sent, still_wanted)
            except MailbotError as error:
                step.failed(account, error)
                continue
            step.events += [
                DraftChanged(step.now, known.get(one.record.application), one) for one in changes if one.was != one.at
            ]

    def _note_stages(self, step: _Step, outlook: Outlook) -> None:
        before, self._stages = self._stages or {}, dict(outlook.stages)
        for application in outlook.tracked.applications:
            was, now = before.get(application.id), outlook.stages[application.id]
            if was is not None and was is not now:
                step.events.append(StageChanged(step.now, application, was, now))

    def _decide(self, outlook: Outlook, problems: Mapping[str, Problem]) -> tuple[Action, ...]:
        before = self._listed_before(outlook.now)
        scanned = all(self._ledger.account(one).first_scan_done for one in self._mailboxes)
        standing = Standing(
            records=self._ledger.all_drafts(),
            missed=self._ledger.missed_identities(),
            listed_before=before,
            may_place=scanned and not (before and problems),
        )
        return decide(outlook.plan.follow_ups, standing, outlook.now, self.profile.etiquette, self.profile.reader)

    def _listed_before(self, now: datetime) -> datetime | None:
        """In a ledger that takes the place of a lost one, or that was restored: when it began."""
        if self._ledger.restored():
            return now
        return self._ledger.began_at() if self._ledger.meta(SUCCESSOR) else None

    def _apply(self, step: _Step, action: Action, outlook: Outlook) -> None:
        """Do one thing; an account that fails is left alone for the rest of the step."""
        account = action.record.account if isinstance(action, Withdraw | Recompose) else self._account(action.follow_up)
        if account in step.problems or not self._fresh(action, step, outlook):
            return
        try:
            step.events += self._effect(action, account, outlook)
        except MailbotError as error:
            step.failed(account, error)

    def _fresh(self, action: Action, step: _Step, outlook: Outlook) -> bool:
        """Whether every account in which the application has mail was read lately: an answer may lie there."""
        if not isinstance(action, Place):
            return True
        application = outlook.application(action.follow_up.application)
        others = {one.account for one in application.readings} & step.problems.keys()
        synced = [self._ledger.account(one).synced for one in others]
        return all(one is not None and step.now - one < STALE for one in synced)

    def _effect(self, action: Action, account: str, outlook: Outlook) -> list[StepEvent]:
        """Carry out one action on the mailbox, and say what came of it. Raises what the mailbox raises."""
        if isinstance(action, Miss):
            return self._miss(action.follow_up, account, outlook)
        if isinstance(action, Withdraw):
            change = self._placing.withdraw(action.record, action.why, outlook.now)
            known = {one.id: one for one in outlook.tracked.applications}
            if change.was == change.at:
                return []
            return [DraftChanged(outlook.now, known.get(change.record.application), change)]
        if isinstance(action, Recompose):
            return self._recompose(action, outlook)
        application = outlook.application(action.follow_up.application)
        letter = self.letter(action.follow_up, outlook)
        result = self._placing.place(
            letter,
            application=application.id,
            account=account,
            thread=self._thread(action.follow_up, application),
            reason=action.follow_up.reason.text,
            now=outlook.now,
            since=_occasion(action.follow_up, application),
            sent=[one for one in application.readings if one.direction is Direction.OUT],
        )
        if isinstance(result, Placed):
            return [DraftPlaced(outlook.now, application, action.follow_up, letter)]
        return [NotPlaced(outlook.now, action.follow_up, result.why)]

    def _recompose(self, action: Recompose, outlook: Outlook) -> list[StepEvent]:
        """Compose a draft anew, unless all that it says is the same as when that was done last."""
        application = outlook.application(action.follow_up.application)
        notes = self._notes()
        facts = (action.follow_up, application, notes, self._papers.files(notes))
        if self._composed.get(action.record.id) == facts:
            return []
        letter = self.letter(action.follow_up, outlook)
        done = self._placing.recompose(action.record, letter, outlook.now)
        if not isinstance(done, Placed):
            return []
        self._composed[done.record.id] = facts
        if done.record.id == action.record.id:
            return []
        return [DraftPlaced(outlook.now, application, action.follow_up, letter, recomposed=True)]

    def _notes(self) -> tuple[Note, ...]:
        """What the person noted for letters, by command or in a form."""
        return (*self._spoken.notes, *self._forms.notes())

    def _miss(self, follow_up: FollowUp, account: str, outlook: Outlook) -> list[StepEvent]:
        """List it, once. In a ledger that takes a lost one's place, what that one drafted is recognised instead."""
        if self._listed_before(outlook.now) is not None and follow_up.identity.recipient:
            application = outlook.application(follow_up.application)
            known = self._placing.recognise(
                self.letter(follow_up, outlook),
                application=application.id,
                account=account,
                thread=self._thread(follow_up, application),
                reason=follow_up.reason.text,
                now=outlook.now,
            )
            if known:
                return []
        self._ledger.record_missed(follow_up, outlook.now)
        return [Missed(outlook.now, follow_up)]

    def _thread(self, follow_up: FollowUp, application: Application) -> str | None:
        """The provider's id of the thread that the letter joins."""
        answered = application.reading(follow_up.reply_to) if follow_up.reply_to else None
        return answered.thread if answered else None

    def _account(self, follow_up: FollowUp) -> str:
        """The account of the conversation, else the first."""
        return follow_up.account if follow_up.account in self._mailboxes else next(iter(self._mailboxes))


def _read_here(raw: RawMessage, reader: Reader) -> Reading | None:
    from mailbot.reading.stored import read_raw  # here: what only looks at the ledger starts faster

    return read_raw(raw, reader)


def _occasion(follow_up: FollowUp, application: Application) -> datetime:
    """The moment of the newest message that the follow-up is about."""
    about = [one for ident in follow_up.identity.occasion if (one := application.reading(ident))]
    return max((one.date for one in about), default=follow_up.due)


def _domain(address: str) -> str:
    return address.rpartition("@")[2]
