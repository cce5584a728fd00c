"""What a careful person would call the job once they have read the whole thread: its title without the employer, the
number and the place that a subject puts beside it, with the words before it that most of its mail has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from mailbot.reading import titles
from mailbot.tracking.facts import Spelling, best_title
from mailbot.tracking.names import folded, without_employer

FEWEST_DIGITS = 3  # of a job's number
BEFORE = 3  # so many words before a title may belong to it
MOSTLY = 0.5  # and do where so many of the places that have the title have them
SIGNS = (",", " (", " - ", " – ", " — ", " | ")  # before what is added to a title
DOUBTED = 0.5  # what is left of a title's weight that hardly looks like one


def title(spellings: Mapping[str, Spelling], company: str | None, texts: Collection[str]) -> str | None:
    """The job's title by all mail of an application; `texts` are the words that are kept of it."""
    ways: dict[str, Spelling] = {}
    for text, one in spellings.items():
        bare = without_number(without_employer(text, company) or text)
        told = Spelling(bare, one.weight * _likely(bare), one.first, one.last)
        ways[bare] = ways[bare] + told if bare in ways else told
    best = best_title(ways)
    return _without_addition(_with_what_precedes(best, texts), texts) if best else None


def _likely(text: str) -> float:
    return DOUBTED + (1 - DOUBTED) * titles.likeness(text)


def without_number(text: str) -> str:
    """A title without the number of the job at either end: 'Ward Clerk' of 'WC-214 Ward Clerk'; a year stays."""
    words = text.split()
    while len(words) > 1 and _is_number(words[-1]):
        words.pop()
    while len(words) > 1 and _is_number(words[0]):
        words.pop(0)
    return " ".join(words).strip(" ,-–—|:#")


def _is_number(word: str) -> bool:
    bare = word.strip("()[],;:#")
    digits = sum(one.isdigit() for one in bare)
    year = bare.isdigit() and len(bare) == 4 and bare[:2] in ("19", "20")
    return digits >= FEWEST_DIGITS and not year and bare.upper() == bare


def _with_what_precedes(best: str, texts: Iterable[str]) -> str:
    """'Applications Engineer' where nearly every text that has 'Engineer' has it so."""
    found: Counter[str] = Counter()
    places = 0
    for text in texts:
        at = text.casefold().find(best.casefold())
        if at < 0 or text[at - 1 : at].isalnum():
            continue
        places += 1
        before = text[:at].split()[-BEFORE:] if text[:at].endswith(" ") else []
        words: list[str] = []
        while before and before[-1][:1].isupper() and before[-1].isalpha() and titles.is_known(before[-1]):
            words.insert(0, before.pop())
        if words:
            found[" ".join(words)] += 1
    words_, often = next(iter(found.most_common(1)), ("", 0))
    return f"{words_} {best}" if often > 1 and often > MOSTLY * places else best


def _without_addition(best: str, texts: Iterable[str]) -> str:
    """'Credit Controller' of 'Credit Controller, Kirkstall' where the title stands somewhere without the place: what
    has no word of titles in it, or a number."""
    ends = [at for sign in SIGNS if (at := best.find(sign)) > 0]
    head = best[: min(ends)] if ends else best
    added = folded(best[len(head) :])
    special = any(titles.is_known(one) for one in added) and not any(one.isdigit() for one in added)
    if not added or special:
        return best
    return head if any(_stands_without(head, added[0], text) for text in texts) else best


def _stands_without(head: str, added: str, text: str) -> bool:
    low = text.casefold()
    at = low.find(head.casefold())
    return at >= 0 and folded(low[at + len(head) :])[:1] != (added,)
