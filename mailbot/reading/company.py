"""The employer and the agency of a mail: its hints gathered into organisations, of which the weightiest counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mailbot.mail.message import Message
from mailbot.reading import alike_keys, domains, go_between, organisations, recruiting_firms, titles
from mailbot.reading.domains import Label
from mailbot.reading.employer_hints import read_hints, read_labels
from mailbot.reading.employing import AGENCY, COMPANY, SAID, Organisation, Setting, chosen
from mailbot.reading.hints import Hint, together, usual_way
from mailbot.reading.places import Place, Where
from mailbot.reading.spelt_names import spelt
from mailbot.reading.statements import Reader
from mailbot.reading.tagging import Tagged, surely
from mailbot.reading.words import Words

if TYPE_CHECKING:
    from mailbot.reading.calendar import CalendarEvent

SPELT = 5.0  # what an address says for the name that it spells
FULLER = 0.5  # a fuller name is taken where it has this much of the weight of the shorter one
LESS_SPELT = 0.75  # and the address spells it nearly as well
DRESSED_UP = 0.5  # what a sender's name says of how a name is written
BELOW = 0.5  # what is left of the weight of a name that is a part of an organisation
ENOUGH = 2.0  # the least weight of a name that is taken
GUESSED = 2.2  # the weight of a name that stands in an address alone
SURE_LABEL = 0.8  # how sure a label must be to be taken for a name
UNSPELT = 5.0  # the weight from which on a name is taken although the writer's address spells another
CLEARLY = 4.0  # the weight with which a text says where the job is
MOST_NAMES = 300
LEAST, MOST_LIKELY = 0.3, 12  # the least weight of an organisation that is judged, and how many are
TAGGED, LEAST_TAGGED = 1.5, 0.3  # the weight of what was tagged as an organisation, and how sure that must be
ASIDE = (Where.QUOTED, Where.SIGNATURE)


@dataclass(frozen=True, slots=True)
class Employers:
    """`weight`: how much speaks for the company. `named`: all ways in which the two are written, longest first."""

    company: str | None
    agency: str | None
    weight: float
    named: tuple[str, ...]


def read_employers(
    message: Message,
    words: Words,
    calendars: Sequence[CalendarEvent],
    reader: Reader,
    found: Sequence[Place],
    tagged: Sequence[Tagged],
) -> Employers:
    """The employer and the agency that a mail names. `tagged`: what was learned to be their names."""
    found_ones, setting = organisations_of(message, words, calendars, reader, found, tagged)
    company, agency = chosen(found_ones, setting)
    return Employers(
        company=company.name if company else None,
        agency=_as_firm(agency) if agency else None,
        weight=company.weight if company else 0.0,
        named=_ways_of_writing([one for one in (agency, company) if one]),
    )


def _as_firm(agency: Organisation) -> str:
    """The name of a recruiting firm with the word that says so, which an employer's department would have."""
    ways = [hint.name for hint in agency.hints if recruiting_firms.is_recruiting_firm(hint.name)]
    return next((way for way in ways if organisations.without_department(way) == agency.name), agency.name)


def organisations_of(
    message: Message,
    words: Words,
    calendars: Sequence[CalendarEvent],
    reader: Reader,
    found: Sequence[Place],
    tagged: Sequence[Tagged],
) -> tuple[list[Organisation], Setting]:
    """The organisations that a mail names, the weightiest first, and what the rules make of them."""
    labels = read_labels(message, words, calendars, reader)
    hints = [*read_hints(message, words, reader, found, labels), *_tagged_hints(tagged)]
    jobs = [one.text for one in surely(tagged, "role")]
    every = _ranked([hint for hint in hints if not _is_of_title(hint.name, jobs)], labels)
    client = go_between.handed_on(message, words)
    every = _with_client(every, client) if client else every
    told = client is not None or go_between.for_clients(message, found)
    guessed = _guessed(labels)
    ranked = _with_guesses([one for one in every if not _only_signs(one, every)], guessed, told=told)
    for_clients = told or go_between.of_others(message, ranked)
    company, agency = _by_rules(ranked, for_clients)
    likely = [one for one in every if one.weight >= LEAST][:MOST_LIKELY]
    likely += [one for one in guessed if not any(_is_found(one, other) for other in every)]
    return likely, Setting(message, company.name if company else None, agency.name if agency else None, for_clients)


def _with_guesses(ranked: Sequence[Organisation], guessed: Sequence[Organisation], *, told: bool) -> list[Organisation]:
    """Those ranked, without what is cut from a guess; where none of them is what the address spells, the guesses too.
    `told`: the mail says that its writer hires for others."""
    kept = [one for one in ranked if not any(_is_cut_from(one, guess) or _ends_guess(one, guess) for guess in guessed)]
    spelt_out = any(one.spelt >= domains.PART or (one.weight >= UNSPELT and not told) for one in kept)
    return kept if spelt_out else sorted([*guessed, *kept], key=lambda one: -one.weight)


