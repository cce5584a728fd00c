"""One application at one moment, with what the families of follow-ups ask of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from mailbot.etiquette.rules import Etiquette
from mailbot.etiquette.wishes import Ruled, Wish, last
from mailbot.etiquette.workdays import Calendar
from mailbot.mail.message import Direction
from mailbot.reading.statements import Facet, Kind, Reader, Reading, Statement, Writer
from mailbot.tracking.application import Application, Ask, Event, EventKind, Stage

# Receipts, absence notices, bounces, calendar answers and list copies are no word from anybody.
_WORDS = (Writer.PERSON, Writer.SHARED, Writer.ROBOT)
_ENDINGS = (EventKind.REJECTED, EventKind.CLOSED, EventKind.OFFERED, EventKind.WITHDREW, EventKind.ACCEPTED)
_STEPS = (Kind.INTERVIEW_REQUEST, Kind.INTERVIEW_CONFIRMED, Kind.ASSESSMENT)
_PURPOSES = (Facet.THANKS, Facet.HANDED_IN, Facet.DOUBTS_INTERVIEW, Facet.DECLINES_INTERVIEW, Facet.COURTESY)
_CORRECTED = {
    Stage.REJECTED: EventKind.REJECTED,
    Stage.CLOSED: EventKind.CLOSED,
    Stage.OFFER: EventKind.OFFERED,
    Stage.WITHDRAWN: EventKind.WITHDREW,
    Stage.ACCEPTED: EventKind.ACCEPTED,
}


@dataclass(frozen=True, slots=True)
class Sent:
    """A mail of the person's that did not bounce; `to` are the addresses in To and Cc that it reached."""

    reading: Reading
    to: frozenset[str]

    @property
    def at(self) -> datetime:
        return self.reading.date

    @property
    def thanks(self) -> bool:
        return says(self.reading, Kind.OWN_THANK_YOU, Facet.THANKS)

    @property
    def asks_news(self) -> bool:
        """Whether it is a check-in; one that tells of another offer asks, too, but is a letter of its own."""
        return says(self.reading, Kind.OWN_CHECK_IN, Facet.ASKS_NEWS) and not self.tells_deadline

    @property
    def plain(self) -> bool:
        """A mail of no purpose that can be told."""
        return self.reading.kind in (Kind.OWN_REPLY, Kind.OWN_APPLICATION) and not says(self.reading, *_PURPOSES)

    @property
    def tells_deadline(self) -> bool:
        return says(self.reading, Facet.TELLS_DEADLINE)


@dataclass(frozen=True, slots=True)
class Settled:
    """What made a follow-up needless: when, the message that did it, and a sentence that says so. `done`: the person
    did it themselves."""

    at: datetime
    by: str | None
    why: str
    done: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """`heard` are the words of theirs, `sent` the mails of the person's, `endings` the offers, noes, closings,
    withdrawals and acceptances, all oldest first. `wishes` are the person's for this application. `everyone` are all
    their applications, this one too."""

    application: Application
    now: datetime
    etiquette: Etiquette
    calendar: Calendar
    reader: Reader
    by_id: Mapping[str, Reading]
    heard: tuple[Reading, ...]
    sent: tuple[Sent, ...]
    endings: tuple[Event, ...]
    wishes: tuple[Wish, ...] = ()
    everyone: Sequence[Case] = field(default=(), repr=False, compare=False)

    @property
    def others(self) -> Iterator[Case]:
        """Their other applications."""
        return (one for one in self.everyone if one.application.id != self.application.id)

    def ending(self, kinds: Iterable[EventKind], after: datetime) -> Event | None:
        """The first ending of these kinds after that moment."""
        wanted = tuple(kinds)
        return next((one for one in self.endings if one.kind in wanted and one.at > after), None)

    def own_words(self, after: datetime, email: str | None, *, thanks: bool = False) -> Iterator[Sent]:
        """Mails of the person's to that address from that moment on that answer nothing they owed and are of no other
        purpose (`thanks`: than to thank): whatever a letter due by then would say, they have said in their own
        words."""
        answers = {one.answered_by for one in self.application.asks if not self._idle(one)}
        return (
            one
            for one in self.sent
            if one.at >= after and email in one.to and one.reading.message_id not in answers
            if one.plain or (thanks and one.thanks)
        )

    def rounds(self) -> Iterator[Reading]:
        """Their words with which the process goes on; not those about an interview that is over."""
        over = {message: one.over_at for one in self.application.meetings for message in one.fixed_by}
        return (one for one in self.heard if opens_a_round(one) and over.get(one.message_id, one.date) >= one.date)

    def interviewed(self, by: datetime) -> bool:
        """Whether an interview had been held by that moment."""
        return any(one.kind is EventKind.INTERVIEW_HELD and one.at <= by for one in self.application.events)

    def open_asks(self) -> Iterator[Ask]:
        """What the person owes them now; an invitation that asks nothing leaves no debt."""
        for one in self.application.asks:
            closed = self.closed(one)
            if not self._idle(one) and (closed is None or closed > self.now):
                yield one

    def _idle(self, ask: Ask) -> bool:
        """Whether it invites and asks nothing."""
        reading = self.by_id.get(ask.message_id)
        return ask.what == "invitation" and reading is not None and not wants_answer(reading)

    def closed(self, ask: Ask) -> datetime | None:
        """When it was answered or settled; may lie ahead."""
        return ask.settled_at or (self.date(ask.answered_by, ask.at) if ask.answered_by else None)

    def date(self, message_id: str | None, otherwise: datetime) -> datetime:
        """The Date of one of its messages."""
        reading = self.by_id.get(message_id or "")
        return reading.date if reading else otherwise

    def wrote(self, after: datetime, email: str | None = None) -> Iterator[Sent]:
        """The person's mails after that moment; with `email` only those to that address."""
        return (one for one in self.sent if one.at > after and (email is None or email in one.to))


