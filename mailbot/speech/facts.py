"""Corrections: what was read wrong, put right."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from mailbot.errors import ActionNeeded
from mailbot.mail.message import Direction
from mailbot.reading.statements import (
    Evidence,
    Format,
    Interview,
    InterviewStatus,
    Kind,
    Part,
    Person,
    Statement,
    Window,
)
from mailbot.speech.subject import about, ident, interview_meant, mails, person_of, spoken
from mailbot.store.ledger import Said
from mailbot.tracking.application import Application, Stage
from mailbot.tracking.words import Correction, Moved, Redated, Told, told

_AT_INTERVIEWS = (Part.INTERVIEWER, Part.HIRING_MANAGER)


def correct(
    application: Application,
    now: datetime,
    *,
    company: str | None = None,
    role: str | None = None,
    stage: Stage | None = None,
    interview: datetime | None = None,
    news: date | None = None,
    person: str | None = None,
    part: Part | None = None,
) -> Said:
    """Facts put right; what is None stays. An interview or a promise that no mail tells of is taken as told now.
    Raises ActionNeeded where nothing is corrected, or a person is named without a part."""
    if (person is None) != (part is None):
        raise ActionNeeded("Who is what?", mend='Say both, such as --person "Dana Reed" --part interviewer.')
    said = Said("")
    texts: list[str] = []
    change = Correction(about(application), now, company=company, role=role, stage=stage)
    texts += [f"the {what} is {value}" for what, value in (("company", company), ("role", role)) if value]
    if stage:
        texts.append(f"the stage is {stage.replace('_', ' ')}")
    if interview:
        meeting = interview_meant(application, now)
        if meeting:
            change = replace(change, interview=Moved(meeting.start, interview))
        else:
            said = replace(said, told=(talk(application, now, interview),))
        texts.append(f"the interview is on {spoken(interview)}")
    if news:
        if application.promises:
            change = replace(change, news=Redated(application.promises[-1].by, news))
        else:
            said = replace(said, told=(*said.told, news_told(application, now, news)))
        texts.append(f"news is to come by {news:%A}, {news.day} {news:%B}")
    if person and part:
        who = person_of(application, person, part)
        meeting = interview_meant(application, now)
        met = meeting.fixed_by if meeting and part in _AT_INTERVIEWS else ()
        change = replace(change, person=who, met=met)
        texts.append(f"{who.name or who.email} is {part.replace('_', ' ')}")
    if not texts:
        raise ActionNeeded("Nothing is corrected.", mend="mailbot correct --help shows what can be.")
    corrections = (change,) if replace(change, about=(), at=now) != Correction((), now) else ()
    return replace(said, text=f"{application.name}: {', '.join(texts)}.", corrections=corrections)


def talk(
    application: Application,
    now: datetime,
    start: datetime,
    *,
    end: datetime | None = None,
    place: str = "",
    people: tuple[Person, ...] = (),
    number: int = 0,
) -> Told:
    """A talk fixed by phone or in person. `place` 'by phone' and 'by video' say how, anything else is an address."""
    form = {"by phone": Format.PHONE, "phone": Format.PHONE, "by video": Format.VIDEO, "video": Format.VIDEO}.get(
        place.strip().casefold(), Format.ONSITE if place else None
    )
    fixed = Interview(
        start, end, form, InterviewStatus.SCHEDULED, zone=_zone(application),
        location=place if form is Format.ONSITE else "",
    )  # fmt: skip
    quote = Evidence("interviews", f"You said: {spoken(start)}.")
    statement = Statement(Kind.INTERVIEW_CONFIRMED, 1.0, interviews=(fixed,), people=people, evidence=(quote,))
    return _told(application, now, statement, number)


def news_told(application: Application, now: datetime, day: date, number: int = 1) -> Told:
    """The day by which they said, by phone or in person, that news comes."""
    quote = Evidence("decision_by", f"You said: {day:%A}, {day.day} {day:%B}.")
    statement = Statement(Kind.STATUS_UPDATE, 1.0, decision_by=Window(None, day), evidence=(quote,))
    return _told(application, now, statement, number)


def _told(application: Application, now: datetime, statement: Statement, number: int) -> Told:
    # A minute apart at the least from no mail: what is told counts after every mail that has come.
    newest = mails(application)[-1]
    at = max(now, newest.date + timedelta(seconds=1))
    reading = told(ident(application, now, number), statement, newest, at, direction=Direction.IN)
    return Told(about(application), reading)


def _zone(application: Application) -> str:
    zones = [one.zone for one in application.meetings if one.zone]
    return zones[-1] if zones else mails(application)[-1].zone
