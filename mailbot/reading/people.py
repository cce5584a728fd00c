"""The people of the hiring side that a mail is from or names: gathered, joined, with their addresses and parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mailbot.mail.message import Address, Direction, Message
from mailbot.patterns import compiled
from mailbot.reading import domains, names, namesakes, organisations, titles
from mailbot.reading.company import Employers
from mailbot.reading.gathered import EMAIL, READ, gathered, usable
from mailbot.reading.manner import calls_reader
from mailbot.reading.mentions import Mention, mentions, position
from mailbot.reading.parts import Known, part
from mailbot.reading.places import Place
from mailbot.reading.statements import Part, Person, Reader
from mailbot.reading.tables import table
from mailbot.reading.words import Words

if TYPE_CHECKING:
    from mailbot.reading.calendar import CalendarEvent

LONGEST_LINE = 60  # characters of a line that is a name and little else
MOST_MENTIONS = 300  # mentions that are joined into people
MOST_LINES = 1000  # lines that are looked at for a position
MOST = 40  # people of one mail
CALLED, LONGEST_CALLED = 2, 6  # letters that a short name shares with the full one, and its length


@dataclass(slots=True)
class _Somebody:
    """One person while they are gathered."""

    name: str
    title: str = ""
    email: str | None = None
    position: str = ""
    parts: set[Part] = field(default_factory=set)
    wrote: bool = False
    declined: bool = False


def read_people(
    message: Message,
    words: Words,
    calendars: Sequence[CalendarEvent],
    reader: Reader,
    found: Sequence[Place],
    employers: Employers,
    role: str | None,
    *,
    fixes_talk: bool = False,
) -> tuple[Person, ...]:
    """The people on the hiring side, in the order in which the mail names them; nobody is called as the `role`.
    `fixes_talk`: the mail fixes or moves an interview."""
    named = employers.named
    every = [*gathered(message, words, calendars, reader), *mentions(found)]
    own = _own_names(message, words, reader)
    every = [one for one in every if not (role and _is_of_title(one, role))]
    every = _without_senders_firm(every, message)
    kept = [one for one in every if _is_person(one, named) and not _is_reader(one, own, reader)]
    people = _joined(list(dict.fromkeys(kept))[:MOST_MENTIONS])[:MOST]
    _find_positions(people, message.text[:READ])
    people = _humans(people)
    _find_emails(people, message, reader)
    known = [Known(one.name, one.title, one.position, frozenset(one.parts), one.wrote, one.email) for one in people]
    for_agency = employers.agency is not None
    parts = [
        part(one, known, message, words, firm=employers.company, for_agency=for_agency, fixes_talk=fixes_talk)
        for one in known
    ]
    return tuple(
        Person(one.name, one.email, said, one.title, one.position, one.declined)
        for one, said in zip(people, parts, strict=True)
    )


def _humans(people: Sequence[_Somebody]) -> list[_Somebody]:
    """The people without programs that write as people, and without what is another's position."""
    robots = compiled(str(table("people")["robots"]))
    called = {word for one in people if robots.search(one.position) for word in one.name.split()}
    positions = {domains.letters(one.position) for one in people if one.position}
    return [
        one for one in people
        if called.isdisjoint(one.name.split()) and domains.letters(one.name) not in positions
    ]  # fmt: skip


def _own_names(message: Message, words: Words, reader: Reader) -> list[str]:
    """How the mail calls its reader."""
    everyone = (*message.to, *message.cc, *((message.sender,) if message.sender else ()))
    own = [names.named(one.name).name for one in everyone if one.email in reader.addresses]
    own.append(reader.name)
    others = [names.named(one.name).name for one in everyone if one.email not in reader.addresses]
    greeted = names.named(calls_reader(words)).name
    by_them = message.direction is not Direction.OUT
    if by_them and greeted and not any(namesakes.same_person(greeted, one) for one in others):
        own.append(greeted)
    return [one for one in own if one]


def _is_reader(one: Mention, own: Iterable[str], reader: Reader) -> bool:
    if one.email in reader.addresses or any(namesakes.same_person(one.name, name) for name in own):
        return True
    return " " in one.name and any(namesakes.owns(one.name, address.partition("@")[0]) for address in reader.addresses)


def _is_person(one: Mention, named: Sequence[str]) -> bool:
    """Whether a mention is neither the employer nor a tool, a place or a job title."""
    own = domains.letters(one.name)
    if one.titled and not organisations.is_tool_name(one.name):
        return True  # 'Mr Foster' of Foster & Byrne
    if one.email and namesakes.abbreviates(one.name, one.email.partition("@")[0]):
        return True  # two people whose names, joined, look like a firm's
    if any(domains.letters(name).startswith(own) for name in named if " " in one.name or " " not in name):
        return False
    if " " in one.name and any(_overlaps(own, domains.letters(name)) for name in named if " " in name):
        return False
    if organisations.is_tool_name(one.name) or organisations.is_place(one.name):
        return False
    return not (titles.likeness(one.name) >= titles.SURE and names.likeness(one.name) < names.LIKELY)


