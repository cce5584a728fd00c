"""Who goes between the reader and an employer: mails whose words or make show that their writer hires for others."""

from __future__ import annotations

from collections.abc import Sequence
from email.utils import parseaddr

from mailbot.mail.message import Address, Direction, Message
from mailbot.patterns import compiled
from mailbot.reading import domains, names, organisations
from mailbot.reading.employing import Organisation
from mailbot.reading.hints import Hint
from mailbot.reading.places import Place, Where
from mailbot.reading.senders import is_robot
from mailbot.reading.tables import table
from mailbot.reading.words import Words

ENOUGH = 2.0  # the least weight of an organisation at whose address one writes
CLEARLY = 4.0  # the weight with which a text says what another organisation does
WROTE = 2.2  # the weight of the name that the address of a mail that is handed on tells
OWN_WORDS = (Where.TEXT, Where.SUBJECT, Where.SIGNATURE)


def for_clients(message: Message, found: Sequence[Place]) -> bool:
    """Whether the words of a mail say that its writer hires for others."""
    hires_for_others = compiled("|".join(table("company")["clients"]), often=True)
    own = message.direction is Direction.OUT
    theirs = (Where.QUOTED,) if own else OWN_WORDS
    if any(hires_for_others.search(one.text) for one in found if one.where in theirs):
        return True
    to_agency = compiled(str(table("company")["own_clients"]))
    return own and any(to_agency.search(one.text) for one in found if one.where is Where.TEXT)


def of_others(message: Message, ranked: Sequence[Organisation]) -> bool:
    """Whether a person who writes from one organisation says of another what they heard from it or it wants."""
    if message.direction is Direction.OUT or message.sender is None or is_robot(message.sender):
        return False
    at_home = [one for one in ranked if one.spelt >= domains.LEADING and one.weight >= ENOUGH]
    told = [one for one in ranked if not (one.spelt >= domains.PART or names.is_given(one.name.split()[0]))]
    told = [one for one in told if any(_is_told(hint) for hint in one.hints)]
    return bool(at_home and told)


def handed_on(message: Message, words: Words) -> Organisation | None:
    """The organisation of whose mail a person of another one hands on; None where a mail hands on none."""
    sender, headers = message.sender, dict(words.forwarded_headers)
    wrote = Address(*parseaddr(headers.get("from", "")))
    if message.direction is Direction.OUT or sender is None or is_robot(sender) or is_robot(wrote):
        return None
    if not (domains.is_own(sender.domain) and domains.is_own(wrote.domain)):
        return None
    at, home = domains.registered(wrote.domain)[0], domains.registered(sender.domain)[0]
    name = domains.as_name(at)
    if at == home or not organisations.possible(name):
        return None
    return Organisation(name, WROTE, (Hint(name, WROTE, Where.ADDRESS, client=True),), 0.0, agency=False)


def _is_told(hint: Hint) -> bool:
    return hint.client and hint.weight >= CLEARLY and " " in hint.name and hint.where in (Where.TEXT, Where.SUBJECT)
