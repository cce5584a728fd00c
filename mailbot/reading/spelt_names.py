"""Names wherever they stand in a mail: those that the hiring side's addresses spell, in capitals or in small letters,
and those that by their words are an organisation's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mailbot.patterns import compiled
from mailbot.reading import domains, names, organisations
from mailbot.reading.domains import Label, letters
from mailbot.reading.hints import Hint
from mailbot.reading.places import Place, Where

MOST_RUNS = 400  # runs of capitalised words that are compared with a domain
SURE = 0.9  # of what a label spells
SIGNED = 1.5  # the weight of a whole line in small letters below a mail
BARE = 1.0  # the weight of a name that is an organisation's by its words
MOST_SMALL = 4  # words of a name in small letters
MOST_WORDS = 2000  # words among which names in small letters are looked for


def spelt_hints(found: Sequence[Place], labels: Sequence[Label]) -> Iterator[Hint]:
    """A hint for each name in a mail that one of the labels spells, or that is an organisation's by its words."""
    yield from _in_capitals(found, labels)
    yield from _in_small_letters(found, labels)


def _in_capitals(found: Sequence[Place], labels: Sequence[Label]) -> Iterator[Hint]:
    seen: set[str] = set()
    for place in found:
        for match in organisations.name_pattern().finditer(place.text):
            if match.text in seen or len(seen) >= MOST_RUNS:
                continue
            seen.add(match.text)
            written = compiled(r"['’]s?$").sub("", organisations.without_legal_form(match.text.strip(" ,.")))
            if organisations.plain(written) != written and spelt(written, labels) >= domains.SPELT:
                yield Hint(written, 1.0, place.where)  # words that stand in no other name: 'Tea People'
                continue
            whole = organisations.plain(match.text)
            name = _best_spelt(whole.split(), labels)
            ways = organisations.forms(name)
            if name and spelt(name, labels) >= domains.LEADING * SURE:
                ways = ((name, 1.0),)  # 'Trackway People', though departments are called so
            for form, likely in ways:
                yield Hint(form, likely, place.where, part=name != whole)
            if not name and _says_itself(whole):
                yield Hint(whole, BARE, place.where)
            if name and whole != name and whole.startswith(name) and organisations.is_full(whole):
                yield Hint(whole, 1.0, place.where)


def _says_itself(name: str) -> bool:
    """Whether the last word of a name says that it is an organisation's: 'Acme Foods'."""
    if " " not in name or not organisations.possible(name) or not organisations.is_full(name):
        return False
    looks = (organisations.is_department, organisations.looks_like_title, organisations.is_tool_name)
    return not any(one(name) for one in looks)


def _best_spelt(words: list[str], labels: Sequence[Label]) -> str:
    """The part of a run that a label spells best; empty where none is spelt."""
    best, found = domains.PART - 0.01, ""
    for low in range(min(len(words), 6)):
        for high in range(len(words), low, -1):
            name = " ".join(words[low:high])
            if organisations.plain(name) != name or (len(words) > high - low and names.is_given(words[0])):
                continue
            value = spelt(name, labels)
            if value > best:
                best, found = value, name
    return found


def spelt(name: str, labels: Sequence[Label]) -> float:
    """How well, and how surely, the hiring side's addresses spell a name, 0 to 1."""
    return max((domains.spells(label.text, name) * label.sure for label in labels), default=0.0)


def _in_small_letters(found: Sequence[Place], labels: Sequence[Label]) -> Iterator[Hint]:
    """Some write their own name so: 'heron and reed' from heronandreed.example."""
    wanted = {label.text.replace("-", "") for label in labels}
    seen = 0
    for place in found:
        words = place.text.split()
        seen += len(words)
        if seen > MOST_WORDS or not wanted:
            return
        for low, word in enumerate(words):
            if not (word.islower() and any(label.startswith(word[:2]) for label in wanted)):
                continue
            for high in range(low + 1, min(len(words), low + MOST_SMALL) + 1):
                name = " ".join(words[low:high]).strip(" ,.;:!?()'\"–—-")
                if name.islower() and letters(name) in wanted:
                    yield Hint(name, 1.0, place.where)
        line = place.text.strip(" ,.–—-")
        signs = place.where is Where.SIGNATURE and line.islower() and 1 < len(words) <= MOST_SMALL
        if signs and spelt(line, labels) >= domains.LEADING * SURE:
            yield Hint(line, SIGNED, place.where)
