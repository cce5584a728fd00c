"""How well a conversation fits an application: anchors and evidence weighed, with what rules a match out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from mailbot.reading.domains import letters
from mailbot.reading.organisations import is_distinct
from mailbot.reading.statements import Kind
from mailbot.tracking.clues import STARTS
from mailbot.tracking.domains import resembles
from mailbot.tracking.names import Likeness, company_words, compare_companies, compare_roles, folded
from mailbot.tracking.profile import Profile
from mailbot.tracking.voices import by_somebody

# How much each piece of evidence weighs. Only their order matters: a number for the role outweighs everything, a
# shared time or several shared people outweigh a name, and one who ended or fell silent long ago comes last.
WEIGHTS = {
    "requisition": 8.0,
    "start": 6.0,
    "company": 5.0,
    "role": 4.0,
    "other role": -2.0,
    "person": 3.0,
    "domain": 3.0,
    "name": 2.0,
    "close": 2.0,
    "expected": 2.0,
    "agency": 1.0,
    "quiet": -3.0,
    "ended": -6.0,
}
_OF_ROLE = {
    Likeness.SAME: WEIGHTS["role"],
    Likeness.CLOSE: WEIGHTS["close"],
    Likeness.DIFFERENT: WEIGHTS["other role"],
}
QUIET = timedelta(days=60)  # dormant, by the rules
SILENT = timedelta(days=120)  # after this a new application there is another one
COURTESY = timedelta(days=30)  # words that still follow an end
TWIN = timedelta(days=1)  # two receipts of one application come together
PAIR = timedelta(days=14)  # a receipt follows what the person sent
TELLING = 6  # letters of the first words of a name by which an address may begin
WEAK = 0.8  # a shorter name without any other anchor


@dataclass(frozen=True, slots=True)
class Fit:
    score: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Shared:
    """The anchors that two have in common."""

    people: frozenset[str]
    names: frozenset[tuple[str, ...]]
    domains: frozenset[str]
    starts: frozenset[datetime]
    requisitions: frozenset[str]
    numbers: frozenset[str]  # the same with those that only seem to stand in subjects; no anchor by themselves

    @classmethod
    def of(cls, new: Profile, known: Profile) -> Shared:
        # A namesake at another organisation is somebody else.
        strangers = bool(new.domains and known.domains) and new.domains.isdisjoint(known.domains)
        return cls(
            frozenset(new.people & known.people),
            frozenset() if strangers else frozenset(new.names & known.names),
            frozenset(new.domains & known.domains),
            frozenset(new.starts & known.starts),
            frozenset(new.requisitions & known.requisitions),
            frozenset((new.numbers | new.requisitions) & (known.numbers | known.requisitions)),
        )

    @property
    def any(self) -> bool:
        return bool(self.people or self.names or self.domains or self.starts or self.requisitions)


def fit(new: Profile, known: Profile) -> Fit | None:
    """How well `new` fits the application `known`; None where it cannot be that one, or nothing links them."""
    company, role, shared = company_likeness(new, known), role_likeness(new, known), Shared.of(new, known)
    if company < Likeness.CLOSE and role is Likeness.SAME and (_is_tools(new, known) or _is_tools(known, new)):
        company = Likeness.CLOSE
    if _rules_out(new, known, company, role, shared) or _begins_anew(new, known, role):
        return None
    agency = _same_agency(new, known, role)
    test = _same_test(new, known)
    if not (company >= Likeness.CLOSE or shared.any or agency or test):
        return None
    alone = company is Likeness.CLOSE and not shared.any and role is not Likeness.SAME
    if alone and new.domains and known.domains:
        return None  # a name inside another one's, and each writes from a domain of its own
    own = {one for one in shared.domains if not _is_agencys(one, new, known)}
    score = sum(
        (
            WEIGHTS["requisition"] * bool(shared.requisitions or shared.numbers),
            WEIGHTS["start"] * bool(shared.starts),
            WEIGHTS["person"] * bool(shared.people) + min(len(shared.people), 4),
            WEIGHTS["name"] * bool(shared.names and not shared.people),
            WEIGHTS["domain"] * bool(own),
            WEIGHTS["name"] * test,
            WEIGHTS["agency"] * (agency or bool(shared.domains - own)),
            {Likeness.SAME: WEIGHTS["company"], Likeness.CLOSE: WEIGHTS["close"]}.get(company, 0),
            _OF_ROLE.get(role, 0),
            WEIGHTS["expected"] * _expected(new, known),
            _liveliness(known, new.first),
        )
    )
    return Fit(score, WEAK if alone else 1.0)


def _is_tools(one: Profile, other: Profile) -> bool:
    """Whether `one` is what robots say of an employer by whose first words the addresses of `other` begin, where a
    human writes of the same title without any application before: 'Savannah Microfinance' and savannahmfb.example."""
    if not one.company or other.beginnings or any(by_somebody(clue.reading) for clue in one.members):
        return False
    parts = company_words(one.company)
    heads = ["".join(parts[:at]) for at in range(1, len(parts)) if at > 1 or is_distinct(parts[0].title())]
    labels = [letters(domain.partition(".")[0]) for domain in other.domains]
    return any(len(head) >= TELLING and label.startswith(head) for head in heads for label in labels)


def _same_test(new: Profile, known: Profile) -> bool:
    """Whether a platform that names no employer speaks of the role for which it sent a test."""
    told = {one.test for one in new.members if one.test and not one.company}
    return bool(told) and any(one.test in told for one in known.of_kind(frozenset({Kind.ASSESSMENT})))


def _same_agency(new: Profile, known: Profile, role: Likeness) -> bool:
    """Whether one agency acts in both; for one role also where one of them took it for the employer."""
    if compare_companies(new.agency, known.agency) >= Likeness.CLOSE:
        return True
    taken = (compare_companies(new.agency, known.company), compare_companies(known.agency, new.company))
    return role is Likeness.SAME and Likeness.SAME in taken


def company_likeness(new: Profile, known: Profile) -> Likeness:
    """How alike the employers are. An agency that one of them took for the employer says nothing; where the names
    differ or one is missing, what a robot calls itself, and the domains they write from, may know better."""
    likeness = Likeness.UNKNOWN
    if new.company and known.company:
        agencies = (compare_companies(new.company, known.agency), compare_companies(known.company, new.agency))
        if Likeness.SAME in agencies:
            return Likeness.UNKNOWN
        likeness = max(compare_companies(new.company, one) for one in known.companies)
    if likeness >= Likeness.CLOSE:
        return likeness
    return max(likeness, _by_label(new, known), _by_domain(new, known))


def _by_label(new: Profile, known: Profile) -> Likeness:
    """What the robots of one call themselves, and the other's employer or robots."""
    pairs = [(label, known.company) for label in new.labels] + [(label, new.company) for label in known.labels]
    pairs += [(one, other) for one in new.labels for other in known.labels]
    found = max((compare_companies(*pair) for pair in pairs), default=Likeness.UNKNOWN)
    return found if found >= Likeness.CLOSE else Likeness.DIFFERENT


