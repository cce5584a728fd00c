"""What the person owes: their messages that ask, until answered, settled or overtaken."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from mailbot.mail.message import Direction
from mailbot.reading.statements import Facet, Kind, Reading, Slot, Statement
from mailbot.tracking.agreeing import same_clock
from mailbot.tracking.application import Ask, Meeting, MeetingStatus
from mailbot.tracking.profile import ENDS
from mailbot.tracking.threads import Threads
from mailbot.tracking.voices import NO_WORD, by_human

# Kinds that ask by being what they are; every other kind asks only where its words do.
ALWAYS = {
    Kind.INTERVIEW_REQUEST: "invitation",
    Kind.ASSESSMENT: "assessment",
    Kind.INFORMATION_REQUEST: "question",
    Kind.OFFER: "offer",
}
WHERE_ASKED = {
    Kind.INTERVIEW_CONFIRMED: "invitation",
    Kind.INTERVIEW_RESCHEDULED: "reschedule",
    Kind.INTERVIEW_CANCELLED: "question",
    Kind.STATUS_UPDATE: "question",
    Kind.RECRUITER_REPLY: "question",
}
# What seems to invite where it asks only whether it may put the person forward.
OFFERING = frozenset({Kind.RECRUITER_OUTREACH, Kind.INTERVIEW_REQUEST})
ABOUT_TIMES = frozenset({"invitation", "reschedule"})
# Of two things that one message asks the first in this list is what the person owes.
WEIGHT = ("offer", "reschedule", "invitation", "assessment", "question")
# After these of the person's own, what comes of an offer is paperwork.
DECIDED = frozenset({Kind.OWN_ACCEPTANCE, Kind.OWN_WITHDRAWAL})
# A letter of another purpose in another thread answers no question.
NO_ANSWER = frozenset({Kind.OWN_THANK_YOU, Kind.OWN_CHECK_IN, Kind.UNRELATED})


class Debts:
    """All asks of one application. `readings` are given oldest first, without what never reached anybody; `past` are
    the messages that show an interview of which no time is known to be over, or take the invitation to it back."""

    def __init__(
        self, readings: Sequence[Reading], meetings: Sequence[Meeting], past: Collection[str], threads: Threads
    ) -> None:
        self._readings = readings
        self._meetings = meetings
        self._past = past
        self._threads = threads

    def all(self) -> tuple[Ask, ...]:
        """Oldest first. `settled_at` may lie ahead: an interview's end settles what only prepared it."""
        return tuple(found for one in self._readings if (found := self._ask(one)))

    def _ask(self, reading: Reading) -> Ask | None:
        if reading.direction is not Direction.IN or reading.writer in NO_WORD:
            return None
        if reading.main.late and not reading.main.proposed:
            return None  # that it begins late is told, whatever else is asked of the person meanwhile
        asked = [(what, one) for one in reading.statements if (what := self._what(reading, one))]
        if not asked:
            return None
        what, said = min(asked, key=lambda pair: WEIGHT.index(pair[0]))
        if what == "offer" and any(one.kind in DECIDED and _follows(reading, one) for one in self._readings):
            return None
        settled = min(self._settlements(reading, what), default=None)
        return Ask(
            message_id=reading.message_id,
            at=reading.date,
            what=what,
            respond_by=said.respond_by,
            answered_by=settled[1] if settled else None,
            settled_at=settled[0] if settled else None,
        )

    def _what(self, reading: Reading, said: Statement) -> str | None:
        """What a statement asks for; what else is asked where the person's own choice is confirmed is no invitation."""
        what = _what(said)
        if what != "invitation" or said.kind is not Kind.INTERVIEW_CONFIRMED:
            return what
        mine = [one for one in self._readings if one.direction is Direction.OUT and _follows(reading, one)]
        named = [slot for one in mine for each in one.statements for slot in (*each.chosen, *each.proposed)]
        fixed = [Slot(one.start, one.end) for one in said.interviews]
        return "question" if any(same_clock(slot, one) for slot in named for one in fixed) else what

    def _settlements(self, asking: Reading, what: str) -> Iterator[tuple[datetime, str]]:
        """When, and by which message, it was answered or settled; the earliest counts."""
        later = [one for one in self._readings if _follows(one, asking)]
        for one in later:
            if self._answers(one, asking, what) or self._overtakes(one, what):
                yield one.date, one.message_id
        if what == "assessment":
            yield from _moved_on(later)
        if what in ("assessment", "question"):
            yield from _their_turn(later)
        if what != "offer":
            yield from self._overtaken(asking, what)

    def _answers(self, one: Reading, asking: Reading, what: str) -> bool:
        handed_in = any(said.has(Facet.HANDED_IN) for said in one.statements)
        if what == "assessment":
            return handed_in and one.writer not in NO_WORD
        if one.direction is not Direction.OUT:
            return False
        if self._threads.same(one, asking):
            return True
        receivers = {address.email for address in (*one.to, *one.cc)}
        writes_to_them = asking.sender is not None and asking.sender.email in receivers
        return (writes_to_them or what == "offer") and one.kind not in NO_ANSWER

    def _overtakes(self, one: Reading, what: str) -> bool:
        """An end, an offer, or a word that the interview asked for was held or is off."""
        kinds = {said.kind for said in one.statements}
        if kinds & ENDS or (Kind.OFFER in kinds and what != "offer"):
            return True
        return what in ABOUT_TIMES and one.message_id in self._past

    def _overtaken(self, asking: Reading, what: str) -> Iterator[tuple[datetime, str]]:
        """An interview whose time is fixed settles the question for one; one that is held or cancelled settles
        whatever only prepared it."""
        for meeting in self._meetings:
            told = [one for one in self._readings if one.message_id in meeting.fixed_by]
            later = [one for one in told if _follows(one, asking)]
            own = asking.message_id in meeting.fixed_by
            prepares = own or (what not in ABOUT_TIMES and _prepares(asking, told, meeting))
            if later and (what == "reschedule" or (what == "invitation" and (own or later == told))):
                yield later[0].date, later[0].message_id
            if prepares and meeting.status is MeetingStatus.FIXED:
                yield meeting.over_at, meeting.fixed_by[-1]
            cancelling = next((one for one in self._readings if one.message_id == meeting.cancelled_by), None)
            if cancelling and _follows(cancelling, asking) and (prepares or what in ABOUT_TIMES):
                yield cancelling.date, cancelling.message_id


