"""Which mail belongs to a job search at all, and how it is then read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from mailbot.mail.message import Direction
from mailbot.reading.statements import Facet, Kind, Reading, Writer
from mailbot.tracking.application import Constraint
from mailbot.tracking.assurance import assured
from mailbot.tracking.calling import known_keys
from mailbot.tracking.domains import is_tool, organisation, resembles
from mailbot.tracking.grouping import references, together
from mailbot.tracking.names import folded, stem
from mailbot.tracking.sense import as_sure_as, with_its_times
from mailbot.tracking.voices import NO_WORD, by_human

_HANGING = NO_WORD - {Writer.LIST}
# What a mail in a known thread is read as when nothing else can be told.
_PLAIN_WORDS = (Kind.RECRUITER_REPLY, Kind.OWN_REPLY)
# Whichever of these two a mail is, what it says is as sure.
_HARDLY_DIFFER = {Kind.RECRUITER_REPLY, Kind.STATUS_UPDATE}


def considered(readings: Iterable[Reading], constraints: Iterable[Constraint]) -> list[Reading]:
    """One Reading a Message-ID, oldest first: all that belongs to a job search, and what answers it. A mail that shows
    nothing of hiring by itself belongs to it, and is read in its context, if it stands in such a thread, passes between
    the person and somebody known from such mail, or comes from a known employer and then says something of hiring.
    Mail that anybody may have forged counts for nothing, and a robot's job alert joins only by the person's word."""
    unique: dict[str, Reading] = {}
    for one in readings:
        if one.direction is not Direction.NOBODY:
            other = unique.get(one.message_id)
            unique[one.message_id] = one if other is None else max(one, other, key=_preference)
    joined = together(constraints)
    kept = {key: one for key, one in unique.items() if one.relevant or key in joined}
    known = Known(kept.values())
    met = _take(unique, kept, known)
    if met:  # whoever proves to be theirs is written to, and writes again
        known = Known(kept.values())
        _take(unique, kept, known)
    read = (_surer(one) if known.wrote(one) or _answers(one, kept) else one for one in kept.values())
    return sorted(read, key=lambda one: (one.date, one.message_id))


def _take(unique: Mapping[str, Reading], kept: dict[str, Reading], known: Known) -> bool:
    """Add to `kept` what belongs to what is known; whether any of it was written by somebody unknown so far."""
    met = False
    for key, one in unique.items():
        if key not in kept and known.takes(one):
            context = one.in_context if known.of(one) else ()
            kept[key] = replace(one, statements=context, in_context=()) if context else one
            met = met or (bool(context) and by_human(one) and not known.wrote(one))
    return met


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
    return with_its_times(replace(reading, statements=reading.in_context, in_context=()))


def _answers(reading: Reading, others: Mapping[str, Reading]) -> bool:
    """Whether it answers a mail of a job search, which makes what it says surer."""
    before = {one for one in (reading.in_reply_to, *reading.references) if one and one != reading.message_id}
    return any(one in others and others[one].relevant for one in before)


class Known:
    """The threads, the people and the employers of a job search."""

    def __init__(self, relevant: Collection[Reading]) -> None:
        sure = [one for one in relevant if assured(one)]
        self._threads = {key for one in relevant for key in _thread(one)}
        self._people = {email for one in sure for email in _people(one)}
        self._homes = {organisation(one.rpartition("@")[2]) for one in self._people} - {""}
        self._names = {folded(person.name) for one in sure for said in one.statements for person in said.people}
        named = {said.company for one in sure for said in one.statements if said.company}
        self._employers: defaultdict[str, set[str]] = defaultdict(set)
        for name in named:
            self._employers[stem(name)].add(name)
        theirs = {one.sender for one in relevant if one.sender and by_human(one)}
        self._people |= {one.email for one in theirs if self._names_fully(one.name) and self._employs(one.domain)}
        self.calls = known_keys(relevant, self._people, self._homes, named)

    def takes(self, reading: Reading) -> bool:
        """Whether it belongs to them, by what it says, whom it is from or what it answers."""
        if reading.relevant or (reading.in_context and self.of(reading)):
            return True
        return reading.kind is Kind.UNRELATED and (reading.writer in _HANGING or self.hears(reading))

    def hears(self, reading: Reading) -> bool:
        """Whether it stands in such a thread, or the person wrote it to such people."""
        if not self._threads.isdisjoint(_thread(reading)):
            return True
        return reading.direction is Direction.OUT and any(one.email in self._people for one in reading.to)

    def wrote(self, reading: Reading) -> bool:
        """Whether somebody known from such mail wrote it."""
        return by_human(reading) and reading.sender is not None and reading.sender.email in self._people

    def of(self, reading: Reading) -> bool:
        """Whether it is theirs, or for them."""
        if self.hears(reading):
            return True
        if not by_human(reading) or reading.sender is None:
            return False
        if self.wrote(reading):
            return True
        expected = _of_hiring(reading) or self._names_fully(reading.sender.name)
        return expected and self._employs(reading.sender.domain)

    def _names_fully(self, name: str) -> bool:
        """Whether such mail names that person, first name and surname: the interviewer who writes at last."""
        return len(folded(name)) > 1 and folded(name) in self._names

    def _employs(self, domain: str) -> bool:
        home = organisation(domain)
        return bool(home) and (home in self._homes or any(resembles(home, one) for one in self._employers[stem(home)]))


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
