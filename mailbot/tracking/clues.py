"""What one message, and what many together, tell about the application they belong to."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from mailbot.mail.message import Direction
from mailbot.reading.statements import Facet, Kind, Reading, Writer
from mailbot.tracking.domains import corner, is_tool, organisation
from mailbot.tracking.facts import FROM_ADDRESS, OWN_WORD, REPEATED, Spelling, best_name, best_title
from mailbot.tracking.names import folded, is_employers, role_words, stem
from mailbot.tracking.voices import NO_WORD, by_human

Key = tuple[Hashable, ...]
BEGINNINGS = frozenset({Kind.APPLICATION_RECEIVED, Kind.OWN_APPLICATION})
STARTS = BEGINNINGS | {Kind.RECRUITER_OUTREACH, Kind.INTERVIEW_REQUEST, Kind.ASSESSMENT}
FEWEST_DIGITS = 3
_SET = frozenset({Kind.ASSESSMENT, Kind.INFORMATION_REQUEST})
ENDS = frozenset({Kind.REJECTION, Kind.POSITION_CLOSED, Kind.OWN_WITHDRAWAL, Kind.OWN_ACCEPTANCE})
_CHANGES = frozenset({Kind.INTERVIEW_CANCELLED, Kind.INTERVIEW_RESCHEDULED})


@dataclass(frozen=True, slots=True)
class Clues:
    """The anchors of one message. `people`: addresses of humans on the other side; `names`: their full names, folded;
    `domains`: the organisations' own, and an employer's corner of a hiring tool; `starts`: the interview times that
    it fixes, proposes or chooses (UTC); `label`: what a robot or shared mailbox calls itself, often the employer;
    `numbers`: what in the subject looks like a requisition's; `stems`: how the names of its organisations begin, those
    that its domains spell included; `answers`: the messages that it answers, the nearest first.
    `test`: the platform and the role of a test, for what it sends or tells of it without naming the employer.
    `anchors`: all that surely groups it with other mail (`grouping.py` knows what may); `links`: those by which a
    conversation may fit an application."""

    reading: Reading
    company: str | None
    agency: str | None
    role: str | None
    requisition: str | None
    people: frozenset[str]
    names: frozenset[tuple[str, ...]]
    domains: frozenset[str]
    uids: frozenset[str]
    starts: frozenset[datetime]
    label: str | None
    numbers: frozenset[str]
    test: Key | None
    stems: frozenset[str] = field(init=False, compare=False)
    answers: tuple[str, ...] = field(init=False, compare=False)
    anchors: tuple[Key, ...] = field(init=False, compare=False, repr=False)
    links: tuple[Hashable, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        # Asked for whenever any mail of the group changes: made once.
        names = (*self.organisations, *self.domains)
        object.__setattr__(self, "stems", frozenset(stem(one) for one in names))
        object.__setattr__(self, "answers", references(self.reading))
        object.__setattr__(self, "anchors", tuple(_anchors(self)))
        object.__setattr__(self, "links", tuple(_links(self)))

    @property
    def id(self) -> str:
        return self.reading.message_id

    @property
    def organisations(self) -> tuple[str, ...]:
        """Whatever it calls an organisation."""
        return tuple(one for one in (self.company, self.agency, self.label) if one)

    @property
    def kind(self) -> Kind:
        return self.reading.kind


def clues(reading: Reading, own: frozenset[str]) -> Clues:
    """What `reading` tells; `own` are the person's own addresses."""
    said = reading.statements
    people = {one.email for statement in said for one in statement.people if one.email}
    names = {folded(one.name) for statement in said for one in statement.people}
    addresses = _addresses(reading)
    people.update(one for one in addresses if not is_tool(one.rpartition("@")[2]))
    domains = {organisation(one.rpartition("@")[2]) for one in people - own}
    if reading.direction is Direction.IN and reading.sender:
        domains.update((organisation(reading.sender.domain), corner(reading.sender)))
        if by_human(reading):
            names.add(folded(reading.sender.name))
    times = [one.start for statement in said for one in statement.interviews]
    times += [one.start for statement in said for one in (*statement.proposed, *statement.chosen)]
    return Clues(
        reading=reading,
        company=next((one.company for one in said if one.company), None),
        agency=next((one.agency for one in said if one.agency), None),
        role=next((one.role for one in said if one.role), None),
        requisition=next((_number(one.requisition) for one in said if one.requisition), None),
        people=frozenset(people - own),
        names=frozenset(one for one in names if len(one) > 1),
        domains=frozenset(domains - {""}),
        uids=frozenset(one.uid for statement in said for one in statement.interviews if one.uid),
        starts=frozenset(one.astimezone(UTC) for one in times),
        label=_label(reading),
        numbers=frozenset(_numbers(reading.subject)),
        test=_test(reading),
    )


