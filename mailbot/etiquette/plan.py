"""All applications at one moment -> every follow-up with its verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from mailbot.etiquette.answers import invitation_replies, offer_replies
from mailbot.etiquette.asked import asked_letters, confirmations
from mailbot.etiquette.case import Case, Settled, open_cases
from mailbot.etiquette.checkins import check_ins
from mailbot.etiquette.doubts import answer, belongs_surely, doubts, read_surely, trusted
from mailbot.etiquette.elsewhere import offers_elsewhere
from mailbot.etiquette.endings import lives_elsewhere, rejection_thanks, stay_in_touch
from mailbot.etiquette.follow_up import FollowUp, FollowUpKind, Plan, Verdict
from mailbot.etiquette.letters import merged, one_a_person
from mailbot.etiquette.memory import Family, Memory
from mailbot.etiquette.notes import interview_notes
from mailbot.etiquette.recipients import addressed_surely, answer_about
from mailbot.etiquette.rules import ALWAYS, Etiquette, patience
from mailbot.etiquette.strikes import struck_out
from mailbot.etiquette.thanks import formal_letters, thanks
from mailbot.etiquette.turns import debts, hints
from mailbot.etiquette.verdicts import is_open, settle
from mailbot.etiquette.wishes import Answered, Muted, Uninterested, Wish, by_application, last, pause_at
from mailbot.reading.statements import Reader
from mailbot.tracking.application import Application, EventKind, Stage
from mailbot.tracking.stages import stage

_FAMILIES: tuple[Family, ...] = (
    thanks,
    formal_letters,
    check_ins,
    invitation_replies,
    offer_replies,
    rejection_thanks,
    stay_in_touch,
    offers_elsewhere,
    interview_notes,
    confirmations,
)
# What looks at the other applications too, and is not remembered.
_ACROSS = (offers_elsewhere,)
# What says or lives on interest: not for who has none. Thanks for the time and for a no stay.
_INTERESTED = frozenset({
    FollowUpKind.FORMAL_LETTER, FollowUpKind.CHECK_IN, FollowUpKind.SECOND_CHECK_IN, FollowUpKind.INVITATION_REPLY,
    FollowUpKind.OFFER_REPLY, FollowUpKind.STAY_IN_TOUCH, FollowUpKind.OFFER_ELSEWHERE,
})  # fmt: skip
_OVER = (Stage.WITHDRAWN, Stage.ACCEPTED)
_HEARD_ELSEWHERE = (EventKind.OFFERED, EventKind.ACCEPTED)
_BY_THE_PERSON = (EventKind.WITHDREW, EventKind.ACCEPTED)


def plan(
    applications: Sequence[Application],
    now: datetime,
    etiquette: Etiquette,
    reader: Reader,
    wishes: Sequence[Wish] = (),
    memory: Memory | None = None,
) -> Plan:
    """All follow-ups of all applications with their verdicts at `now` (aware), by due. `wishes` are the person's,
    oldest first; a `memory` of earlier plans makes this one cheaper, and no other. Pure: nothing is known of what was
    placed. Raises ConfigError where the reader's region is none of their country's."""
    memory = memory or Memory()
    cases = open_cases(applications, now, etiquette, reader, by_application(wishes, applications), memory.contents)
    loud = tuple(case.application for case in cases if any(one.kind in _HEARD_ELSEWHERE for one in case.endings))
    found = [(case, _follow_ups(case, memory, loud)) for case in cases]
    listed = merged(one for _, several in found for one in several)
    talked_of = [
        (case, several)
        for case, several in found
        if last(case.wishes, Muted) is None and _ended_by_the_person(case) is None
    ]
    owed = tuple(debt for case, several in talked_of for debt in debts(case, several))
    clock = [moment for _, several in found for one in several for moment in _turns(one)]
    clock += [moment for debt in owed for moment in debt.notices]
    clock += [pause.until for case in cases if (pause := pause_at(case.wishes, now)) and pause.until]
    return Plan(
        follow_ups=tuple(sorted(listed, key=lambda one: (one.due, one.kind, one.identity.recipient))),
        debts=owed,
        hints=tuple(hint for case, several in talked_of for hint in hints(case, several)),
        questions=tuple(question for case, several in talked_of for question in doubts(case, several)),
        next_due=min((moment for moment in clock if moment > now), default=None),
    )


def _follow_ups(case: Case, memory: Memory, loud: tuple[Application, ...]) -> tuple[FollowUp, ...]:
    """What one application asks for. `loud` are the applications that the others may have to do with; beside these
    only a word to stay in touch looks at another one."""
    if any(is_open(one) for one in memory.find(case, stay_in_touch)):
        return tuple(_limited_letters(case, memory))
    return memory.find(case, lambda one: _limited_letters(one, memory), name="all", beside=loud)


def _limited_letters(case: Case, memory: Memory) -> Iterator[FollowUp]:
    """What one application asks for, within the limits that hold for all kinds, as far as it is sure."""
    found = (family(case) if family in _ACROSS else memory.find(case, family) for family in _FAMILIES)
    every = (one for several in found for one in several if one.identity.occasion)
    ended, accepted = _ended_by_the_person(case), _accepted_elsewhere(case)
    limited = [_wished(case, _limited(case, one, ended, accepted)) for one in every]
    one_each = one_a_person((*limited, *asked_letters(case)), case.now, case.etiquette, case.reader)
    paused = pause_at(case.wishes, case.now)
    for one in one_each:
        if one.verdict is Verdict.DUE and not (one.asked or _sure(case, one)):
            yield replace(one, verdict=Verdict.UNSURE)
        elif paused and _waits(one):
            yield replace(one, verdict=Verdict.PAUSED)
        else:
            yield one


def _limited(case: Case, one: FollowUp, ended: Settled | None, accepted: Settled | None) -> FollowUp:
    """Ended by the person, accepted elsewhere, or one strike too many: whichever of these holds, it is overtaken.
    After an acceptance nothing unprompted is drafted for the others."""
    if not is_open(one):
        return one
    limit = ended or (accepted if one.kind not in ALWAYS else None)
    if limit is None and one.kind is FollowUpKind.STAY_IN_TOUCH:
        limit = lives_elsewhere(case, one.to)
    if limit is None and one.verdict is not Verdict.PASSED:
        limit = struck_out(case, one)
    return settle(one, limit) if limit else one


def _wished(case: Case, one: FollowUp) -> FollowUp:
    """Overtaken by the person's wish: nothing for what they muted, nothing eager where they are not interested."""
    muted, cool = last(case.wishes, Muted), last(case.wishes, Uninterested)
    if not is_open(one):
        return one
    if muted:
        return settle(one, Settled(muted.at, None, "You want nothing for this application."))
    if answer_about(case, one.identity.recipient) is False and (said := last(case.wishes, Answered)):
        return settle(one, Settled(said.at, None, "You said that this is not their address."))
    if answer(case, one) is False and (said := last(case.wishes, Answered)):
        return settle(one, Settled(said.at, None, "You said that the mail does not say so."))
    if cool and one.kind in _INTERESTED:
        return settle(one, Settled(cool.at, None, "You are not interested any more."))
    return one


