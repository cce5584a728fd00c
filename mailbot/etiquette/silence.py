"""From what, and until when, silence counts: promises, interviews held and tests handed in, and what holds it up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import pairwise, zip_longest

from mailbot.etiquette.case import Case, Settled, says
from mailbot.etiquette.rules import Days, patience
from mailbot.etiquette.verdicts import first, spoken
from mailbot.reading.statements import Facet, Kind, Writer
from mailbot.tracking.application import Contact, EventKind, Meeting, MeetingStatus, Promise, Stage
from mailbot.tracking.stages import stage

_ENDED = (Stage.OFFER, Stage.ACCEPTED, Stage.REJECTED, Stage.WITHDRAWN, Stage.CLOSED)
_ENDINGS = (EventKind.OFFERED, EventKind.ACCEPTED, EventKind.REJECTED, EventKind.WITHDREW, EventKind.CLOSED)
_INVITES = (Kind.INTERVIEW_REQUEST, Kind.INTERVIEW_CONFIRMED, Kind.INTERVIEW_RESCHEDULED)
# Whoever says so and names a day will name another time by then.
_POSTPONES = (Kind.INTERVIEW_RESCHEDULED, Kind.INTERVIEW_CANCELLED, Facet.DOUBTS_INTERVIEW)
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a check-in waits for: from `at` on, `rule` counted from `day`. `occasion` are the messages that set it;
    `round_from` is when what it waits for can first be answered by a new round. It is a promise or a meeting; neither
    where a test was handed in, or where only a later message tells of an interview."""

    at: datetime
    day: date
    rule: Days
    occasion: tuple[str, ...]
    round_from: datetime
    promise: Promise | None = None
    meeting: Meeting | None = None

    @property
    def dated(self) -> bool:
        """Whether they named a day."""
        return self.promise is not None and self.promise.window is not None


def anchors(case: Case) -> tuple[tuple[Anchor, Settled | None], ...]:
    """What set the clock, oldest first, each with what set it anew. A new promise replaces the old one; an interview
    or a test handed in replaces a promise only once its day is past."""
    chain: list[Anchor] = []
    for one in sorted((*_promised(case), *_held(case), *_handed_in(case)), key=lambda one: one.at):
        standing = bool(chain) and chain[-1].dated and chain[-1].day >= case.calendar.day(one.at)
        if one.promise or not standing:
            chain.append(one)
    replaced = [_replaced(case, one, by) for one, by in pairwise(chain)]
    return tuple(zip_longest(chain, replaced))


def ended(case: Case, anchor: Anchor) -> Settled | None:
    """A decision since, the next round since, or an end that stood already when the clock was set."""
    fixed = _fixed(case, anchor.meeting) if anchor.meeting else anchor.at
    over = case.ending(_ENDINGS, min(fixed, anchor.at))
    before = [one for one in case.endings if one.at <= anchor.at]
    if over is None and before and decided_by(case, anchor.at):
        over = before[-1]
    word = next((one for one in case.rounds() if one.date > anchor.round_from), None)
    return first(
        Settled(over.at, over.message_id, "A decision has come.") if over else None,
        Settled(word.date, word.message_id, "They have come back: the next step has begun.") if word else None,
    )


def decided_by(case: Case, at: datetime) -> bool:
    """Whether a decision stood at that moment: whoever then asks for news asks about what follows it."""
    return stage(case.application, at, patience(case.etiquette)) in _ENDED


def owing(case: Case, due: datetime) -> Settled | None:
    """What the person still owes them at `due`: nobody who owes an answer asks for news."""
    if due > case.now:
        return None
    oldest = min(case.open_asks(), key=lambda one: one.at, default=None)
    return Settled(oldest.at, oldest.message_id, "They wait for an answer of yours first.") if oldest else None


def due_moment(case: Case, day: date, rule: Days, to: Contact | None) -> datetime:
    """The working morning that the rule reaches from `day`; after that person's absence, and after what held it up:
    a debt, or an interview that was still to come."""
    calendar = case.calendar
    due = calendar.morning(calendar.open_day(calendar.count(day, rule)))
    for back in _returns(case, to, due):
        due = max(due, calendar.morning(calendar.count(back, case.etiquette.days("check_in.after_absence"))))
    for start, end in sorted(_held_up(case)):
        if start <= due < end:
            due = calendar.next_morning(end)
    return due


