"""Who is written to: whether a person may be addressed, who the main contact is, in which thread and language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from mailbot.etiquette.case import Case
from mailbot.mail.message import Address, Direction
from mailbot.reading.senders import is_robot, is_shared
from mailbot.reading.statements import Authentication, Part, Reading, Writer
from mailbot.tracking.application import Contact
from mailbot.tracking.domains import is_tool, organisation

# A message of fewer words does not show which language a person writes.
WORDS_ENOUGH = 20
_ARRANGING = (Part.RECRUITER, Part.COORDINATOR)
_INTERVIEWING = (Part.INTERVIEWER, Part.HIRING_MANAGER)
# What these send says nothing of a conversation: an absence notice, a delivery report, a calendar's answer.
_NO_CONVERSATION = (Writer.AUTO_REPLY, Writer.BOUNCE, Writer.CALENDAR, Writer.LIST)


def addressable(case: Case, people: Iterable[Contact]) -> tuple[Contact, ...]:
    """Those of them who may be written to, each address once."""
    by_email = {one.email: one for one in reversed(tuple(people)) if may_be_addressed(case, one)}
    return tuple(reversed(by_email.values()))


def may_be_addressed(case: Case, contact: Contact) -> bool:
    """Never a robot, a shared mailbox from which no named person wrote, oneself, or a stranger that only a Reply-To
    names."""
    email = contact.email
    if not email or email in case.reader.addresses or is_robot(Address("", email)):
        return False
    if _wrote_in_person(case, email):
        return True
    by_machine = any(one.sender and one.sender.email == email for one in case.heard)
    role = contact.role_address or is_shared(Address("", email))
    return not (by_machine or role or is_tool(email.rpartition("@")[2]) or _only_by_reply_to(case, email))


def main_contact(case: Case, at: datetime) -> Contact | None:
    """Where an agency acts, its recruiter; else, of the recruiters and coordinators that had written by then, the one
    who wrote last; else the interviewer who wrote last; else whoever did. None where nobody can be addressed."""
    wrote = [(last, one) for one in case.application.contacts if (last := last_word(case, one, at)) is not None]
    wrote = [(last, one) for last, one in wrote if may_be_addressed(case, one)]
    if any(one.agency for _, one in wrote):
        wrote = [(last, one) for last, one in wrote if one.agency]
    best = max(wrote, key=lambda pair: (_rank(case, pair[1]), pair[0]), default=None)
    return best[1] if best else None


def author(case: Case, reading: Reading) -> Contact | None:
    """The human who wrote that message, if they may be addressed: as the application knows them, else at the From,
    else, where a tool wrote for them, at the Reply-To."""
    if reading.writer is not Writer.PERSON or reading.sender is None:
        return None
    known = (one for one in case.application.contacts if reading.message_id in one.wrote)
    name = reading.sender.name
    headers = (
        Contact(name, one.email, Part.CONTACT, wrote=(reading.message_id,))
        for one in (reading.sender, *reading.reply_to)
    )
    return next((one for one in (*known, *headers) if may_be_addressed(case, one)), None)


def last_word(case: Case, contact: Contact, by: datetime) -> datetime | None:
    """When that person had last written, of what is not later than `by`."""
    return max((one.date for one in _words_of(case, contact) if one.date <= by), default=None)


def thread(case: Case, contact: Contact) -> Reading | None:
    """The message to answer: in the newest thread in which that person wrote, else was addressed; a calendar mail is
    never answered. None: a new thread."""
    wrote = [one for one in _words_of(case, contact) if not one.calendar]
    if wrote:
        return max(wrote, key=lambda one: one.date)
    addressed = (
        one
        for one in case.by_id.values()
        if not one.calendar
        and one.relevant
        and one.direction is not Direction.NOBODY
        and one.writer not in _NO_CONVERSATION
        and any(to.email == contact.email for to in (*one.to, *one.cc))
    )
    return max(addressed, key=lambda one: one.date, default=None)


def copied(case: Case, reading: Reading, contact: Contact) -> tuple[str, ...]:
    """The people that an answer keeps in Cc: those in To and Cc of the message at the organisation of its writer."""
    home = organisation((contact.email or "").rpartition("@")[2])
    return tuple(
        dict.fromkeys(
            one.email
            for one in (*reading.to, *reading.cc)
            if home
            and organisation(one.domain) == home
            and one.email != contact.email
            and one.email not in case.reader.addresses
            and not is_robot(one)
            and not is_shared(one)
        )
    )


def reads_english(case: Case, contact: Contact, answered: Reading | None, occasion: Iterable[str]) -> bool:
    """By that person's last message of enough words; if they wrote none, by the thread, else by what it is about."""
    own = [one for one in _words_of(case, contact) if one.words >= WORDS_ENOUGH]
    if own:
        return max(own, key=lambda one: one.date).language == "en"
    about = (answered, *(case.by_id.get(one) for one in occasion))
    shown = next((one for one in about if one is not None and one.words >= WORDS_ENOUGH), None)
    return shown is None or shown.language == "en"


def _rank(case: Case, contact: Contact) -> int:
    """Who arranges comes first: a recruiter, a coordinator, or whoever does their work and is no mere interviewer."""
    arrangers = (one.arranger.email for one in case.application.meetings if one.arranger)
    if contact.part in _ARRANGING or contact.email in arrangers:
        return 2
    invites = any(one.message_id in contact.wrote for one in case.application.asks if one.what == "invitation")
    if contact.part is not Part.INTERVIEWER and invites:
        return 2
    return 1 if contact.part in _INTERVIEWING else 0


def _words_of(case: Case, contact: Contact) -> Iterator[Reading]:
    """What that person wrote with their own hand."""
    messages = (case.by_id.get(one) for one in contact.wrote)
    return (one for one in messages if one is not None and one.writer is Writer.PERSON)


def _wrote_in_person(case: Case, email: str) -> bool:
    return any(one.sender and one.sender.email == email and one.writer is Writer.PERSON for one in case.heard)


def _only_by_reply_to(case: Case, email: str) -> bool:
    """Whether a Reply-To alone names that address, and nothing vouches for it: it is not at the organisation of the
    From, and the From is no known tool that passed authentication."""
    answers_to = [one for one in case.by_id.values() if any(to.email == email for to in one.reply_to)]
    if not answers_to or any(_names(one, email) for one in case.by_id.values()):
        return False
    return not any(_vouches(one, email) for one in answers_to)


def _names(reading: Reading, email: str) -> bool:
    """Whether a message names the address anywhere but in its Reply-To."""
    if any(one.email == email for one in (*reading.to, *reading.cc)):
        return True
    in_reply_to_header = any(one.email == email for one in reading.reply_to)
    people = (one.email for statement in reading.statements for one in statement.people)
    return not in_reply_to_header and (email in people or bool(reading.sender and reading.sender.email == email))


def _vouches(reading: Reading, email: str) -> bool:
    if reading.sender is None:
        return False
    if reading.sender.email == email:
        return True
    home = organisation(reading.sender.domain)
    if home and home == organisation(email.rpartition("@")[2]):
        return True
    return is_tool(reading.sender.domain) and reading.authentication is Authentication.PASS
