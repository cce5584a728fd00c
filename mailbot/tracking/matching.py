"""Which messages are one application: conversations of one group matched to applications in the order of time.

A pure function of the messages and the person's constraints; the order of arrival cannot matter, since conversations
take their turn by Date. What fits two living applications equally well is a question, not a guess.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from mailbot.reading.statements import Authentication, Kind
from mailbot.tracking.acquaintance import acquainted
from mailbot.tracking.application import Constraint
from mailbot.tracking.clues import Clues
from mailbot.tracking.delivery import undelivered
from mailbot.tracking.evidence import Fit, fit, lives
from mailbot.tracking.grouping import Conversations, Forbidden, together
from mailbot.tracking.profile import Profile
from mailbot.tracking.voices import NO_WORD

# Two applications whose scores differ by less than this fit equally well.
MARGIN = 1.0
# What takes something back. Said by mail that its own domain does not vouch for, it does nothing until the person says
# that it is genuine: a forged no would take back drafts and stop every letter to come.
_TAKES_BACK = frozenset({Kind.REJECTION, Kind.POSITION_CLOSED, Kind.INTERVIEW_CANCELLED})


@dataclass(frozen=True, slots=True)
class Doubt:
    """A conversation that fits several applications equally well, or a mail that is not proved to belong to one."""

    conversation: Profile
    candidates: tuple[Profile, ...]


@dataclass(frozen=True, slots=True)
class Matched:
    """The applications of a group, as what is known of each, in the order of their first messages."""

    applications: tuple[Profile, ...]
    doubts: tuple[Doubt, ...]


def match(found: Sequence[Clues], constraints: Sequence[Constraint]) -> Matched:
    """The applications among the messages of one group, which are given oldest first."""
    found = acquainted(found)
    joined = together(constraints)
    unproved = [one for one in found if one.id not in joined and _unproved(one)]
    lost = undelivered([one.reading for one in found])
    hangers = [one for one in found if one.id not in joined and (one.id in lost or _hangs(one))]
    aside = {one.id for one in (*hangers, *unproved)}
    words = [one for one in found if one.id not in aside]
    cases = _Cases(constraints)
    open_doubts = [one for one in Conversations(words, constraints).all() if not cases.take(one)]
    # What was in doubt in its turn may be plain once all is known.
    doubts = [doubt for one in open_doubts if (doubt := cases.settle(one))]
    for one in hangers:
        cases.hang(one)
    denied = {one.messages for one in constraints if not one.together}
    doubts += [doubt for one in unproved if (one.id,) not in denied and (doubt := cases.posed(one))]
    kept = sorted((one for one in cases.all if one.pursued), key=lambda one: one.order)
    return Matched(tuple(kept), tuple(one for one in doubts if all(any(x is y for y in kept) for x in one.candidates)))


def _hangs(one: Clues) -> bool:
    """Whether it can only hang on to an application that there is."""
    return one.reading.writer in NO_WORD or one.kind is Kind.UNRELATED


def _unproved(one: Clues) -> bool:
    """Whether it takes something back and its domain's own check says that it does not come from there."""
    failed = one.reading.authentication is Authentication.FAIL
    return failed and any(said.kind in _TAKES_BACK for said in one.reading.statements)


class _Cases:
    """Applications in the making, found by any anchor."""

    def __init__(self, constraints: Sequence[Constraint]) -> None:
        self.all: list[Profile] = []
        self._forbidden = Forbidden(constraints)
        self._by: defaultdict[Hashable, dict[int, Profile]] = defaultdict(dict)
        self._of: dict[str, Profile] = {}

    def take(self, conversation: Profile) -> bool:
        """Give a conversation to the application that it fits best, or let it be a new one; False in doubt."""
        ranked = self._ranked(conversation)
        if len(self._equals(conversation, ranked)) > 1:
            return False
        self._give(conversation, ranked)
        return True

    def settle(self, conversation: Profile) -> Doubt | None:
        """The second look, when everything else has its place."""
        ranked = self._ranked(conversation)
        equals = self._equals(conversation, ranked)
        if len(equals) > 1:
            return Doubt(conversation, tuple(equals))
        self._give(conversation, ranked)
        return None

    def hang(self, one: Clues) -> None:
        """Attach what makes no application: to the message that it answers or names, else to the application of the
        person from or to whom it goes that was last active; else nowhere."""
        answered = [self._of[key] for key in (*one.answers, *one.reading.bounced) if key in self._of]
        keys = (*one.uids, *one.people, *one.reading.bounced)
        known = [case for key in keys for case in self._by[key].values() if case.last_before(one.reading.date)]
        known.sort(key=lambda case: (case.last_before(one.reading.date), case.order), reverse=True)
        for case in (*answered, *known):
            if not self._forbidden.between([one], case.members):
                self._join(case, [one])
                return

    def posed(self, one: Clues) -> Doubt | None:
        """The application to which a mail that is not proved says that it belongs."""
        alone = Profile()
        alone.add([one])
        answered = [self._of[key] for key in one.answers if key in self._of]
        near = [*answered, *(case for _, case in self._ranked(alone))]
        return Doubt(alone, (near[0],)) if near else None

    def _ranked(self, conversation: Profile) -> list[tuple[Fit, Profile]]:
        near = {id(case): case for one in conversation.members for key in one.links for case in self._by[key].values()}
        fits = [
            (found, case)
            for case in near.values()
            if (found := fit(conversation, case)) and not self._forbidden.between(conversation.members, case.members)
        ]
        return sorted(fits, key=lambda pair: (-pair[0].score, pair[1].order))

    def _equals(self, conversation: Profile, ranked: list[tuple[Fit, Profile]]) -> list[Profile]:
        if not ranked:
            return []
        best = ranked[0][0].score
        equal = [case for found, case in ranked if best - found.score < MARGIN]
        living = [case for case in equal if case.pursued and lives(case, conversation.first)]
        return living or equal[:1]

    def _give(self, conversation: Profile, ranked: list[tuple[Fit, Profile]]) -> None:
        if ranked:
            found, case = ranked[0]
            case.weak = min(case.weak, found.confidence)
            self._join(case, conversation.members)
        else:
            self.all.append(conversation)
            self._index(conversation, conversation.members)

    def _join(self, case: Profile, added: Sequence[Clues]) -> None:
        case.add(added)
        self._index(case, added)

    def _index(self, case: Profile, added: Sequence[Clues]) -> None:
        for one in added:
            self._of[one.id] = case
            for key in one.links:
                self._by[key][id(case)] = case