def _promised(case: Case) -> Iterator[Anchor]:
    """A human's word on when news comes; a robot's only once an interview was fixed, its receipt promises nothing."""
    for one in case.application.promises:
        if one.robot and not any(_fixed_first(case, meeting) <= one.made for meeting in case.application.meetings):
            continue
        dated = one.window is not None
        yield Anchor(
            at=one.made,
            day=one.window.latest if one.window else case.calendar.day(one.made),
            rule=case.etiquette.days("check_in.after_promise" if dated else "check_in.after_interview"),
            occasion=one.occasion,
            round_from=_round_from(case, one),
            promise=one,
        )


def _held(case: Case) -> Iterator[Anchor]:
    """Interviews, those still to come and those of which only a later message tells."""
    rule = case.etiquette.days("check_in.after_interview")
    for one in case.application.meetings:
        if one.status is MeetingStatus.FIXED:
            day = case.calendar.day(one.over_at)
            yield Anchor(one.over_at, day, rule, one.fixed_by, round_from=one.over_at, meeting=one)
    for told in case.application.events:
        if told.kind is EventKind.INTERVIEW_HELD and told.message_id:
            yield Anchor(told.at, case.calendar.day(told.at), rule, (told.message_id,), round_from=told.at)


def _handed_in(case: Case) -> Iterator[Anchor]:
    """A test counts from when it was handed in, not from its receipt."""
    rule = case.etiquette.days("check_in.after_interview")
    out = True
    for one in case.application.events:
        if one.kind is EventKind.ASSESSMENT_HANDED_IN and one.message_id and out:
            yield Anchor(one.at, case.calendar.day(one.at), rule, (one.message_id,), round_from=one.at)
        if one.kind in (EventKind.ASSESSMENT_HANDED_IN, EventKind.ASSESSMENT_ASKED):
            out = one.kind is EventKind.ASSESSMENT_ASKED


def _round_from(case: Case, promise: Promise) -> datetime:
    """A promise made while an interview was still to come is about what follows it: what only fixes that interview
    does not answer it, unless the promise is of another time for it."""
    made = promise.made
    if (by := case.by_id.get(promise.by)) and says(by, *_POSTPONES):
        return made
    invited = max((one.date for one in case.heard if one.date <= made and says(one, *_INVITES)), default=None)
    over = sorted(one.over_at for one in case.application.meetings if one.status is MeetingStatus.FIXED)
    if invited is None or any(invited < one <= made for one in over):
        return made
    return next((one for one in over if one > made), _NEVER)


def _replaced(case: Case, anchor: Anchor, by: Anchor) -> Settled:
    if by.promise:
        return Settled(by.at, by.promise.by, "They have given a new word on when news comes.")
    if by.meeting:
        at = max(min(_fixed(case, by.meeting), by.at), anchor.at)
        fixed = by.meeting.fixed_by[-1] if by.meeting.fixed_by else None
        return Settled(at, fixed, f"An interview was fixed for {spoken(by.day)}.")
    return Settled(by.at, by.occasion[-1], "The next step was taken.")


def _held_up(case: Case) -> Iterator[tuple[datetime, datetime]]:
    """Stretches in which no news could be asked for, those that are over or whose end is known."""
    for ask in case.application.asks:
        if end := case.closed(ask):
            yield ask.at, end
    for meeting in case.application.meetings:
        if meeting.status is MeetingStatus.FIXED:
            yield _fixed_first(case, meeting), meeting.over_at
        elif meeting.cancelled_by:
            yield _fixed_first(case, meeting), case.date(meeting.cancelled_by, meeting.start)


def _returns(case: Case, to: Contact | None, due: datetime) -> Iterator[date]:
    """The days of return that this person's absence notices had named by then."""
    for one in case.by_id.values():
        theirs = to is not None and one.sender is not None and one.sender.email == to.email
        if theirs and one.writer is Writer.AUTO_REPLY and one.absent_until and one.date <= due:
            yield one.absent_until


def _fixed(case: Case, meeting: Meeting) -> datetime:
    return max((case.date(one, meeting.start) for one in meeting.fixed_by), default=meeting.start)


def _fixed_first(case: Case, meeting: Meeting) -> datetime:
    return min((case.date(one, meeting.start) for one in meeting.fixed_by), default=meeting.start)
