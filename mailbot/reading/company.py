"""The employer and the agency of a mail: every place that may name one is a hint with a weight; the heaviest name wins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mailbot.mail.message import Address, Direction, Message
from mailbot.patterns import compiled
from mailbot.reading import domains, names, organisations, titles
from mailbot.reading.cues import Cue, Cues, cues
from mailbot.reading.domains import Label
from mailbot.reading.places import Place, Where
from mailbot.reading.statements import Reader
from mailbot.reading.tables import table
from mailbot.reading.words import Words

if TYPE_CHECKING:
    from mailbot.reading.calendar import CalendarEvent

SECTIONS = {
    Where.SUBJECT: "subject", Where.TEXT: "text", Where.SIGNATURE: "signature", Where.QUOTED: "text",
    Where.FOOTER: "footer", Where.CALENDAR: "text",
}  # fmt: skip
WORTH = {Where.QUOTED: 0.7, Where.CALENDAR: 0.8}
SPELT = 5.0  # what a domain's label says for the name that it spells
UNLIKELY = 0.1  # what is left of a hint that names a person, a tool or a job title
FULLER = 0.5  # a fuller name is taken where it has this much of the weight of the shorter one
LESS_SPELT = 0.75  # and the address spells it nearly as well
DISTINCT = 5  # letters: two names with one first word of this length are one organisation's
ENOUGH = 2.0  # the least weight of a name that is taken
GUESSED = 2.2  # the weight of a name that stands in an address alone
NAMED_BY_TOOL = 2.0  # the weight of a name that stands alone between dashes in a tool's subject
UNSPELT = 5.0  # the weight from which on a name is taken although the writer's address spells another
IN_FULL = 1.5  # how much more a signature's line says that ends in 'Ltd' or holds 'Labs'
MOST_RUNS = 400  # runs of capitalised words that are compared with a domain

@dataclass(frozen=True, slots=True)
class Hint:
    """One place that may name an organisation. `agency`: as somebody who recruits for it; `client`: as the firm for
    which an agency hires; `sure`: the words say that it is an agency."""

    name: str
    weight: float
    where: Where
    agency: bool = False
    client: bool = False
    sure: bool = False
    legal: bool = False  # it was written with its legal form in a signature: 'Acme Robotics GmbH'


@dataclass(frozen=True, slots=True)
class Organisation:
    """One organisation that a mail names, in all its ways of writing; `name` the best of them."""

    name: str
    weight: float
    hints: tuple[Hint, ...]
    spelt: float  # how well the hiring side's address spells it
    agency: bool


@dataclass(frozen=True, slots=True)
class Employers:
    company: str | None
    agency: str | None
    weight: float
    named: tuple[str, ...]  # all ways in which the two are written, longest first


def read_employers(
    message: Message, words: Words, calendars: Sequence[CalendarEvent], reader: Reader, found: Sequence[Place]
) -> Employers:
    """The employer and the agency that a mail names."""
    labels = _labels(message, words, calendars, reader)
    hints = [*_sender_hints(message), *_place_hints(message, found), *_pair_hints(words), *_spelt_hints(found, labels)]
    hints = [_judged(hint, labels) for hint in hints if not _is_reader(hint.name, message, reader)]
    ranked = _ranked(hints, labels)
    if not any(one.spelt >= domains.PART or one.weight >= UNSPELT for one in ranked):
        ranked = sorted([*_guessed(labels), *ranked], key=lambda one: -one.weight)
    return _decided(ranked, found)


def _decided(ranked: list[Organisation], found: Sequence[Place]) -> Employers:
    """Which organisation employs and which recruits for it."""
    hires_for_others = compiled(_source("clients"))
    for_clients = any(hires_for_others.search(one.text) for one in found if one.where in (Where.TEXT, Where.SUBJECT))
    agency = next((one for one in ranked if _is_agency(one, for_clients)), None)
    company = next(
        (one for one in ranked if one is not agency and not one.agency and (agency is None or _is_client(one, agency))), None
    )
    company = company if company and company.weight >= ENOUGH else None
    named = {
        hint.name for one in (agency, company) if one
        for hint in one.hints if hint.name == one.name or not organisations.looks_like_title(hint.name)
    }  # fmt: skip
    return Employers(
        company=company.name if company else None,
        agency=agency.name if agency else None,
        weight=company.weight if company else 0.0,
        named=tuple(sorted(named, key=len, reverse=True)),
    )


def _is_agency(one: Organisation, for_clients: bool) -> bool:
    if one.weight < ENOUGH:
        return False
    from_there = one.spelt >= domains.PART or any(hint.where is Where.SENDER or hint.agency for hint in one.hints)
    if any(hint.sure for hint in one.hints) or (one.agency and from_there):
        return True
    return for_clients and from_there and not any(hint.client for hint in one.hints)


def _is_client(one: Organisation, agency: Organisation) -> bool:
    """Whether a mail of an agency names this organisation as the one that would employ."""
    if one.name.split()[0] == agency.name.split()[0] and one.spelt:
        return False
    said = sum(hint.weight for hint in one.hints if hint.where in (Where.TEXT, Where.SUBJECT, Where.QUOTED, Where.CALENDAR))
    return any(hint.client for hint in one.hints) or said >= 1.5 * ENOUGH


def _labels(
    message: Message, words: Words, calendars: Sequence[CalendarEvent], reader: Reader
) -> tuple[Label, ...]:
    """The words of the hiring side's addresses that should spell its name, the surest first."""
    own = {address.rpartition("@")[2] for address in reader.addresses}
    if message.direction is Direction.OUT:
        people: Iterable[Address] = (*message.to, *message.cc)
    else:
        people = (*((message.sender,) if message.sender else ()), *message.reply_to, *message.cc)
    found: dict[str, float] = {}
    for number, address in enumerate(people):
        by_tool = organisations.is_tool_name(address.name) and domains.is_own(address.domain)
        if address.domain not in own and address.email not in reader.addresses and not by_tool:
            for label in domains.labels(address):
                found.setdefault(label.text, label.sure if number == 0 else label.sure * 0.8)
    organizers = [event.organizer.email for event in calendars if event.organizer and event.organizer.email]
    text = f"{words.new}\n{words.signature}\n{words.quoted}\n{words.footer}"
    mentioned = [match.group("domain") or "" for match in compiled(_source("domain")).finditer(text[:60_000])]
    for domain in (*(email.rpartition("@")[2] for email in organizers), *mentioned):
        if domains.is_own(domain) and domain.lower() not in own:
            found.setdefault(domains.registered(domain)[0], 0.4)
    return tuple(Label(text, sure) for text, sure in sorted(found.items(), key=lambda one: -one[1])[:8])


