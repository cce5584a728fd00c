"""The interviews of one application: a fold over its messages by their Date and the calendar's SEQUENCE."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from mailbot.mail.message import Direction
from mailbot.reading.statements import Facet, Interview, InterviewStatus, Kind, Part, Reading, Slot, Statement
from mailbot.tracking.agreeing import Agreements
from mailbot.tracking.application import EventKind, MeetingStatus
from mailbot.tracking.life import Life, Turn
from mailbot.tracking.roster import Member, Roster, copied_in
from mailbot.tracking.threads import Threads
from mailbot.tracking.voices import NO_WORD

# A change of plan may be told after the hour, and speaks of an interview that was to be this recently.
MISSED = timedelta(days=7)
# What seems to move one that has been, and says no word of its not having taken place, moves one that was to be so
# recently; later it names the time of the next.
JUST_NOW = timedelta(days=1)
# So long before its start that it will begin late is said.
TODAY = timedelta(hours=12)
REMEMBERED = timedelta(days=30)
ASKING = frozenset({Kind.INTERVIEW_REQUEST, Kind.INTERVIEW_RESCHEDULED})


class Meetings:
    """Told the messages of one application, oldest first. `lives` are its interviews; `past` messages that show that
    one of which no time is known took place or is off."""

    def __init__(self, readings: Sequence[Reading], roster: Roster, threads: Threads) -> None:
        self.lives: list[Life] = []
        self.past: list[Turn] = []
        self.named: list[tuple[Reading, list[Member]]] = []
        self.asked: list[Reading] = []
        self._roster = roster
        self._threads = threads
        self._agreements = Agreements(threads)
        for reading in sorted(readings, key=_turn):
            for statement in reading.statements:
                self._declined(reading, statement)
                if reading.writer not in NO_WORD:
                    self._hear(reading, statement)
        self._inherit()

    def _hear(self, reading: Reading, said: Statement) -> None:
        fixed = [one for one in said.interviews if one.status is InterviewStatus.SCHEDULED]
        off = [one for one in said.interviews if one.status is InterviewStatus.CANCELLED]
        chosen = [] if fixed else list(said.chosen)
        if reading.direction is Direction.OUT:
            # The person's word alone fixes nothing; what they pick of the offered times does, and their own event.
            slots = {one.start: one for one in said.chosen} | {
                one.start: Slot(one.start, one.end) for one in fixed if not one.uid
            }
            chosen = list(slots.values()) or list(said.proposed)
            fixed = [one for one in fixed if one.uid]
        self._call_off(reading, said, off)
        for one in fixed:
            self._fix(reading, said, one, [each.start for each in off])
        fixed += [one for one in [self._agreed(reading, said, chosen)] if one]
        if said.late and not fixed:
            self._delay(reading, said)
        elif not fixed and self._doubts(reading, said) and not _fixes(reading):
            self._doubt(reading, said, off)
        if said.has(Facet.INTERVIEW_HELD, Facet.THANKS) or said.kind is Kind.OWN_THANK_YOU:
            self._hold(reading, said)
        self._note(reading, said, fixed)

    def _inherit(self) -> None:
        """A talk that takes a cancelled one's place lasts as long, unless another length is said."""
        ordered = sorted(self.lives, key=lambda x: x.start)
        for before, life in pairwise(ordered):
            off = before.cancelled_by
            if life.end is None and before.end and off and life.told and off.date <= life.told[0].date:
                life.end = life.start + (before.end - before.start)

    def _fix(self, reading: Reading, said: Statement, one: Interview, instead_of: Sequence[datetime] = ()) -> None:
        if one.replaces is None and len(instead_of) == 1:
            one = replace(one, replaces=instead_of[0])
        self._agreements.close()
        life = self._find(reading, said, one)
        if life is None:
            life = Life(one.start, one.end)
            self.lives.append(life)
        life.tell(one, reading, said)
        for twin in [x for x in self.lives if x is not life and x.on and x.start == life.start and not x.uid]:
            life.absorb(twin)
            self.lives.remove(twin)
        if life.start == one.start and life.on:
            members = self._interviewers(reading, said)
            life.name(members, invited=one.uid is not None)

    def _find(self, reading: Reading, said: Statement, one: Interview) -> Life | None:
        """The interview that this time belongs to: the same event, the same hour, or the one that it moves."""
        by_event = [x for x in self.lives if one.uid and (one.uid == x.uid or one.uid in x.past_uids)]
        by_hour = [x for x in self.lives if x.start == one.start]
        replaced = [x for x in self.lives if one.replaces is not None and one.replaces in (x.start, *x.past)]
        by_clock = [x for x in self.lives if x.on and _same_clock(x, one)]
        within = [x for x in self.lives if x.on and not (x.uid and one.uid) and x.start < one.start < x.over_at]
        returned = [x for x in self.lives if one.start in x.past]
        for found in (by_event, sorted(by_hour, key=lambda x: not x.on), replaced, by_clock, within):
            if found:
                return found[0]
        return self._moved(reading, said) or next(iter(returned), None)

    def _moved(self, reading: Reading, said: Statement) -> Life | None:
        """The interview to which a message gives another time: it says so, or the old time is in doubt or was never
        confirmed, or it corrects the day's time in the same thread."""
        known = [x for x in self.lives if x.on and x.start > reading.date - MISSED and reading not in x.told]
        coming = [x for x in known if not _was_held(x, reading, said)]
        if said.round is not None:
            coming = [x for x in coming if x.round in (None, said.round)]
        near = [x for x in coming if self._in_thread(reading, x)]
        if _moves(reading, said):
            return _nearest(near or coming, reading.date)
        # What was agreed on and is over took place, though nobody confirmed it.
        agreed = [x for x in coming if x.agreed_only and x.over_at > reading.date]
        open_ones = [x for x in coming if x.status is MeetingStatus.DOUBT or x in agreed]
        if open_ones:
            return _nearest([x for x in open_ones if x in near] or open_ones, reading.date)
        days = {one.start.date() for one in said.interviews}
        later = [x for x in near if x.over_at > reading.date and x.start.date() in days]
        return later[0] if len(later) == 1 and len(said.interviews) == 1 else None

    def _agreed(self, reading: Reading, said: Statement, chosen: Sequence[Slot]) -> Interview | None:
        """The one time on which both sides agree with this message; it is fixed by that."""
        doubted = any(x.status is MeetingStatus.DOUBT for x in self.lives)
        one = self._agreements.hear(reading, said, chosen, doubted=doubted)
        if one:
            self._fix(reading, said, one)
        return one

    def _call_off(self, reading: Reading, said: Statement, off: Sequence[Interview]) -> None:
        if said.has(Facet.DECLINES_INTERVIEW) or said.kind is Kind.OWN_WITHDRAWAL:
            for coming in [x for x in self.lives if x.on and x.start > reading.date]:
                coming.call_off(reading, said)
        if said.kind is Kind.INTERVIEW_RESCHEDULED or reading.direction is Direction.OUT:
            return
        for one in off:
            life: Life | None = self._named_by(one) or self._only(reading, said, one)
            if life is None and not any(one.uid and one.uid in x.past_uids for x in self.lives):
                life = Life(one.start, one.end, one.format, one.zone, one.uid, one.sequence)
                self.lives.append(life)
            if life and not (one.uid == life.uid and one.sequence < life.sequence):
                life.call_off(reading, said)
        if said.kind is Kind.INTERVIEW_CANCELLED and not off and not _moves_it(reading):
            if life := self._meant(reading):
                life.call_off(reading, said)
            elif self.asked and not said.has(Facet.ASKS, Facet.BOOKING_LINK):
                self.past.append(Turn(EventKind.INTERVIEW_CANCELLED, reading, said))

    def _only(self, reading: Reading, said: Statement, off: Interview) -> Life | None:
        """The one interview that is coming, which a person calls off in its thread whatever hour they seem to name."""
        coming = [x for x in self.lives if x.on and x.over_at > reading.date]
        one = coming[0] if len(coming) == 1 and self._in_thread(reading, coming[0]) else None
        return one if said.kind is Kind.INTERVIEW_CANCELLED and not off.uid else None

    def _doubts(self, reading: Reading, said: Statement) -> bool:
        """Whether it puts an interview in doubt; what is said by the way of moving one, none that is over."""
        if said.has(Facet.STANDS):
            return False
        if said.has(Facet.DOUBTS_INTERVIEW):
            return True
        coming = any(x.on and x.over_at > reading.date for x in self.lives)
        return said.kind is Kind.INTERVIEW_RESCHEDULED and (said is reading.main or coming)

    def _doubt(self, reading: Reading, said: Statement, off: Sequence[Interview]) -> None:
        life = next((x for one in off if (x := self._named_by(one))), None) or (None if off else self._meant(reading))
        if life is None and off:
            life = Life(off[0].start, off[0].end, off[0].format, off[0].zone, off[0].uid, off[0].sequence)
            self.lives.append(life)
        if life:
            life.doubt(reading, said)

    def _delay(self, reading: Reading, said: Statement) -> None:
        """The interview of these hours begins late: it ends as much later."""
        near = [x for x in self.lives if x.on and x.start - TODAY < reading.date < x.over_at]
        if life := _nearest(near, reading.date):
            life.end = life.over_at + timedelta(minutes=said.late)

    def _hold(self, reading: Reading, said: Statement) -> None:
        begun = [x for x in self.lives if x.told and x.start <= reading.date]
        latest = max(begun, key=lambda x: x.start, default=None)
        # The person's late thanks are for an interview that is known; theirs may be for one that they had by phone.
        if latest and (reading.direction is Direction.OUT or reading.date <= latest.start + REMEMBERED):
            if latest.on or reading.direction is Direction.IN:
                latest.hold()
        elif said.kind is Kind.OWN_THANK_YOU or self._tells_of_a_talk(reading):
            self.past.append(Turn(EventKind.INTERVIEW_HELD, reading, said))

    def _tells_of_a_talk(self, reading: Reading) -> bool:
        """Whether what they say of a talk can be of an interview: an agency's recruiter means one of their own where
        none with the client was asked for."""
        writer = self._roster.writer(reading)
        of_their_own = writer is not None and self._roster.contact(writer).agency and not self.asked
        return reading.direction is Direction.IN and not of_their_own

    def _named_by(self, one: Interview) -> Life | None:
        """The interview that a cancellation or doubt names by its event or its hour."""
        by_event = [x for x in self.lives if one.uid and x.uid == one.uid]
        by_hour = [x for x in self.lives if x.start == one.start]
        return next(iter(by_event or by_hour), None)

    def _meant(self, reading: Reading) -> Life | None:
        """The interview that a message without any time speaks of: the next one of its thread, else the next one,
        else the one that has just been to be."""
        coming = [x for x in self.lives if x.on and x.over_at > reading.date]
        missed = [x for x in self.lives if x.on and reading.date - MISSED < x.over_at <= reading.date]
        for found in (coming, missed):
            near = [x for x in found if self._in_thread(reading, x)]
            if found:
                return _nearest(near or found, reading.date)
        return None

    def _in_thread(self, reading: Reading, life: Life) -> bool:
        return any(self._threads.same(reading, one) for one in life.told)

    def _note(self, reading: Reading, said: Statement, fixed: Sequence[Interview]) -> None:
        """Remember what later messages refer to: offered times, who asks for an interview, who will be there."""
        if reading.direction is Direction.OUT:
            return
        if said.proposed or said.kind in ASKING:
            self._agreements.note(reading, said.proposed)
        if self._roster.writer(reading) and (said.kind in ASKING or said.proposed or said.has(Facet.BOOKING_LINK)):
            self.asked.append(reading)
        members = self._interviewers(reading, said)
        if members and not fixed:
            self.named.append((reading, members))

    def _interviewers(self, reading: Reading, said: Statement) -> list[Member]:
        """Who will ask the questions, by this message; a hiring manager who only writes need not be there. Whoever says
        that they will be is one of them, whatever else they are."""
        takes_part, writer = said.has(Facet.TAKES_PART), self._roster.writer(reading)
        people = said.people or tuple(one for each in reading.statements for one in each.people)
        found = []
        for one in (*people, *copied_in(reading)):
            member = self._roster.find(one)
            asks = takes_part if member is writer else one.part is Part.HIRING_MANAGER
            asks = asks or one.part is Part.INTERVIEWER
            if member and asks and not one.declined and not (takes_part and self._tells(reading, member)):
                found.append(member)
        return found

    def _tells(self, reading: Reading, member: Member) -> bool:
        """Whether a message passes on what somebody who asked the questions before says: 'Ted's feedback is good'."""
        told = any(one.has(Facet.GIVES_FEEDBACK) for one in reading.statements)
        return told and any(member in x.interviewers for x in self.lives if x.on and x.over_at <= reading.date)

    def _declined(self, reading: Reading, said: Statement) -> None:
        for one in said.people:
            if one.declined and (member := self._roster.find(one)):
                for life in self.lives:
                    if life.over_at > reading.date:
                        life.gone.add(member)


