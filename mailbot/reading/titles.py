"""Job titles: how much a text looks like one, and one without what is none of it."""

from __future__ import annotations

from functools import cache, lru_cache

from mailbot.patterns import PatternSet, compiled
from mailbot.reading.tables import table
from mailbot.reading.title_words import (
    Word,
    is_head,
    is_known_word,
    is_level,
    is_title_word,
    is_town,
    source,
    split,
    vocabulary,
)

REMEMBERED = 4096  # answers kept
LONGEST = 14  # words of a title
SURE, LIKELY, FIELD, MAYBE, NONE = 1.0, 0.7, 0.6, 0.4, 0.0


@lru_cache(maxsize=REMEMBERED)
def likeness(title: str) -> float:
    """How much a text looks like a job title, 0 to 1."""
    words = split(title)
    if not words or len(words) > LONGEST or not any(letter.isalpha() for letter in title):
        return NONE
    if title.casefold() in _hiring() or "hiring manager" in title.casefold():
        return NONE
    if words[0].key in vocabulary("never_first"):
        return NONE
    if _is_position(title):
        return SURE
    if any(_is_none(words, at) for at in range(len(words))):
        return NONE
    heads = any(is_head(word) for word in words)
    tame = all(
        word.high or is_title_word(word) or word.key in vocabulary("connectors") or not word.key for word in words
    )
    if heads and tame:
        return SURE if len(words) > 1 or words[0].high else LIKELY
    if heads:
        return MAYBE
    high = all(word.high or word.key in vocabulary("connectors") or not word.key for word in words)
    known = sum(is_known_word(word) for word in words)
    if high and known and len(words) > 1:
        return FIELD
    if len(words) == 1:
        return 0.2
    return MAYBE if high and len(words) < 8 else 0.2 if known == len(words) else NONE


def _is_none(words: list[Word], at: int) -> bool:
    """Whether no title holds the word there: 'interview', '10:45'."""
    if words[at].key == "application" and at + 1 < len(words) and is_head(words[at + 1]):
        return False  # 'Field Application Scientist'
    of_clock = words[at].key == "am" or compiled(r"\d[:.]\d\d").search(words[at].key) is not None
    return of_clock or (words[at].key in vocabulary("never") and not is_level(words, at))


@lru_cache(maxsize=REMEMBERED)
def clean(title: str) -> str:
    """A title without numbers of requisitions, 'm/f/d', quotes, the place behind it and loose punctuation."""
    title = compiled(source("gender")).sub(" ", title)
    title = compiled(source("requisition_brackets")).sub(" ", title)
    title = compiled(source("requisition_at_ends")).sub("", title.strip())
    title = compiled(source("requisition_loose")).sub(" ", title)
    title = compiled(source("lead")).sub("", title.strip())
    title = compiled(r" and I\b.*$", case=True).sub("", title)  # 'a Buyer and I would like to apply'
    title = compiled(r"^(?:\d{1,2}[:.]\d{2}|\d{2,4}-\d{2,6},?)\s+").sub("", title)
    title = " ".join(compiled("[“”\"*_]|'(?:\\s|$)|(?:^|\\s)['‘]").sub(" ", title).split())
    title = title.strip(" ,.;:!?-–—|/&\u200b#·•…").strip()
    if before := compiled(source("before_title"), case=True).match(title):
        title = title[before.end - 1 :]
    if title.count("(") != title.count(")"):
        title = title.strip("()").partition(" (")[0]
    while (words := title.split(" "))[0].casefold() in vocabulary("openings") and len(words) > 1:
        title = title.partition(" ")[2]
    closings = vocabulary("closings")
    while len(words := title.split(" ")) > 1 and words[-1].casefold() in closings and not _is_position(title):
        title = title.rpartition(" ")[0].rstrip(" ,-–—|&")
    for behind in ("state_behind", "pay_behind", "numbered_behind"):
        title = compiled(source(behind)).sub("", title)
    title = _without_place(compiled(source("season_behind")).sub("", _without_label(title)))
    return title if title.casefold() not in vocabulary("openings") | vocabulary("closings") else ""


def _is_position(title: str) -> bool:
    """Whether it is a post that has no other title: 'PhD position in Ecology'."""
    return compiled(source("degree_position")).match(title) is not None


def _without_label(title: str) -> str:
    """'UX Designer' of 'Application UX Designer', as subjects have it; 'Application Developer' is whole."""
    words = title.split(" ")
    labelled = len(words) > 2 and words[0].casefold() == "application"
    return title if not labelled or words[1].casefold() in vocabulary("after_application") else " ".join(words[1:])


def _without_place(title: str) -> str:
    """'Store Manager' of 'Store Manager, Leeds' and 'Store Manager, Tulsa, OK'."""
    place = compiled(source("place_behind"), case=True).search(title)
    known = place is not None and (place.group("state") or is_town(place.group("city") or ""))
    in_brackets = compiled(r"\s\((\p{Lu}[\p{L} .-]{2,30})\)$", case=True).search(title)
    if in_brackets and is_town(in_brackets.group(1) or ""):
        return title[: in_brackets.start]
    return title[: place.start] if place and known else title


def never(word: str) -> bool:
    """Whether no title holds the word."""
    return word.casefold() in vocabulary("never") or word.casefold() in vocabulary("never_first")


@lru_cache(maxsize=REMEMBERED)
def is_known(word: str) -> bool:
    """Whether a word is one that job titles are made of."""
    return any(is_title_word(one) for one in split(word))


def requisition(text: str) -> str | None:
    """The number under which a job is listed, 'R-12345', where the text gives one."""
    if not any(letter.isdigit() for letter in text):
        return None
    for number in _requisitions().matching(text)[:1]:
        found = compiled(table("titles")["requisitions"][number]).search(text)
        return (found.group("number") or "").strip(" .:#-") or None if found else None
    return None


@cache
def _requisitions() -> PatternSet:
    return PatternSet(table("titles")["requisitions"])


@cache
def _hiring() -> frozenset[str]:
    return frozenset(table("titles")["hiring"])
