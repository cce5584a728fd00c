"""Notes: what a talk brought, for letters and for the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mailbot.drafting.letter import Note
from mailbot.errors import ActionNeeded
from mailbot.etiquette.follow_up import Debt
from mailbot.etiquette.wishes import Uninterested
from mailbot.mail.message import Direction
from mailbot.reading.statements import Evidence, Facet, Kind, Part, Statement
from mailbot.speech.facts import news_told, talk
from mailbot.speech.subject import about, contact_of, ident, interview_begun, mails, person_of, spoken
from mailbot.store.ledger import Said
from mailbot.tracking.application import Application
from mailbot.tracking.words import Told, told


@dataclass(frozen=True, slots=True)
class Noted:
    """What a note may hold. `who` are the people of the talk: each topic is with them, and at `interview` they will be
    there. `attach` is the path of a file that was promised; the topics say what it is. `first_names`: the person is
    on first-name terms with these. `place`: where, or 'by phone', 'by video'."""

    topics: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    attach: str = ""
    first_names: tuple[str, ...] = ()
    news: date | None = None
    interview: datetime | None = None
    end: datetime | None = None
    place: str = ""
    done: bool = False
    not_interested: bool = False


def note(application: Application, debts: Sequence[Debt], now: datetime, noted: Noted) -> Said:
    """`debts` are all that the person owes. Raises ActionNeeded for an empty note, and for 'done' where nothing is
    owed."""
    texts: list[str] = []
    told_now: list[Told] = []
    notes = [
        Note(_occasion(application, now), topic, _address(application, person), noted.attach)
        for topic in noted.topics or (("",) if noted.attach else ())
        for person in noted.who or ("",)
    ]
    if notes:
        texts.append("for your letters: " + "; ".join((*noted.topics, *filter(None, (noted.attach,)))))
    if noted.first_names:
        whom = [_address(application, one) for one in noted.first_names]
        notes += [Note(about(application), "", one, first_names=True) for one in whom]
        texts.append(f"on first-name terms with {' and '.join(noted.first_names)}")
    if noted.interview:
        people = tuple(person_of(application, one, Part.INTERVIEWER) for one in noted.who)
        fixed = talk(application, now, noted.interview, end=noted.end, place=noted.place, people=people)
        told_now.append(fixed)
        texts.append(f"you will talk on {spoken(noted.interview)}")
    if noted.news:
        told_now.append(news_told(application, now, noted.news))
        texts.append(f"news is to come by {noted.news:%A}, {noted.news.day} {noted.news:%B}")
    if noted.done:
        told_now += _done(application, debts, now)
        texts.append("done")
    if noted.not_interested:
        texts.append("you are not interested any more")
    if not texts:
        raise ActionNeeded("The note is empty.", mend="mailbot note --help shows what it may hold.")
    cool = (Uninterested(about(application), now),) if noted.not_interested else ()
    return Said(
        f"{application.name}: {', '.join(texts)}.", told=tuple(told_now), notes=tuple(notes), uninterested=cool
    )


def _occasion(application: Application, now: datetime) -> tuple[str, ...]:
    """A note is about the interview that was last, else about the application."""
    meeting = interview_begun(application, now)
    return meeting.fixed_by if meeting and meeting.fixed_by else about(application)


def _address(application: Application, person: str) -> str:
    """By which a letter knows that a note is for its recipient. Raises ActionNeeded for somebody unknown."""
    if not person:
        return ""
    known = contact_of(application, person)
    if known is None:
        raise ActionNeeded(f"Nobody called {person!r} is known there.", mend="mailbot show lists the people.")
    return known.email or known.name


def _done(application: Application, debts: Sequence[Debt], now: datetime) -> list[Told]:
    """Each open question of this application is answered, elsewhere than by mail."""
    open_now = [one for one in debts if one.application == application.id]
    if not open_now:
        raise ActionNeeded(f"You owe {application.name} nothing.", mend="mailbot plan lists what you owe.")
    by_id = {one.message_id: one for one in application.asks}
    found = []
    for number, debt in enumerate(open_now, 10):
        test = debt.message_id in by_id and by_id[debt.message_id].what == "assessment"
        facets = frozenset({Facet.HANDED_IN}) if test else frozenset()
        statement = Statement(Kind.OWN_REPLY, 1.0, facets=facets, evidence=(Evidence("kind", "You said: done."),))
        reading = told(
            ident(application, now, number), statement, mails(application)[-1], now,
            direction=Direction.OUT, answers=debt.message_id,
        )  # fmt: skip
        found.append(Told(about(application), reading))
    return found