def _waits(one: FollowUp) -> bool:
    """Whether a pause holds it up: not the letters that the person asks for, nor notes to themselves."""
    return one.verdict is Verdict.DUE and not one.asked and one.kind is not FollowUpKind.INTERVIEW_NOTES


def _ended_by_the_person(case: Case) -> Settled | None:
    """A withdrawal or an acceptance ends everything for its application, until something new begins there."""
    last = next((one for one in reversed(case.endings) if one.kind in _BY_THE_PERSON), None)
    if last is None or stage(case.application, case.now, patience(case.etiquette)) not in _OVER:
        return None
    return Settled(last.at, last.message_id, "You have ended it.")


def _accepted_elsewhere(case: Case) -> Settled | None:
    """The acceptance of another offer after this application had begun."""
    begun = min((reading.date for reading in case.by_id.values()), default=case.now)
    for other in (one for one in case.others if one.endings):
        if accepted := other.ending((EventKind.ACCEPTED,), begun):
            return Settled(accepted.at, accepted.message_id, "You have accepted an offer elsewhere.")
    return None


def _sure(case: Case, one: FollowUp) -> bool:
    """Whether the match, what was read and the recipient are sure enough to draft on, and nobody is to be feared."""
    sure = belongs_surely(case) and read_surely(case, one) and addressed_surely(case, one)
    return sure and trusted(case, one)


def _turns(one: FollowUp) -> tuple[datetime, ...]:
    """When its verdict changes by the clock alone."""
    return (one.due, one.until) if is_open(one) else ()
