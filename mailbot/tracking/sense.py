"""What a mail was read to say and cannot have said where it stands among the others of its application."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from mailbot.mail.message import Direction
from mailbot.reading.statements import Facet, Interview, InterviewStatus, Kind, Reading, Slot, Statement
from mailbot.tracking.clues import BEGINNINGS
from mailbot.tracking.voices import by_human

# The confidence from which an acceptance is believed though no offer is known: it may have come by phone; and from
# which a withdrawal is.
SURELY = 0.8
_TALKS = (Kind.INTERVIEW_REQUEST, Kind.INTERVIEW_CONFIRMED, Kind.INTERVIEW_RESCHEDULED)
_NOES = (Kind.REJECTION, Kind.POSITION_CLOSED)
_TIMED = 0.8
_GUESSED = 0.3  # what is less sure than this is a guess, whatever stands around it


def sensible(readings: Sequence[Reading]) -> list[Reading]:
    """The messages of one application, oldest first, each read as it makes sense after those before it."""
    found: list[Reading] = []
    for one in readings:
        read = (
            _as_reply(one, found)
            or _as_no_offer(one)
            or _as_doubt(one, found)
            or _as_undecided(one)
            or _as_receipt(one, found)
            or _as_hand_in(one, found)
            or _as_proposal(one, found)
        )
        found.append(read or (with_its_times(one) if found else one))
    return found


def _as_reply(one: Reading, before: Sequence[Reading]) -> Reading | None:
    """Words that may accept ('I would love to join you') accept nothing by the way, in a mail that is about something
    else, where nothing was offered. Where they are all it says, two of three must speak for it: that something was
    offered, that it is sure, that it is no plain reply ('Yes, that works', 'I will answer by the 14th')."""
    if all(said.kind is not Kind.OWN_ACCEPTANCE for said in one.statements):
        return None
    offered = _says(before, Kind.OFFER)
    sure, reply = one.main.confidence >= SURELY, _rather_a_reply(one) or _answers_an_invitation(one, before)
    if (offered + sure + (not reply) >= 2) if one.kind is Kind.OWN_ACCEPTANCE else offered:
        return None
    return _main_as(one, lambda kind: Kind.OWN_REPLY if kind is Kind.OWN_ACCEPTANCE else kind)


def _answers_an_invitation(one: Reading, before: Sequence[Reading]) -> bool:
    """Whether what it answers is about a talk: 'that suits me, I will see you on the 9th' says yes to that alone."""
    return any(said.message_id == one.in_reply_to and said.kind in _TALKS for said in before)


def _as_no_offer(one: Reading) -> Reading | None:
    """Words that may offer ('approval came, the letter is being prepared') offer nothing where their thread makes them
    something else more surely: an offer sets much going."""
    thread = one.in_context[:1]
    if one.kind is not Kind.OFFER or one.main.confidence >= SURELY or not by_human(one):
        return None
    if any(said.kind is not Kind.OFFER and said.confidence > one.main.confidence for said in thread):
        return replace(one, statements=one.in_context)
    return None


def _as_doubt(one: Reading, before: Sequence[Reading]) -> Reading | None:
    """Words that may withdraw are a reply where they ask for another time, may as well be one in their thread, or
    answer a no: a withdrawal ends all, so it has to be plain."""
    if one.kind is not Kind.OWN_WITHDRAWAL or one.main.confidence >= SURELY:
        return None
    answers_no = any(_says(before, kind) for kind in _NOES)
    if not (answers_no or _rather_a_reply(one) or one.main.has(Facet.DOUBTS_INTERVIEW)):
        return None
    return _main_as(one, lambda kind: Kind.OWN_REPLY if kind is Kind.OWN_WITHDRAWAL else kind)


def _rather_a_reply(one: Reading) -> bool:
    """Whether its thread makes it a reply more surely than its words alone make it something else."""
    return any(said.kind is Kind.OWN_REPLY and said.confidence > one.main.confidence for said in one.in_context[:1])


def _as_undecided(one: Reading) -> Reading | None:
    """Who still decides, or names a day by which they will, has not said no: 'a yes or a no from us by Friday', 'we
    are still deciding, I am afraid'. A no that is plain stays one."""
    surely = one.kind in _NOES and one.main.confidence >= SURELY
    if one.direction is not Direction.IN or surely or not any(said.kind in _NOES for said in one.statements):
        return None
    if not any(_leaves_open(said, one) for said in one.statements):
        return None
    kept = [said for said in one.statements if said is one.main or said.kind not in _NOES]
    if one.kind in _NOES:
        kept[0] = replace(one.main, kind=Kind.STATUS_UPDATE)
    return replace(one, statements=tuple(kept))


