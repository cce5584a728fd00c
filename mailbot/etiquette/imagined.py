"""A letter of one kind as it would be, whether or not the preset writes it and the clock wants it now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from mailbot.etiquette.data import table
from mailbot.etiquette.follow_up import FollowUp, FollowUpKind
from mailbot.etiquette.plan import plan
from mailbot.etiquette.rules import Etiquette, patience
from mailbot.etiquette.verdicts import is_open
from mailbot.etiquette.wishes import Asked, Ruled, Wish, by_application, last
from mailbot.reading.statements import Reader
from mailbot.tracking.application import Application, EventKind, MeetingStatus, Stage
from mailbot.tracking.stages import stage

_ASKED_FOR = (FollowUpKind.WITHDRAWAL, FollowUpKind.DECLINE, FollowUpKind.NO_SHOW, FollowUpKind.APOLOGY)
_OFFERING = (EventKind.OFFERED, EventKind.INTERVIEW_ASKED, EventKind.INTERVIEW_FIXED)
_ENDED = (Stage.REJECTED, Stage.WITHDRAWN, Stage.CLOSED, Stage.ACCEPTED)


def imagined(
    kind: FollowUpKind,
    application: Application,
    applications: Sequence[Application],
    now: datetime,
    etiquette: Etiquette,
    reader: Reader,
    wishes: Sequence[Wish],
) -> tuple[FollowUp, ...]:
    """The letters of that kind which can be addressed: those still open, else those that were settled last. Empty
    where nothing in the application calls for one; `why_not` says what is missing."""
    anchor = tuple(one.message_id for one in application.readings)
    said = by_application(wishes, (application,)).get(application.id, ())
    own = (last(said, Ruled) or Ruled(anchor, now, etiquette)).etiquette
    more: list[Wish] = [Ruled(anchor, now, replace(own, letters=own.letters | {kind}))]
    if kind in _ASKED_FOR and _makes_sense(kind, application, now, own) and not _asked(said, kind):
        more.append(Asked(anchor, now, kind, f"<{kind}@asked.invalid>"))
    ours = [
        one
        for one in plan(applications, now, etiquette, reader, (*wishes, *more)).follow_ups
        if one.application == application.id and one.kind is kind and one.identity.recipient
    ]
    still = [one for one in ours if is_open(one)]
    return tuple(still or [one for one in ours if one.due == max(each.due for each in ours)])


def why_not(kind: FollowUpKind) -> str:
    """What would have to be there for a letter of that kind, as a sentence."""
    return str(table("hints.toml")["missing"][kind])


def _asked(said: Sequence[Wish], kind: FollowUpKind) -> bool:
    return any(isinstance(one, Asked) and one.kind is kind for one in said)


def _makes_sense(kind: FollowUpKind, application: Application, now: datetime, etiquette: Etiquette) -> bool:
    if kind is FollowUpKind.WITHDRAWAL:
        return stage(application, now, patience(etiquette)) not in _ENDED
    if kind is FollowUpKind.DECLINE:
        return any(one.kind in _OFFERING for one in application.events)
    on = (one for one in application.meetings if one.status is not MeetingStatus.CANCELLED)
    return any(one.start <= now for one in on)
