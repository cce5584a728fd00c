"""The job search as a calendar (RFC 5545): interviews, promised days, planned follow-ups, days to answer by. Pure: the
same outlook gives the same text, and an entry keeps its UID through every change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import icalendar

from mailbot.etiquette.follow_up import FollowUp, FollowUpKind, Verdict
from mailbot.mail.decoding import clean_line
from mailbot.outcome import Outlook
from mailbot.tracking.application import OVER, Application, Ask, Meeting, MeetingStatus, Promise

# What is older is of no more use in a calendar.
KEPT = timedelta(days=90)
LENGTH = timedelta(minutes=15)  # of a follow-up
DAY = timedelta(days=1)
# Of a day by which to answer: nine in the morning of the day before, and of the day itself.
ALARMS = (timedelta(hours=-15), timedelta(hours=9))
PLANNED = (Verdict.COMING, Verdict.DUE, Verdict.PAUSED, Verdict.THEIRS_TO_WRITE)
STATUS = {
    MeetingStatus.FIXED: "CONFIRMED", MeetingStatus.CANCELLED: "CANCELLED", MeetingStatus.DOUBT: "TENTATIVE",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """`start` and `end` are moments, or days of which `end` is the one after the last. `changed`: when what it says
    became known, `sequence` how often it was changed. `application` is its id."""

    uid: str
    application: str
    what: str  # interview | promise | follow_up | answer
    summary: str
    start: datetime | date
    end: datetime | date
    changed: datetime
    text: str = ""
    status: str = "CONFIRMED"
    sequence: int = 0
    busy: bool = False
    alarms: tuple[timedelta, ...] = field(default=())


def entries(outlook: Outlook) -> tuple[Entry, ...]:
    """All of them, in the order of their days."""
    applications = {one.id: one for one in outlook.tracked.applications}
    found = [entry for one in applications.values() for entry in _of_application(one, outlook)]
    planned = (one for one in outlook.plan.follow_ups if one.verdict in PLANNED)
    found += [_planned(one, applications[one.application]) for one in planned]
    first = outlook.now - KEPT
    return tuple(sorted((one for one in found if _ends(one) >= first.date()), key=lambda one: (_ends(one), one.uid)))


def render(several: Iterable[Entry]) -> str:
    """The calendar as text."""
    calendar = icalendar.Calendar()
    for name, value in (
        ("prodid", "-//mailbot//job search//EN"), ("version", "2.0"), ("x-wr-calname", "Job search"),
        ("x-published-ttl", "PT15M"),
    ):  # fmt: skip
        calendar.add(name, value)
    for one in several:
        calendar.add_component(_event(one))
    return str(calendar.to_ical(), "utf-8")


def _event(one: Entry) -> icalendar.Event:
    event = icalendar.Event()
    stamp = one.changed.astimezone(UTC)
    for name, value in (
        ("uid", one.uid), ("dtstamp", stamp), ("last-modified", stamp), ("sequence", one.sequence),
        ("summary", clean_line(one.summary)), ("dtstart", _utc(one.start)), ("dtend", _utc(one.end)),
        ("status", one.status), ("transp", "OPAQUE" if one.busy else "TRANSPARENT"), ("categories", [one.what]),
    ):  # fmt: skip
        event.add(name, value)
    if one.text:
        event.add("description", clean_line(one.text))
    for before in one.alarms:
        alarm = icalendar.Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", clean_line(one.summary))
        alarm.add("trigger", before)
        event.add_component(alarm)
    return event


def _of_application(application: Application, outlook: Outlook) -> Iterator[Entry]:
    for meeting in application.meetings:
        yield _interview(meeting, application)
    if outlook.stages[application.id] in OVER:
        return
    if application.promises and application.promises[-1].window is not None:
        yield _promise(application.promises[-1], application, application.promises[-1].window.latest)
    for ask in application.asks:
        if ask.respond_by and ask.answered_by is None and ask.settled_at is None:
            yield _answer(ask, application, ask.respond_by)


def _interview(meeting: Meeting, application: Application) -> Entry:
    how = f" ({meeting.format.value.replace('_', ' ')})" if meeting.format else ""
    names = ", ".join(one.name for one in meeting.interviewers if one.name)
    return Entry(
        uid=_uid("interview", meeting.fixed_by[0] if meeting.fixed_by else meeting.start.isoformat()),
        application=application.id,
        what="interview",
        summary=f"Interview: {application.name}{how}",
        start=meeting.start,
        end=max(meeting.end or meeting.over_at, meeting.start),
        changed=_known(application, meeting.fixed_by[-1:], meeting.start),
        text=f"With {names}." if names else "",
        status=STATUS[meeting.status],
        sequence=max(len(meeting.fixed_by) - 1, 0) + (meeting.status is not MeetingStatus.FIXED),
        busy=meeting.status is MeetingStatus.FIXED,
    )


def _promise(promise: Promise, application: Application, last: date) -> Entry:
    return Entry(
        uid=_uid("promise", promise.occasion[0] if promise.occasion else promise.by),
        application=application.id,
        what="promise",
        summary=f"News promised by today: {application.name}",
        start=last,
        end=last + DAY,
        changed=promise.made,
        text=f"\u201c{promise.quote}\u201d" if promise.quote else "",
    )


def _answer(ask: Ask, application: Application, last: date) -> Entry:
    return Entry(
        uid=_uid("answer", ask.message_id),
        application=application.id,
        what="answer",
        summary=f"Answer by today ({ask.what}): {application.name}",
        start=last,
        end=last + DAY,
        changed=ask.at,
        alarms=ALARMS,
    )


def _planned(follow_up: FollowUp, application: Application) -> Entry:
    notes = follow_up.kind is FollowUpKind.INTERVIEW_NOTES
    to = "" if notes else f" to {follow_up.to.name or follow_up.identity.recipient}"
    return Entry(
        uid=_uid(follow_up.kind, follow_up.identity.recipient, follow_up.identity.occasion[0]),
        application=application.id,
        what="follow_up",
        summary=f"{follow_up.kind.words.capitalize()}{to}: {application.name}",
        start=follow_up.due,
        end=follow_up.due + LENGTH,
        changed=_known(application, follow_up.identity.occasion[-1:], follow_up.due),
        text=follow_up.reason.text,
        status="TENTATIVE" if follow_up.verdict is Verdict.PAUSED else "CONFIRMED",
    )


def _known(application: Application, message_ids: Iterable[str], otherwise: datetime) -> datetime:
    """The date of the mail that made it known."""
    return next((mail.date for one in message_ids if (mail := application.reading(one))), otherwise)


def _uid(*parts: str) -> str:
    """It tells nothing of the mail that it comes from."""
    return f"{sha256(chr(10).join(parts).encode()).hexdigest()[:32]}@mailbot.invalid"


def _utc(at: datetime | date) -> datetime | date:
    return at.astimezone(UTC) if isinstance(at, datetime) else at


def _ends(one: Entry) -> date:
    return one.end.date() if isinstance(one.end, datetime) else one.end
