"""Where a job title begins and ends in a text."""

from __future__ import annotations

from mailbot.reading.title_words import Word, is_head, is_known_word, is_level, is_title_word, places, split, vocabulary
from mailbot.reading.titles import LONGEST, clean

BRACKETS = {"(": ")", "[": "]"}


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
