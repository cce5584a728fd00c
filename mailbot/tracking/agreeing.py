"""On which time both sides agree, though no single message fixes it: one offers, the other picks, or says yes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from mailbot.mail.message import Direction
from mailbot.reading.statements import Facet, Interview, InterviewStatus, Kind, Reading, Slot, Statement
from mailbot.tracking.threads import Threads
from mailbot.tracking.voices import by_human

# A longer stretch is a window in which one may choose, not the length of the talk.
LONGEST_TALK = timedelta(minutes=90)
# What comes of a message that wants another time, or none.
CONTRARY = frozenset(
    {
        *(Kind.INTERVIEW_REQUEST, Kind.INTERVIEW_RESCHEDULED, Kind.INTERVIEW_CANCELLED),
        *(Kind.REJECTION, Kind.POSITION_CLOSED, Kind.OFFER, Kind.OWN_WITHDRAWAL),
    }
)
NOT_SO = (Facet.DOUBTS_INTERVIEW, Facet.DECLINES_INTERVIEW, Facet.CHECKS_FIRST)


@dataclass(frozen=True, slots=True)
class _Named:
    """The times that a message names for a talk; none where it only asks."""

    by: Reading
    slots: tuple[Slot, ...]


class Agreements:
    """Told the messages of one application, oldest first."""

    def __init__(self, threads: Threads) -> None:
        self._threads = threads
        self._named: list[_Named] = []

    def hear(self, reading: Reading, said: Statement, chosen: Sequence[Slot], *, doubted: bool) -> Interview | None:
        """The one time that is agreed on by this message. `chosen` are the times that it picks; `doubted`: an
        interview is in doubt, for which one of them may be."""
        found = self._found(reading, said, chosen, doubted=doubted)
        if chosen and reading.direction is Direction.OUT and found is None:
            self._named.append(_Named(reading, tuple(chosen)))
        return found

    def close(self) -> None:
        """A time is fixed: what was named before it is settled."""
        self._named.clear()

    def note(self, reading: Reading, slots: Sequence[Slot]) -> None:
        """Times that a message offers; without any it asks for them."""
        self._named.append(_Named(reading, tuple(_nearest(slots))))

    def _found(
        self, reading: Reading, said: Statement, chosen: Sequence[Slot], *, doubted: bool
    ) -> Interview | None:
        offer = self._offer(reading)
        if not chosen and offer:
            mine = reading.direction is Direction.OUT
            chosen = _accepted(said, offer) if mine else _echoed(reading, said, offer)
        if len(chosen) != 1:
            return None
        (one,) = chosen
        taken = [slot for slot in offer if _within(one, slot)]
        if not taken and (again := [slot for slot in offer if same_clock(one, slot)]):
            taken, one = again, _on_day_of(one, again[0])
        confirms = said.kind is Kind.INTERVIEW_CONFIRMED and reading.direction is Direction.IN
        instead = doubted and reading.direction is Direction.OUT and self._asked(reading)
        if len(taken) == 1 or confirms or instead:
            return _interview(one, taken[0] if taken else one, alone=len(offer) == 1)
        return None

    def _offer(self, reading: Reading) -> tuple[Slot, ...]:
        """The newest times that the other side named in this thread, else at all."""
        theirs = [one for one in self._named if one.slots and one.by.direction is not reading.direction]
        here = [one for one in theirs if self._threads.same(one.by, reading)]
        newest = (here or theirs)[-1:]
        return tuple(slot for one in newest for slot in one.slots if slot.start > reading.date)

    def _asked(self, reading: Reading) -> bool:
        """Whether the message that this one answers asks for a talk."""
        before = [one for one in self._named if self._threads.same(one.by, reading)]
        return bool(before) and before[-1].by.direction is Direction.IN


def _nearest(slots: Sequence[Slot]) -> list[Slot]:
    """Without what only says in which part of a day another one is: 'Tuesday afternoon, at 3:30'."""
    hours = [one for one in slots if one.end is None]
    return [one for one in slots if one.end is None or not any(_within(hour, one) for hour in hours)]


def _within(one: Slot, offered: Slot) -> bool:
    return one.start == offered.start or (offered.end is not None and offered.start <= one.start < offered.end)


def same_clock(one: Slot, offered: Slot) -> bool:
    """The same hour of the same weekday: 'Thursday at 10' may mean the Thursday of the week after."""
    return _within(_on_day_of(one, offered), offered) if one.start.weekday() == offered.start.weekday() else False


def _on_day_of(one: Slot, offered: Slot) -> Slot:
    day = offered.start.astimezone(one.start.tzinfo).date()
    start = datetime.combine(day, one.start.timetz())
    return Slot(start, start + (one.end - one.start) if one.end else None)


def _accepted(said: Statement, offer: Sequence[Slot]) -> Sequence[Slot]:
    """The one time that they offered, where the person says yes and names no other."""
    yes = said.has(Facet.TIMES_AGREED) and not said.has(*NOT_SO) and not said.proposed
    return offer if yes and len(offer) == 1 and said.kind not in CONTRARY else ()


def _echoed(reading: Reading, said: Statement, offer: Sequence[Slot]) -> Sequence[Slot]:
    """The time that the person named, where their answer agrees to it or names just that one and asks no more."""
    if said.proposed:
        offered = {one.start for one in offer}
        named = [one for one in said.proposed if one.start in offered]
        return [] if said.has(Facet.ASKS) or len(said.proposed) != 1 else named
    yes = said.has(Facet.TIMES_AGREED) or said.kind is Kind.INTERVIEW_CONFIRMED
    if not yes or said.interviews or said.has(*NOT_SO) or said.kind in CONTRARY or not by_human(reading):
        return ()
    return offer if len(offer) == 1 else ()


def _interview(chosen: Slot, offered: Slot, *, alone: bool) -> Interview:
    """`alone`: it is the one time that was offered, which is then as long as it was said to be ('7 to noon')."""
    end = chosen.end or (offered.end if offered.start == chosen.start else None)
    as_said = alone and not offered.window
    if end and end - chosen.start > LONGEST_TALK and not as_said:
        end = None
    return Interview(chosen.start, end, None, InterviewStatus.SCHEDULED)
