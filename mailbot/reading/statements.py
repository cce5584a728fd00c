"""What reading finds in one mail: values only. The kinds and the conventions of each field are in docs/reading.md."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date as Day  # noqa: N812 - Reading has a field called date
from datetime import datetime
from enum import StrEnum

from mailbot.mail.message import Address, Direction

# Raised with each release that reads mail otherwise: what an older reader read is then read again in the background.
READER_VERSION = 1


class Kind(StrEnum):
    """What a message, or one statement of it, is."""

    APPLICATION_RECEIVED = "application_received"
    RECRUITER_OUTREACH = "recruiter_outreach"
    INTERVIEW_REQUEST = "interview_request"
    INTERVIEW_CONFIRMED = "interview_confirmed"
    INTERVIEW_RESCHEDULED = "interview_rescheduled"
    INTERVIEW_CANCELLED = "interview_cancelled"
    ASSESSMENT = "assessment"
    INFORMATION_REQUEST = "information_request"
    STATUS_UPDATE = "status_update"
    OFFER = "offer"
    REJECTION = "rejection"
    POSITION_CLOSED = "position_closed"
    RECRUITER_REPLY = "recruiter_reply"
    OWN_APPLICATION = "own_application"
    OWN_THANK_YOU = "own_thank_you"
    OWN_CHECK_IN = "own_check_in"
    OWN_REPLY = "own_reply"
    OWN_WITHDRAWAL = "own_withdrawal"
    OWN_ACCEPTANCE = "own_acceptance"
    JOB_ALERT = "job_alert"
    UNRELATED = "unrelated"


class Part(StrEnum):
    """What a person is in the hiring."""

    INTERVIEWER = "interviewer"
    RECRUITER = "recruiter"
    COORDINATOR = "coordinator"
    HIRING_MANAGER = "hiring_manager"
    CONTACT = "contact"


class Writer(StrEnum):
    """Who wrote a message."""

    PERSON = "person"
    SHARED = "shared"  # hr@, jobs@, signed by nobody: a robot as far as letters go
    ROBOT = "robot"  # no-reply, Auto-Submitted, bulk, a tool's domain
    AUTO_REPLY = "auto_reply"  # out of office, vacation
    BOUNCE = "bounce"  # a delivery report: the mail it names counts as not sent
    CALENDAR = "calendar"  # an attendee's acceptance or refusal, made by their calendar
    LIST = "list"  # a mailing list's copy


class Authentication(StrEnum):
    """DMARC as the receiving provider's own Authentication-Results says it (RFC 8601); missing, foreign: neutral."""

    PASS = "pass"  # noqa: S105 - a verdict, no password
    FAIL = "fail"
    NEUTRAL = "neutral"


class Format(StrEnum):
    PHONE = "phone"
    VIDEO = "video"
    ONSITE = "onsite"


class InterviewStatus(StrEnum):
    SCHEDULED = "scheduled"
    CANCELLED = "cancelled"


class Tone(StrEnum):
    FORMAL = "formal"
    FRIENDLY = "friendly"
    NEUTRAL = "neutral"


class Facet(StrEnum):
    """What a statement adds to its kind; etiquette decides by these."""

    ASKS = "asks"  # wants an answer from the person (times, a choice, whether it suits, a question)
    ASKS_TO_CONFIRM = "asks_to_confirm"  # wants no more than attendance confirmed
    OFFERS_TO_SUBMIT = "offers_to_submit"  # asks whether it may put the person forward for a job
    BOOKING_LINK = "booking_link"  # offers a page on which the person books
    SETS_TIME = "sets_time"  # fixes a time of its own that was not agreed before
    ADVANCES = "advances"  # the person goes on to the next round
    STILL_DECIDING = "still_deciding"  # undated 'we have not decided yet'
    DELAY = "delay"  # news comes later than said
    DOUBTS_INTERVIEW = "doubts_interview"  # asks to move, says that it cannot or did not take place
    INTERVIEW_HELD = "interview_held"  # shows that the interview took place
    ANSWERED_APPLICATION = "answered_application"  # outreach that says the person applied
    IN_WRITING = "in_writing"  # the offer's terms are there
    GIVES_FEEDBACK = "gives_feedback"
    REFUSES_FEEDBACK = "refuses_feedback"
    FUTURE_ROLES = "future_roles"  # they would like to hear of the person again
    ON_HOLD = "on_hold"
    ASKS_TO_CALL = "asks_to_call"
    TIMES_AGREED = "times_agreed"  # confirms what the person proposed or chose; (out) says yes to what they propose
    STANDS = "stands"  # the interview is as it was, whatever else changes
    TAKES_PART = "takes_part"  # the writer will be among those who ask the questions
    WITH_COPIED = "with_copied"  # those in copy ask the questions
    BY_OTHERS = "by_others"  # a panel or somebody else asks the questions, whoever writes
    CHECKS_FIRST = "checks_first"  # has to ask or look before a time holds
    HANDED_IN = "handed_in"  # (out) the person hands in a test; (in) its receipt is confirmed
    ENCLOSES = "encloses"  # (out) sends something along, whatever it is
    COURTESY = "courtesy"  # thanks or a kind word, nothing of substance
    ASKS_NEWS = "asks_news"  # (out) asks for news, whatever the kind
    THANKS = "thanks"  # (out) thanks for an interview, whatever the kind
    GRATEFUL = "grateful"  # (out) has a word of thanks or of pleasure in a talk, for whatever it be
    DECLINES_INTERVIEW = "declines_interview"
    TELLS_DEADLINE = "tells_deadline"  # (out) tells of another offer
    SUSPICIOUS = "suspicious"  # bank details, fees, identity papers, messengers
    OTHER_LANGUAGE = "other_language"  # speaks of hiring in a language that is not read