def _tagged_hints(tagged: Sequence[Tagged]) -> Iterator[Hint]:
    for one in tagged:
        if one.what in (COMPANY, AGENCY) and one.sure >= LEAST_TAGGED:
            for name, worth in organisations.forms(one.text):
                yield Hint(name, TAGGED * one.sure * worth * (BELOW if one.where in ASIDE else 1.0), one.where)


def _is_of_title(name: str, jobs: Sequence[str]) -> bool:
    """Whether a name is a piece of a job's title: 'Supply Chain' of 'Supply Chain Executive'."""
    return any(name in job for job in jobs) and all(titles.is_known(word) for word in name.split())


def _with_client(every: Sequence[Organisation], client: Organisation) -> list[Organisation]:
    """The organisations with the one whose mail is handed on."""
    same = next((one for one in every if _is_found(client, one)), None)
    if same is None:
        return [*every, client]
    joined = replace(same, weight=same.weight + client.weight, hints=(*same.hints, *client.hints))
    return sorted([joined, *(one for one in every if one is not same)], key=lambda one: -one.weight)


def _by_rules(ranked: list[Organisation], for_clients: bool) -> tuple[Organisation | None, Organisation | None]:
    """Which organisation employs and which recruits for it, by what is said of each."""
    agencies = [one for one in ranked if _is_agency(one, for_clients)]
    agency = next((one for one in agencies if one.spelt >= domains.PART), agencies[0] if agencies else None)
    others = [one for one in ranked if one is not agency and not one.agency and one.weight >= ENOUGH]
    return next((one for one in others if agency is None or _is_client(one, agency)), None), agency


def _ways_of_writing(chosen_ones: Sequence[Organisation]) -> tuple[str, ...]:
    """All ways in which a mail writes these, longest first."""
    named = {
        hint.name for one in chosen_ones
        for hint in one.hints
        if hint.name == one.name or not (organisations.looks_like_title(hint.name) or _runs_on(hint.name, one.name))
    }  # fmt: skip
    return tuple(sorted(named, key=len, reverse=True))


def _runs_on(name: str, company: str) -> bool:
    """Whether a name goes on into a title behind the company's: 'Acme Software' of 'Acme Software Engineer'."""
    behind = name.removeprefix(f"{company} ")
    return behind != name and all(titles.is_known(word) for word in behind.split())


def _is_agency(one: Organisation, for_clients: bool) -> bool:
    if one.weight < ENOUGH:
        return False
    theirs = (Where.SENDER, *((Where.SIGNATURE,) if for_clients and one.agency else ()))
    from_there = one.spelt >= domains.PART or any(hint.where in theirs or hint.agency for hint in one.hints)
    if any(hint.sure for hint in one.hints) or (one.agency and from_there):
        return True
    return for_clients and from_there and not any(hint.client for hint in one.hints)


def _is_client(one: Organisation, agency: Organisation) -> bool:
    """Whether a mail of an agency names this organisation as the one that would employ."""
    if one.name.split()[0] == agency.name.split()[0] and one.spelt:
        return False
    said = sum(hint.weight for hint in one.hints if hint.where in SAID)
    return any(hint.client for hint in one.hints) or said >= ENOUGH