def _sender_hints(message: Message) -> Iterator[Hint]:
    """What the sender's name says: 'Acme Careers', 'Dana from Acme', 'Acme via Greenhouse'."""
    sender = message.sender
    if message.direction is Direction.OUT or sender is None or "@" in sender.name:
        return
    name = " ".join(sender.name.replace("’", "'").split())
    if organisations.is_tool_name(name):
        return
    by_tool = domains.UNKNOWN_TOOL if domains.is_like_tool(sender) else 1.0
    for cue, match in _cues("sender").found(name):
        text = match.group("org") or ""
        whole = organisations.looks_like_person(names.named(name).name) and text in name[: len(text)]
        for form, worth in organisations.forms(text):
            yield Hint(form, cue.weight * worth * by_tool * (UNLIKELY if whole else 1.0), Where.SENDER)


def _place_hints(message: Message, found: Sequence[Place]) -> Iterator[Hint]:
    for place in found:
        section = SECTIONS[place.where]
        if place.where is Where.CALENDAR:
            yield from _hints(_cues("subject"), place, 1.0)
        own_words = message.direction is Direction.OUT and place.where in (Where.TEXT, Where.SIGNATURE)
        yield from _hints(_cues(section), place, WORTH.get(place.where, 1.0), own_words=own_words)
        if place.where is Where.SUBJECT:
            by_tool = message.sender is not None and domains.is_tool(message.sender.domain)
            yield from _segments(place, NAMED_BY_TOOL if by_tool else 1.2)


def _hints(table_cues: Cues, place: Place, worth: float, *, own_words: bool = False) -> Iterator[Hint]:
    for cue, match in table_cues.found(place.text):
        if cue.says("agency_only") or (own_words and (cue.says("agency") or place.where is Where.SIGNATURE)):
            continue
        yield from _from_cue(cue, match.group("org") or "", place.where, worth)
    for cue, match in table_cues.found(place.text):
        if cue.says("agency_only"):
            yield from (replace(one, weight=0.5) for one in _from_cue(cue, match.group("org") or "", place.where, worth))