def _turn(reading: Reading) -> tuple[datetime, int, str]:
    """What a message says counts from its Date; of two calendar parts of one moment the higher SEQUENCE is later."""
    numbers = [one.sequence for statement in reading.statements for one in statement.interviews]
    return reading.date, max(numbers, default=0), reading.message_id


def _fixes(reading: Reading) -> bool:
    """Whether any of its statements fixes a time: what the others say of moving it is how one would."""
    scheduled = (one.status is InterviewStatus.SCHEDULED for said in reading.statements for one in said.interviews)
    return reading.direction is Direction.IN and any(scheduled)


def _moves_it(reading: Reading) -> bool:
    """Whether a mail gives a talk another time: what it calls off besides ('do not come tomorrow') is the old one."""
    return any(one.kind is Kind.INTERVIEW_RESCHEDULED for one in reading.statements) and _fixes(reading)


def _moves(reading: Reading, said: Statement) -> bool:
    """Whether a message that gives a time moves an interview to it: it says so, or that the time that was is off."""
    return said.has(Facet.DOUBTS_INTERVIEW) or any(
        one.kind is Kind.INTERVIEW_RESCHEDULED for one in (said, *reading.statements)
    )


def _was_held(life: Life, reading: Reading, said: Statement) -> bool:
    """Whether an interview is over that a message does not move: somebody says that it was held, that the person goes
    on, or the message speaks of another time only by the way, or days later."""
    if life.status is not MeetingStatus.FIXED or life.over_at > reading.date:
        return False
    if life.held_said or any(one.has(Facet.INTERVIEW_HELD, Facet.ADVANCES) for one in reading.statements):
        return True
    lately = said.kind is Kind.INTERVIEW_RESCHEDULED and reading.date - life.over_at < JUST_NOW
    return not (lately or said.has(Facet.DOUBTS_INTERVIEW))


def _same_clock(life: Life, one: Interview) -> bool:
    """The same day and hour on the wall, once from a calendar part and once from words that named no zone."""
    walls = life.start.replace(tzinfo=None), one.start.replace(tzinfo=None)
    return walls[0] == walls[1] and (life.uid is None) != (one.uid is None)


def _nearest(lives: Sequence[Life], moment: datetime) -> Life | None:
    """The next one to come, else the one that was last."""
    coming = [x for x in lives if x.over_at > moment]
    if coming:
        return min(coming, key=lambda x: x.start)
    return max(lives, key=lambda x: x.start, default=None)
