"""What the person tells beside their mail: values, and how the messages of one application take them.

A word names its application by messages, never by an id: it belongs to the application that has the first of `about`
that is known, so that merges, splits and a better reader leave it in place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Protocol, TypeVar

from mailbot.mail.message import Direction
from mailbot.reading.namesakes import same_person
from mailbot.reading.statements import (
    Authentication,
    Evidence,
    Interview,
    Person,
    Reading,
    Statement,
    Tone,
    Window,
    Writer,
)
from mailbot.tracking.application import Event, EventKind, Stage

TOLD_AT = "@told.invalid>"  # the Message-IDs of what was told, not mailed (RFC 2606 keeps .invalid free)


class About(Protocol):
    """Whatever names its application by messages."""

    @property
    def about(self) -> tuple[str, ...]: ...


A = TypeVar("A", bound=About)


@dataclass(frozen=True, slots=True)
class Moved:
    """An interview that the mail was read to put at `was` is at `start`."""

    was: datetime
    start: datetime


@dataclass(frozen=True, slots=True)
class Redated:
    """The promise that `message` was read to make holds to this day."""

    message: str
    latest: date


@dataclass(frozen=True, slots=True)
class Correction:
    """Facts of one application as the person corrected them; what is None stays as it is read. A corrected fact holds
    for ever, whatever later mail says; a corrected stage is an event of the moment `at`. `met`: the messages that fixed
    the interview at which `person` is."""

    about: tuple[str, ...]
    at: datetime
    company: str | None = None
    role: str | None = None
    stage: Stage | None = None
    interview: Moved | None = None
    news: Redated | None = None
    person: Person | None = None
    met: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What a talk or a call brought, as a message would have brought it: `reading` has nobody's address and a
    Message-ID of its own."""

    about: tuple[str, ...]
    reading: Reading


PersonsWord = Correction | Told


def told(
    ident: str, said: Statement, like: Reading, at: datetime, *, direction: Direction, answers: str | None = None
) -> Reading:
    """A told statement as a Reading; account and zone are those of `like`, a message of the same application."""
    return Reading(
        message_id=ident,
        reader_version=like.reader_version,
        zone=like.zone,
        direction=direction,
        account=like.account,
        thread=None,
        in_reply_to=answers,
        references=(),
        date=at,
        arrived=at,
        sender=None,
        reply_to=(),
        to=(),
        cc=(),
        subject="",
        writer=Writer.PERSON,
        authentication=Authentication.NEUTRAL,
        language="en",
        words=0,
        tone=Tone.NEUTRAL,
        calls_reader="",
        signed="",
        statements=(said,),
    )


def is_told(message_id: str) -> bool:
    """Whether this is no mail but the person's own word."""
    return message_id.endswith(TOLD_AT)


def anchored(words: Iterable[A], known: Collection[str]) -> list[tuple[str, A]]:
    """Each word with the message that places it; those about nothing that is known are left out."""
    found = ((next((one for one in word.about if one in known), None), word) for word in words)
    return [(anchor, word) for anchor, word in found if anchor is not None]


def with_words(readings: Sequence[Reading], words: Sequence[PersonsWord]) -> list[Reading]:
    """The messages of one application as its words make them, and what was told among them, oldest first."""
    corrections = [one for one in words if isinstance(one, Correction)]
    said = [one.reading for one in words if isinstance(one, Told)]
    read = [_amended(one, corrections) for one in (*readings, *said)]
    return sorted(read, key=lambda one: (one.date, one.message_id))


def spoken_events(words: Sequence[PersonsWord]) -> list[Event]:
    """The stages that the person set."""
    return [
        Event(one.at, EventKind.CORRECTED, quote="You said so.", stage=one.stage)
        for one in words
        if isinstance(one, Correction) and one.stage
    ]


def spoken_fact(words: Sequence[PersonsWord], field: str) -> str | None:
    """The company or the role as the person last named it."""
    said = (getattr(one, field) for one in reversed(words) if isinstance(one, Correction))
    return next((str(one) for one in said if one), None)


def _amended(reading: Reading, corrections: Sequence[Correction]) -> Reading:
    for one in corrections:
        if one.interview or one.news or one.person:
            statements = tuple(_corrected(said, reading, one) for said in reading.statements)
            reading = replace(reading, statements=statements)
    return reading


def _corrected(said: Statement, reading: Reading, one: Correction) -> Statement:
    if one.interview:
        talks = tuple(_moved(talk, one.interview) for talk in said.interviews)
        said = replace(said, interviews=talks)
    if one.news and one.news.message == reading.message_id:
        quote = Evidence("decision_by", f"You said: {one.news.latest:%d %B}.")
        others = tuple(each for each in said.evidence if each.field != "decision_by")
        said = replace(said, decision_by=Window(None, one.news.latest), evidence=(*others, quote))
    if one.person:
        people = tuple(_recast(each, one.person) for each in said.people)
        if reading.message_id in one.met and said.interviews and not any(_same(each, one.person) for each in people):
            people = (*people, one.person)
        said = replace(said, people=people)
    return said


def _moved(talk: Interview, moved: Moved) -> Interview:
    """The talk at its right time, as long as it was; a message that moves it from the wrong time moves it all the
    same."""
    if talk.replaces == moved.was:
        talk = replace(talk, replaces=moved.start)
    if talk.start != moved.was:
        return talk
    length: timedelta | None = talk.end - talk.start if talk.end else None
    return replace(talk, start=moved.start, end=moved.start + length if length else None)


def _recast(each: Person, person: Person) -> Person:
    return replace(each, part=person.part, email=each.email or person.email) if _same(each, person) else each


def _same(each: Person, person: Person) -> bool:
    if each.email and person.email:
        return each.email == person.email
    return same_person(each.name, person.name)
