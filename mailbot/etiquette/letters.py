"""One letter a person: which of several letters to one person on one application is the one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from mailbot.etiquette.case import Settled
from mailbot.etiquette.follow_up import FollowUp, FollowUpKind, Verdict
from mailbot.etiquette.lying import lies_too_long
from mailbot.etiquette.rules import Etiquette
from mailbot.etiquette.verdicts import settle
from mailbot.reading.statements import Reader

# Of one follow-up found twice (two interviews that one mail fixed), the one that says most of what there is to do.
_TELLING = (
    Verdict.DUE,
    Verdict.UNSURE,
    Verdict.PAUSED,
    Verdict.THEIRS_TO_WRITE,
    Verdict.DONE,
    Verdict.OVERTAKEN,
    Verdict.PASSED,
    Verdict.COMING,
)
# Of letters due at one moment, the later in this list is placed.
_WEIGHT = tuple(FollowUpKind)


def one_a_person(found: Iterable[FollowUp], now: datetime, etiquette: Etiquette, reader: Reader) -> Iterator[FollowUp]:
    """Nobody has two unsent drafts of ours on one application: the later takes the earlier in."""
    by_person: defaultdict[tuple[str, str], list[FollowUp]] = defaultdict(list)
    for one in found:
        if one.kind is FollowUpKind.INTERVIEW_NOTES or not one.identity.recipient:
            yield one
        else:
            by_person[one.application, one.identity.recipient].append(one)
    for letters in by_person.values():
        letters.sort(key=lambda one: (one.due, _WEIGHT.index(one.kind)))
        for at, one in enumerate(letters):
            later = next((new for new in letters[at + 1 :] if _was_placed(new, now)), None)
            earlier = [old.identity for old in letters[:at] if _may_lie(old, one.due, etiquette, reader)]
            taking = replace(one, takes_in=tuple(old for old in earlier if not one.identity.same(old)))
            if later and _unsettled(one, later.due):
                why = Settled(later.due, None, f"A later letter to the same person takes it in ({later.kind.words}).")
                yield settle(taking, why)
            else:
                yield taking


def merged(found: Iterable[FollowUp]) -> list[FollowUp]:
    """Each follow-up once: two of one kind and recipient that share a message are the same."""
    kept: list[FollowUp] = []
    taken: defaultdict[tuple[FollowUpKind, str], set[str]] = defaultdict(set)
    for one in sorted(found, key=lambda one: (_TELLING.index(one.verdict), one.due)):
        messages = taken[one.kind, one.identity.recipient]
        if messages.isdisjoint(one.identity.occasion):
            messages.update(one.identity.occasion)
            kept.append(one)
    return kept


def _unsettled(one: FollowUp, at: datetime) -> bool:
    return one.due <= at and (one.settled_at is None or one.settled_at > at)


def _was_placed(one: FollowUp, now: datetime) -> bool:
    """Whether, by the clock, a draft of it has been put there."""
    return one.due <= now and one.verdict is not Verdict.THEIRS_TO_WRITE and _unsettled(one, one.due)


def _may_lie(one: FollowUp, at: datetime, etiquette: Etiquette, reader: Reader) -> bool:
    return _unsettled(one, at) and not lies_too_long(one.kind, one.due, at, etiquette, reader)
