"""Situations in a few words -> the letters that would be drafted in them, by the real composer.

For the page of sample letters: a table in `letters.toml`. A situation is a follow-up and the application it belongs
to, written down directly; no mail is read.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo

import msgspec

from mailbot.drafting.compose import compose
from mailbot.drafting.letter import Letter, Me, Note
from mailbot.drafting.templating import Templates
from mailbot.etiquette.follow_up import FollowUp, FollowUpKind, Identity, Reason, Verdict
from mailbot.mail.message import Address, Direction
from mailbot.reading.statements import (
    Authentication,
    Facet,
    Format,
    Kind,
    Part,
    Reading,
    Slot,
    Statement,
    Tone,
    Window,
    Writer,
)
from mailbot.tracking.application import Application, Contact, Event, EventKind, Meeting, MeetingStatus, Promise

ME = Me("Sam Porter", ("sam.porter@example.com",), "America/New_York", phone="+1 212 555 0100")
_IDENT = "<sample@example.com>"
_FIXED, _SAID = "<fixed@example.org>", "<said@example.org>"
_EARLIER, _ELSEWHERE = "<earlier@example.org>", "<offer@example.org>"
STILL_DECIDING = timedelta(days=4)  # after the interview, where no day was named
_ANSWERS = frozenset({FollowUpKind.INVITATION_REPLY, FollowUpKind.OFFER_REPLY, FollowUpKind.REJECTION_THANKS})
_OF_A_MEETING = frozenset({
    FollowUpKind.THANK_YOU, FollowUpKind.FORMAL_LETTER, FollowUpKind.INTERVIEW_NOTES, FollowUpKind.NO_SHOW,
    FollowUpKind.APOLOGY, FollowUpKind.CONFIRMATION,
})  # fmt: skip
_ANSWERED = {
    FollowUpKind.INVITATION_REPLY: Kind.INTERVIEW_REQUEST,
    FollowUpKind.OFFER_REPLY: Kind.OFFER,
    FollowUpKind.REJECTION_THANKS: Kind.REJECTION,
    FollowUpKind.STAY_IN_TOUCH: Kind.REJECTION,
    FollowUpKind.DECLINE: Kind.OFFER,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Somebody of the hiring side. `signs`: how they sign their own mail to the person, empty if they never wrote."""

    name: str
    email: str = ""
    part: Part = Part.INTERVIEWER
    position: str = ""
    title: str = ""
    signs: str = ""
    agency: bool = False

    def contact(self) -> Contact:
        wrote = (_SAID,) if self.signs else ()
        return Contact(
            self.name, self.email or None, self.part, wrote=wrote, agency=self.agency, title=self.title,
            position=self.position, signs=self.signs,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What there is to know when one letter is due. `met` are the interviewers, the receiver among them or not;
    `topics` were noted after it, `announced` in the invitation; `day` is the interview's, or, where none was
    `held`, the one before the letter; `promised` the days by which news was to come; `handed_in` the
    day on which a test was handed in; `offered` the times that an invitation names."""

    kind: FollowUpKind
    to: Who
    title: str = ""
    preset: str = "coach"
    company: str | None = "Acme"
    role: str | None = "Analyst"
    tone: Tone = Tone.NEUTRAL
    zone: str = "America/New_York"
    me: Me = ME
    met: tuple[Who, ...] = ()
    also_thank: tuple[Who, ...] = ()
    day: date = date(2026, 3, 12)
    held: bool = True
    form: Format | None = None
    round: int = 1
    met_before: bool = False
    topics: tuple[str, ...] = ()
    announced: tuple[str, ...] = ()
    team: str | None = None
    promised: tuple[date, ...] | None = None
    keeper: Who | None = None
    handed_in: date | None = None
    arranger: bool = False
    debrief: bool = False
    thanks_lying: bool = False
    kind_answered: Kind | None = None
    facets: tuple[Facet, ...] = ()
    offered: tuple[datetime, ...] = ()
    respond_by: date | None = None
    asked: date | None = None

    @property
    def now(self) -> datetime:
        """A moment at which it can be due."""
        return datetime.combine(self.day, time(16), ZoneInfo(self.zone))


def samples() -> Iterator[tuple[Situation, Letter]]:
    """The situations of the sample page, each with its letter."""
    text = files("mailbot.demo").joinpath("letters.toml").read_text(encoding="utf-8")
    for row in tomllib.loads(text)["letter"]:
        situation = msgspec.convert(row, Situation)
        yield situation, letter_for(situation)


def letter_for(one: Situation, templates: Templates | None = None) -> Letter:
    """The letter of one situation."""
    application, elsewhere = _application(one), _elsewhere(one)
    about = (_ELSEWHERE,) if one.kind is FollowUpKind.OFFER_ELSEWHERE else (_SAID if one.kind in _ANSWERED else _FIXED,)
    lying = Identity(FollowUpKind.THANK_YOU, one.to.email, (_FIXED,))
    answers = one.kind in _ANSWERS
    follow_up = FollowUp(
        Identity(one.kind, one.to.email, about), "sample", one.to.contact(), one.now, one.now + timedelta(days=2),
        Verdict.DUE, Reason("", "", ""), reply_to=_SAID if answers else None, preset=one.preset,
        meeting=next(iter(reversed(application.meetings)), None) if _of_a_meeting(one.kind) else None,
        promise=next(iter(application.promises), None), arranger=one.arranger, debrief=one.debrief,
        also_thank=tuple(who.contact() for who in one.also_thank),
        takes_in=(lying,) if one.thanks_lying else (),
        slots=tuple(Slot(at, at + timedelta(hours=1)) for at in one.offered),
    )  # fmt: skip
    notes = tuple(Note((_FIXED,), topic) for topic in one.topics)
    return compose(
        follow_up, application, one.me, one.now, message_id=_IDENT, notes=notes, others=(elsewhere,),
        templates=templates,
    )  # fmt: skip


def _of_a_meeting(kind: FollowUpKind) -> bool:
    return kind in _OF_A_MEETING


def _application(one: Situation) -> Application:
    fixed = Statement(Kind.INTERVIEW_CONFIRMED, 1.0, team=one.team, topics=one.announced)
    readings = [_reading(one, _FIXED, fixed)] if one.held else []
    kind = one.kind_answered or _ANSWERED.get(one.kind)
    says = Statement(kind or Kind.RECRUITER_REPLY, 1.0, facets=frozenset(one.facets), respond_by=one.respond_by)
    if kind or one.to.signs:
        readings.append(_reading(one, _SAID, says))
    if one.asked:
        asked = _reading(one, _FIXED, Statement(Kind.OWN_CHECK_IN, 1.0))
        readings = [replace(asked, direction=Direction.OUT, date=_at(one, one.asked)), *readings[1:]]
    events = [Event(_at(one, one.handed_in), EventKind.ASSESSMENT_HANDED_IN)] if one.handed_in else []
    if kind is Kind.OFFER:
        events.append(Event(one.now, EventKind.OFFERED, _SAID))
    return Application(
        "sample", "sample", one.company, None, one.role, None, tuple(readings), (one.to.contact(),),
        tuple(_meetings(one)), tuple(_promises(one)), (), tuple(events),
    )  # fmt: skip


def _meetings(one: Situation) -> Iterator[Meeting]:
    if not one.held:
        return
    people = tuple(who.contact() for who in one.met)
    start = datetime.combine(one.day, time(14), ZoneInfo(one.zone))
    if one.met_before:
        before = start - timedelta(days=7)
        yield Meeting(
            before, None, before + timedelta(hours=1), None, MeetingStatus.FIXED, (_EARLIER,), (one.to.contact(),),
            None, one.round - 1, one.zone,
        )  # fmt: skip
    yield Meeting(
        start, start + timedelta(hours=1), start + timedelta(hours=1), one.form, MeetingStatus.FIXED, (_FIXED,), people,
        None, one.round, one.zone,
    )  # fmt: skip


def _promises(one: Situation) -> Iterator[Promise]:
    if one.promised is None:
        return
    window = Window(one.promised[0] if one.promised[1:] else None, one.promised[-1]) if one.promised else None
    keeper = one.keeper.contact() if one.keeper else None
    made = one.day if one.promised else one.day + STILL_DECIDING
    yield Promise(_at(one, made), window, _SAID, keeper, (_SAID,), "")


def _elsewhere(one: Situation) -> Application:
    """The application in which another offer came."""
    says = Statement(Kind.OFFER, 1.0, respond_by=one.respond_by)
    reading = _reading(one, _ELSEWHERE, says)
    return Application("other", "other", None, None, None, None, (reading,), (), (), (), (), ())


def _at(one: Situation, day: date) -> datetime:
    return datetime.combine(day, time(10), ZoneInfo(one.zone))


def _reading(one: Situation, ident: str, says: Statement) -> Reading:
    first = one.me.name.partition(" ")[0]
    return Reading(
        message_id=ident, reader_version=1, zone=one.zone, direction=Direction.IN, account="", thread=None,
        in_reply_to=None, references=(), date=one.now - timedelta(days=3), arrived=one.now - timedelta(days=3),
        sender=Address(one.to.name, one.to.email), reply_to=(), to=(Address(one.me.name, one.me.addresses[0]),), cc=(),
        subject=f"{one.role or 'Your application'}", writer=Writer.PERSON, authentication=Authentication.PASS,
        language="en", words=60, tone=one.tone, calls_reader=first, signed=one.to.signs, statements=(says,),
    )  # fmt: skip