def _leaves_open(said: Statement, one: Reading) -> bool:
    ahead = said.decision_by is not None and said.decision_by.latest >= one.date.astimezone(ZoneInfo(one.zone)).date()
    return said.has(Facet.STILL_DECIDING) or ahead


def _as_receipt(one: Reading, before: Sequence[Reading]) -> Reading | None:
    """A machine's warm word on an application of which nothing else was heard yet ('lovely that you want to join us')
    is its receipt: nobody is offered a job unseen."""
    if one.kind is not Kind.OFFER or one.direction is not Direction.IN or by_human(one):
        return None
    if any(other.kind not in BEGINNINGS for other in before):
        return None
    return _main_as(one, lambda kind: Kind.APPLICATION_RECEIVED if kind is Kind.OFFER else kind)


def with_its_times(reading: Reading) -> Reading:
    """A mail of a known thread or application that is about a talk and names its time is surely about it."""
    said = reading.main
    if said.kind not in _TALKS or said.confidence < _GUESSED or not (said.interviews or said.proposed):
        return reading
    return as_sure_as(_TIMED, reading)


def as_sure_as(confidence: float, reading: Reading) -> Reading:
    """The same, at least so sure."""
    if reading.main.confidence >= confidence:
        return reading
    said = replace(reading.main, confidence=confidence)
    return replace(reading, statements=(said, *reading.statements[1:]))


def _as_hand_in(one: Reading, before: Sequence[Reading]) -> Reading | None:
    """What the person sends along in answer to the mail that set a test is the test."""
    if one.direction is not Direction.OUT or not one.main.has(Facet.ENCLOSES):
        return None
    answered = {one.in_reply_to, *one.references}
    tests = [other for other in before if other.message_id in answered and _says([other], Kind.ASSESSMENT)]
    if not tests:
        return None
    return replace(one, statements=(_with(one.main, Facet.HANDED_IN), *one.statements[1:]))


def _as_proposal(one: Reading, before: Sequence[Reading]) -> Reading | None:
    """A time that no mail has named yet cannot be called off: who moves a talk and asks about it proposes it."""
    said = one.main
    if said.kind is not Kind.INTERVIEW_RESCHEDULED or not by_human(one) or not said.has(Facet.ASKS):
        return None
    known = {time.start for other in before for each in other.statements for time in _times(each)}
    new = [time for time in said.interviews if _is_off(time) and time.start not in known]
    if not (known and new):
        return None
    kept = tuple(time for time in said.interviews if time not in new)
    proposed = (*said.proposed, *(Slot(time.start, time.end) for time in new))
    return replace(one, statements=(replace(said, interviews=kept, proposed=proposed), *one.statements[1:]))


def _times(said: Statement) -> tuple[Interview | Slot, ...]:
    return (*said.interviews, *said.proposed, *said.chosen)


def _is_off(time: Interview) -> bool:
    return time.status is InterviewStatus.CANCELLED and not time.uid


def _with(said: Statement, facet: Facet) -> Statement:
    return replace(said, facets=said.facets | {facet})


def _says(readings: Sequence[Reading], kind: Kind) -> bool:
    return any(said.kind is kind for one in readings for said in one.statements)


def _main_as(reading: Reading, turned: Callable[[Kind], Kind]) -> Reading:
    return replace(reading, statements=tuple(replace(one, kind=turned(one.kind)) for one in reading.statements))