def _ranked(hints: list[Hint], labels: Sequence[Label]) -> list[Organisation]:
    """The organisations that the hints name, the weightiest first."""
    by_key: dict[tuple[str, ...], list[Hint]] = defaultdict(list)
    for hint in hints:
        by_key[organisations.key(hint.name)].append(hint)
    heaviest = sorted((one for one in by_key if one), key=lambda way: -together(by_key[way]))[:MOST_NAMES]
    groups: list[list[tuple[str, ...]]] = []
    for one in sorted(heaviest, key=lambda way: (-len(way), way)):
        group = next((group for group in groups if any(alike_keys.same(one, other) for other in group)), None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    found = [_organisation([hint for one in group for hint in by_key[one]], labels) for group in groups]
    return sorted(found, key=lambda one: -one.weight)


def _is_found(guess: Organisation, other: Organisation) -> bool:
    """Whether what an address tells stands in the mail."""
    short, full = sorted((organisations.key(guess.name), organisations.key(other.name)), key=len)
    if short == full or alike_keys.ends(short, full) or (len(short) > 1 and alike_keys.begin_alike(short, full)):
        return True
    return other.spelt >= domains.LEADING and alike_keys.same(short, full)


def _organisation(hints: list[Hint], labels: Sequence[Label]) -> Organisation:
    ways: dict[tuple[str, ...], list[Hint]] = defaultdict(list)
    for hint in hints:
        ways[organisations.key(hint.name)].append(hint)
    fits = {way: spelt(listed[0].name, labels) for way, listed in ways.items()}
    best = _best_way(ways, fits)
    # Who writes as 'Acme Talent' from acme.example is Acme, and no agency.
    bare = best[:-1] if organisations.is_bare_department(best[-1]) else best
    name = usual_way(ways[bare if bare in ways and fits[bare] > fits[best] else best])
    weight = together(hints) + SPELT * max(fits.values())
    weight *= BELOW if organisations.is_department(name) else 1.0
    return Organisation(name, weight, tuple(hints), max(fits.values()), recruiting_firms.is_agency_name(name))


def _best_way(ways: Mapping[tuple[str, ...], list[Hint]], fits: Mapping[tuple[str, ...], float]) -> tuple[str, ...]:
    """The way of writing that a person would choose: the best attested, or a fuller one that is attested too."""
    attested = {way: together(listed, of_sender=DRESSED_UP) for way, listed in ways.items()}
    worth = {way: attested[way] + SPELT * fits[way] for way in ways}
    best = max(ways, key=lambda way: worth[way] if together(ways[way]) >= 1 else 0.0)
    fuller = [
        way for way, listed in ways.items()
        if len(way) > len(best) and alike_keys.same(best, way) and attested[way] >= 1
        and (fits[way] > fits[best] or not _is_department_of(listed[0].name, best))
        and (worth[way] >= FULLER * worth[best] or any(hint.legal for hint in listed))
        and fits[way] >= LESS_SPELT * fits[best]
    ]  # fmt: skip
    best = max(fuller, key=lambda way: worth[way], default=_in_full(best, ways, attested))
    whole = max(ways, key=lambda way: fits[way])
    return whole if len(whole) > len(best) and fits[whole] >= domains.ENDED * 0.9 > fits[best] else best


def _is_department_of(name: str, key: tuple[str, ...]) -> bool:
    """Whether a name is a shorter one and what is called as its department: 'Acme Department of Human Resources'."""
    bare = organisations.without_department(name)
    return bare != name and organisations.key(bare) == key and not recruiting_firms.is_recruiting_firm(name)


def _in_full(
    best: tuple[str, ...], ways: Mapping[tuple[str, ...], list[Hint]], attested: Mapping[tuple[str, ...], float]
) -> tuple[str, ...]:
    """The full name of a school, a hospital ..., which says what it is; of any name that never stands without the rest
    of it, the whole."""
    only_part = all(hint.part for hint in ways[best])
    longer = [
        way for way, listed in ways.items()
        if attested[way] >= 1 and (alike_keys.ends(best, way) or (len(way) > len(best) and way[: len(best)] == best))
        and (
            organisations.is_institution(listed[0].name)
            or (alike_keys.ends(best, way) and domains.is_kind(way[0]))
            or (only_part and organisations.is_full(listed[0].name))
        )
    ]  # fmt: skip
    return max(longer, key=lambda way: attested[way], default=best)


def _only_signs(one: Organisation, others: Sequence[Organisation]) -> bool:
    """Whether a name of two words that no list of names knows is rather the person who writes: it stands in the
    sender's name and below the text alone, no address spells it, and the text says of another where the job is."""
    words = one.name.split()
    if len(words) != 2 or one.agency or one.spelt or organisations.has_company_word(one.name):
        return False
    signs = all(hint.where in (Where.SENDER, Where.SIGNATURE) for hint in one.hints)
    below = any(hint.where is Where.SIGNATURE for hint in one.hints)
    said = (sum(hint.weight for hint in other.hints if hint.where in SAID) for other in others if other is not one)
    return signs and below and any(weight >= CLEARLY for weight in said)


def _is_cut_from(one: Organisation, guess: Organisation) -> bool:
    """Whether hardly anything speaks for a name but that it begins the one that an address spells out: 'Elmfield' in
    'Lady Elmfield's garden' from elmfieldestates.example."""
    shorter = organisations.key(guess.name)[: len(organisations.key(one.name))] == organisations.key(one.name)
    return shorter and one.spelt <= domains.PART and one.name != guess.name and together(one.hints) < ENOUGH


def _ends_guess(one: Organisation, guess: Organisation) -> bool:
    """Whether a single word is short for a name that an address spells out: 'here at the Wharf' from acmewharf.com."""
    whole = organisations.key(guess.name)
    return not one.spelt and len(whole) > 1 and organisations.key(one.name) == whole[-1:]


def _guessed(labels: Sequence[Label]) -> list[Organisation]:
    """What an address alone tells, where no text names the organisation."""
    sure = [label for label in labels if label.sure >= SURE_LABEL][:1]
    made = [domains.as_name(label.text) for label in sure]
    return [
        Organisation(name, GUESSED, (Hint(name, GUESSED, Where.ADDRESS),), 1.0, recruiting_firms.is_agency_name(name))
        for name in made
        if organisations.possible(name)
    ]
