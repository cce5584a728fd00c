"""What a step did, as JSON and as lines for a person."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from mailbot.standing.wording import words_of

LATELY = timedelta(days=14)

if TYPE_CHECKING:
    from mailbot.outcome import Outlook, StepEvent
    from mailbot.tracking.application import Application


def as_object(event: StepEvent) -> dict[str, object] | None:
    """The JSON of `replay` and `sync`; None for what is no event there (a draft that only became the person's)."""
    from mailbot import outcome as o
    from mailbot.drafting.drafts import DraftStatus

    if isinstance(event, o.DraftPlaced):
        if event.recomposed:
            return None
        return {
            "at": event.at.isoformat(),
            "event": "draft_placed",
            "follow_up": str(event.follow_up.kind),
            **_names(event.application),
            "to": [one.email for one in event.letter.to],
            "subject": event.letter.subject,
            "in_reply_to": event.letter.in_reply_to,
            "body": event.letter.body,
            "reason": event.follow_up.reason.text,
        }
    if isinstance(event, o.DraftChanged):
        if event.change.at is not DraftStatus.WITHDRAWN:
            return None
        return {
            "at": event.at.isoformat(),
            "event": "draft_withdrawn",
            "follow_up": str(event.change.record.identity.kind),
            "application": event.application.slug if event.application else "",
            "to": [event.change.record.identity.recipient],
            "reason": event.change.why,
        }
    if isinstance(event, o.StageChanged):
        return {
            "at": event.at.isoformat(),
            "event": "stage_changed",
            **_names(event.application),
            "was": str(event.was),
            "stage": str(event.stage),
        }
    return None


def application_object(application: Application, outlook: Outlook) -> dict[str, object]:
    """How one application stands at the end."""
    return {
        "event": "application",
        **_names(application),
        "stage": str(outlook.stages[application.id]),
        "people": [{"name": one.name, "email": one.email, "part": str(one.part)} for one in application.contacts],
    }


def _names(application: Application) -> dict[str, object]:
    return {"application": application.slug, "company": application.company, "role": application.role}


def as_line(event: StepEvent) -> str:
    """One line for a person."""
    from mailbot import outcome as o

    when = f"{event.at:%a %d %b %Y %H:%M}"
    if isinstance(event, o.DraftPlaced):
        verb = "rewritten" if event.recomposed else "placed"
        to = ", ".join(one.email for one in event.letter.to)
        return f"{when}  draft {verb}: {event.follow_up.kind.words} to {to}. {event.follow_up.reason.text}"
    if isinstance(event, o.DraftChanged):
        record = event.change.record
        kind, status = record.identity.kind.words, words_of(record.status)
        return f"{when}  draft {status}: {kind} to {record.identity.recipient}. {event.change.why}"
    if isinstance(event, o.StageChanged):
        return f"{when}  {name_of(event.application)}: {words_of(event.was)}, now {words_of(event.stage)}"
    if isinstance(event, o.NotPlaced):
        to = event.follow_up.identity.recipient
        return f"{when}  not placed: {event.follow_up.kind.words} to {to}. {event.why}"
    due = f"{event.follow_up.due:%a} {event.follow_up.due.day} {event.follow_up.due:%b}"
    return f"{when}  missed: {event.follow_up.kind.words} to {event.follow_up.identity.recipient}, due {due}"


def is_long_missed(event: StepEvent) -> bool:
    """Whether it tells of what was missed more than two weeks before: a first look at old mail finds many."""
    from mailbot.outcome import Missed

    return isinstance(event, Missed) and event.at - event.follow_up.due > LATELY


def name_of(application: Application) -> str:
    """'Horizon Marketing, Marketing Coordinator'."""
    return application.name
