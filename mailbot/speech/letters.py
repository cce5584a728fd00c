"""Letters that the person asks for, with what they mean for the application."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from mailbot.errors import ActionNeeded
from mailbot.etiquette.follow_up import FollowUp, FollowUpKind, Verdict
from mailbot.etiquette.wishes import Asked, Wanted
from mailbot.mail.message import Direction
from mailbot.reading.statements import Evidence, Facet, Interview, InterviewStatus, Kind, Statement
from mailbot.speech.subject import about, ident, interview_begun, mails, spoken
from mailbot.store.ledger import Said
from mailbot.tracking.application import Application, Stage
from mailbot.tracking.words import Correction, Told, told

_PLACEABLE = (Verdict.COMING, Verdict.DUE, Verdict.PASSED, Verdict.PAUSED)


def withdraw(applications: Sequence[Application], now: datetime) -> Said:
    """The person withdraws from each of them: their stage, and the polite letter."""
    return Said(
        f"You withdraw: {'; '.join(one.name for one in applications)}.",
        corrections=tuple(Correction(about(one), now, stage=Stage.WITHDRAWN) for one in applications),
        asked=tuple(_asked(one, now, FollowUpKind.WITHDRAWAL) for one in applications),
    )


def under_way(
    applications: Sequence[Application], stages: Mapping[str, Stage], *, besides: Application
) -> list[Application]:
    """The others with which there was an exchange and that have not ended."""
    alive = (Stage.IN_CONTACT, Stage.INTERVIEWING, Stage.WAITING, Stage.ASSESSMENT, Stage.OFFER)
    return [one for one in applications if one.id != besides.id and stages[one.id] in alive]


def decline(application: Application, now: datetime) -> Said:
    """The person declines what was offered."""
    return Said(
        f"You decline: {application.name}.",
        corrections=(Correction(about(application), now, stage=Stage.WITHDRAWN),),
        asked=(_asked(application, now, FollowUpKind.DECLINE),),
    )


def missed(application: Application, now: datetime, *, mine: bool) -> Said:
    """The interview that was to be did not take place: no thanks for it, and a friendly word, or the person's apology.
    Raises ActionNeeded where no interview was to be by now."""
    meeting = interview_begun(application, now)
    if meeting is None:
        raise ActionNeeded(
            f"No interview with {application.name} was to be by now.", mend="mailbot show lists what is known."
        )
    off = Interview(meeting.start, meeting.end, meeting.format, InterviewStatus.CANCELLED, zone=meeting.zone)
    text = "You were not there." if mine else "They did not come or call."
    statement = Statement(
        Kind.OWN_REPLY,
        1.0,
        interviews=(off,),
        facets=frozenset({Facet.DOUBTS_INTERVIEW}),
        evidence=(Evidence("kind", f"You said: {text}"),),
    )
    reading = told(ident(application, now, 1), statement, mails(application)[-1], now, direction=Direction.OUT)
    kind = FollowUpKind.APOLOGY if mine else FollowUpKind.NO_SHOW
    return Said(
        f"{application.name}: the interview of {spoken(meeting.start)} did not take place.",
        told=(Told(about(application), reading),),
        asked=(_asked(application, now, kind),),
    )


def draft(application: Application, follow_ups: Sequence[FollowUp], now: datetime, kind: FollowUpKind, to: str) -> Said:
    """Follow-ups of that kind are wanted now, though their time has passed or is to come; `to` empty: to everybody.
    Raises ActionNeeded where there is none, or where events have made it needless."""
    ours = [one for one in follow_ups if one.application == application.id and one.kind is kind]
    ours = [one for one in ours if to.casefold() in f"{one.to.name} {one.identity.recipient}".casefold()]
    known = ", ".join(sorted({one.kind for one in follow_ups if one.application == application.id}))
    if not ours:
        raise ActionNeeded(
            f"There is no {kind.words} for {application.name}.", mend=f"There is: {known}." if known else ""
        )
    wanted = [one for one in ours if one.verdict in _PLACEABLE and one.identity.recipient]
    if not wanted:
        raise ActionNeeded(f"There is nothing to draft: {ours[-1].reason.text}")
    people = ", ".join(one.to.name or one.identity.recipient for one in wanted)
    return Said(
        f"{application.name}: you want the {kind.words} to {people} now.",
        wanted=tuple(Wanted(about(application), now, one.identity) for one in wanted),
    )


def _asked(application: Application, now: datetime, kind: FollowUpKind) -> Asked:
    return Asked(about(application), now, kind, ident(application, now))
