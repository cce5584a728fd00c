"""Who would employ the person and who only acts for them, from all messages of one application together."""

from __future__ import annotations

from collections.abc import Collection

from mailbot.reading.statements import Part
from mailbot.tracking.domains import organisation, resembles
from mailbot.tracking.facts import Spelling, best_name
from mailbot.tracking.names import Likeness, compare_companies
from mailbot.tracking.naming import Known, in_full, mentioned, unread
from mailbot.tracking.profile import Profile
from mailbot.tracking.titling import title
from mailbot.tracking.voices import by_human

MENTION, MENTIONS = 0.2, 3  # how much more a name is believed for each place that has it, and for how many
ASKING = frozenset({Part.INTERVIEWER, Part.HIRING_MANAGER})


def employer(profile: Profile, kin: Collection[str] = ()) -> tuple[str | None, str | None]:
    """The organisation that would employ the person, as fully as it is written anywhere, and the agency that acts for
    it: never the same one. `kin`: how their other applications there name it."""
    texts, titles = profile.texts, profile.roles
    agency = profile.agency or _go_between(profile)
    named = {text: _heard(one, texts, titles) for text, one in profile.believed.items()}
    company = best_name(named)
    if company and compare_companies(company, agency) is Likeness.SAME:
        named = {text: one for text, one in named.items() if compare_companies(text, agency) is Likeness.DIFFERENT}
        company = best_name(named)
    if not any(one.written for one in named.values()) and (client := unread(company, agency, texts, titles)):
        company, agency = client, agency or (company if _differ(company, client) else None)
    known = Known({*texts, *kin}, titles, profile.domains, profile.names)
    return (in_full(company, known) if company else None), agency


def job(profile: Profile, company: str | None) -> str | None:
    """The title of the job at that employer."""
    return title(profile.roles, company, profile.texts)


def _heard(one: Spelling, texts: Collection[str], titles: Collection[str]) -> Spelling:
    return one.times(1 + MENTION * min(mentioned(one.text, texts, titles), MENTIONS)) if one.written else one


def _differ(one: str | None, other: str) -> bool:
    return compare_companies(one, other) is Likeness.DIFFERENT


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
