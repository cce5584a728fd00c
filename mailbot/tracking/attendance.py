"""Who is at each interview, who arranged it, and which round it is: lives become Meetings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from mailbot.mail.message import Direction
from mailbot.reading.statements import Facet, Format, Kind, Part, Reading
from mailbot.tracking.application import Contact, Meeting
from mailbot.tracking.employer import ASKING
from mailbot.tracking.life import Life
from mailbot.tracking.meetings import Meetings
from mailbot.tracking.roster import Member, Roster
from mailbot.tracking.voices import by_human

# Who is named only afterwards ('Lee enjoyed meeting you') is named within this time.
AFTERWARDS = timedelta(days=14)
FINAL_ROUND = 99
# What such a message names belongs to the interview that it speaks of, not to the one before.
ABOUT_TIMES = frozenset({Kind.INTERVIEW_REQUEST, Kind.INTERVIEW_CONFIRMED, Kind.INTERVIEW_RESCHEDULED})


class Attendance:
    """Turns the interviews of one application into values, people included."""

    def __init__(self, meetings: Meetings, roster: Roster) -> None:
        self._meetings = meetings
        self._roster = roster
        self._lives = sorted(meetings.lives, key=lambda one: (one.start, one.told[0].message_id if one.told else ""))
        self._contacts: dict[Member, Contact] = {}

    def all(self) -> tuple[Meeting, ...]:
        """By their start."""
        # Who arranges an interview and takes no part is at least its coordinator.
        people = [(life, self._interviewers(life)) for life in self._lives]
        cast = [(life, found, self._arranger(life, found)) for life, found in people]
        for _, _, arranger in cast:
            if arranger and arranger.parts <= {Part.CONTACT}:
                arranger.told.add(Part.COORDINATOR)
        rounds = _rounds(self._lives)
        return tuple(
            Meeting(
                start=life.start,
                end=life.end,
                over_at=life.over_at,
                format=life.format,
                status=life.status,
                fixed_by=tuple(dict.fromkeys(one.message_id for one in life.told)),
                interviewers=tuple(self._contact(one) for one in found),
                arranger=self._contact(arranger) if arranger else None,
                round=number,
                zone=life.zone,
                uid=life.uid,
                cancelled_by=life.cancelled_by.message_id if life.cancelled_by else None,
                held_said=life.held_said,
            )
            for (life, found, arranger), number in zip(cast, rounds, strict=True)
            if life.told or life.cancelled_by
        )

    def _contact(self, member: Member) -> Contact:
        if member not in self._contacts:
            self._contacts[member] = self._roster.contact(member)
        return self._contacts[member]

    def _interviewers(self, life: Life) -> list[Member]:
        """Who is named by the messages that fixed it and those that followed; else by the invitation; else who was to
        be at the cancelled one whose place it takes; else whoever must be meant; else who is named soon afterwards."""
        fixed = life.told[0].date if life.told else life.start
        since = max((one.over_at for one in self._lives if one.over_at <= life.start and one.on), default=None)
        invited = self._named(lambda one: one.date <= fixed and (since is None or one.date >= since))
        updated = self._named(lambda one: fixed < one.date <= life.over_at and self._next_after(one.date) is life)
        until = life.over_at + AFTERWARDS
        later = self._named(
            lambda one: life.over_at < one.date <= until
            and self._last_before(one.date) is life
            and not any(said.kind in ABOUT_TIMES for said in one.statements)
        )
        for found in ([*life.interviewers, *updated], invited, self._replaced(life), self._alone(life), later):
            expected = [one for one in dict.fromkeys(found) if one not in life.gone]
            if expected:
                return expected
        return []

    def _replaced(self, life: Life) -> list[Member]:
        """The interviewers of the talk that was called off last before this one was fixed, with none between."""
        before = [one for one in self._lives if one is not life and one.start <= life.start]
        last = before[-1] if before else None
        if last is None or last.on or last.cancelled_by is None or not life.told:
            return []
        return list(last.interviewers) if last.cancelled_by.date <= life.told[0].date else []

    def _named(self, choose: Callable[[Reading], bool]) -> list[Member]:
        """Who is named as interviewer by the messages without a time that `choose` takes."""
        return [one for reading, members in self._meetings.named if choose(reading) for one in members]

    def _next_after(self, moment: datetime) -> Life | None:
        return next((one for one in self._lives if one.on and one.over_at >= moment), None)

    def _last_before(self, moment: datetime) -> Life | None:
        return next((one for one in reversed(self._lives) if one.on and one.over_at <= moment), None)

    def _alone(self, life: Life) -> list[Member]:
        """Where nobody is named: a recruiter who is said to call; else who invites for a talk without anybody else.
        A coordinator arranges; so does an agency for a talk at its client's, and who writes of a panel."""
        for reading in life.told:
            writer = self._roster.writer(reading)
            people = [one for statement in reading.statements for one in statement.people]
            callers = [self._roster.find(one) for one in people if one.part is Part.RECRUITER and not one.declined]
            others = [one for one in callers if one and one is not writer and one not in life.gone]
            if others and reading.direction is Direction.IN:
                return others[:1]
        host = self._setter(life, set()) or self._asker(life)
        if host is None or host in life.gone or (Part.COORDINATOR in host.parts and Part.INTERVIEWER not in host.parts):
            return []
        if host.parts.isdisjoint(ASKING) and any(_by_others(one) for one in (*life.told, *self._asking(life))):
            return []
        at_client = life.format is Format.ONSITE and self._roster.contact(host).agency
        return [] if at_client else [host]

    def _arranger(self, life: Life, interviewers: Sequence[Member]) -> Member | None:
        """The human who fixed the time last and takes no part; where a robot or the person's choice of an offered
        time fixed it, the human who offered times or the booking page."""
        found = self._setter(life, set(interviewers))
        if found:
            return found
        if any(by_human(one) for one in life.set_by):
            return None
        asker = self._asker(life)
        return None if asker in interviewers else asker

    def _setter(self, life: Life, excluded: set[Member]) -> Member | None:
        writers = [self._roster.writer(one) for one in reversed(life.set_by)]
        return next((one for one in writers if one and one not in excluded), None)

    def _asker(self, life: Life) -> Member | None:
        """Who asked for this interview last before its time was fixed."""
        asked = self._asking(life)
        return self._roster.writer(asked[-1]) if asked else None

    def _asking(self, life: Life) -> list[Reading]:
        """What asked for this interview: before its time was fixed, and after the one before."""
        fixed = life.set_by[-1].date if life.set_by else life.start
        since = max((one.over_at for one in self._lives if one.over_at <= life.start and one.on), default=None)
        return [one for one in self._meetings.asked if one.date <= fixed and (since is None or one.date >= since)]


def _by_others(reading: Reading) -> bool:
    said = {facet for one in reading.statements for facet in one.facets}
    return Facet.BY_OTHERS in said and Facet.TAKES_PART not in said


def _rounds(lives: Sequence[Life]) -> list[int]:
    """Which round each is: talks of one day, or fixed by one message, are one round; a number that the mail states
    counts, unless it says 'final'."""
    numbers: list[int] = []
    current, last = 0, None
    for life in lives:
        stated = life.round if life.round and life.round != FINAL_ROUND else None
        if last is not None and _one_round(last, life):
            numbers.append(current)
        else:
            number = max(current + 1, stated or 0)
            numbers.append(number)
            if life.on:
                current = number
        last = life if life.on else last
    return numbers


def _one_round(before: Life, after: Life) -> bool:
    if before.round and after.round and before.round != after.round:
        return False
    together = {one.message_id for one in before.told} & {one.message_id for one in after.told}
    return bool(together) or before.start.date() == after.start.date()