def _by_domain(new: Profile, known: Profile) -> Likeness:
    """A shared domain that spells one of two names is the employer's; so is one that spells the only name."""
    shared = new.domains & known.domains if new.company and known.company else new.domains | known.domains
    names = [one for one in (new.company, known.company) if one]
    spelt = any(resembles(one, name) for one in shared for name in names)
    others = [(new.domains, known.company), (known.domains, new.company)]
    # A school writes from its district's domain, a branch from its chain's.
    home = any(name and resembles(one, name) for domains, name in others for one in domains)
    return Likeness.CLOSE if spelt or home else Likeness.DIFFERENT


def role_likeness(new: Profile, known: Profile) -> Likeness:
    # With a no they may name the next role that one might apply for.
    over = min(known.ends, default=None)
    spelt = (text for text, one in known.roles.items() if over is None or one.first < over)
    if any(compare_roles(new.role, one) is Likeness.SAME for one in spelt):
        return Likeness.SAME
    likeness = compare_roles(new.role, known.role)
    if likeness is not Likeness.DIFFERENT:
        return likeness
    bare = [_without(one.role, one.company) for one in (new, known)]
    return compare_roles(*bare) if bare != [new.role, known.role] else likeness


def _without(role: str | None, company: str | None) -> str | None:
    """A title without the employer's name that was taken for a part of it ('Acme, Buyer')."""
    name = company_words(company) if company else ()
    words = folded(role or "")
    found = next((at for at in range(len(words)) if words[at : at + len(name)] == name), None) if name else None
    return role if found is None else " ".join(words[:found] + words[found + len(name) :]) or None


