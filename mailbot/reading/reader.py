"""One mail -> one Reading: whose words, what they say, about whom, and when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

from mailbot.mail.message import Direction, Message
from mailbot.patterns import compiled
from mailbot.reading.absence import absent_until
from mailbot.reading.announced import Announced, read_announced
from mailbot.reading.calendar import read_calendars
from mailbot.reading.entities import Entities, read_entities
from mailbot.reading.kept import kept, set_aside
from mailbot.reading.kinds import Finding, read_kinds
from mailbot.reading.language import language, speaks_of_hiring
from mailbot.reading.manner import calls_reader, signed, tone
from mailbot.reading.statements import (
    IRRELEVANT,
    Facet,
    InterviewStatus,
    Kind,
    Reader,
    Reading,
    Statement,
)
from mailbot.reading.tables import table
from mailbot.reading.times import Times, read_times
from mailbot.reading.words import Words, segment
from mailbot.reading.writer import authentication, bounced, writer

_INVITES = (Kind.INTERVIEW_REQUEST, Kind.INTERVIEW_CONFIRMED, Kind.INTERVIEW_RESCHEDULED)
_FIXES = (Kind.INTERVIEW_CONFIRMED, Kind.INTERVIEW_RESCHEDULED)
# How sure it is that a mail is about a talk which names the time of one.
_NAMES_TIMES = 0.8
_FIXED_IN_PASSING = frozenset({Kind.RECRUITER_REPLY, Kind.APPLICATION_RECEIVED})
_PLAIN = frozenset({Kind.RECRUITER_REPLY, Kind.STATUS_UPDATE, Kind.INFORMATION_REQUEST, Kind.APPLICATION_RECEIVED})


def read(message: Message, reader: Reader, *, known: bool = True) -> Reading:
    """All that is kept of one message. Raises nothing: whatever the message is, there is a Reading of it. `known`
    False: nothing calls for it so far; if it shows nothing of hiring by itself, what it would say in its context is
    left unread, and `whole` is False."""
    words = segment(message)
    calendars = read_calendars(message, reader)
    wrote = writer(message, words)
    spoken = language(words.new or message.subject)
    kinds = read_kinds(message, words, calendars, wrote, spoken)
    # Once for both readings of the kinds, and not at all for what is neither.
    hiring = kinds.alone[0].kind not in IRRELEVANT
    fixes = kinds.alone[0].kind in _FIXES
    entities = cache(lambda: read_entities(message, words, calendars, reader, hiring=hiring, fixes_talk=fixes))
    times = cache(lambda *found: read_times(message, words, calendars, found, reader))
    announced = cache(lambda: _announced(words, entities()) if spoken == "en" else Announced())
    alone = _statements(kinds.alone, words, entities, times, announced)
    if spoken != "en" and message.direction is Direction.IN and _is_of_hiring(alone[0], message, words, spoken):
        alone = (replace(alone[0], facets=alone[0].facets | {Facet.OTHER_LANGUAGE}), *alone[1:])
    if not known and kinds.in_context is not None:
        aside = set_aside(message, reader, alone, wrote, spoken)
        if not aside.may_matter:
            return aside
    reading = Reading(
        **kept(message, reader),
        writer=wrote,
        authentication=authentication(message),
        language=spoken,
        words=len(words.new.split()),
        tone=tone(words),
        calls_reader=calls_reader(words),
        signed=signed(words),
        statements=alone,
        calendar=bool(message.calendars),
        absent_until=absent_until(message, words, wrote, reader),
        bounced=bounced(message, wrote),
    )
    context = kinds.in_context() if kinds.in_context is not None else kinds.alone
    if context == kinds.alone:
        return reading
    return replace(reading, in_context=_statements(context, words, entities, times, announced))


def _is_of_hiring(main: Statement, message: Message, words: Words, spoken: str) -> bool:
    return main.kind not in IRRELEVANT or speaks_of_hiring(f"{message.subject}\n{words.new}", spoken)


def _announced(words: Words, about: Entities) -> Announced:
    return read_announced(words, about.company, about.role)


def _about_a_talk(findings: Sequence[Finding], times: Times) -> Sequence[Finding]:
    """The findings; a plain word that fixes a time is its confirmation, one that asks and offers times an invitation,
    whatever else it says ('lunch on Tuesday at one?'); what names no time but that of news confirms nothing."""
    main = findings[0]
    fixes = any(one.status is InterviewStatus.SCHEDULED for one in times.interviews)
    if fixes and main.kind in _FIXED_IN_PASSING:
        kind = Kind.INTERVIEW_CONFIRMED
    elif times.proposed and main.kind in _PLAIN and Facet.ASKS in main.facets:
        kind = Kind.INTERVIEW_REQUEST
    elif main.kind is Kind.INTERVIEW_CONFIRMED and _names_news_alone(main, times):
        kind = Kind.STATUS_UPDATE
    else:
        return findings
    others = [one for one in findings[1:] if one.kind is not kind]
    return [replace(main, kind=kind, confidence=max(main.confidence, _NAMES_TIMES)), *others]


def _names_news_alone(main: Finding, times: Times) -> bool:
    """Whether its only time is that by which news comes ('by noon on Friday'): it confirms no talk."""
    agrees = not main.facets.isdisjoint((Facet.TIMES_AGREED, Facet.SETS_TIME, Facet.ASKS_TO_CONFIRM))
    return times.decision_by is not None and not (times.interviews or times.proposed or agrees)


def _about_the_job(findings: Sequence[Finding], times: Times, words: Words) -> Sequence[Finding]:
    """The findings; what asks whether the hours, the place or the pay of the job suit is a question, and invites to no
    talk."""
    if times.proposed or times.interviews or all(one.kind is not Kind.INTERVIEW_REQUEST for one in findings):
        return findings
    main, rules = findings[0], table("kinds")["conditions"]
    talks = Facet.BOOKING_LINK in main.facets or compiled(rules["talk"]).search(words.new) is not None
    if talks or compiled(rules["job"]).search(words.new) is None:
        return findings
    if main.kind is Kind.INTERVIEW_REQUEST:
        main = replace(main, kind=Kind.INFORMATION_REQUEST)
    return [main, *(one for one in findings[1:] if one.kind not in (Kind.INTERVIEW_REQUEST, main.kind))]


def _statements(
    findings: Sequence[Finding],
    words: Words,
    entities: Callable[[], Entities],
    times_for: Callable[..., Times],
    announced: Callable[[], Announced],
) -> tuple[Statement, ...]:
    """The findings with what they are about; the times, which depend on their kinds, stand in the weightiest."""
    kinds = [one.kind for one in findings]
    if kinds[0] is Kind.UNRELATED:
        return tuple(Statement(one.kind, one.confidence, evidence=one.evidence) for one in findings)
    about = entities()
    times = times_for(*kinds)
    said = announced()
    findings = _about_a_talk(_about_the_job(findings, times, words), times)
    stated = [
        Statement(
            kind=one.kind,
            confidence=one.confidence,
            company=about.company,
            agency=about.agency,
            role=about.role,
            requisition=about.requisition,
            people=about.people,
            facets=one.facets,
            evidence=one.evidence,
            team=said.team,
        )
        for one in findings
    ]
    stated[0] = replace(
        stated[0],
        interviews=times.interviews,
        proposed=times.proposed,
        chosen=times.chosen,
        late=times.late,
        decision_by=times.decision_by,
        respond_by=times.respond_by,
        topics=said.topics if findings[0].kind in _INVITES else (),
        evidence=(*stated[0].evidence, *about.evidence, *times.evidence, *said.evidence),
    )
    return tuple(stated)