# What has nothing to do with an application.
IRRELEVANT = (Kind.JOB_ALERT, Kind.UNRELATED)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words from which a field was read: `quote` stands in the message's text (or subject, or calendar part)
    exactly, at most 300 characters."""

    field: str
    quote: str


@dataclass(frozen=True, slots=True)
class Person:
    """A human on the hiring side. `name` without titles, may be a first name alone; `email` only if the message has
    it. `title` as stated (Dr, Prof.), `position` as in the signature ('Engineering Manager')."""

    name: str
    email: str | None
    part: Part
    title: str = ""
    position: str = ""
    declined: bool = False  # an attendee who will not come


@dataclass(frozen=True, slots=True)
class Interview:
    """One fixed time, moved or called off. `start` and `end` are aware, in the zone that the message uses; `zone` is
    the IANA name where known. `uid` and `sequence` come from the calendar part (RFC 5545 3.8.4.7, 3.8.7.4)."""

    start: datetime
    end: datetime | None
    format: Format | None
    status: InterviewStatus
    uid: str | None = None
    sequence: int = 0
    zone: str = ""
    location: str = ""
    replaces: datetime | None = None  # the start that this one moves, where the message says it


@dataclass(frozen=True, slots=True)
class Slot:
    """A proposed time: `end` None where only a start is offered. A stretch ('Tuesday 10 to 12') has both; `window`: the
    words say that one may choose in it ('between 10 and 12', 'in the afternoon')."""

    start: datetime
    end: datetime | None = None
    window: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Window:
    """By when news will come. A single day has earliest == latest; earliest None means 'by'."""

    earliest: Day | None
    latest: Day


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that a message says. `confidence` is that the statement is right, 0 to 1."""

    kind: Kind
    confidence: float
    company: str | None = None
    agency: str | None = None
    role: str | None = None
    requisition: str | None = None
    people: tuple[Person, ...] = ()
    interviews: tuple[Interview, ...] = ()
    proposed: tuple[Slot, ...] = ()
    chosen: tuple[Slot, ...] = ()  # 'Tuesday at 2 works': the times that this message picks
    late: int = 0  # minutes by which a talk that takes place begins late
    decision_by: Window | None = None
    respond_by: Day | None = None
    round: int | None = None  # first, second, final (99) round where the words say so
    facets: frozenset[Facet] = frozenset()
    links: tuple[str, ...] = ()  # https links that the person may need: booking page, test
    evidence: tuple[Evidence, ...] = ()
    team: str | None = None  # of the job, without the word: 'Data Platform'
    topics: tuple[str, ...] = ()  # of which an invitation says that the talk will be, from the person's side

    def has(self, *facets: Facet) -> bool:
        """Whether it has any of these."""
        return any(facet in self.facets for facet in facets)


@dataclass(frozen=True, slots=True)
class Reading:
    """All that is kept of one message. The first Statement is the weightiest: the one that changes most what the
    person should do next. `words` counts the new text. `calls_reader` is how it greets the person ('Alex', 'Ms
    Rivera', empty), `signed` how its writer signs ('Dana'). `in_context` is what it says instead once its writer or
    its thread is known to be about an application: 'give us until Tuesday' says nothing of hiring by itself; empty
    where that makes no difference."""

    message_id: str
    reader_version: int
    zone: str  # the IANA zone in which it was read
    direction: Direction
    account: str
    thread: str | None
    in_reply_to: str | None
    references: tuple[str, ...]
    date: datetime
    arrived: datetime
    sender: Address | None
    reply_to: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    subject: str
    writer: Writer
    authentication: Authentication
    language: str  # ISO 639-1, 'en' where it cannot be told
    words: int
    tone: Tone
    calls_reader: str
    signed: str
    statements: tuple[Statement, ...]
    calendar: bool = False  # it carries a calendar part: never replied to in its own thread
    absent_until: Day | None = None  # an auto-reply's day of return
    bounced: tuple[str, ...] = field(default=())  # addresses (and the Message-ID) that a delivery report names
    in_context: tuple[Statement, ...] = ()
    whole: bool = True  # False: it was set aside by its headers alone (see first_look.py)

    def __hash__(self) -> int:
        # Equal readings are of one message; to hash all that a mail says takes longer than to track it.
        return hash((self.message_id, self.reader_version, self.date))

    @property
    def main(self) -> Statement:
        return self.statements[0]

    @property
    def kind(self) -> Kind:
        return self.statements[0].kind

    @property
    def relevant(self) -> bool:
        """Whether it belongs to a job search at all."""
        return self.kind not in IRRELEVANT

    @property
    def may_matter(self) -> bool:
        """Whether it belongs to a job search, may prove to once other mail is known, or is one of which the person is
        told: in a language that is not read, or to be bewared of."""
        machines = (Writer.AUTO_REPLY, Writer.BOUNCE, Writer.CALENDAR)
        told = self.main.has(Facet.OTHER_LANGUAGE) or any(one.field == "suspicious" for one in self.main.evidence)
        return told or self.relevant or bool(self.in_context) or self.writer in machines


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose mail is read: `addresses` in lower case, `names` as they may be greeted, `zone` the IANA name that counts
    where a message states none, `country` as ISO 3166 for holidays in 'business days'."""

    addresses: frozenset[str]
    zone: str
    name: str = ""
    country: str = ""
    region: str = ""
