"""Which of the organisations that a mail names employs, and which recruits for it: as such mail was seen to say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from mailbot.mail.message import Direction, Message
from mailbot.reading import domains, organisations, recruiting_firms
from mailbot.reading.hints import Hint, together
from mailbot.reading.linear import linear
from mailbot.reading.places import Where
from mailbot.reading.senders import is_robot, is_shared

COMPANY, AGENCY = "company", "agency"
ENOUGH = 0.45  # how likely an organisation must be the one that employs, or that recruits
CLEARLY_LIKELIER = 0.1  # than the one that the rules choose
SWITCHED = 0.4  # and how much likelier what the rules take for the agency must be the company
SWITCHED_SAID = 0.75  # where the mail's own words make it one
SAID = (Where.TEXT, Where.SUBJECT, Where.QUOTED, Where.CALENDAR)
CLEARLY = 2.0  # the weight with which a text names another organisation
_WEIGHTS, _LEADS = (1, 2, 3, 5, 8, 12), (-6, -3, -1, 0, 1, 3, 6)
_PARTS, _SAID, _SPELT = (0.5, 1, 2, 3, 4, 6), (1, 2, 4), (0.3, 0.6, 0.8, 0.9, 1.0)
_LEADING = 0.8
_LOOKS: dict[str, Callable[[str], bool]] = {
    "word": organisations.has_company_word, "institution": organisations.is_institution,
    "department": organisations.is_department, "title": organisations.looks_like_title,
    "person": organisations.looks_like_person, "tool": organisations.is_tool_name,
    "form": organisations.has_legal_form, "agency": recruiting_firms.is_agency_name,
    "recruiting": recruiting_firms.is_recruiting_firm,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Organisation:
    """One organisation that a mail names, in all its ways of writing; `name` the best of them, `spelt` how well the
    hiring side's address spells it."""

    name: str
    weight: float
    hints: tuple[Hint, ...]
    spelt: float
    agency: bool


Judged = tuple[Organisation, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Setting:
    """From where the organisations of one mail are seen: what the rules take for the company and the agency, and
    whether the mail says that its writer hires for others."""

    message: Message
    company: str | None
    agency: str | None
    for_clients: bool


def chosen(found: Sequence[Organisation], setting: Setting) -> tuple[Organisation | None, Organisation | None]:
    """The organisation that would employ and the one that recruits for it: those of the rules, unless another is
    clearly likelier; None where none is likely."""
    model = linear("organisations")
    return decided([(one, model.chances(features(one, at, found, setting))) for at, one in enumerate(found)], setting)


def decided(judged: Sequence[Judged], setting: Setting) -> tuple[Organisation | None, Organisation | None]:
    """The same, given how likely each is which."""
    company = _likeliest(judged, COMPANY, setting.company)
    agency = _likeliest(judged, AGENCY, setting.agency)
    if company is None or company is not agency:
        return company, agency
    chances = next(chances for one, chances in judged if one is company)
    if chances[COMPANY] >= chances[AGENCY] + _lead_needed(company, setting):
        return company, None
    return _likeliest([pair for pair in judged if pair[0] is not agency], COMPANY, setting.company), agency


def _lead_needed(one: Organisation, setting: Setting) -> float:
    """How much likelier an organisation must be the company than the agency, where it could be either."""
    if one.name != setting.agency:
        return 0.0
    return SWITCHED_SAID if setting.for_clients or any(hint.sure for hint in one.hints) else SWITCHED


def _likeliest(judged: Sequence[Judged], field: str, by_rule: str | None) -> Organisation | None:
    """The likeliest for a field; the rules' choice where none is clearly likelier."""
    best = max(judged, key=lambda pair: pair[1][field], default=None)
    kept = next((pair for pair in judged if pair[0].name == by_rule), None)
    if best is None or (kept is None and best[1][field] <= ENOUGH):
        return None
    return kept[0] if kept is not None and best[1][field] <= kept[1][field] + CLEARLY_LIKELIER else best[0]


def features(one: Organisation, at: int, found: Sequence[Organisation], setting: Setting) -> Iterator[str]:
    """What is seen of one organisation among all that a mail names; `at` is its place in their order."""
    sent = _sent(setting.message)
    yield from (sent, _from(setting.message))
    yield from _by_itself(one, at, sent, setting)
    yield from _by_places(one, sent, _from(setting.message))
    yield from _beside_others(one, [other for other in found if other is not one], sent)


def _sent(message: Message) -> str:
    """Through what a mail came."""
    sender = message.sender
    if message.direction is Direction.OUT or sender is None:
        return "out"
    if domains.is_tool(sender.domain):
        return "tool"
    if domains.is_like_tool(sender):
        return "like_tool"
    return "webmail" if domains.is_webmail(sender.domain) else "own"


def _from(message: Message) -> str:
    """Through what and from whom."""
    sender = message.sender
    who = "person"
    if sender is not None:
        who = "robot" if is_robot(sender) else "shared" if is_shared(sender) else "person"
    return f"{_sent(message)} {who}"


def _by_itself(one: Organisation, at: int, sent: str, setting: Setting) -> Iterator[str]:
    spelt = _step(one.spelt, _SPELT)
    yield from (f"spelt:{spelt}", f"spelt:{spelt} {sent}", f"at:{min(at, 3)}", f"weight:{_step(one.weight, _WEIGHTS)}")
    yield f"words:{min(len(one.name.split()), 5)}"
    yield f"named agency:{one.agency}"
    for name, looks in _LOOKS.items():
        if looks(one.name):
            yield from (f"is {name}", f"is {name} {sent}")
    for name in ("agency", "client", "sure", "legal"):
        if any(getattr(hint, name) for hint in one.hints):
            yield f"said {name}"
    if setting.for_clients:
        in_sender = any(hint.where is Where.SENDER for hint in one.hints)
        yield from ("clients", f"clients spelt:{spelt}", f"clients sender:{in_sender}")
    by_rule = COMPANY if one.name == setting.company else AGENCY if one.name == setting.agency else "none"
    yield f"rule:{by_rule}"


def _by_places(one: Organisation, sent: str, sender: str) -> Iterator[str]:
    """Where the mail names it, and how strongly there."""
    by_place: dict[str, list[Hint]] = {}
    for hint in one.hints:
        by_place.setdefault(hint.where.value, []).append(hint)
    for where, hints in by_place.items():
        yield from (where, f"{where} {sent}", f"{where} {sender}", f"{where}:{_step(together(hints), _PARTS)}")
    places = "+".join(sorted(by_place))
    yield from (f"in:{places}", f"in:{places} {sent}")


def _beside_others(one: Organisation, others: Sequence[Organisation], sent: str) -> Iterator[str]:
    yield f"lead:{_step(one.weight - max((other.weight for other in others), default=0.0), _LEADS)}"
    rival = any(_said(other) >= CLEARLY for other in others)
    own = _step(_said(one), _SAID)
    in_sender = any(hint.where is Where.SENDER for hint in one.hints)
    yield from (f"rival:{rival} {own}", f"rival:{rival} {own} {sent} sender:{in_sender}")
    yield f"other agency:{any(other.agency or any(hint.agency for hint in other.hints) for other in others)}"
    yield f"other client:{any(hint.client for other in others for hint in other.hints)}"
    yield f"other spelt:{any(other.spelt >= _LEADING for other in others)} {_step(one.spelt, _SPELT)}"


def _said(one: Organisation) -> float:
    """How strongly the words of the mail name it."""
    return sum(hint.weight for hint in one.hints if hint.where in SAID)


def _step(value: float, steps: Sequence[float]) -> int:
    return sum(value >= one for one in steps)
