"""What a step did, as log lines: kinds, ids and counts, no name, address or subject."""

from __future__ import annotations

from mailbot.logs import logger
from mailbot.outcome import DraftChanged, DraftPlaced, Missed, NotPlaced, Outcome, StageChanged, StepEvent

log = logger("step")


def note(outcome: Outcome) -> None:
    """Log one step: its trouble where it is news, what it did, and when the next one is due."""
    for problem in outcome.problems:
        if problem.news:
            log.warning("account_in_trouble", account=problem.account, error=problem.text)
    for event in outcome.events:
        _note(event)
    if outcome.fetched:
        log.info("mail_read", count=outcome.fetched)


def _note(event: StepEvent) -> None:
    if isinstance(event, DraftPlaced):
        name = "draft_recomposed" if event.recomposed else "draft_placed"
        log.info(name, follow_up=str(event.follow_up.kind), application=event.application.id)
    elif isinstance(event, DraftChanged):
        kind, status = str(event.change.record.identity.kind), str(event.change.at)
        log.info("draft_changed", follow_up=kind, application=event.change.record.application, status=status)
    elif isinstance(event, StageChanged):
        log.info("stage_changed", application=event.application.id, stage=str(event.stage))
    elif isinstance(event, (Missed, NotPlaced)):
        name = "follow_up_missed" if isinstance(event, Missed) else "follow_up_not_placed"
        log.info(name, follow_up=str(event.follow_up.kind), application=event.follow_up.application)