def _from_cue(cue: Cue, text: str, where: Where, worth: float) -> Iterator[Hint]:
    telling = organisations.has_company_word(text) or organisations.has_legal_form(text)
    if cue.says("company_word") and not (" " in text and telling):
        return
    for form, likely in organisations.forms(text):
        in_full = where is Where.SIGNATURE and organisations.is_full(text)
        yield Hint(
            form, cue.weight * worth * likely * (IN_FULL if in_full else 1.0), where,
            agency=cue.says("agency"), client=cue.says("client"), sure=cue.says("agency_sure"),
            legal=where in (Where.SIGNATURE, Where.FOOTER) and organisations.has_legal_form(text),
        )  # fmt: skip


def _segments(place: Place, weight: float) -> Iterator[Hint]:
    """The pieces of a subject between dashes and bars: 'Acme - Data Analyst - next steps'."""
    pieces = compiled(r"\s[-–—|•·:/]+\s|:\s|\s?\|\s?|, ").split(place.text)
    if len(pieces) > 1:
        for piece in (compiled(r"\s(?:with|on|at|for|from)\s.*$").sub("", piece) for piece in pieces):
            if organisations.name_pattern().fullmatch(piece):
                for form, likely in organisations.forms(piece):
                    yield Hint(form, weight * likely, Where.SUBJECT)


def _pair_hints(words: Words) -> Iterator[Hint]:
    for label, value in words.pairs:
        for role in ("company", "client", "agency"):
            if compiled(str(table("company")["pairs"][role])).fullmatch(label.strip()):
                text = compiled(r"\s[-–—|(].*$").sub("", value[:100])
                for form, likely in organisations.forms(text):
                    yield Hint(form, 5.0 * likely, Where.TEXT, client=role == "client")


def _spelt_hints(found: Sequence[Place], labels: Sequence[Label]) -> Iterator[Hint]:
    """The runs of capitalised words that the hiring side's domain spells, wherever they stand."""
    seen: set[str] = set()
    for place in found:
        for match in organisations.name_pattern().finditer(place.text):
            if match.text in seen or len(seen) >= MOST_RUNS:
                continue
            seen.add(match.text)
            name = _best_spelt(organisations.plain(match.text).split(), labels)
            for form, likely in organisations.forms(name):
                yield Hint(form, likely, place.where)
            whole = organisations.plain(match.text)
            if name and whole != name and whole.startswith(name) and organisations.is_full(whole):
                yield Hint(whole, 1.0, place.where)


def _best_spelt(words: list[str], labels: Sequence[Label]) -> str:
    """The part of a run that a label spells best; empty where none is spelt."""
    best, found = domains.PART - 0.01, ""
    for low in range(min(len(words), 6)):
        for high in range(len(words), low, -1):
            name = " ".join(words[low:high])
            if organisations.plain(name) != name or (len(words) > high - low and names.is_given(words[0])):
                continue
            value = max((domains.spells(label.text, name) * label.sure for label in labels), default=0.0)
            if value > best:
                best, found = value, name
    return found


def _judged(hint: Hint, labels: Sequence[Label]) -> Hint:
    """A hint weighed down where its name looks like something else, unless the hiring side's address spells it."""
    if _spelt(hint.name, labels) >= domains.LEADING * 0.9:
        return hint
    if organisations.is_tool_name(hint.name) or organisations.looks_like_person(hint.name):
        return replace(hint, weight=hint.weight * UNLIKELY)
    if organisations.looks_like_title(hint.name) or (" " not in hint.name and titles.is_known(hint.name)):
        return replace(hint, weight=hint.weight * UNLIKELY)
    return hint


def _spelt(name: str, labels: Sequence[Label]) -> float:
    return max((domains.spells(label.text, name) * label.sure for label in labels), default=0.0)


def _is_reader(name: str, message: Message, reader: Reader) -> bool:
    own = {reader.name, *(one.name for one in (*message.to, *message.cc) if one.email in reader.addresses)}
    if message.direction is Direction.OUT and message.sender:
        own.add(message.sender.name)
    return any(one and names.same_person(name, names.named(one).name) for one in own)


