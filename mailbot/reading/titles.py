"""Job titles: where one begins and ends in a text, and how much a text looks like one."""

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
    places,
    source,
    split,
    vocabulary,
)

REMEMBERED = 4096  # answers kept
LONGEST = 14  # words of a title
SURE, LIKELY, FIELD, MAYBE, NONE = 1.0, 0.7, 0.6, 0.4, 0.0
BRACKETS = {"(": ")", "[": "]"}


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


def leading(text: str) -> str:
    """The title with which a text begins; empty where it begins with none."""
    words = split(text, LONGEST + 6)
    end, head = 0, False
    at = 0
    while at < len(words) and at < LONGEST:
        step = _step(words, at, head)
        if not step:
            break
        head = head or any(is_head(word) for word in words[at : at + step])
        at += step
        end = at
        last = words[at - 1]
        if last.closes or (last.text.endswith(",") and not _goes_on_after_comma(words, at, head)):
            break
        if last.text[-1:] in ")]" and head and not is_level(words, at):
            break
    return clean(" ".join(word.text for word in words[:end])) if end else ""


def trailing(text: str) -> str:
    """The title with which a text ends, as before 'position': 'apply for the Senior Data Analyst' -> 'Senior Data
    Analyst'."""
    words = split(text)[-LONGEST:]
    start = at = len(words)
    while at > 0:
        step = _step_back(words, at - 1)
        if not step:
            break
        at -= step
        start = at
    while start < len(words) and (not words[start].key or words[start].key in vocabulary("connectors")):
        start += 1
    start = _to_article(words, start)
    return clean(" ".join(word.text for word in words[start:]))


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
    title = compiled(source("state_behind")).sub("", title)
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


def _step(words: list[Word], at: int, head: bool) -> int:
    """How many words from `at` on still belong to a title that is read forwards; 0 where it has ended."""
    word = words[at]
    if word.text[0] in BRACKETS and at:
        return _bracket(words, at)
    if word.key in vocabulary("connectors") or not word.key:
        return _over_connector(words, at, head)
    if head and is_level(words, at):
        return 1
    if word.key in vocabulary("stops"):
        ahead = at + 1 < len(words) and is_head(words[at + 1]) and not word.closes
        return 1 if ahead and not head and word.high == words[at + 1].high else 0
    if head and (is_head(words[at - 1]) or is_level(words, at - 1)) and not words[at - 1].text.endswith(","):
        joins = word.high or (is_head(word) and words[at - 1].key in vocabulary("modifiers"))  # 'frontend engineer'
        return 1 if joins and (is_title_word(word) or _head_follows(words, at)) else 0
    return 1 if word.high or is_title_word(word) else 0


def _head_follows(words: list[Word], at: int) -> bool:
    """Whether a head was none yet: 'Student Wellbeing Officer', 'Assistant Branch Manager'."""
    if not is_known_word(words[at - 1]):
        return False
    for word in words[at : at + 3]:
        if not word.high or word.key in vocabulary("stops"):
            return False
        if is_head(word):
            return True
        if word.closes:
            return False
    return False


def _over_connector(words: list[Word], at: int, head: bool) -> int:
    """A connector belongs to a title where a title's word follows: 'Head of Sales', 'Health & Safety', 'R&D - EMEA'."""
    if not at or at + 1 >= len(words) or words[at].closes:
        return 0
    word, ahead = words[at], words[at + 1]
    in_field = word.key == "in" and head and not ahead.high and ahead.key in vocabulary("modifiers")
    if in_field:
        return 2  # 'working student in marketing'
    if word.key == "the" or (word.key in vocabulary("loose_connectors") and not (head and words[at - 1].high)):
        return 0
    if not word.key:
        return 1 if head and words[at - 1].high and _names_field(words, at + 1) else 0
    if word.key in vocabulary("loose_connectors"):
        return 2 if ahead.high and is_known_word(ahead) else 0
    if ahead.key in vocabulary("connectors"):
        return 3 if at + 2 < len(words) and words[at + 2].high else 0
    if ahead.key in vocabulary("stops"):
        return 0
    return 2 if ahead.high or is_title_word(ahead) else 0


