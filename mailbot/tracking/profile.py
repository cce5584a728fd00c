"""What a conversation, or an application in the making, is known by."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from mailbot.mail.message import Direction
from mailbot.reading.statements import Facet, Kind, Reading
from mailbot.tracking.clues import BEGINNINGS, Clues
from mailbot.tracking.facts import FROM_ADDRESS, OWN_WORD, REPEATED, Spelling, Spellings, belief, best_name, best_title
from mailbot.tracking.naming import names_another, said
from mailbot.tracking.voices import NO_WORD, by_human

_SET = frozenset({Kind.ASSESSMENT, Kind.INFORMATION_REQUEST})
ENDS = frozenset({Kind.REJECTION, Kind.POSITION_CLOSED, Kind.OWN_WITHDRAWAL, Kind.OWN_ACCEPTANCE})
_CHANGES = frozenset({Kind.INTERVIEW_CANCELLED, Kind.INTERVIEW_RESCHEDULED})
_NEVER = (datetime.max.replace(tzinfo=UTC), "")


@dataclass(slots=True)
class Profile:
    """What a conversation, or an application in the making, is known by: the sum of the clues of its messages."""

    members: list[Clues] = field(default_factory=list)
    by_kind: defaultdict[Kind, list[Clues]] = field(default_factory=lambda: defaultdict(list))
    order: tuple[datetime, str] = _NEVER  # of its first message: by which conversations take their turn
    companies: Spellings = field(default_factory=Spellings)
    agencies: Spellings = field(default_factory=Spellings)
    roles: Spellings = field(default_factory=Spellings)
    requisitions: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    names: set[tuple[str, ...]] = field(default_factory=set)
    domains: set[str] = field(default_factory=set)
    starts: set[datetime] = field(default_factory=set)
    labels: set[str] = field(default_factory=set)
    dates: list[datetime] = field(default_factory=list)
    ends: list[datetime] = field(default_factory=list)
    said: Counter[Kind] = field(default_factory=Counter)  # the kinds of what is anybody's word
    to_the_person: bool = False  # whether any such word speaks to the person
    answered: bool = False  # whether any of it says that the person applied
    weak: float = 1.0  # the confidence of the weakest join
    company: str | None = None
    agency: str | None = None
    role: str | None = None

    def add(self, added: Iterable[Clues]) -> None:
        for one in added:
            self.members.append(one)
            self.by_kind[one.kind].append(one)
            self.order = min(self.order, (one.reading.date, one.id))
            self.people |= one.people
            self.names |= one.names
            self.domains |= one.domains
            self.starts |= one.starts
            self.numbers |= one.numbers
            if one.requisition:
                self.requisitions.add(one.requisition)
            if one.label:
                self.labels.add(one.label)
            if one.kind in ENDS:
                insort(self.ends, one.reading.date)
            self._spell(one)
            self._hear(one)

    def _hear(self, one: Clues) -> None:
        self.answered = self.answered or any(said.has(Facet.ANSWERED_APPLICATION) for said in one.reading.statements)
        if one.reading.writer not in NO_WORD:
            insort(self.dates, one.reading.date)
            self.said[Kind.RECRUITER_OUTREACH if _is_cold(one) else one.kind] += 1
            self.to_the_person = self.to_the_person or _to_the_person(one.reading)

    def _spell(self, one: Clues) -> None:
        sure, at = one.reading.main.confidence, one.reading.date
        told = sure * (OWN_WORD if one.reading.direction is Direction.OUT else 1.0)
        if one.company:
            written = any(proof.field == "company" for proof in one.reading.main.evidence)
            weight = FROM_ADDRESS if not written else REPEATED if _repeats(one.reading, "company") else 1.0
            self.companies.note(one.company, told * weight, at, quote=_quote(one.reading, "company"), written=written)
            self.company = best_name(self.believed)
        if one.agency:
            self.agencies.note(one.agency, told, at)
            self.agency = best_name(self.agencies)
        if one.role:
            weight = sure * (REPEATED if _repeats(one.reading, "role") else 1.0)
            self.roles.note(one.role, weight, at, quote=_quote(one.reading, "role"))
            self.role = best_title(self.roles)

    @property
    def believed(self) -> dict[str, Spelling]:
        """The names of the employer, each as much as it is believed."""
        found = self.companies.items()
        return {text: one.times(belief(text, self.domains, self.names)) for text, one in found}

    @property
    def texts(self) -> frozenset[str]:
        """The words kept of all its mail."""
        return frozenset().union(*(one.texts for one in self.members))

    @property
    def first(self) -> datetime:
        return self.order[0]

    def of_kind(self, kinds: frozenset[Kind]) -> list[Clues]:
        return [one for kind, several in self.by_kind.items() if kind in kinds for one in several]

    @property
    def beginnings(self) -> list[Clues]:
        """What begins it: a receipt that answers something else is that one's (a test's, a form's)."""
        begun = self.of_kind(BEGINNINGS)
        asked = {one.id for one in self.of_kind(_SET)} if begun else set()
        return [one for one in begun if asked.isdisjoint(one.answers)]

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
        said = set(self.said)
        if self.said.total() == 1 and not (self.role or self.people or said & (BEGINNINGS | ENDS)):
            return False
        if said <= _CHANGES and not self.to_the_person:
            return False
        theirs = {one for one in said if not one.startswith("own_")} - {Kind.UNRELATED}
        if self.answered or theirs - {Kind.RECRUITER_OUTREACH, Kind.RECRUITER_REPLY}:
            return True
        mine = said - theirs - {Kind.OWN_WITHDRAWAL, Kind.UNRELATED}
        if theirs:
            named = self.company or self.role or self.agency
            return bool(mine) or (Kind.RECRUITER_REPLY in theirs and named is not None)
        return bool(mine - {Kind.OWN_REPLY})


def _is_cold(one: Clues) -> bool:
    """Whether an agency asks for a talk out of the blue: it names no client, fixes nothing and answers nothing."""
    if one.kind is not Kind.INTERVIEW_REQUEST or one.company or not one.agency or one.answers:
        return False
    writer = one.reading.sender.name if one.reading.sender else ""
    if names_another(one.texts - {writer}, [one.role or ""], one.agency):
        return False
    heard = one.reading.statements
    return by_human(one.reading) and not any(it.interviews or it.has(Facet.ANSWERED_APPLICATION) for it in heard)


def _to_the_person(reading: Reading) -> bool:
    """Whether a human wrote it, it greets the person, or it has a calendar part: 'the crew interviews are cancelled'
    is for whoever reads it."""
    return by_human(reading) or bool(reading.calls_reader) or reading.calendar


def _quote(reading: Reading, fact: str) -> str:
    """The words in which it names that, the same where another mail repeats them."""
    shown = next((proof.quote for proof in reading.main.evidence if proof.field == fact), "")
    return said(shown)


def _repeats(reading: Reading, fact: str) -> bool:
    """Whether an answer names it nowhere but in the subject that it repeats."""
    shown = [proof.quote for proof in reading.main.evidence if proof.field == fact]
    return reading.in_reply_to is not None and bool(shown) and all(quote in reading.subject for quote in shown)
