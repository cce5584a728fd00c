"""Of which application, message, interview or person the person speaks."""

from __future__ import annotations

from datetime import datetime
from email.utils import parseaddr

from mailbot.errors import ActionNeeded
from mailbot.reading.namesakes import same_person
from mailbot.reading.statements import Part, Person, Reading
from mailbot.tracking.application import Application, Contact, Meeting, MeetingStatus
from mailbot.tracking.words import TOLD_AT, is_told

# The oldest messages name an application well enough; a word stays short.
NAMED_BY = 20


def mails(application: Application) -> list[Reading]:
    """Its mails, oldest first, without what was told."""
    return [one for one in application.readings if not is_told(one.message_id)]


def about(application: Application) -> tuple[str, ...]:
    """What names an application in a word: its oldest messages."""
    return tuple(one.message_id for one in mails(application)[:NAMED_BY])


def ident(application: Application, now: datetime, number: int = 0) -> str:
    """A Message-ID for what is told now."""
    return f"<{application.id}.{int(now.timestamp() * 1000)}.{number}{TOLD_AT}"


def spoken(moment: datetime) -> str:
    """'Thursday, 12 March at 14:00'."""
    return f"{moment:%A}, {moment.day} {moment:%B} at {moment:%H:%M}"


def interview_meant(application: Application, now: datetime) -> Meeting | None:
    """The next interview; else the last one."""
    on = [one for one in application.meetings if one.status is not MeetingStatus.CANCELLED]
    coming = [one for one in on if one.over_at > now]
    if coming:
        return min(coming, key=lambda one: one.start)
    return max(on, key=lambda one: one.start, default=None)


def interview_begun(application: Application, now: datetime) -> Meeting | None:
    """The interview that was to be last."""
    on = [one for one in application.meetings if one.status is not MeetingStatus.CANCELLED and one.start <= now]
    return max(on, key=lambda one: one.start, default=None)


def contact_of(application: Application, text: str) -> Contact | None:
    """Whom an address, a full name or a first name means there. Raises ActionNeeded where several may be meant."""
    name, email = parseaddr(text) if "@" in text else (text, "")
    by_email = [one for one in application.contacts if email and one.email == email.lower()]
    by_name = [one for one in application.contacts if name and one.name and same_person(name, one.name)]
    found = by_email or by_name
    if len(found) > 1:
        listed = " or ".join(f"{one.name} <{one.email}>" if one.email else one.name for one in found)
        raise ActionNeeded(f"{text!r} may be {listed}.", mend="Give the address or the whole name.")
    return found[0] if found else None


def person_of(application: Application, text: str, part: Part) -> Person:
    """Whoever is meant, with that part; somebody new by 'Name <address>' or by a whole name."""
    known = contact_of(application, text)
    if known:
        return Person(known.name, known.email, part)
    name, email = parseaddr(text) if "@" in text else (text.strip(), "")
    if not name and not email:
        raise ActionNeeded(f"{text!r} names nobody.", mend='Write a name, or "Name <address>".')
    return Person(name, email.lower() or None, part)
