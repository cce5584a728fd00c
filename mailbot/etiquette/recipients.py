"""How sure it is that an address is that of the person who is written to."""

from __future__ import annotations

from mailbot.etiquette.case import Case
from mailbot.etiquette.follow_up import FollowUp
from mailbot.etiquette.wishes import Answered
from mailbot.reading.namesakes import owns
from mailbot.reading.statements import Reading
from mailbot.tracking.application import Contact
from mailbot.tracking.domains import organisation, resembles

_USED, _AT_HOME, _OF_THE_NAME, _NAMED_SOMEWHERE = 1.0, 0.9, 0.8, 0.3


def addressed_surely(case: Case, one: FollowUp) -> bool:
    """Whether its recipient's address is sure enough to draft to, or the person said that it is theirs."""
    email = one.identity.recipient
    if not email or email in case.reader.addresses or answer_about(case, email) is True:
        return True
    return confidence(case, one.to, email) >= case.etiquette.share("threshold.recipient")


def confidence(case: Case, contact: Contact, email: str) -> float:
    """From it they wrote, or to it the person did; it is at an organisation of this application, or vouched for by the
    tool that asks to answer there; it is made of their name; else some mail names it, and no more."""
    if any(_passed(one, email) for one in case.by_id.values()):
        return _USED
    local, _, domain = email.rpartition("@")
    home = organisation(domain)
    firms = (case.application.company, case.application.agency)
    known = any(one.sender and organisation(one.sender.domain) == home for one in case.heard)
    if home and (known or any(firm and resembles(domain, firm) for firm in firms)):
        return _AT_HOME
    if any(to.email == email for one in case.heard for to in one.reply_to):
        return _AT_HOME
    return _OF_THE_NAME if owns(contact.name, local) else _NAMED_SOMEWHERE


def answer_about(case: Case, email: str) -> bool | None:
    """What the person answered about that address."""
    said = [wish.right for wish in case.wishes if isinstance(wish, Answered) and wish.address == email]
    return said[-1] if said else None


def named_in(case: Case, email: str) -> Reading:
    """The mail that names an address first."""
    named = (one for one in case.by_id.values() if _names(one, email))
    return next(named, next(iter(case.by_id.values())))


def _passed(reading: Reading, email: str) -> bool:
    """Whether a mail of the application went from that address, or to it and others by a hand that knows it."""
    return bool(reading.sender and reading.sender.email == email) or any(
        one.email == email for one in (*reading.to, *reading.cc)
    )


def _names(reading: Reading, email: str) -> bool:
    return any(person.email == email for said in reading.statements for person in said.people)
