"""Who and what a mail is about: the employer, the agency, the role, the people; weighed from all its places."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mailbot.mail.message import Direction, Message
from mailbot.reading import domains, organisations, titles
from mailbot.reading.company import Employers, read_employers
from mailbot.reading.people import read_people
from mailbot.reading.places import evidence, places
from mailbot.reading.role import read_role
from mailbot.reading.statements import Evidence, Person, Reader
from mailbot.reading.tagging import tagger
from mailbot.reading.words import Words

if TYPE_CHECKING:
    from mailbot.reading.calendar import CalendarEvent

FIRM = 8.0  # the weight from which on a name is as good as certain


@dataclass(frozen=True, slots=True)
class Entities:
    """`company` would employ the person, `agency` acts for it; None where not stated. `role` is the job title as
    written, without requisition numbers; `requisition` the number. `confidence` (0 to 1) is that company and role
    are right."""

    company: str | None = None
    agency: str | None = None
    role: str | None = None
    requisition: str | None = None
    people: tuple[Person, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    confidence: float = 0.0


def read_entities(
    message: Message,
    words: Words,
    calendars: tuple[CalendarEvent, ...],
    reader: Reader,
    *,
    hiring: bool = True,
    fixes_talk: bool = False,
) -> Entities:
    """The employer, agency, role and people that one mail names, in its quoted text too. `hiring` False: it is no mail
    of a hiring process, which the tags know nothing of; `fixes_talk`: it fixes or moves an interview."""
    found = places(message, words, calendars)
    tagged = tuple(tagger().tagged(found)) if hiring else ()
    employers = _not_branch(read_employers(message, words, calendars, reader, found, tagged), message)
    role = read_role(words, found, tagged, (*employers.named, *_readers_names(reader)))
    people = read_people(message, words, calendars, reader, found, employers, role.title, fixes_talk=fixes_talk)
    values = [("company", employers.company), ("agency", employers.agency), ("role", role.title)]
    values += [("people", one.name) for one in people]
    proof = [evidence(field, value, message, calendars) for field, value in values if value]
    stated = [weight for value, weight in ((employers.company, employers.weight), (role.title, role.weight)) if value]
    return Entities(
        company=_as_written(employers.company, message.text),
        agency=_as_written(employers.agency, message.text),
        role=_as_written(role.title, message.text),
        requisition=role.number,
        people=people,
        evidence=tuple(one for one in proof if one),
        confidence=min((1.0, min(stated) / FIRM)) if stated else 0.0,
    )


def _not_branch(employers: Employers, message: Message) -> Employers:
    """The same without a company that the mail calls a branch and no address of the hiring side spells."""
    if not employers.company or not organisations.is_branch(employers.company, f"{message.subject}\n{message.text}"):
        return employers
    theirs = message.to if message.direction is Direction.OUT else (message.sender,)
    labels = [domains.registered(one.domain)[0] for one in theirs if one and domains.is_own(one.domain)]
    if not labels or any(domains.spells(label, employers.company) >= domains.PART for label in labels):
        return employers
    return replace(employers, company=None, weight=0.0)


def _readers_names(reader: Reader) -> tuple[str, ...]:
    """How a title may have the reader's name beside it: 'Payroll Officer (Reed)'."""
    given, *others = reader.name.split() or ("",)
    initials = [f"{given[:1]} {others[-1]}", others[-1]] if others else []
    ways = (reader.name, *initials, given)
    return tuple(one for one in ways if one and not any(titles.likeness(word) >= titles.LIKELY for word in one.split()))


def _as_written(value: str | None, text: str) -> str | None:
    """A value with the typographic apostrophe where the mail writes it so."""
    curly = value.replace("'", "’") if value else ""
    return curly if curly and curly in text else value
