"""The humans of the hiring side, known from all messages of one application together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from mailbot.mail.message import Direction
from mailbot.reading.names import named
from mailbot.reading.namesakes import owns, same_person
from mailbot.reading.senders import is_shared
from mailbot.reading.statements import Facet, Kind, Part, Person, Reading
from mailbot.tracking.application import Contact
from mailbot.tracking.domains import is_tool, organisation, resembles
from mailbot.tracking.names import folded
from mailbot.tracking.voices import by_human

# What a person is called in several messages: the part that decides most for letters holds.
PARTS = (Part.RECRUITER, Part.COORDINATOR, Part.HIRING_MANAGER, Part.INTERVIEWER, Part.CONTACT)
_TALKS = (Kind.INTERVIEW_REQUEST, Kind.INTERVIEW_CONFIRMED, Kind.INTERVIEW_RESCHEDULED)
ENOUGH_WORDS = 20  # shorter mail says little about its writer's language


@dataclass(eq=False, slots=True)
class Member:
    """One human in the making."""

    email: str | None = None
    names: Counter[str] = field(default_factory=Counter)
    told: set[Part] = field(default_factory=set)
    guessed: set[Part] = field(default_factory=set)
    wrote: list[Reading] = field(default_factory=list)
    title: str = ""
    position: str = ""
    role_address: bool = False

    @property
    def parts(self) -> set[Part]:
        """What they are called; what a plain word of their own only suggests where nothing else says what they are."""
        return self.told if self.told - {Part.CONTACT} else self.told | self.guessed

    @property
    def name(self) -> str:
        """The fullest of the names, the more frequent of two."""
        return max(self.names, key=lambda one: (len(one.split()), self.names[one]), default="")

    def is_called(self, name: str) -> bool:
        """Whether `name` can be theirs; an address without any name is asked whether it is made of it."""
        if self.names:
            return any(same_person(name, one) for one in self.names)
        return bool(self.email) and owns(name, (self.email or "").partition("@")[0])


class Roster:
    """Finds the one human behind an address, a full name or a first name. `readings` are given oldest first, `own`
    are the person's own addresses."""

    def __init__(
        self, readings: Sequence[Reading], own: frozenset[str], company: str | None, agency: str | None
    ) -> None:
        self._own = own
        self._company = company
        self._agency = agency
        self.members: list[Member] = []
        self._by_email: dict[str, Member] = {}
        mentions = [(reading, one) for reading in readings for one in self._mentions(reading)]
        # Addresses first, then full names, then first names: each finds what the surer ones have made.
        for reading, one in mentions:
            if one.email:
                self._note(one, guessed=_is_guess(one, reading))
        for least in (2, 1):
            for _, one in mentions:
                if not one.email and min(len(one.name.split()), 2) == least:
                    self._note(one)
        for reading in readings:
            self._note_headers(reading)
            self._note_writer(reading)

    def find(self, person: Person) -> Member | None:
        if person.email and person.email in self._by_email:
            return self._by_email[person.email]
        return self.named(person.name)

    def named(self, name: str) -> Member | None:
        """The only one of that name; of several, the only one with an address or who wrote; else None."""
        called = [one for one in self.members if one.is_called(name)] if name else []
        exact = [one for one in called if any(folded(name) == folded(each) for each in one.names)]
        for choice in (exact, called, [one for one in called if one.email], [one for one in called if one.wrote]):
            if len(choice) == 1:
                return choice[0]
        return None

    def recast(self, person: Person) -> None:
        """Whoever is meant has this part alone, by the person's word."""
        if member := self.find(person):
            member.told = {person.part}

    def writer(self, reading: Reading) -> Member | None:
        """The human who wrote a message of theirs; None for robots and unsigned shared mailboxes."""
        if not by_human(reading) or reading.sender is None:
            return None
        if not is_tool(reading.sender.domain):
            found = self._by_email.get(reading.sender.email)
            if found and not (found.role_address and reading.signed and not found.is_called(reading.signed)):
                return found
        return self.named(reading.sender.name) or self.named(reading.signed)

    def contact(self, member: Member) -> Contact:
        last = member.wrote[-1] if member.wrote else None
        spoken = [one for one in member.wrote if one.words >= ENOUGH_WORDS]
        return Contact(
            name=member.name,
            email=member.email,
            part=next((one for one in PARTS if one in member.parts), Part.CONTACT),
            wrote=tuple(one.message_id for one in member.wrote),
            last_wrote=last.date if last else None,
            agency=self._acts_for_agency(member),
            role_address=member.role_address,
            title=member.title,
            position=member.position,
            signs=next((one.signed for one in reversed(member.wrote) if one.signed), ""),
            language=spoken[-1].language if spoken else "en",
        )

    def _mentions(self, reading: Reading) -> Iterable[Person]:
        for statement in reading.statements:
            for one in statement.people:
                if one.email not in self._own:
                    usable = one.email and not is_tool(one.email.rpartition("@")[2])
                    yield one if usable or not one.email else Person(one.name, None, one.part, one.title, one.position)
        yield from copied_in(reading)
        yield from self._signing(reading)

    def _signing(self, reading: Reading) -> Iterable[Person]:
        """The writer, where no statement names them."""
        if reading.direction is not Direction.IN or not by_human(reading) or reading.sender is None:
            return
        sender = reading.sender
        people = [one for statement in reading.statements for one in statement.people]
        if any(one.email == sender.email for one in people) or sender.email in self._own:
            return
        called = next((one.name for one in people if reading.signed and same_person(reading.signed, one.name)), "")
        name = called or (reading.signed if is_shared(sender) else sender.name or reading.signed)
        yield Person(name, None if is_tool(sender.domain) else sender.email, Part.CONTACT)

    def _note(self, one: Person, *, guessed: bool = False) -> None:
        member = self._by_email.get(one.email) if one.email else None
        if member and one.name and member.names and not member.is_called(one.name):
            member = None  # two people sign from one shared address
        member = member or self._same(one)
        if member is None:
            if not one.email and not one.name:
                return
            member = Member()
            self.members.append(member)
        if one.email and not member.email:
            member.email = one.email
        if one.email:
            self._by_email.setdefault(one.email, member)
        if one.name:
            member.names[one.name] += 1
        (member.guessed if guessed else member.told).add(one.part)
        member.title = one.title or member.title
        member.position = one.position or member.position

    def _same(self, one: Person) -> Member | None:
        """Whoever bears that name already; a full name with another address of another organisation is another."""
        found = self.named(one.name)
        if found is None or not one.email or not found.email:
            return found
        full = " " in one.name and " " in found.name
        return found if full else None

    def _note_headers(self, reading: Reading) -> None:
        """Names that stand beside known addresses, addresses beside known names."""
        for one in (*reading.to, *reading.cc):
            if one.email in self._own or not one.name or one.name == one.email:
                continue
            member = self._by_email.get(one.email)
            if member is None:
                member = self.named(one.name) if " " in one.name else None
                if member and not member.email and not is_tool(one.email.rpartition("@")[2]):
                    member.email = one.email
                    self._by_email[one.email] = member
            if member and " " not in member.name and same_person(one.name, member.name or one.name):
                member.names[one.name] += 1

    def _note_writer(self, reading: Reading) -> None:
        if reading.direction is Direction.IN and (member := self.writer(reading)):
            member.wrote.append(reading)
            sender = reading.sender
            member.role_address = sender is not None and is_shared(sender)
            # Whoever writes from another address of their own is answered there.
            if sender and not is_shared(sender) and not is_tool(sender.domain):
                member.email = sender.email

    def _acts_for_agency(self, member: Member) -> bool:
        if not self._agency or not member.email:
            return False
        home = organisation(member.email.rpartition("@")[2])
        if self._company and home and resembles(home, self._company):
            return False
        if home and resembles(home, self._agency):
            return True
        return any(statement.agency for reading in member.wrote for statement in reading.statements)


def copied_in(reading: Reading) -> tuple[Person, ...]:
    """Colleagues of the writer, or people of the employer's, in copy of an invitation that says of them that they ask
    the questions."""
    sender = reading.sender
    home = organisation(sender.domain) if sender else ""
    told = any(one.has(Facet.WITH_COPIED) for one in reading.statements)
    if not home or not told or not by_human(reading) or not _is_about_a_talk(reading):
        return ()
    firms = {one.company for one in reading.statements if one.company}
    return tuple(
        Person(named(one.name).name, one.email, Part.INTERVIEWER)
        for one in reading.cc
        if (their := organisation(one.email.rpartition("@")[2]))
        and (their == home or any(resembles(their, firm) for firm in firms))
    )


def _is_about_a_talk(reading: Reading) -> bool:
    return any(one.kind in _TALKS or one.interviews or one.proposed for one in reading.statements)


def _is_guess(one: Person, reading: Reading) -> bool:
    """Whether nothing but a word of their own speaks for a part ('we will be in touch'): whoever interviews may write
    such."""
    plain = reading.kind in (Kind.RECRUITER_REPLY, Kind.STATUS_UPDATE) and not one.position
    return plain and reading.sender is not None and reading.sender.email == one.email
