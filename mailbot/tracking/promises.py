"""Their word on when news comes: made, restated, replaced by a newer one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from mailbot.mail.message import Direction
from mailbot.reading.statements import Facet, Kind, Reading, Statement, Window, Writer
from mailbot.tracking.application import Contact, Meeting, MeetingStatus, Promise
from mailbot.tracking.voices import NO_WORD, by_human

# What settles the question, so that an undated 'still' in it promises nothing.
DECIDED = frozenset({Kind.REJECTION, Kind.POSITION_CLOSED, Kind.OFFER})


def promises(
    readings: Sequence[Reading], meetings: Sequence[Meeting], keeper: Callable[[Reading], Contact | None]
) -> tuple[Promise, ...]:
    """Every promise, oldest first; the last one holds. `readings` are given oldest first, so that an older promise
    delivered late never overrides a newer one. Restating the day that holds joins its occasion. An undated 'still
    deciding' leaves a date that has yet to come, unless it says that news will be late."""
    made: list[Promise] = []
    for reading in readings:
        said = next((one for one in reading.statements if one.decision_by or _undated(one)), None)
        if reading.direction is not Direction.IN or reading.writer in NO_WORD or said is None:
            continue
        current = made[-1] if made else None
        if said.decision_by is None and not (by_human(reading) and _interviewed(meetings, readings, reading.date)):
            continue
        if said.decision_by and _before_the_talk(said.decision_by, reading):
            continue
        if current and said.decision_by is None and _still_to_come(current, reading) and not said.has(Facet.DELAY):
            continue
        robot = not by_human(reading)
        if current and current.window and said.decision_by and said.decision_by.latest == current.window.latest:
            occasion = (*current.occasion, reading.message_id)
            made[-1] = replace(current, occasion=occasion, robot=current.robot and robot)
            continue
        made.append(
            Promise(
                made=reading.date,
                window=said.decision_by,
                by=reading.message_id,
                keeper=keeper(reading),
                occasion=(reading.message_id,),
                quote=_quote(said),
                robot=robot,
                in_answer_to_check_in=not robot and _answers_check_in(readings, reading),
            )
        )
    return tuple(made)


def _undated(said: Statement) -> bool:
    return said.kind not in DECIDED and said.has(Facet.STILL_DECIDING, Facet.DELAY)


def _before_the_talk(window: Window, reading: Reading) -> bool:
    """Whether the day of a decision is no later than that of the interview which the same message fixes: it is the
    interview's own day."""
    starts = [one.start.date() for said in reading.statements for one in said.interviews]
    return bool(starts) and window.latest <= max(starts) and max(starts) > reading.date.date()


def _still_to_come(promise: Promise, reading: Reading) -> bool:
    today = reading.date.astimezone(ZoneInfo(reading.zone)).date()
    return promise.window is not None and promise.window.latest >= today


def _interviewed(meetings: Sequence[Meeting], readings: Sequence[Reading], moment: datetime) -> bool:
    """Whether an interview lay behind by `moment`."""
    if any(one.status is MeetingStatus.FIXED and one.over_at <= moment for one in meetings):
        return True
    said = (each for one in readings if one.date <= moment for each in one.statements)
    return any(one.has(Facet.INTERVIEW_HELD) or one.kind is Kind.OWN_THANK_YOU for one in said)


def _answers_check_in(readings: Sequence[Reading], answer: Reading) -> bool:
    """Whether it is the first word of a human of theirs since the person asked for news."""
    earlier = [one for one in readings if (one.date, one.message_id) < (answer.date, answer.message_id)]
    for one in reversed(earlier):
        if by_human(one):
            return False
        if asks_news(one):
            return True
    return False


def asks_news(reading: Reading) -> bool:
    """Whether it is the person's question for news; word of another offer is a letter of its own."""
    if reading.direction is not Direction.OUT or reading.writer is not Writer.PERSON:
        return False
    if any(one.has(Facet.TELLS_DEADLINE) for one in reading.statements):
        return False
    return any(one.kind is Kind.OWN_CHECK_IN or one.has(Facet.ASKS_NEWS) for one in reading.statements)


def _quote(said: Statement) -> str:
    fields = {one.field: one.quote for one in said.evidence}
    return fields.get("decision_by") or fields.get("kind") or next(iter(fields.values()), "")
