"""Which mail belongs to a job search at all, and how it is then read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mailbot.mail.message import Direction
from mailbot.reading.domains import registered
from mailbot.reading.statements import Facet, Kind, Reading, Writer
from mailbot.tracking.alike import FEW, Spelt
from mailbot.tracking.application import Constraint
from mailbot.tracking.assurance import assured
from mailbot.tracking.calling import homes, known_keys, name_key
from mailbot.tracking.clues import references
from mailbot.tracking.domains import is_tool, organisation, resembles
from mailbot.tracking.grouping import together
from mailbot.tracking.names import folded, stem
from mailbot.tracking.remembered import Remembered
from mailbot.tracking.sense import as_sure_as, with_its_times
from mailbot.tracking.voices import NO_WORD, by_human

_HANGING = NO_WORD - {Writer.LIST}
# What a mail in a known thread is read as when nothing else can be told.
_PLAIN_WORDS = (Kind.RECRUITER_REPLY, Kind.OWN_REPLY)
_OUT_OF_THE_BLUE = Kind.RECRUITER_OUTREACH
# Whichever of these two a mail is, what it says is as sure.
_HARDLY_DIFFER = {Kind.RECRUITER_REPLY, Kind.STATUS_UPDATE}


@dataclass(frozen=True, slots=True)
class _Told:
    """What one mail tells by itself: the message and all that it answers; the humans of the other side that a mail of
    a job search is from, is for or names; the names in full and the employers; whether it says more in its context
    than that somebody writes; its sender's own domain."""

    reading: Reading
    threads: frozenset[str]
    people: tuple[str, ...]
    names: tuple[tuple[str, ...], ...]
    employers: tuple[str, ...]
    assured: bool
    of_hiring: bool
    home: str


class Belonging:
    """Says which mail belongs to a job search; remembers what each mail tells by itself. `known` is what is known by
    the mail that was considered last."""

    def __init__(self) -> None:
        self.known = Known(())
        self._told = Remembered(_told)
        self._in_context = Remembered(_in_context)
        self._surer = Remembered(_surer)

    def considered(self, readings: Iterable[Reading], constraints: Iterable[Constraint]) -> list[Reading]:
        """One Reading a Message-ID, oldest first: all that belongs to a job search, and what answers it. A mail that
        shows nothing of hiring by itself belongs to it, and is read in its context, if it stands in such a thread,
        passes between the person and somebody known from such mail, or comes from a known employer and then says
        something of hiring. Mail that anybody may have forged counts for nothing, and a robot's job alert joins only by
        the person's word."""
        for memory in (self._told, self._in_context, self._surer):
            memory.turn()
        unique: dict[str, Reading] = {}
        for one in readings:
            if one.direction is not Direction.NOBODY:
                other = unique.get(one.message_id)
                unique[one.message_id] = one if other is None else max(one, other, key=_preference)
        joined = together(constraints)
        kept = {key: one for key, one in unique.items() if one.relevant or key in joined}
        known = self._by(kept.values())
        met = self._take(unique, kept, known)
        if met:  # whoever proves to be theirs is written to, and writes again
            known = self._by(kept.values())
            self._take(unique, kept, known)
        read = (self._surer(one) if known.expects(one) or _answers(one, kept) else one for one in kept.values())
        found = sorted(read, key=lambda one: (one.date, one.message_id))
        self.known = self._by(found)
        return found

    def _by(self, readings: Iterable[Reading]) -> Known:
        return Known([self._told(one) for one in readings])

    def _take(self, unique: Mapping[str, Reading], kept: dict[str, Reading], known: Known) -> bool:
        """Add to `kept` what belongs to what is known; whether any of it was written by somebody unknown so far."""
        met = False
        for key, one in unique.items():
            if key not in kept and known.takes(told := self._told(one)):
                in_context = bool(one.in_context) and known.of(told)
                kept[key] = self._in_context(one) if in_context else one
                met = met or (in_context and by_human(one) and not known.wrote(one))
        return met


def _told(reading: Reading) -> _Told:
    said = reading.statements
    return _Told(
        reading=reading,
        threads=frozenset(_thread(reading)),
        people=tuple(_people(reading)),
        names=tuple(folded(person.name) for one in said for person in one.people),
        employers=tuple(one.company for one in said if one.company),
        assured=assured(reading),
        of_hiring=_of_hiring(reading),
        home=organisation(reading.sender.domain) if reading.sender else "",
    )


def _in_context(reading: Reading) -> Reading:
    return replace(reading, statements=reading.in_context, in_context=())


def _surer(reading: Reading) -> Reading:
    """What a mail says with the assurance of its thread, where that is the same or says more and is surer."""
    if not reading.in_context:
        return with_its_times(reading)
    known = reading.in_context[0]
    if {known.kind, reading.kind} == _HARDLY_DIFFER:
        return as_sure_as(known.confidence, replace(reading, in_context=()))
    more = known.kind not in _PLAIN_WORDS and known.confidence > reading.main.confidence
    if known.kind is not reading.kind and not more:
        return with_its_times(reading)
    return with_its_times(_in_context(reading))


