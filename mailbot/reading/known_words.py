"""Words, and how common each is, to cut what an address runs together."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from mailbot.filed import FiledLines
from mailbot.reading.tables import filed, table

HEAD = 3  # lines of comment
FIRMS = "f"  # a word of which firms make their names
# What a word of each kind costs: of English the most common (a) to the least (e), of other languages (p to r), towns,
# given names, surnames. A word of several kinds is of the cheapest.
COSTS = {
    "a": 8.0, "b": 10.0, "c": 12.0, "d": 14.0, "e": 15.0, "p": 11.0, "q": 12.5, "r": 14.5,
    FIRMS: 11.0, "t": 13.5, "g": 14.0, "s": 14.0,
}  # fmt: skip
SEEN_COSTS = {1: 11.5, 2: 10.0, 4: 9.0, 9: 8.0}  # of one seen in so many firms' names, or more
JOINTS = ("and", "of")
JOINT = 4.0  # what these cost
STEP = 1.0  # what each word costs beside
SHORT, SHORT_AND_COMMON, SHORTER = 4.0, 2.0, 5.0  # what one of three letters costs more, also if common; one of two
COMMON = 10.0
UNKNOWN, EACH_LETTER = 5.0, 2.6  # what a word costs that no list has
UNKNOWN_SHORT = (0.0, 12.0, 12.0, 6.0)  # what it costs more if it has one, two or three letters
NEVER = 99.0
REMEMBERED = 4096


class Known(NamedTuple):
    """What is known of a word: its kind, a key of `COSTS`; in how many firms' names it was seen that cuts were learned
    from, a key of `SEEN_COSTS`. Empty and 0 where it is in no list, where it was not seen."""

    kind: str
    seen: int

    def __bool__(self) -> bool:
        return bool(self.kind or self.seen)

    def __str__(self) -> str:
        return f"{self.kind}{self.seen}"


@lru_cache(maxsize=REMEMBERED)
def known(word: str) -> Known:
    found = _seen().get(word)
    return Known(kind_of(word), int(found) if found else 0)


@lru_cache(maxsize=REMEMBERED)
def kind_of(word: str) -> str:
    found = _words().get(word)
    kind = found.decode() if found else ""
    return FIRMS if word in _of_firms() and COSTS.get(kind, NEVER) > COSTS[FIRMS] else kind


def times(count: int) -> int:
    """A number of firms' names as `Known.seen` has it."""
    return max((least for least in SEEN_COSTS if count >= least), default=0)


def cost(word: str, of: Known) -> float:
    """What a word costs of which this is known: less the more common it is, the unknown by their letters."""
    if word in JOINTS:
        return JOINT
    size = len(word)
    if not of:
        return UNKNOWN + EACH_LETTER * size + (UNKNOWN_SHORT[size] if size < len(UNKNOWN_SHORT) else 0.0) + STEP
    own = min(COSTS.get(of.kind, NEVER), SEEN_COSTS.get(of.seen, NEVER)) + STEP
    if size < 3:
        return own + SHORTER
    return own + (0.0 if size > 3 else SHORT_AND_COMMON if own <= COMMON + STEP else SHORT)


@cache
def _words() -> FiledLines:
    return FiledLines(filed("known_words.txt"), head=HEAD)


@cache
def _seen() -> FiledLines:
    return FiledLines(filed("learned/firm_words.txt"), head=0)


@cache
def _of_firms() -> frozenset[str]:
    return frozenset(word for key in ("words", "more_words", "plain_words") for word in table("domains")[key].split())