def _without_senders_firm(found: Sequence[Mention], message: Message) -> list[Mention]:
    """The mentions without the name that the sender's domain is, unless it is somebody's with an address."""
    labels = set(message.sender.email.rpartition("@")[2].replace("-", "").split(".")) if message.sender else set()
    reached = {one.name for one in found if one.email}
    return [one for one in found if one.titled or one.name in reached or domains.letters(one.name) not in labels]


def _is_of_title(one: Mention, role: str) -> bool:
    """Whether a mention is the job's title, or words of it: 'Marine Ecology'."""
    same = domains.letters(one.name) == domains.letters(role)
    return same or (not one.titled and f" {one.name.casefold()} " in f" {role.casefold()} ".replace(",", " "))


def _overlaps(one: str, company: str) -> bool:
    """Whether one of two names in plain letters ends or begins the other: 'Casimir Parish' of 'St. Casimir Parish'."""
    return company.endswith(one) or one.startswith(company)


def _joined(found: Sequence[Mention]) -> list[_Somebody]:
    """One person for all mentions that can be theirs; full names first, so that first names find them."""
    people: list[_Somebody] = []
    order = {id(one): at for at, one in enumerate(found)}
    first: dict[int, int] = {}
    for one in sorted(found, key=lambda mention: (-min(len(mention.name.split()), 2), order[id(mention)])):
        somebody = next((other for other in people if _same(one, other)), None)
        if somebody is None:
            somebody = _Somebody(one.name, one.title)
            people.append(somebody)
        first[id(somebody)] = min(first.get(id(somebody), len(found)), order[id(one)])
        if _is_better(one.name, somebody.name):
            somebody.name = one.name
        somebody.title = somebody.title or one.title
        somebody.email = somebody.email or one.email
        somebody.position = somebody.position or one.position
        somebody.parts |= one.parts
        somebody.wrote = somebody.wrote or one.writer
        somebody.declined = somebody.declined or one.declined
    return sorted(people, key=lambda one: first[id(one)])


def _is_better(one: str, other: str) -> bool:
    """Whether a way of writing a name is the fuller one: more words, no initial, with its accents."""
    longer = len(one.split()) > len(other.split()) or _is_initial(other) > _is_initial(one)
    return longer or one.isascii() < other.isascii()


def _is_initial(name: str) -> bool:
    """Whether a name begins with a letter for the given name: 'D. Lee'."""
    return len(name.split()[0].strip(".")) == 1


def _same(one: Mention, other: _Somebody) -> bool:
    if one.titled and " " not in one.name and one.name == other.name.split()[-1]:
        return True  # 'Ms Charles' of Ebony Charles
    if one.email and one.email == other.email:
        return namesakes.same_person(one.name, other.name) or " " not in one.name
    if one.email and other.email and one.email != other.email and " " not in one.name:
        return False
    if one.writer and other.wrote and _is_call_name(one.name, other.name):
        return True
    return namesakes.same_person(one.name, other.name)


def _is_call_name(short: str, full: str) -> bool:
    """Whether who writes as one may sign as the other: 'Baz' for Barry Lee."""
    called, given = domains.letters(short), domains.letters(full.split()[0])
    begins = called[:CALLED] == given[:CALLED] or (len(called) > CALLED and given.endswith(called))
    return begins and " " in full and " " not in short and len(short) <= LONGEST_CALLED


def _find_positions(people: list[_Somebody], text: str) -> None:
    """Positions under a name that stands alone in a line, in quoted mail too; the writer may sign by the first name."""
    lines = [line.strip(" \t>*_–—-") for line in text.split("\n")]
    by_name = {one.name.split()[0]: one for one in people if one.wrote and not one.position}
    by_name |= {one.name: one for one in people if not one.position}
    for at, line in enumerate(lines[: MOST_LINES if by_name else 0]):
        if line and len(line) <= LONGEST_LINE and (one := by_name.get(names.named(line).name)) and not one.position:
            after = next((other for other in lines[at + 1 : at + 3] if other), "")
            one.position = position(line[len(one.name) :]) or position(after)


def _relays(sender: Address) -> bool:
    """Whether a sender is shown by the name of the service from whose domain they write."""
    shown = domains.letters(sender.name)
    return bool(shown) and shown in domains.letters(sender.email.rpartition("@")[2])


def _find_emails(people: list[_Somebody], message: Message, reader: Reader) -> None:
    """Addresses that stand in the text, for those whose name they are made of."""
    for one in people:
        addresses = (*((message.sender,) if message.sender else ()), *message.to, *message.cc, *message.reply_to)
        shown = (address for address in addresses if names.named(address.name).name == one.name)
        one.email = one.email or next((usable(address.email) for address in shown), None)
    seen = {match.text.lower().strip(".'") for match in compiled(EMAIL).finditer(message.text[:READ])}
    if message.sender is not None and message.direction is not Direction.OUT and not _relays(message.sender):
        seen.add(message.sender.email)  # shown as 'Outlook', made of the name that signs
    taken = {one.email for one in people}
    for email in sorted(seen - reader.addresses):
        local = email.partition("@")[0]
        owners = [one for one in people if one.email is None and namesakes.owns(one.name, local)]
        if len(owners) == 1 and email not in taken and usable(email):
            owners[0].email = usable(email)