def references(reading: Reading) -> tuple[str, ...]:
    """The messages that this one answers, the nearest first."""
    nearest = (reading.in_reply_to,) if reading.in_reply_to else ()
    return tuple(dict.fromkeys((*nearest, *reversed(reading.references))))


def _anchors(one: Clues) -> Iterator[Key]:
    for reference in (*one.answers, *one.reading.bounced):
        yield "message", reference
    if one.reading.thread:
        yield "thread", one.reading.account, one.reading.thread
    yield from (("name", name) for name in one.organisations)
    yield from (("person", email) for email in (*one.people, *one.reading.bounced))
    yield from (("domain", domain) for domain in one.domains)
    yield from (("uid", uid) for uid in one.uids)
    yield from (("start", start) for start in one.starts)
    if one.requisition:
        yield "requisition", one.requisition
    if one.test:
        yield one.test


def _links(one: Clues) -> Iterator[Hashable]:
    yield from one.people
    yield from one.names
    yield from one.starts
    yield from one.uids
    yield from (("domain", domain) for domain in one.domains)
    yield from (("company", name) for name in one.stems)
    if one.requisition:
        yield "requisition", one.requisition
    if one.test:
        yield one.test


def _test(reading: Reading) -> Key | None:
    role = next((one.role for one in reading.statements if one.role), None)
    if reading.writer is not Writer.ROBOT or reading.sender is None or not role or not is_tool(reading.sender.domain):
        return None
    unnamed = not any(one.company for one in reading.statements)
    return ("test", reading.sender.email, role_words(role)) if unnamed or reading.kind is Kind.ASSESSMENT else None


def _label(reading: Reading) -> str | None:
    """What a robot or a shared mailbox calls itself, unless that is the name of a tool or of a department."""
    if reading.sender is None or reading.writer not in (Writer.ROBOT, Writer.SHARED):
        return None
    return reading.sender.name if is_employers(reading.sender.name) else None


def _addresses(reading: Reading) -> set[str]:
    """Those of the other side in the headers: whom the person wrote to; who wrote, and colleagues who got a copy."""
    receivers = {one.email for one in (*reading.to, *reading.cc)}
    if reading.direction is Direction.OUT:
        return receivers
    if not reading.sender or reading.writer not in (Writer.PERSON, Writer.SHARED, Writer.AUTO_REPLY):
        return set()
    home = organisation(reading.sender.domain)
    return {reading.sender.email, *(one for one in receivers if home and organisation(one.rpartition("@")[2]) == home)}


def _to_the_person(reading: Reading) -> bool:
    """Whether a human wrote it, it greets the person, or it has a calendar part: 'the crew interviews are cancelled'
    is for whoever reads it."""
    return by_human(reading) or bool(reading.calls_reader) or reading.calendar


def _number(requisition: str | None) -> str:
    """A requisition number without its sign: 'R-10422', '#10422' and 'JR10422' are one."""
    text = requisition or ""
    return "".join(one for one in text if one.isdigit()).lstrip("0") or text.casefold()


def _numbers(subject: str) -> Iterator[str]:
    """What looks like a requisition's number: 'TM-610', '418-PH-0933'; no year, no date."""
    for word in subject.replace("/", "-").split():
        bare = word.strip("()[]#:,.;")
        digits = sum(one.isdigit() for one in bare)
        if digits >= FEWEST_DIGITS and any(one.isalpha() for one in bare) and bare.upper() == bare:
            yield _number(bare)


def _repeats(reading: Reading, fact: str) -> bool:
    """Whether an answer names it nowhere but in the subject that it repeats."""
    shown = [proof.quote for proof in reading.main.evidence if proof.field == fact]
    return reading.in_reply_to is not None and bool(shown) and all(quote in reading.subject for quote in shown)


