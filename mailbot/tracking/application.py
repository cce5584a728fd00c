"""What tracking makes of all Readings: values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mailbot.reading.statements import Format, Part, Person, Reading, Window, Writer


class Stage(StrEnum):
    """Where an application stands; derived from the events at a moment, never stored."""

    APPLIED = "applied"
    IN_CONTACT = "in_contact"
    INTERVIEWING = "interviewing"
    WAITING = "waiting"
    ASSESSMENT = "assessment"
    OFFER = "offer"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    DORMANT = "dormant"


# Nothing goes on there, unless they write again.
OVER = (Stage.REJECTED, Stage.WITHDRAWN, Stage.CLOSED, Stage.DORMANT, Stage.ACCEPTED)


class EventKind(StrEnum):
    """A dated fact of an application. Those marked 'time' come from the clock, the others from a message."""

    APPLIED = "applied"
    RECEIVED = "received"
    OUTREACH = "outreach"
    CONTACTED = "contacted"  # a personal word of theirs
    REPLIED = "replied"  # a word of the person's
    INTERVIEW_ASKED = "interview_asked"
    INTERVIEW_FIXED = "interview_fixed"
    INTERVIEW_MOVED = "interview_moved"
    INTERVIEW_CANCELLED = "interview_cancelled"
    INTERVIEW_DOUBTED = "interview_doubted"
    INTERVIEW_HELD = "interview_held"  # time: its end has passed
    ASSESSMENT_ASKED = "assessment_asked"
    ASSESSMENT_HANDED_IN = "assessment_handed_in"
    INFORMATION_ASKED = "information_asked"
    PROMISED = "promised"
    ADVANCED = "advanced"
    OFFERED = "offered"
    REJECTED = "rejected"
    CLOSED = "closed"
    THANKED = "thanked"
    ASKED_NEWS = "asked_news"
    WITHDREW = "withdrew"
    ACCEPTED = "accepted"
    FELL_SILENT = "fell_silent"  # time: dormant by RULES
    CORRECTED = "corrected"  # the person said so


@dataclass(frozen=True, slots=True)
class Event:
    """`at` is what the message's Date says (or the moment the clock made it so); `quote` the words."""

    at: datetime
    kind: EventKind
    message_id: str | None = None
    quote: str = ""
    stage: Stage | None = None  # CORRECTED only: the stage that the person set


class MeetingStatus(StrEnum):
    FIXED = "fixed"
    CANCELLED = "cancelled"
    DOUBT = "doubt"


@dataclass(frozen=True, slots=True)
class Contact:
    """A human of the hiring side as the whole application knows them. `wrote`: the ids of their messages, oldest
    first; `last_wrote` the Date of the newest. `agency`: acts for the agency, not for the employer. `role_address`:
    the address is shared (hr@, jobs@) and `name` the person who signs there."""

    name: str
    email: str | None
    part: Part
    wrote: tuple[str, ...] = ()
    last_wrote: datetime | None = None
    agency: bool = False
    role_address: bool = False
    title: str = ""
    position: str = ""
    signs: str = ""  # 'Dana': how they sign, for the greeting
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Meeting:
    """One interview over its life: the last fixed time counts. `fixed_by`: the messages that fixed or moved it,
    oldest first; they are its occasion. `over_at` is when it counts as held: its end; else start + 1 h, by phone
    + 45 min. `round` counts from 1. `arranger` fixed the time and is not among the interviewers. `expected`
    interviewers exclude those who declined or were replaced."""

    start: datetime
    end: datetime | None
    over_at: datetime
    format: Format | None
    status: MeetingStatus
    fixed_by: tuple[str, ...]
    interviewers: tuple[Contact, ...]
    arranger: Contact | None
    round: int
    zone: str
    uid: str | None = None
    cancelled_by: str | None = None
    held_said: bool = False  # a message or the person says that it took place


@dataclass(frozen=True, slots=True)
class Promise:
    """Their word on when news comes. `by` is the message; `keeper` who made it. `window` None: an undated 'still
    deciding' of a human after an interview, from `made` on. `occasion`: the messages that set this very date."""

    made: datetime
    window: Window | None
    by: str
    keeper: Contact | None
    occasion: tuple[str, ...]
    quote: str
    robot: bool = False
    in_answer_to_check_in: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """What the person owes: their message that asks, until answered, settled or overtaken."""

    message_id: str
    at: datetime
    what: str  # invitation | question | assessment | offer | reschedule
    respond_by: date | None
    answered_by: str | None  # the message of the person's that answers, or that settles it
    settled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Application:
    """One role at one organisation that the person pursues. `readings` are all its messages, oldest Date first.
    `confidence`: that these messages belong together; below the threshold it is a question, never a draft."""

    id: str
    slug: str
    company: str | None
    agency: str | None
    role: str | None
    requisition: str | None
    readings: tuple[Reading, ...]
    contacts: tuple[Contact, ...]
    meetings: tuple[Meeting, ...]
    promises: tuple[Promise, ...]
    asks: tuple[Ask, ...]
    events: tuple[Event, ...]
    confidence: float = 1.0

    @property
    def name(self) -> str:
        """'Horizon Marketing, Marketing Coordinator'."""
        company = self.company or (f"a client of {self.agency}" if self.agency else "unknown firm")
        return f"{company}, {self.role}" if self.role else company

    def reading(self, message_id: str) -> Reading | None:
        return next((one for one in self.readings if one.message_id == message_id), None)


@dataclass(frozen=True, slots=True)
class Patience:
    """After how much silence an application is dormant (from the preset): `check_ins` is how many check-ins it
    allows, `after_last` days after the last of them was sent, `silence` days without any message."""

    check_ins: int
    after_last: int = 14
    silence: int = 60


@dataclass(frozen=True, slots=True)
class Constraint:
    """The person's word on what belongs together: messages that must, or must not, be one application."""

    together: bool
    messages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What mailbot does not dare to decide: shown in `status` with the command that answers it. `address`: where it is
    asked about an address that the mail names. `candidates`: handles of applications that the mail fits equally, first
    the one that was heard of last. `unproved`: the mail counts for nothing until the answer is yes."""

    message_ids: tuple[str, ...]
    text: str
    command: str
    address: str = ""
    candidates: tuple[str, ...] = ()
    unproved: bool = False


@dataclass(frozen=True, slots=True)
class Tracked:
    """All applications of a mailbox; `aliases` maps the ids of joined applications to the one that stays. `doubtful`
    may be none at all: nothing is drafted for them, and each is a question."""

    applications: tuple[Application, ...]
    questions: tuple[Question, ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()
    doubtful: tuple[Application, ...] = ()

    @property
    def every(self) -> tuple[Application, ...]:
        """Those in doubt too."""
        return (*self.applications, *self.doubtful)


__all__ = [
    "Application", "Ask", "Constraint", "Contact", "Event", "EventKind", "Meeting", "MeetingStatus", "Patience",
    "Person", "Promise", "Question", "Stage", "Tracked", "Writer",
]
