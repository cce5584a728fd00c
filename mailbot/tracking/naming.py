"""What a careful person would call the employer once they have read the whole thread: a short name, or one that only an
address tells, gives way to the fuller one that stands anywhere in its subjects and in the words kept of its mail."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

from mailbot.mail.message import Direction
from mailbot.reading import organisations
from mailbot.reading.domains import SPELT, registered, spells
from mailbot.reading.places import subject
from mailbot.reading.statements import Reading
from mailbot.reading.title_words import is_town
from mailbot.tracking.names import Likeness, company_words, compare_companies, folded
from mailbot.tracking.tables import words

Words = tuple[str, ...]
# Of the places where a short name stands, so many have the fuller one: where it is written as on a letterhead, or else.
SOMETIMES, MOSTLY = 0.2, 0.5
LEAST = 2  # such places


def told(reading: Reading) -> frozenset[str]:
    """All words kept of a mail: its subject, its quotes, what its writer calls themselves, who is not the person."""
    quotes = (said(proof.quote) for one in reading.statements for proof in one.evidence)
    writer = (reading.sender.name,) if reading.sender and reading.direction is Direction.IN else ()
    return frozenset((said(reading.subject), *quotes, *writer))


@lru_cache(maxsize=4096)
def said(quote: str) -> str:
    """A quote or a subject, the same where another mail repeats it."""
    return subject(quote.lstrip("> "))


def mentioned(name: str, texts: Collection[str], titles: Collection[str]) -> int:
    """How many of the texts have it, beside the job's title."""
    short = organisations.key(name)
    return sum(any(_holds(organisations.key(one), short) for one in _named(_without(text, titles))) for text in texts)


def unread(company: str | None, agency: str | None, texts: Collection[str], titles: Collection[str]) -> str | None:
    """The employer that no mail was read to name, where several places have a name written as on a letterhead: another
    than the agency, and than the one that an address tells."""
    found = Counter(one for text in texts for one in _named(_without(text, titles)) if organisations.is_full(one))
    others = [one for one in found if found[one] >= LEAST and compare_companies(one, agency) < Likeness.CLOSE]
    others = [one for one in others if compare_companies(one, company) is not Likeness.SAME]
    return max(others, key=lambda one: (found[one], one), default=None)


def names_another(texts: Collection[str], titles: Collection[str], agency: str) -> bool:
    """Whether anything else than the agency is written like an organisation's name of several words."""
    found = (one for text in texts for one in _named(_without(text, titles)) if len(one.split()) > 1)
    return any(compare_companies(one, agency) < Likeness.CLOSE for one in found)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an application: the words kept of its mail, the titles of its job, which are no part of the
    employer's name, the domains and the people (folded names) of the other side."""

    texts: Collection[str]
    titles: Collection[str]
    domains: Collection[str]
    people: Collection[Words]


def in_full(name: str, known: Known) -> str:
    """The name as fully as the texts have it."""
    short = organisations.key(name)
    ways: Counter[str] = Counter()
    alone = 0
    for text in known.texts:
        found = _named(_without(text, known.titles))
        longer = {one for one in found if _is_longer(short, organisations.key(one)) or _abbreviates(name, one)}
        ways.update(longer)
        alone += not longer and any(organisations.key(one) == short for one in found)
    fuller = [one for one, often in ways.items() if _may_be(one, name, known) and _is(one, name, often, alone, known)]
    return max(fuller, key=lambda one: (ways[one], len(one), one), default=name)


def _without(text: str, titles: Iterable[str]) -> str:
    for title in sorted(titles, key=len, reverse=True):
        text = text.replace(title, " | ")
    return text


@lru_cache(maxsize=4096)
def _named(text: str) -> frozenset[str]:
    """Whatever in a text is written like an organisation's name."""
    runs = (match.text for match in organisations.name_pattern().finditer(text))
    return frozenset(form for run in runs for form, _ in organisations.forms(run))


def _is_longer(short: Words, long: Words) -> bool:
    return len(long) > len(short) and _holds(long, short)


def _holds(long: Words, short: Words) -> bool:
    return any(long[at : at + len(short)] == short for at in range(len(long) - len(short) + 1))


def _abbreviates(name: str, fuller: str) -> bool:
    """Whether a name is cut from another: 'SC Fluidics' from 'Santa Clara Fluidics'."""
    return len(fuller.split()) > 1 and len(fuller) > len(name) and spells(name, fuller) >= SPELT


def _may_be(fuller: str, name: str, known: Known) -> bool:
    """Whether a longer name is none of a tool ('Google Meet'), a person, a department or a branch in some town."""
    short = organisations.key(name)
    added = [one for one in fuller.split() if not set(organisations.key(one)) <= set(short)]
    persons = any(set(folded(fuller)) <= set(one) for one in known.people) and not _abbreviates(name, fuller)
    if persons or organisations.is_tool_name(fuller):
        return False
    of_town = any(is_town(one.strip(",")) for one in added)
    begun = any(one.casefold() in words("names", "no_beginning") for one in added)
    return not (of_town or begun) and company_words(fuller) != company_words(name)


def _is(fuller: str, name: str, often: int, alone: int, known: Known) -> bool:
    """Whether a longer name, which stands `often` where the short one stands `alone`, is the whole one."""
    share = often / (often + alone)
    if _abbreviates(name, fuller):
        return True
    if (organisations.is_full(fuller) or organisations.is_institution(fuller)) and share >= SOMETIMES:
        return True
    if any(_fit(one, name) < _fit(one, fuller) >= SPELT for one in known.domains):
        return True
    return often >= LEAST and share >= MOSTLY


def _fit(domain: str, name: str) -> float:
    return spells(registered(domain.partition("@")[0])[0], name)