def _what(said: Statement) -> str | None:
    # The link in a confirmation is there to change the time, not to book one.
    asks = said.has(Facet.ASKS) or (said.has(Facet.BOOKING_LINK) and said.kind is not Kind.INTERVIEW_CONFIRMED)
    if said.kind is Kind.RECRUITER_OUTREACH and not (asks and said.has(Facet.ANSWERED_APPLICATION)):
        return None
    if said.kind in OFFERING and asks_leave(said):
        return "question"
    if said.kind is Kind.RECRUITER_OUTREACH:
        return "invitation"
    if said.kind is Kind.ASSESSMENT and said.has(Facet.HANDED_IN):
        return None  # the receipt of what was asked for
    if said.kind in ALWAYS:
        return ALWAYS[said.kind]
    if not asks or said.kind not in WHERE_ASKED:
        return None
    about_times = said.has(Facet.ADVANCES, Facet.BOOKING_LINK) or bool(said.proposed)
    return "invitation" if about_times and WHERE_ASKED[said.kind] == "question" else WHERE_ASKED[said.kind]


def asks_leave(said: Statement) -> bool:
    """Whether it asks no more than whether it may put the person forward for a job."""
    return said.has(Facet.OFFERS_TO_SUBMIT) and not said.proposed and not said.has(Facet.BOOKING_LINK)


def _prepares(asking: Reading, told: Sequence[Reading], meeting: Meeting) -> bool:
    """Whether something was asked for between the fixing of an interview and its end, and not by a later day."""
    days = [said.respond_by for said in asking.statements if said.respond_by]
    in_time = not days or min(days) <= meeting.start.date()
    return bool(told) and told[0].date <= asking.date < meeting.over_at and in_time


def _moved_on(later: Sequence[Reading]) -> Iterator[tuple[datetime, str]]:
    """Going on to an interview shows that the test is in."""
    for one in later:
        if one.direction is Direction.IN and any(
            said.kind is Kind.INTERVIEW_REQUEST or said.has(Facet.ADVANCES) for said in one.statements
        ):
            yield one.date, one.message_id


def _their_turn(later: Sequence[Reading]) -> Iterator[tuple[datetime, str]]:
    """A human who then names a day for news, and asks for nothing, has what was asked for."""
    for one in later:
        if by_human(one) and one.main.decision_by and not any(_what(said) for said in one.statements):
            yield one.date, one.message_id


def _follows(one: Reading, asking: Reading) -> bool:
    return (one.date, one.message_id) > (asking.date, asking.message_id)
