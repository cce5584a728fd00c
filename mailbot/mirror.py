"""A replay as a mirror: each draft that would have come, and what the person did instead. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from mailbot.etiquette.follow_up import FollowUp, FollowUpKind, Identity, Verdict
from mailbot.outcome import DraftPlaced, Outlook


@dataclass(frozen=True, slots=True)
class Reflection:
    """One draft that would have come at `placed.at`; `instead` says what the person did, in a few words."""

    placed: DraftPlaced
    instead: str


@dataclass(frozen=True, slots=True)
class Mirror:
    """`faster` counts the letters that the person had written before a draft would have come."""

    reflections: tuple[Reflection, ...]
    faster: int


def mirror(placed: Sequence[DraftPlaced], end: Outlook) -> Mirror:
    """`placed` are all drafts of a replay in order of time, `end` how everything stood when it was over. Notes to
    oneself are left out: nobody sends them."""
    letters = [one for one in placed if not one.recomposed and one.follow_up.kind is not FollowUpKind.INTERVIEW_NOTES]
    came = [one.follow_up.identity for one in letters]
    faster = [one for one in end.plan.follow_ups if one.verdict is Verdict.DONE and not _among(one.identity, came)]
    return Mirror(tuple(Reflection(one, _instead(one, end)) for one in letters), len(faster))


def in_words(time: timedelta) -> str:
    """'20 minutes', '3 hours', '2 days'."""
    minutes = max(int(time.total_seconds() // 60), 1)
    for size, unit in ((24 * 60, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size:
            count = minutes // size
            return f"{count} {unit}{'s' if count > 1 else ''}"
    return ""


def _instead(one: DraftPlaced, end: Outlook) -> str:
    now = next((each for each in end.plan.follow_ups if each.identity.same(one.follow_up.identity)), None)
    if now is not None and now.verdict is Verdict.DONE:
        return f"you wrote yourself {_later(one.at, now)}".strip()
    if now is not None and now.verdict is Verdict.OVERTAKEN:
        return f"you sent nothing; {now.reason.text[0].lower()}{now.reason.text[1:]}"
    return "you sent nothing"


def _later(at: datetime, now: FollowUp) -> str:
    if now.settled_at is None or now.settled_at <= at:
        return ""
    return f"{in_words(now.settled_at - at)} later"


def _among(identity: Identity, others: Sequence[Identity]) -> bool:
    return any(identity.same(one) for one in others)
