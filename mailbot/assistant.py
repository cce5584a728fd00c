"""One step of the whole job: fetch -> read -> track -> plan -> place. The only module that knows all rooms.

The daemon, `sync`, `replay`, `demo` and the tests all drive `Assistant.step`, with other clocks and other mailboxes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from mailbot.decisions import Action, Decider, Miss, Place, Recompose, Standing, Withdraw
from mailbot.drafting.drafts import DraftRecord
from mailbot.drafting.letter import Letter, Note
from mailbot.drafting.placing import Placed, Placing
from mailbot.errors import Bug, MailbotError
from mailbot.etiquette import imagined
from mailbot.etiquette.follow_up import FollowUp, FollowUpKind, Identity, Verdict
from mailbot.forecast import Forecast
from mailbot.forms import Forms
from mailbot.gathering import Gathering, Step
from mailbot.intake import Intake, Progress, ReadMails, one_by_one
from mailbot.mail.message import Direction
from mailbot.mail.port import Mailbox, RawMessage
from mailbot.outcome import (
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
from mailbot.profile import Profile
from mailbot.reading.statements import Reader, Reading
from mailbot.rereading import Rereading
from mailbot.store.ledger import Ledger
from mailbot.tracking.application import Application, Stage
from mailbot.writing import Writing

# How often a step plans anew because mail came between its plan and its first draft.
ROUNDS = 3
# After this long without an answer from an account, an application with mail in it gets no drafts.
STALE = timedelta(hours=24)
# The ledger's mark that it takes the place of a lost one: what was due before it began is listed, never placed.
SUCCESSOR = "successor"

__all__ = ["STALE", "SUCCESSOR", "Assistant", "Profile"]


class Assistant:
    """Works through a list of mailboxes for one person. `key` is the identity key of the follow-ups' Message-IDs;
    `read_mails` reads mails, in this process where nothing else is said; `papers` are the person's own files;
    `progress` is told how far the reading is, `let_go` that `read_mails` may rest. `rereading` is for when nothing else
    is to be done."""

    def __init__(
        self,
        mailboxes: Sequence[Mailbox],
        ledger: Ledger,
        profile: Profile,
        key: bytes,
        read_mails: ReadMails | None = None,
        papers: Papers | None = None,
        progress: Progress | None = None,
        let_go: Callable[[], None] = lambda: None,
    ) -> None:
        self._mailboxes = {one.account: one for one in mailboxes}
        self._ledger = ledger
        self.profile = profile
        self._forecast = Forecast(ledger, profile)
        self._forms = Forms(ledger, self._mailboxes)
        self._writing = Writing(profile.me, key, papers or Papers())
        read_mails = read_mails or one_by_one(_read_here)
        intake = Intake(ledger, profile.reader, profile.since, read_mails, self._forecast.calls, progress)
        self._gathering = Gathering(self._mailboxes, ledger, intake, self._forecast, let_go)
        self.rereading = Rereading(self._mailboxes, ledger, intake, self._forecast)
        self._placing = Placing(ledger, self._mailboxes, key, {one.rpartition("@")[2] for one in profile.me.addresses})
        self._decider = Decider()
        self._sent: tuple[tuple[Reading, ...], tuple[Reading, ...]] = ((), ())
        self._stages: Mapping[str, Stage] | None = None
        self._composed: dict[int, object] = {}
        self._noted: tuple[Outlook | None, tuple[Note, ...]] = (None, ())

    def outlook(self, now: datetime) -> Outlook:
        """How everything stands by the ledger alone; no mailbox is touched."""
        return self._forecast.outlook(now)

    def step(self, now: datetime, *, dry_run: bool = False, clock: Callable[[], datetime] | None = None) -> Outcome:
        """Read what is new, then place, recompose and withdraw what the plan at `now` asks for. Fetching takes its
        time: where there is a `clock`, it is asked again afterwards, so that an answer that came meanwhile is no word
        from the future. An account that fails is a Problem of the Outcome, never an exception. With `dry_run` mail is
        read but no draft is touched. Raises Transient or ActionNeeded of the ledger alone."""
        step = Step(now)
        self._gathering.fetch(step)
        step.now = now = clock() if clock else now
        if not dry_run:
            self._settle(step)
            self._forms.tell(self.outlook, self.profile.reader, now)
        for _ in range(ROUNDS):
            outlook = self.outlook(now)
            actions = self._decide(outlook, step.problems)
            # An answer that has come since the plan was made stops the draft: look once more before placing.
            if dry_run or not any(isinstance(one, Place) for one in actions) or not self._gathering.fetch(step):
                break
        self._note_stages(step, outlook)
        if not dry_run:
            for action in actions:
                self._apply(step, action, outlook)
            if self._ledger.restored() and not step.problems:
                self._ledger.set_meta(SUCCESSOR, "yes")
                self._ledger.begin_again(now)
        self._note_health(step)
        return Outcome(outlook, tuple(step.events), (*step.problems.values(), *step.unsaid), step.fetched)

    def _note_health(self, step: Step) -> None:
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
        wishes = self._forecast.spoken.wishes
        return imagined(kind, application, known, outlook.now, profile.etiquette, profile.reader, wishes)

    def letter(self, follow_up: FollowUp, outlook: Outlook) -> Letter:
        """The letter of a follow-up, as it would be drafted now."""
        return self._writing.letter(follow_up, outlook, self._notes(outlook))

    def to_add(self, record: DraftRecord, outlook: Outlook) -> tuple[str, ...]:
        """The sentences that a draft which the person edited lacks by now."""
        return self._writing.to_add(record, outlook, self._notes(outlook))

    def _notes(self, outlook: Outlook) -> tuple[Note, ...]:
        """What the person noted for letters, by command or in a form: looked for once for an outlook."""
        if self._noted[0] is not outlook:
            self._noted = outlook, (*self._forecast.spoken.notes, *self._forms.notes())
        return self._noted[1]

    def _settle(self, step: Step) -> None:
        """What became of the drafts since the last step, and of whatever was left in doubt."""
        if not self._ledger.open_drafts():
            return
        outlook = self.outlook(step.now)
        readings = self._ledger.readings()
        if readings is not self._sent[0]:
            self._sent = readings, tuple(one for one in readings if one.direction is Direction.OUT)

        def still_wanted(identity: Identity) -> bool:
            same = (one for one in outlook.plan.follow_ups if one.identity.same(identity))
            return any(one.verdict is Verdict.DUE for one in same)

        for account in self._mailboxes:
            if account in step.problems:
                continue
            try:
                changes = self._placing.settle(account, step.now, self._sent[1], still_wanted)
            except MailbotError as error:
                step.failed(account, error)
                continue
            step.events += [outlook.changed(one) for one in changes if one.was != one.at]

    def _note_stages(self, step: Step, outlook: Outlook) -> None:
        if outlook.stages is self._stages:
            return
        before, self._stages = self._stages or {}, outlook.stages
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
            taken_back=outlook.taken_back,
        )
        return self._decider.decide(outlook.plan.follow_ups, standing, outlook.now)

    def _listed_before(self, now: datetime) -> datetime | None:
        """In a ledger that takes the place of a lost one, or that was restored: when it began."""
        if self._ledger.restored():
            return now
        return self._ledger.began_at() if self._ledger.meta(SUCCESSOR) else None

    def _apply(self, step: Step, action: Action, outlook: Outlook) -> None:
        """Do one thing; an account that fails is left alone for the rest of the step."""
        account = action.record.account if isinstance(action, Withdraw | Recompose) else self._account(action.follow_up)
        if account in step.problems or not self._fresh(action, step, outlook):
            return
        try:
            step.events += self._effect(action, account, outlook)
        except Bug as error:
            # One letter that cannot be said right is no reason to leave the others alone.
            step.unsaid.append(Problem(account, str(error), transient=False))
        except MailbotError as error:
            step.failed(account, error)

    def _fresh(self, action: Action, step: Step, outlook: Outlook) -> bool:
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
            return [] if change.was == change.at else [outlook.changed(change)]
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
        notes = self._notes(outlook)
        facts = (action.follow_up, application, notes, self._writing.rests_on(notes))
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
