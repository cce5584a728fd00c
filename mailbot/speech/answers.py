"""Answers to what mailbot asks in `status`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from mailbot.errors import ActionNeeded
from mailbot.etiquette.wishes import Answered
from mailbot.store.ledger import Said
from mailbot.tracking.application import Constraint, Question
from mailbot.tracking.ids import handle


def answer(questions: Sequence[Question], which: str, now: datetime, *, right: bool) -> Said:
    """Yes or no to the question about the mail called `which`. Raises ActionNeeded where nothing such is asked, and
    where only another command can say what is meant."""
    asked = next((one for one in questions if handle(one.address or one.message_ids[0]) == which), None)
    if asked is None:
        raise ActionNeeded(f"Nothing is asked about {which!r}.", mend="mailbot status lists the questions.")
    if len(asked.message_ids) == 1:
        text = f"{asked.text} {'Yes.' if right else 'No.'}"
        if asked.unproved:
            return Said(text, constraints=(Constraint(right, asked.message_ids),))
        return Said(text, answered=(Answered(asked.message_ids, now, right, asked.address),))
    if not right:
        raise ActionNeeded("Which mails do not belong to it?", mend=f"Say it with: {asked.command}")
    return Said(f"{asked.text} Yes.", constraints=(Constraint(True, asked.message_ids),))
