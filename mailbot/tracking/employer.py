"""Who would employ the person and who only acts for them, from all messages of one application together."""

from __future__ import annotations

from mailbot.reading.statements import Part
from mailbot.tracking.domains import organisation, resembles
from mailbot.tracking.facts import best_name
from mailbot.tracking.names import Likeness, compare_companies
from mailbot.tracking.profile import Profile
from mailbot.tracking.voices import by_human

ASKING = frozenset({Part.INTERVIEWER, Part.HIRING_MANAGER})


def employer(profile: Profile) -> tuple[str | None, str | None]:
    """The organisation that would employ the person, and the agency that acts for it: never the same one."""
    company = profile.company
    agency = profile.agency or _go_between(profile)
    if company and compare_companies(company, agency) is Likeness.SAME:
        named = profile.companies.items()
        company = best_name({text: one for text, one in named if compare_companies(text, agency) is Likeness.DIFFERENT})
    return company, agency


def _go_between(profile: Profile) -> str | None:
    """The organisation that most messages name, where its people only write and whoever asks the questions is all at
    another one that is named too: nobody said so, but it acts for the other."""
    named = profile.company
    if not named:
        return None
    others = [text for text in profile.companies if compare_companies(text, named) is Likeness.DIFFERENT]
    homes = _homes_of_interviewers(profile)
    elsewhere = bool(homes) and not any(resembles(home, named) for home in homes)
    if not elsewhere or not any(resembles(home, other) for home in homes for other in others):
        return None
    writers = {
        organisation(one.reading.sender.domain)
        for one in profile.members
        if one.reading.sender and by_human(one.reading)
    }
    return named if any(home and resembles(home, named) for home in writers) else None


def _homes_of_interviewers(profile: Profile) -> set[str]:
    emails = {
        person.email
        for one in profile.members
        for statement in one.reading.statements
        for person in statement.people
        if person.part in ASKING and person.email
    }
    return {organisation(one.rpartition("@")[2]) for one in emails} - {""}