def _ranked(hints: list[Hint], labels: Sequence[Label]) -> list[Organisation]:
    """The organisations that the hints name, the weightiest first."""
    by_key: dict[tuple[str, ...], list[Hint]] = defaultdict(list)
    for hint in hints:
        by_key[organisations.key(hint.name)].append(hint)
    groups: list[list[tuple[str, ...]]] = []
    for one in sorted((one for one in by_key if one), key=lambda words: (-len(words), words)):
        group = next((group for group in groups if any(_same(one, other) for other in group)), None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    found = [_organisation([hint for one in group for hint in by_key[one]], labels) for group in groups]
    return sorted(found, key=lambda one: -one.weight)


def _same(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether two keys are one organisation's: 'Acme' of 'Acme Robotics', 'AcmeRobotics', 'ARI' of its initials."""
    if "".join(short) == "".join(full) or (short == full[: len(short)] and len("".join(short)) > 2):
        return True
    if len(short) < len(full) and short == full[-len(short) :] and domains.is_kind(full[0]):
        return True
    if short[0] == full[0] and len(short[0]) >= DISTINCT and organisations.is_distinct(short[0]):
        return True
    return len(short) == 1 and len(short[0]) > 2 and short[0] == "".join(word[0] for word in full)


def _organisation(hints: list[Hint], labels: Sequence[Label]) -> Organisation:
    ways: dict[tuple[str, ...], list[Hint]] = defaultdict(list)
    for hint in hints:
        ways[organisations.key(hint.name)].append(hint)
    spelt = {way: _spelt(listed[0].name, labels) for way, listed in ways.items()}
    worth = {way: _sum(_for_form(listed)) + SPELT * spelt[way] for way, listed in ways.items()}
    best = max(ways, key=lambda way: worth[way] if _sum(ways[way]) >= 1 else 0.0)
    longer = [
        way for way, listed in ways.items()
        if len(way) > len(best) and _same(best, way) and _sum(_for_form(listed)) >= 1
        and (worth[way] >= FULLER * worth[best] or any(hint.legal for hint in listed))
        and spelt[way] >= LESS_SPELT * spelt[best]
    ]  # fmt: skip
    best = max(longer, key=lambda way: worth[way], default=best)
    whole = max(ways, key=lambda way: spelt[way])
    if len(whole) > len(best) and spelt[whole] >= domains.ENDED * 0.9 > spelt[best]:
        best = whole
    agency = organisations.is_agency_name(_written(ways[best]))
    return Organisation(_written(ways[best]), _sum(hints) + SPELT * max(spelt.values()), tuple(hints), max(spelt.values()), agency)


def _for_form(hints: Iterable[Hint]) -> Iterator[Hint]:
    """What hints say of how a name is written: a sender's name says less, it is often dressed up."""
    return (replace(hint, weight=hint.weight / 2) if hint.where is Where.SENDER else hint for hint in hints)


def _sum(hints: Iterable[Hint]) -> float:
    """What hints say together: a place that repeats itself says less each time."""
    by_where: dict[Where, list[float]] = defaultdict(list)
    for hint in hints:
        by_where[hint.where].append(hint.weight)
    return sum(
        weight / (number + 1)
        for weights in by_where.values()
        for number, weight in enumerate(sorted(weights, reverse=True)[:6])
    )


def _written(hints: Sequence[Hint]) -> str:
    """How a person would write a name: the commonest of its ways, rather not in capitals throughout."""
    counts: dict[str, float] = defaultdict(float)
    for hint in hints:
        shouting = hint.name.isupper() and len(hint.name) > 5
        counts[hint.name] += hint.weight * (0.2 if shouting else 1.0)
    name = max(counts, key=lambda one: (counts[one], one))
    return name.title() if name.isupper() and len(name.split()) > 1 and len(name) > 8 else name


def _guessed(labels: Sequence[Label]) -> list[Organisation]:
    """What an address alone tells, where no text names the organisation."""
    sure = [label for label in labels if label.sure >= 0.8][:1]
    made = [domains.as_name(label.text) for label in sure]
    return [
        Organisation(name, GUESSED, (Hint(name, GUESSED, Where.ADDRESS),), 1.0, organisations.is_agency_name(name))
        for name in made
        if organisations.possible(name)
    ]


def _cues(section: str) -> Cues:
    return cues("company", section, _parts())


def _parts() -> tuple[tuple[str, str], ...]:
    return (("ORG", f"(?P<org>{organisations.NAME})"), ("JOB", _source("job")), ("UNIT", _source("unit")))


def _source(key: str) -> str:
    return str(table("company")[key])
