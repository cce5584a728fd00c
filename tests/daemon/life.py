"""Months of a service's life on a virtual clock: mail that comes, a laptop that sleeps, a clock that is set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from zoneinfo import ZoneInfo

from mailbot.assistant import Assistant, Profile
from mailbot.drafting.letter import Me
from mailbot.engine import Engine, Pulse, Word
from mailbot.etiquette import load
from mailbot.mail.memory import MemoryMailbox
from mailbot.outcome import DraftPlaced, Missed, Outcome
from mailbot.reading.statements import Reader
from mailbot.store.sqlite import memory_ledger

TICK = timedelta(seconds=60)
ADDRESS = "robin@example.com"
FIRMS = ("Aldersyde", "Brackwater", "Corvane", "Dellhurst", "Elmstead", "Farrowby")
BRANCHES = ("", "-north", "-overseas")  # a year later: another employer, whose domain resembles none


@dataclass(frozen=True)
class Sleep:
    """The machine sleeps from `at` for `length`: no tick comes, the wall clock goes on."""

    at: datetime
    length: timedelta


@dataclass(frozen=True)
class ClockSet:
    """At `at`, by a clock that is right, somebody sets the wall clock `by` forward or back."""

    at: datetime
    by: timedelta


@dataclass
class Life:
    """One service from `start` to `end` (aware, in UTC); everything else follows from the clock."""

    zone: str
    start: datetime
    end: datetime
    happens: Sequence[Sleep | ClockSet] = ()
    placed: list[tuple[datetime, DraftPlaced]] = field(default_factory=list)
    missed: list[Missed] = field(default_factory=list)
    outcomes: int = 0
    problems: int = 0

    def live(self) -> Life:
        """Play it whole."""
        mailbox = MemoryMailbox("home")
        mails = sorted(hiring_mail(self.zone, self.start, self.end), key=lambda one: one[0])
        with memory_ledger() as ledger:
            profile = Profile(
                Reader(addresses=frozenset({ADDRESS}), zone=self.zone, name="Robin Adeyemi"),
                Me(name="Robin Adeyemi", addresses=(ADDRESS,), zone=self.zone),
                load("coach"),
            )
            self.true, self.set_by, self.steady = self.start, timedelta(0), 0.0
            engine = Engine(
                Assistant((mailbox,), ledger, profile, bytes(32)), clock=self._clock, report=self._report,
                daily=lambda now: None, pulse=Pulse(lambda: self.steady), steady=lambda: self.steady,
                poll=timedelta(days=3),
            )  # fmt: skip
            engine.step()
            waiting = sorted(self.happens, key=lambda one: one.at)
            while self.true < self.end:
                self._next_tick(engine, mails, waiting)
                words = {Word.TICK}
                while mails and mails[0][0] <= self.true:
                    at, raw = mails.pop(0)
                    mailbox.deliver(raw, arrived=at)
                    words.add(Word.CHANGED)
                while waiting and waiting[0].at <= self.true:
                    self._undergo(waiting.pop(0))
                engine.hear(words)
            self.drafts = [mailbox.read_draft(one) for one in mailbox.drafts()]
        return self

    def _next_tick(self, engine: Engine, mails: list[tuple[datetime, bytes]], waiting: list[Sleep | ClockSet]) -> None:
        """To the next minute at which anything can be different; those between are no work for an engine."""
        moments = [mails[0][0]] if mails else []
        moments += [one.at for one in waiting[:1]]
        moments += [one - self.set_by for one in [engine.next_due] if one]
        moments.append((engine.last_step or self.start) - self.set_by + engine.poll)
        target = max(min(moments).astimezone(UTC), self.true + TICK)
        ticks = -(-(target - self.true) // TICK)
        self.true += ticks * TICK
        self.steady += ticks * TICK.total_seconds()

    def _undergo(self, what: Sleep | ClockSet) -> None:
        if isinstance(what, ClockSet):
            self.set_by += what.by
        else:
            self.true += what.length  # the steady clock stands still (CLOCK_MONOTONIC does not count sleep)

    def _clock(self) -> datetime:
        return (self.true + self.set_by).astimezone(ZoneInfo(self.zone))

    def _report(self, outcome: Outcome) -> None:
        self.outcomes += 1
        self.problems += len(outcome.problems)
        for event in outcome.events:
            if isinstance(event, DraftPlaced) and not event.recomposed:
                self.placed.append((self.true, event))
            elif isinstance(event, Missed):
                self.missed.append(event)


def hiring_mail(zone: str, start: datetime, end: datetime) -> list[tuple[datetime, bytes]]:
    """Every nine weeks another firm: an interview that is fixed, and word that they will decide by a day."""
    mails: list[tuple[datetime, bytes]] = []
    at, number = start.astimezone(ZoneInfo(zone)).replace(hour=10, minute=0, second=0) + timedelta(days=7), 0
    while at.astimezone(UTC) + timedelta(days=50) < end:
        firm, serial = FIRMS[number % len(FIRMS)], number // len(FIRMS)
        interview = (at + timedelta(days=9)).replace(hour=14, minute=30)
        decided = interview + timedelta(days=8)
        mails.append(
            _mail(at, firm, serial, "confirmed", f"Interview confirmed: Site Engineer at {firm}",
                  f"Hi Robin,\n\nYour interview for the Site Engineer position at {firm} is confirmed for"
                  f" {interview:%A}, {interview.day} {interview:%B %Y}, from 14:30 to 15:15, by video, with me.\n\n"
                  "Best,\nDana Coldwell\nRecruiter"))  # fmt: skip
        mails.append(
            _mail(interview + timedelta(hours=3), firm, serial, "promise", f"Re: Site Engineer at {firm}",
                  "Hi Robin,\n\nGood to meet you. You will hear from us by"
                  f" {decided:%A}, {decided.day} {decided:%B %Y}.\n\nBest,\nDana Coldwell\nRecruiter"))  # fmt: skip
        at, number = at + timedelta(weeks=9), number + 1
    return mails


def _mail(at: datetime, firm: str, serial: int, name: str, subject: str, text: str) -> tuple[datetime, bytes]:
    domain = f"{firm.lower()}{BRANCHES[serial]}.example"
    message = EmailMessage(policy=SMTP)
    message["Date"] = format_datetime(at)
    message["From"] = f"Dana Coldwell <dana.coldwell@{domain}>"
    message["To"] = f"Robin Adeyemi <{ADDRESS}>"
    message["Subject"] = subject
    message["Message-ID"] = f"<{name}@{domain}>"
    message.set_content(text)
    return at.astimezone(UTC), message.as_bytes()