@dataclass(slots=True)
class Profile:
    """What a conversation, or an application in the making, is known by: the sum of the clues of its messages."""

    members: list[Clues] = field(default_factory=list)
    companies: list[Spelling] = field(default_factory=list)
    agencies: list[Spelling] = field(default_factory=list)
    roles: list[Spelling] = field(default_factory=list)
    requisitions: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    names: set[tuple[str, ...]] = field(default_factory=set)
    domains: set[str] = field(default_factory=set)
    starts: set[datetime] = field(default_factory=set)
    labels: set[str] = field(default_factory=set)
    dates: list[datetime] = field(default_factory=list)
    ends: list[datetime] = field(default_factory=list)
    weak: float = 1.0  # the confidence of the weakest join
    company: str | None = None
    agency: str | None = None
    role: str | None = None

    def add(self, added: Iterable[Clues]) -> None:
        for one in added:
            self.members.append(one)
            self._spell(one)
            self.people |= one.people
            self.names |= one.names
            self.domains |= one.domains
            self.starts |= one.starts
            self.numbers |= one.numbers
            if one.requisition:
                self.requisitions.add(one.requisition)
            if one.label:
                self.labels.add(one.label)
            if one.reading.writer not in NO_WORD:
                insort(self.dates, one.reading.date)
            if one.kind in ENDS:
                insort(self.ends, one.reading.date)
        self.company = best_name(self.companies)
        self.agency = best_name(self.agencies)
        self.role = best_title(self.roles)

    def _spell(self, one: Clues) -> None:
        sure, at = one.reading.main.confidence, one.reading.date
        told = sure * (OWN_WORD if one.reading.direction is Direction.OUT else 1.0)
        if one.company:
            written = any(proof.field == "company" for proof in one.reading.main.evidence)
            weight = FROM_ADDRESS if not written else REPEATED if _repeats(one.reading, "company") else 1.0
            self.companies.append(Spelling(one.company, told * weight, at, written))
        if one.agency:
            self.agencies.append(Spelling(one.agency, told, at))
        if one.role:
            self.roles.append(Spelling(one.role, sure * (REPEATED if _repeats(one.reading, "role") else 1.0), at))

    @property
    def first(self) -> datetime:
        return min(one.reading.date for one in self.members)

    @property
    def order(self) -> tuple[datetime, str]:
        """By which conversations take their turn."""
        return min((one.reading.date, one.id) for one in self.members)

    def of_kind(self, kinds: frozenset[Kind]) -> list[Clues]:
        return [one for one in self.members if one.kind in kinds]

    @property
    def beginnings(self) -> list[Clues]:
        """What begins it: a receipt that answers something else is that one's (a test's, a form's)."""
        begun = self.of_kind(BEGINNINGS)
        asked = {one.id for one in self.members if one.kind in _SET}
        return [one for one in begun if asked.isdisjoint(one.answers)] if asked else begun

    def last_before(self, moment: datetime) -> datetime | None:
        """The newest word before `moment`."""
        at = bisect_left(self.dates, moment)
        return self.dates[at - 1] if at else None

    def ended_before(self, moment: datetime) -> bool:
        return bool(self.ends) and self.ends[0] < moment

    @property
    def pursued(self) -> bool:
        """Whether the person pursues it: an outreach that nobody answered, or that was declined, is no application;
        nor is a lone courtesy without employer and role, nor a robot's lone mail without role and human, nor what only
        calls off or moves something and speaks to nobody."""
        words = [one for one in self.members if one.reading.writer not in NO_WORD]
        said = {one.kind for one in words}
        if len(words) == 1 and not (self.role or self.people or said & (BEGINNINGS | ENDS)):
            return False
        if said <= _CHANGES and not any(_to_the_person(one.reading) for one in words):
            return False
        answered = any(
            statement.has(Facet.ANSWERED_APPLICATION) for one in self.members for statement in one.reading.statements
        )
        theirs = {one for one in said if not one.startswith("own_")} - {Kind.UNRELATED}
        if answered or theirs - {Kind.RECRUITER_OUTREACH, Kind.RECRUITER_REPLY}:
            return True
        mine = said - theirs - {Kind.OWN_WITHDRAWAL, Kind.UNRELATED}
        if theirs:
            named = self.company or self.role or self.agency
            return bool(mine) or (Kind.RECRUITER_REPLY in theirs and named is not None)
        return bool(mine - {Kind.OWN_REPLY})
