"""One application as `show` knows it: the facts with the words behind them, people, mails."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from mailbot.outcome import Outlook
from mailbot.pages import Pages
from mailbot.speech.subject import mails
from mailbot.standing.wording import words_of
from mailbot.tracking.application import Application, Event
from mailbot.tracking.stages import Change


@dataclass(frozen=True, slots=True)
class Fact:
    """`quote`: the words it was read from, once for facts that share them. `turn`: the stage that it led to."""

    at: datetime
    what: str
    quote: str = ""
    turn: bool = False


@dataclass(frozen=True, slots=True)
class Mail:
    """By the number that `mailbot split` takes."""

    number: int
    at: datetime
    sender: str
    subject: str
    mine: bool
    open_at: str


def facts(events: Sequence[Event], changes: Sequence[Change], now: datetime) -> list[Fact]:
    """What happened by now and what it made of the stage, oldest first."""
    told = [Fact(one.at, words_of(one.kind).capitalize(), one.quote) for one in events if one.at <= now]
    told += [Fact(one.at, f"Now: {words_of(one.stage)}", turn=True) for one in changes]
    return list(_once(sorted(told, key=lambda one: one.at)))


def _once(told: Iterable[Fact]) -> Iterable[Fact]:
    before = ""
    for one in told:
        yield Fact(one.at, one.what, "" if one.quote == before else one.quote, one.turn)
        before = one.quote or before


def mails_of(application: Application, pages: Pages, addresses: Iterable[str]) -> list[Mail]:
    """Its mails, oldest first."""
    own = {one.lower() for one in addresses}
    return [
        Mail(number, one.date, (one.sender.name or one.sender.email) if one.sender else "", one.subject,
             bool(one.sender and one.sender.email in own), pages.of_mail(one))
        for number, one in enumerate(mails(application), 1)
    ]  # fmt: skip


def found(ident: str, outlook: Outlook) -> Application | None:
    """The application of that id, whatever it was joined to since."""
    ident = dict(outlook.tracked.aliases).get(ident, ident)
    return next((one for one in outlook.tracked.every if one.id == ident), None)
