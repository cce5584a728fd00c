"""The messages of one application -> the Application: its people, interviews, promises, debts and events."""

from __future__ import annotations

from collections.abc import Sequence

from mailbot.reading.statements import Reading
from mailbot.tracking.application import Application
from mailbot.tracking.asks import Debts
from mailbot.tracking.assurance import LONE, assured
from mailbot.tracking.attendance import Attendance
from mailbot.tracking.delivery import undelivered
from mailbot.tracking.employer import employer, job
from mailbot.tracking.events import events
from mailbot.tracking.meetings import Meetings
from mailbot.tracking.profile import Profile
from mailbot.tracking.promises import promises
from mailbot.tracking.roster import Roster
from mailbot.tracking.sense import sensible
from mailbot.tracking.threads import Threads
from mailbot.tracking.unsaid import unsaid
from mailbot.tracking.words import Correction, PersonsWord, spoken_events, spoken_fact, with_words


def application(
    profile: Profile, own: frozenset[str], words: Sequence[PersonsWord] = (), kin: frozenset[str] = frozenset()
) -> Application:
    """All that its messages, and what the person told beside them, make of it; `id` and `slug` are still empty, since
    they depend on the other applications. `kin`: how those at the same organisation name it. What a message says counts
    from its Date, whenever it arrived; a message that bounced was never sent."""
    readings = _delivered(sensible(with_words([one.reading for one in profile.members], words)))
    company, agency = employer(profile, kin)
    company = spoken_fact(words, "company") or company
    threads = Threads(readings)
    roster = Roster(readings, own, company, agency)
    for one in words:
        if isinstance(one, Correction) and one.person:
            roster.recast(one.person)
    told = Meetings(readings, roster, threads)
    meetings = Attendance(told, roster).all()
    contacts = {one: roster.contact(one) for one in roster.members}
    readings = unsaid(readings, meetings)
    promised = promises(readings, meetings, lambda one: contacts[who] if (who := roster.writer(one)) else None)
    return Application(
        id="",
        slug="",
        company=company,
        agency=agency,
        role=spoken_fact(words, "role") or job(profile, company),
        requisition=_requisition(readings),
        readings=readings,
        contacts=tuple(contacts.values()),
        meetings=meetings,
        promises=promised,
        asks=Debts(readings, meetings, {turn.reading.message_id for turn in told.past}, threads).all(),
        events=events(readings, told, meetings, promised, spoken_events(words)),
        confidence=_confidence(profile, words),
    )


def _confidence(profile: Profile, words: Sequence[PersonsWord]) -> float:
    """That of the weakest join; low where no mail shows that there is an application and the person said nothing."""
    if words or any(assured(one.reading) for one in profile.members):
        return profile.weak
    return min(profile.weak, LONE)


def _requisition(readings: tuple[Reading, ...]) -> str | None:
    found = [one.requisition for reading in readings for one in reading.statements if one.requisition]
    return max(dict.fromkeys(found), key=found.count, default=None)


def _delivered(readings: list[Reading]) -> tuple[Reading, ...]:
    """Without the person's own mail that a delivery report says reached nobody."""
    lost = undelivered(readings)
    return tuple(one for one in readings if one.message_id not in lost)