def _step_back(words: list[Word], at: int) -> int:
    """How many words up to `at` belong to a title that is read backwards; 0 where it has begun."""
    word = words[at]
    if word.text[-1:] in ")]":
        opened = next((i for i in range(at, max(-1, at - 5), -1) if words[i].text[0] in BRACKETS), None)
        return 0 if opened is None else at - opened + 1
    if at + 1 < len(words) and word.closes and word.key not in vocabulary("abbreviations"):
        return 0
    if not word.key:
        return 1 if at and at + 1 < len(words) and words[at - 1].high and not words[at - 1].closes else 0
    if word.key in vocabulary("connectors"):
        return _back_over_connector(words, at)
    if is_level(words, at):
        return 2
    before_head = word.key == "application" and word.high and at + 1 < len(words) and is_head(words[at + 1])
    if before_head and at and words[at - 1].high:
        return 1  # 'Field Application Scientist'
    if word.key in vocabulary("back_stops") or (word.key.endswith("'s") and not is_known_word(word)):
        return 0
    return 1 if word.high or is_title_word(word) else 0


def _to_article(words: list[Word], start: int) -> int:
    """Where a title in small letters begins whose first words are rare in titles: 'the bike mechanic' before 'job'."""
    if start >= len(words) or words[start].high:
        return start
    for at in range(start - 1, max(-1, start - 3), -1):
        key = words[at].key
        if key in ("the", "a", "an", "our"):
            return at + 1
        if (
            words[at].high
            or not key.isalpha()
            or key in vocabulary("back_stops") | vocabulary("stops") | vocabulary("connectors")
        ):
            return start
    return start


def _back_over_connector(words: list[Word], at: int) -> int:
    if not at or at + 1 >= len(words) or words[at - 1].closes:
        return 0
    before = words[at - 1]
    if words[at].key in vocabulary("loose_connectors"):
        return 2 if is_head(before) and before.high and before.key not in vocabulary("back_stops") else 0
    if words[at].key == "the":
        return 0
    if before.key in vocabulary("back_stops"):
        return 0
    if words[at].key == "of" and not (is_head(before) or before.high):
        return 0
    return 1 if before.high or is_title_word(before) else 0


def _goes_on_after_comma(words: list[Word], at: int, head: bool) -> bool:
    """Whether what follows a comma still belongs to the title: 'Director, Product', 'Developer, Junior'."""
    if at >= len(words) or not words[at].high or words[at].key in vocabulary("stops"):
        return False
    return not head or words[at].key in vocabulary("seniority") or _closes_title(words, at)


def _names_field(words: list[Word], at: int) -> bool:
    """Whether words behind a dash say which part of a field is meant: 'CNA - Memory Care at'."""
    named = [word for word in words[at : at + 3] if word.high and is_title_word(word)]
    ended = at + len(named)
    if not named or ended >= len(words) or words[at : ended] != named:
        return False
    return words[ended].key in vocabulary("closings") and words[ended - 1].bare == words[ended - 1].text


def _closes_title(words: list[Word], at: int) -> bool:
    """Whether capitalised words up to 'position', 'at' or the end say which part of a field is meant: ', Payments'."""
    for number, word in enumerate(words[at : at + 5]):
        ended = word.key in vocabulary("closings") or word.key in vocabulary("verbs")
        if number and (ended or word.text[0] in BRACKETS):
            return True
        if not (word.high or word.key in ("and", "&")) or word.key in vocabulary("stops") or word.key in places():
            return False
        if word.text[-1:] in ",.":
            return word.text[-1] == "."
    return len(words) <= at + 5


def _bracket(words: list[Word], at: int) -> int:
    """A short bracket within a title: '(Backend)', '(Maternity Cover)'."""
    closing = BRACKETS[words[at].text[0]]
    for length, word in enumerate(words[at : at + 5], 1):
        if closing in word.text:
            return length
    return 0


@cache
def _requisitions() -> PatternSet:
    return PatternSet(table("titles")["requisitions"])


@cache
def _hiring() -> frozenset[str]:
    return frozenset(table("titles")["hiring"])
