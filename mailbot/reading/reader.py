"""One mail -> one Reading: whose words, what they say, about whom, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mailbot.mail.message import Message
from mailbot.reading.absence import absent_until
from mailbot.reading.calendar import CalendarEvent, read_calendars
from mailbot.reading.entities import read_entities
from mailbot.reading.kinds import Finding, read_kinds
from mailbot.reading.language import language
from mailbot.reading.manner import calls_reader, signed, tone
from mailbot.reading.statements import Kind, Reader, Reading, Statement
from mailbot.reading.times import read_times
from mailbot.reading.words import Words, segment
from mailbot.reading.writer import authentication, bounced, writer

READER_VERSION = 1


def read(message: Message, reader: Reader) -> Reading:
    """All that is kept of one message. Raises nothing: whatever the message is, there is a Reading of it."""
    words = segment(message)
    calendars = read_calendars(message, reader)
    wrote = writer(message, words)
    spoken = language(words.new or message.subject)
    kinds = read_kinds(message, words, calendars, wrote, spoken)
    alone = _statements(message, words, calendars, kinds.alone, reader)
    in_context: tuple[Statement, ...] = ()
    if kinds.in_context != kinds.alone:
        in_context = _statements(message, words, calendars, kinds.in_context, reader)
    return Reading(
        message_id=message.message_id,
        reader_version=READER_VERSION,
        zone=reader.zone,
        direction=message.direction,
        account=message.account,
        thread=message.thread,
        in_reply_to=message.in_reply_to,
        references=message.references,
        date=message.date,
        arrived=message.arrived,
        sender=message.sender,
        reply_to=message.reply_to,
        to=message.to,
        cc=message.cc,
        subject=message.subject,
        writer=wrote,
        authentication=authentication(message),
        language=spoken,
        words=len(words.new.split()),
        tone=tone(words),
        calls_reader=calls_reader(words),
        signed=signed(words),
        statements=alone,
        in_context=in_context,
        calendar=bool(message.calendars),
        absent_until=absent_until(message, words, wrote, reader),
        bounced=bounced(message, wrote),
    )


def _statements(
    message: Message,
    words: Words,
    calendars: tuple[CalendarEvent, ...],
    findings: Sequence[Finding],
    reader: Reader,
) -> tuple[Statement, ...]:
    """The findings with what they are about; the times stand in the weightiest."""
    kinds = [one.kind for one in findings]
    if kinds[0] is Kind.UNRELATED:
        return tuple(Statement(one.kind, one.confidence, evidence=one.evidence) for one in findings)
    about = read_entities(message, words, calendars, reader)
    times = read_times(message, words, calendars, kinds, reader)
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
        )
        for one in findings
    ]
    stated[0] = replace(
        stated[0],
        interviews=times.interviews,
        proposed=times.proposed,
        chosen=times.chosen,
        decision_by=times.decision_by,
        respond_by=times.respond_by,
        evidence=(*stated[0].evidence, *about.evidence, *times.evidence),
    )
    return tuple(stated)
