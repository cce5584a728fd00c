"""What the notes form tells besides notes, as the words that `correct` and `note` would keep."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta

from mailbot.drafting.notes_form import Facts
from mailbot.errors import ActionNeeded
from mailbot.reading.statements import Person, Reader
from mailbot.speech.facts import news_told
from mailbot.speech.subject import about, contact_of
from mailbot.store.ledger import Said
from mailbot.tracking.application import Application
from mailbot.tracking.words import Correction

Saying = Callable[[Application, datetime, tuple[str, ...], Facts, Reader], Said | None]

_AHEAD = timedelta(days=366)


def addresses(
    application: Application, now: datetime, occasion: tuple[str, ...], facts: Facts, me: Reader
) -> Said | None:
    """Whom the person met or will hear from, at the address that they wrote down. None where it tells nothing new: an
    address that the mail shows stays, none is the person's own, and of two people of one name nobody is guessed."""
    people = tuple(_unknown(application, (*facts.met, *facts.writes), me))
    if not people:
        return None
    named = "; ".join(f"{one.name} <{one.email}>" for one in people)
    changes = (Correction(about(application), now, person=one, met=occasion) for one in people)
    return Said(f"{application.name}, from your notes: {named}.", corrections=tuple(changes))


def news(application: Application, now: datetime, occasion: tuple[str, ...], facts: Facts, me: Reader) -> Said | None:
    """The day on which they decide, counted from the end of the interview. None where no one day is named, or one that
    cannot be meant."""
    talk = next((one for one in application.meetings if not set(occasion).isdisjoint(one.fixed_by)), None)
    day = _day(facts.decides, me, min(now, talk.over_at) if talk else now)
    if day is None:
        return None
    text = f"{application.name}, from your notes: news is to come by {day:%A}, {day.day} {day:%B}."
    return Said(text, told=(news_told(application, now, day),))


def _day(text: str, me: Reader, said: datetime) -> date | None:
    from mailbot.speech.days import meant  # here: a step without a form does without the grammar of time

    found = meant(text, me, said) if text else None
    day = found.last if found else None
    return day if day and said.date() <= day <= said.date() + _AHEAD else None


def _unknown(application: Application, people: Iterable[Person], me: Reader) -> Iterator[Person]:
    known_by = {*me.addresses, *(one.email for one in application.contacts)}
    for one in people:
        try:
            known = contact_of(application, one.name)
        except ActionNeeded:
            continue
        if one.email in known_by or (known and known.email):
            continue
        yield Person(known.name, one.email, known.part) if known else one