def open_cases(
    applications: Iterable[Application],
    now: datetime,
    etiquette: Etiquette,
    reader: Reader,
    wishes: Mapping[str, tuple[Wish, ...]] = {},
    contents: Callable[[Application], Contents] | None = None,
) -> tuple[Case, ...]:
    """The applications as etiquette looks at them, each by its own rules where the person wished so; `contents` is
    `look_into`, or one with a memory."""
    calendar = Calendar(etiquette, reader)
    opened: list[Case] = []
    for application in applications:
        wished = wishes.get(application.id, ())
        own = last(wished, Ruled)
        found = (contents or look_into)(application)
        opened.append(
            Case(
                application=application,
                now=now,
                etiquette=own.etiquette if own else etiquette,
                calendar=Calendar(own.etiquette, reader) if own else calendar,
                reader=reader,
                by_id=found.by_id,
                heard=found.heard,
                sent=found.sent,
                endings=found.endings,
                wishes=wished,
                everyone=opened,
            )
        )
    return tuple(opened)


@dataclass(frozen=True, slots=True)
class Contents:
    """What a Case has from its application alone, at whatever moment and by whatever rules."""

    by_id: Mapping[str, Reading]
    heard: tuple[Reading, ...]
    sent: tuple[Sent, ...]
    endings: tuple[Event, ...]


def look_into(application: Application) -> Contents:
    """The messages of an application by who speaks in them, and its ends."""
    readings = sorted(application.readings, key=lambda one: (one.date, one.message_id))
    return Contents(
        by_id={one.message_id: one for one in readings},
        heard=tuple(one for one in readings if is_word(one)),
        sent=tuple(_sent(readings)),
        endings=_endings(application),
    )


def is_word(reading: Reading) -> bool:
    """Whether the other side says something in it."""
    return (
        reading.direction is Direction.IN
        and reading.writer in _WORDS
        and reading.relevant
        and reading.kind is not Kind.APPLICATION_RECEIVED
    )


def says(reading: Reading, *what: Kind | Facet) -> bool:
    """Whether any of its statements is of such a kind or has such a facet."""
    return any(one.kind in what or not one.facets.isdisjoint(what) for one in reading.statements)


def happened(case: Case, message_id: str | None, at: datetime) -> tuple[str, ...]:
    """The message in which something happened; of what came by phone, the newest message before it."""
    if message_id:
        return (message_id,)
    return tuple(one.message_id for one in case.by_id.values() if one.date <= at)[-1:]


def wants_answer(reading: Reading) -> bool:
    """Whether a message asks, offers a page to book on, or names times to choose from."""
    return says(reading, Facet.ASKS, Facet.BOOKING_LINK) or any(one.proposed for one in reading.statements)


def opens_a_round(reading: Reading) -> bool:
    """Whether the process goes on with it: an invitation, a time, a test, or the word that the person advances. What
    speaks of a talk beside the matter, without a time and without asking, speaks of the one that was held."""
    return any(_goes_on(one, main=one is reading.main) for one in reading.statements)


def _goes_on(said: Statement, *, main: bool) -> bool:
    if said.kind is Kind.INTERVIEW_CONFIRMED and not main:
        return bool(said.interviews) or said.has(Facet.ASKS, Facet.ADVANCES)
    return said.kind in _STEPS or said.has(Facet.ADVANCES)


def _endings(application: Application) -> tuple[Event, ...]:
    """Its offers, noes, closings, withdrawals and acceptances, oldest first, those that the person told included."""
    told = (
        replace(one, kind=_CORRECTED[one.stage]) if one.kind is EventKind.CORRECTED and one.stage in _CORRECTED else one
        for one in application.events
    )
    return tuple(sorted((one for one in told if one.kind in _ENDINGS), key=lambda one: one.at))


def _sent(readings: Iterable[Reading]) -> Iterator[Sent]:
    """A bounced mail counts as not sent to the addresses that its delivery report names."""
    readings = tuple(readings)
    reports = [one for one in readings if one.bounced]
    for one in readings:
        if one.direction is not Direction.OUT:
            continue
        to = {address.email for address in (*one.to, *one.cc)}
        for report in reports:
            if report.date >= one.date and (one.message_id in report.bounced or "<" not in "".join(report.bounced)):
                to -= set(report.bounced)
        if to:
            yield Sent(one, frozenset(to))
