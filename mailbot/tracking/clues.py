"""What one message, and what many together, tell about the application they belong to."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from mailbot.mail.message import Direction
from mailbot.reading.statements import Kind, Reading, Writer
from mailbot.tracking.domains import corner, is_tool, organisation
from mailbot.tracking.names import folded, is_employers, role_words, stem
from mailbot.tracking.naming import told
from mailbot.tracking.voices import by_human

Key = tuple[Hashable, ...]
BEGINNINGS = frozenset({Kind.APPLICATION_RECEIVED, Kind.OWN_APPLICATION})
STARTS = BEGINNINGS | {Kind.RECRUITER_OUTREACH, Kind.INTERVIEW_REQUEST, Kind.ASSESSMENT}
FEWEST_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Clues:
    """The anchors of one message. `people`: addresses of humans on the other side; `names`: their full names, folded;
    `domains`: the organisations' own, and an employer's corner of a hiring tool; `starts`: the interview times that
    it fixes, proposes or chooses (UTC); `label`: what a robot or shared mailbox calls itself, often the employer;
    `numbers`: what in the subject looks like a requisition's; `stems`: how the names of its organisations begin, those
    that its domains spell included; `answers`: the messages that it answers, the nearest first.
    `test`: the platform and the role of a test, for what it sends or tells of it without naming the employer. `texts`:
    the words kept of it. `anchors`: all that surely groups it with other mail (`grouping.py` knows what may); `links`:
    those by which a conversation may fit an application."""

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
    texts: frozenset[str] = field(init=False, compare=False, repr=False)
    stems: frozenset[str] = field(init=False, compare=False)
    answers: tuple[str, ...] = field(init=False, compare=False)
    anchors: tuple[Key, ...] = field(init=False, compare=False, repr=False)
    links: tuple[Hashable, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        # Asked for whenever any mail of the group changes: made once.
        names = (*self.organisations, *self.domains)
        object.__setattr__(self, "stems", frozenset(stem(one) for one in names))
        object.__setattr__(self, "texts", told(self.reading))
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
    if len(wanted := role_words(one.role or "")) > 1:
        yield from (("job", wanted, stem) for stem in one.stems)


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