def lives(known: Profile, moment: datetime) -> bool:
    """Whether it had neither ended nor fallen silent by `moment`."""
    return _liveliness(known, moment) == 0


def _liveliness(known: Profile, moment: datetime) -> float:
    last = known.last_before(moment)
    quiet = timedelta() if last is None else moment - last
    if known.ended_before(moment):
        return WEIGHTS["ended"] if quiet > COURTESY else -1.0
    return WEIGHTS["quiet"] if quiet > QUIET else 0.0


def _rules_out(new: Profile, known: Profile, company: Likeness, role: Likeness, shared: Shared) -> bool:
    """Two employers, and two roles at one, stay two. In the middle of an exchange with the same people or about the
    same hour one of the two that differs is a loose word or was misread."""
    if shared.requisitions:
        return company is Likeness.DIFFERENT
    if new.requisitions and known.requisitions and (role is not Likeness.SAME or new.beginnings):
        return True
    differing = [company, role].count(Likeness.DIFFERENT)
    if not differing:
        return False
    if role is Likeness.DIFFERENT and (new.agency or known.agency) and not shared.starts:
        return True  # each role that an agency brings is another client's
    if role is Likeness.DIFFERENT and not shared.starts and _written_apart(new, known):
        return True  # one desk brings two clients, though nobody said that it is an agency's
    named = bool(shared.names) and company is Likeness.SAME
    if differing == 2 or new.of_kind(STARTS) or not (shared.people or shared.starts or named):
        return True
    # Somebody else's appointment may be at the same hour: one who writes from a domain of their own needs more.
    same_hour = bool(shared.starts) and bool(shared.people or shared.names or not new.domains)
    return company is Likeness.DIFFERENT and not (role >= Likeness.CLOSE or same_hour)


def _written_apart(new: Profile, known: Profile) -> bool:
    """Whether each of the two writes out an employer, and none of one is any of the other's: what an address spells
    may be whoever passes both on."""
    some, others = ([text for text, one in each.companies.items() if one.written] for each in (new, known))
    pairs = [compare_companies(one, other) for one in some for other in others]
    return bool(pairs) and max(pairs) is Likeness.DIFFERENT


def _begins_anew(new: Profile, known: Profile, role: Likeness) -> bool:
    """Whether `new` starts another application than `known`: after an end or a long silence, or as a second receipt
    for what may be another role."""
    first = new.first
    last = known.last_before(first)
    quiet = timedelta() if last is None else first - last
    beginnings = new.beginnings
    if beginnings or new.of_kind(frozenset({Kind.RECRUITER_OUTREACH})):
        if known.ended_before(first) or quiet > SILENT:
            return True
    elif new.of_kind(STARTS) and quiet > SILENT:
        return True
    earlier = known.beginnings
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


def _is_agencys(domain: str, new: Profile, known: Profile) -> bool:
    return any(name and resembles(domain, name) for name in (new.agency, known.agency))
