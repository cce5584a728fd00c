"""One interview's life while it is told: fixed, moved, in doubt, cancelled, held."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mailbot.mail.message import Direction
from mailbot.reading.statements import Format, Interview, Reading, Statement
from mailbot.tracking.application import EventKind, MeetingStatus
from mailbot.tracking.roster import Member
from mailbot.tracking.voices import by_somebody

# How long an interview lasts whose end nobody said.
USUAL = timedelta(hours=1)
BY_PHONE = timedelta(minutes=45)


@dataclass(frozen=True, slots=True)
class Turn:
    """What a message did to an interview."""

    kind: EventKind
    reading: Reading
    statement: Statement


@dataclass(eq=False, slots=True)
class Life:
    """`told` are all messages that gave its time, `set_by` those that fixed or moved it. `agreed_only`: so far only
    the person's own choice of an offered time stands for it. `past` are the starts that it had before."""

    start: datetime
    end: datetime | None = None
    format: Format | None = None
    zone: str = ""
    uid: str | None = None
    sequence: int = -1
    status: MeetingStatus = MeetingStatus.FIXED
    round: int | None = None
    agreed_only: bool = False
    held_said: bool = False
    cancelled_by: Reading | None = None
    told: list[Reading] = field(default_factory=list)
    set_by: list[Reading] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    past: set[datetime] = field(default_factory=set)
    past_uids: set[str] = field(default_factory=set)
    interviewers: dict[Member, None] = field(default_factory=dict)
    invited: set[Member] = field(default_factory=set)
    gone: set[Member] = field(default_factory=set)

    @property
    def over_at(self) -> datetime:
        return self.end or self.start + (BY_PHONE if self.format is Format.PHONE else USUAL)

    @property
    def on(self) -> bool:
        return self.status is not MeetingStatus.CANCELLED

    def tell(self, one: Interview, reading: Reading, statement: Statement) -> None:
        """A message gives its time: the first time, once more, or another one."""
        if self._knows_better(one, reading):
            return
        first = not self.set_by
        moved = one.start != self.start
        if moved:
            self._move(one)
        elif one.end is not None:
            self.end = one.end
        if first or moved or not self.on or self.agreed_only:
            self.set_by.append(reading)
            if first or moved or not self.on:
                kind = EventKind.INTERVIEW_MOVED if moved and not first else EventKind.INTERVIEW_FIXED
                self.turns.append(Turn(kind, reading, statement))
        self.agreed_only = reading.direction is Direction.OUT and not one.uid and (first or self.agreed_only)
        self.status = MeetingStatus.FIXED
        self.cancelled_by = None
        self.told.append(reading)
        self._keep(one, statement)

    def absorb(self, other: Life) -> None:
        """The other was this one all along: agreed on in words, then moved to by an event."""
        self.told = sorted({*self.told, *other.told}, key=lambda one: (one.date, one.message_id))
        self.set_by = sorted({*self.set_by, *other.set_by}, key=lambda one: (one.date, one.message_id))
        self.turns += other.turns
        self.interviewers.update(other.interviewers)
        self.format = self.format or other.format
        self.past |= other.past

    def call_off(self, reading: Reading, statement: Statement) -> None:
        if self.on:
            self.status = MeetingStatus.CANCELLED
            self.cancelled_by = reading
            self.turns.append(Turn(EventKind.INTERVIEW_CANCELLED, reading, statement))

    def doubt(self, reading: Reading, statement: Statement) -> None:
        if self.status is MeetingStatus.FIXED:
            self.status = MeetingStatus.DOUBT
            self.turns.append(Turn(EventKind.INTERVIEW_DOUBTED, reading, statement))

    def hold(self) -> None:
        """Somebody says that it took place."""
        self.held_said = True
        self.status = MeetingStatus.FIXED

    def name(self, members: list[Member], *, invited: bool) -> None:
        """Who will ask the questions; `invited` by a calendar part, whose newest list leaves out who was replaced."""
        if invited and members:
            self.gone |= self.invited - set(members)
            self.invited = set(members)
        self.gone -= set(members)
        self.interviewers.update(dict.fromkeys(members))

    def _knows_better(self, one: Interview, reading: Reading) -> bool:
        """Whether this is an outdated calendar part, or a robot's reminder of what a human has changed."""
        if one.uid and one.uid in self.past_uids:
            return True
        if one.uid and one.uid == self.uid:
            if one.sequence < self.sequence:
                return True
            if one.sequence > self.sequence:
                return self.cancelled_by is not None and by_somebody(self.cancelled_by) and not by_somebody(reading)
        if by_somebody(reading):
            return False
        if self.cancelled_by is not None:
            return by_somebody(self.cancelled_by)
        return one.start in self.past or (self.status is MeetingStatus.DOUBT and one.start == self.start)

    def _move(self, one: Interview) -> None:
        length = self.end - self.start if self.end else None
        self.past.add(self.start)
        self.past.discard(one.start)
        self.start = one.start
        self.end = one.end or (one.start + length if length else None)
        self.held_said = False

    def _keep(self, one: Interview, statement: Statement) -> None:
        self.format = one.format or self.format
        self.zone = one.zone or self.zone
        self.round = statement.round or self.round
        if one.uid:
            if self.uid and self.uid != one.uid:
                self.past_uids.add(self.uid)
            self.uid, self.sequence = one.uid, one.sequence
