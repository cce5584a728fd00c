"""How well a conversation fits an application: anchors and evidence weighed, with what rules a match out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from mailbot.reading.statements import Kind
from mailbot.tracking.clues import BEGINNINGS, STARTS, Profile
from mailbot.tracking.domains import resembles
from mailbot.tracking.names import Likeness, compare_companies, compare_roles

# How much each piece of evidence weighs. Only their order matters: a number for the role outweighs everything, a
# shared time or several shared people outweigh a name, and one who ended or fell silent long ago comes last.
WEIGHTS = {
    "requisition": 8.0,
    "start": 6.0,
    "company": 4.0,
    "role": 4.0,
    "person": 3.0,
    "domain": 3.0,
    "name": 2.0,
    "close": 2.0,
    "expected": 2.0,
    "agency": 1.0,
    "quiet": -3.0,
    "ended": -6.0,
}
QUIET = timedelta(days=60)  # dormant, by the rules
SILENT = timedelta(days=120)  # after this a new application there is another one
COURTESY = timedelta(days=30)  # words that still follow an end
TWIN = timedelta(days=1)  # two receipts of one application come together
PAIR = timedelta(days=14)  # a receipt follows what the person sent
WEAK = 0.8  # a shorter name without any other anchor


@dataclass(frozen=True, slots=True)
class Fit:
    score: float
    confidence: float


def fit(new: Profile, known: Profile) -> Fit | None:
    """How well `new` fits the application `known`; None where it cannot be that one, or nothing links them."""
    company = company_likeness(new, known)
    role = role_likeness(new, known)
    persons = new.people & known.people
    names = new.names & known.names
    starts = new.starts & known.starts
    domains = new.domains & known.domains
    numbers = new.requisitions & known.requisitions
    if company is Likeness.DIFFERENT or (not numbers and _another_role(new, known, role, bool(persons or starts))):
        return None
    if _begins_anew(new, known, role):
        return None
    agency = compare_companies(new.agency, known.agency) >= Likeness.CLOSE
    if not (company >= Likeness.CLOSE or persons or names or starts or domains or numbers or agency):
        return None
    supported = bool(persons or names or starts or domains or numbers) or role is Likeness.SAME
    if company is Likeness.CLOSE and not supported and _employers_differ(new, known):
        return None
    own = {one for one in domains if not _is_agencys(one, new, known)}
    score = sum(
        (
            WEIGHTS["requisition"] * bool(numbers),
            WEIGHTS["start"] * bool(starts),
            WEIGHTS["person"] * bool(persons) + min(len(persons), 4),
            WEIGHTS["name"] * bool(names and not persons),
            WEIGHTS["domain"] * bool(own),
            WEIGHTS["agency"] * (agency or bool(domains - own)),
            {Likeness.SAME: WEIGHTS["company"], Likeness.CLOSE: WEIGHTS["close"]}.get(company, 0),
            {Likeness.SAME: WEIGHTS["role"], Likeness.CLOSE: WEIGHTS["close"]}.get(role, 0),
            WEIGHTS["expected"] * _expected(new, known),
            _liveliness(known, new.first),
        )
    )
    return Fit(score, WEAK if company is Likeness.CLOSE and not supported else 1.0)


def company_likeness(new: Profile, known: Profile) -> Likeness:
    """How alike the employers are; an agency that one of them took for the employer says nothing. Where one names
    none, the domain that it writes from may spell the other's name."""
    if not new.company or not known.company:
        company, silent = (new.company or known.company), (known if new.company else new)
        spelt = company and any(resembles(one, company) for one in silent.domains)
        return Likeness.CLOSE if spelt else Likeness.UNKNOWN
    if Likeness.SAME in (compare_companies(new.company, known.agency), compare_companies(known.company, new.agency)):
        return Likeness.UNKNOWN
    likeness = max(compare_companies(new.company, one) for one in {known.company, *(x.text for x in known.companies)})
    if likeness is Likeness.DIFFERENT:
        shared = new.domains & known.domains
        if any(resembles(one, name) for one in shared for name in (new.company, known.company)):
            return Likeness.CLOSE
    return likeness


def role_likeness(new: Profile, known: Profile) -> Likeness:
    if any(compare_roles(new.role, one.text) is Likeness.SAME for one in known.roles):
        return Likeness.SAME
    return compare_roles(new.role, known.role)


def lives(known: Profile, moment: datetime) -> bool:
    """Whether it had neither ended nor fallen silent by `moment`."""
    return _liveliness(known, moment) == 0


def _liveliness(known: Profile, moment: datetime) -> float:
    last = known.last_before(moment)
    quiet = timedelta() if last is None else moment - last
    if known.ended_before(moment):
        return WEIGHTS["ended"] if quiet > COURTESY else -1.0
    return WEIGHTS["quiet"] if quiet > QUIET else 0.0


def _another_role(new: Profile, known: Profile, role: Likeness, linked: bool) -> bool:
    """Two roles stay two. A title that differs in the middle of a known exchange is a loose word for the same one."""
    if new.requisitions and known.requisitions and (role is not Likeness.SAME or new.of_kind(BEGINNINGS)):
        return True
    return role is Likeness.DIFFERENT and not (linked and not new.of_kind(STARTS))


def _begins_anew(new: Profile, known: Profile, role: Likeness) -> bool:
    """Whether `new` starts another application than `known`: after an end or a long silence, or as a second receipt
    for what may be another role."""
    first = new.first
    last = known.last_before(first)
    quiet = timedelta() if last is None else first - last
    beginnings = new.of_kind(BEGINNINGS)
    if beginnings or new.of_kind(frozenset({Kind.RECRUITER_OUTREACH})):
        if known.ended_before(first) or quiet > SILENT:
            return True
    elif new.of_kind(STARTS) and quiet > SILENT:
        return True
    earlier = known.of_kind(BEGINNINGS)
    if not beginnings or not earlier or role is Likeness.SAME:
        return False
    apart = min(abs(a.reading.date - b.reading.date) for a in beginnings for b in earlier)
    kinds = {one.kind for one in beginnings}, {one.kind for one in earlier}
    if kinds[0].isdisjoint(kinds[1]):
        return apart > PAIR
    one_sender = {one.reading.sender for one in beginnings} & {one.reading.sender for one in earlier}
    return apart > TWIN or bool(one_sender)


def _expected(new: Profile, known: Profile) -> bool:
    """A change of an interview belongs where one is coming."""
    changes = new.of_kind(frozenset({Kind.INTERVIEW_RESCHEDULED, Kind.INTERVIEW_CANCELLED}))
    return bool(changes) and any(one > new.first for one in known.starts)


def _employers_differ(new: Profile, known: Profile) -> bool:
    """Both write from domains of their own, and not from one."""
    return bool(new.domains) and bool(known.domains)


def _is_agencys(domain: str, new: Profile, known: Profile) -> bool:
    return any(name and resembles(domain, name) for name in (new.agency, known.agency))