def _answers(reading: Reading, others: Mapping[str, Reading]) -> bool:
    """Whether it answers a mail of a job search, which makes what it says surer."""
    before = {one for one in (reading.in_reply_to, *reading.references) if one and one != reading.message_id}
    return any(one in others and others[one].relevant for one in before)


class Known:
    """The threads, the people and the employers of a job search."""

    def __init__(self, relevant: Sequence[_Told]) -> None:
        sure = [one for one in relevant if one.assured]
        self._threads = frozenset().union(*(one.threads for one in relevant))
        self._people = {email for one in sure for email in one.people}
        self._homes = {organisation(one.rpartition("@")[2]) for one in self._people} - {""}
        self._names = {name for one in sure for name in one.names}
        named = {name for one in sure for name in one.employers}
        self._employers: defaultdict[str, set[str]] = defaultdict(set)
        for name in named:
            self._employers[stem(name)].add(name)
        self._spelt: dict[str, Spelt] = {}
        theirs = [one for one in relevant if one.reading.sender and by_human(one.reading)]
        self._people |= {email for one in theirs if self._is_named_there(one) and (email := _writer(one.reading))}
        self._met = {email for one in relevant if one.reading.kind is not _OUT_OF_THE_BLUE for email in one.people}
        self._exact = known_keys([one.reading for one in relevant], self._people, self._homes)
        self.calls = self._exact | frozenset(map(name_key, named))

    def calls_back(self, keys: frozenset[str]) -> bool:
        """Whether mail with these keys belongs to something known, whatever its headers look like."""
        return not keys.isdisjoint(self._exact) or (
            not keys.isdisjoint(self.calls) and any(self._employs(home) for home in homes(keys))
        )

    def concerns(self, reading: Reading) -> bool:
        """Whether a mail belongs to them, by what it says, whom it is from or what it answers."""
        return self.takes(_told(reading))

    def takes(self, one: _Told) -> bool:
        """The same of what a mail tells."""
        reading = one.reading
        if reading.relevant or (reading.in_context and self.of(one)):
            return True
        return reading.kind is Kind.UNRELATED and (reading.writer in _HANGING or self._hears(one))

    def wrote(self, reading: Reading) -> bool:
        """Whether somebody known from such mail wrote it."""
        return by_human(reading) and _writer(reading) in self._people

    def expects(self, reading: Reading) -> bool:
        """The same; what comes out of the blue makes nobody known, however often it comes."""
        return self.wrote(reading) and (reading.kind is not _OUT_OF_THE_BLUE or _writer(reading) in self._met)

    def of(self, one: _Told) -> bool:
        """Whether it is theirs, or for them."""
        if self._hears(one):
            return True
        reading = one.reading
        if not by_human(reading) or reading.sender is None:
            return False
        expected = one.of_hiring or self._names_fully(reading.sender.name)
        return self.wrote(reading) or (expected and self._employs(one.home))

    def _hears(self, one: _Told) -> bool:
        """Whether it stands in such a thread, or the person wrote it to such people."""
        if not self._threads.isdisjoint(one.threads):
            return True
        reading = one.reading
        return reading.direction is Direction.OUT and any(to.email in self._people for to in reading.to)

    def _is_named_there(self, one: _Told) -> bool:
        return one.reading.sender is not None and self._names_fully(one.reading.sender.name) and self._employs(one.home)

    def _names_fully(self, name: str) -> bool:
        """Whether such mail names that person, first name and surname: the interviewer who writes at last."""
        return len(folded(name)) > 1 and folded(name) in self._names

    def _employs(self, home: str) -> bool:
        return bool(home) and (home in self._homes or any(resembles(home, one) for one in self._spelt_by(home)))

    def _spelt_by(self, home: str) -> set[str]:
        """Of the employers that begin like this domain those that it may spell."""
        begins = stem(home)
        employers = self._employers.get(begins, set())
        if len(employers) <= FEW:
            return employers
        spelt = self._spelt[begins] = self._spelt.get(begins) or Spelt(employers)
        return spelt.by(registered(home)[0])


def _writer(reading: Reading) -> str:
    return reading.sender.email if reading.sender else ""


def _people(reading: Reading) -> Iterator[str]:
    """The humans of the other side that a mail of a job search is from, is for or names."""
    if reading.sender and by_human(reading):
        yield reading.sender.email
    if reading.direction is Direction.OUT:
        yield from (one.email for one in reading.to)
    for statement in reading.statements:
        yield from (one.email for one in statement.people if one.email and not is_tool(one.email.rpartition("@")[2]))


def _of_hiring(reading: Reading) -> bool:
    """Whether it says more in its context than that somebody writes."""
    return any(
        one.role or one.kind is not Kind.RECRUITER_REPLY or one.has(Facet.INTERVIEW_HELD) for one in reading.in_context
    )


def _thread(reading: Reading) -> Iterator[str]:
    """The message itself and all that it answers."""
    yield reading.message_id
    yield from references(reading)


def _preference(copy: Reading) -> tuple[bool, int, datetime, str, str]:
    """Of several copies of one message: the one that was sent, by the newest reader; then any, but always the same."""
    sent = copy.direction is Direction.OUT
    return sent, copy.reader_version, copy.date, copy.account, repr(copy)
