"""A text's tokens as the rules look at them: never far ahead, so that the whole is linear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from mailbot.reading.dates.lexer import END, Token, tokens
from mailbot.reading.dates.values import DateContext, Length, Unit
from mailbot.reading.dates.zones import country_of, zone
from mailbot.reading.tables import table

_REACH = 150  # tokens over which 'the following week' may point back
_KEPT = 8  # days that a text has told of


@dataclass(frozen=True, slots=True)
class Days:
    """A day or days that a rule found. `sure` as in Mention; `hour` is the window that 'tonight' names; `open` marks
    'within', where no first day is meant."""

    first: date
    last: date
    unit: Unit = Unit.DAY
    sure: float = 1.0
    part: str = ""
    counted: bool = False
    size: Length | None = None  # what was counted
    open: bool = False
    yearless: bool = False  # the year is a guess, not stated

    def __add__(self, step: timedelta) -> Days:
        return replace(self, first=self.first + step, last=self.last + step)


@cache
def vocabulary(name: str) -> dict[str, Any]:
    """One table of the words of time."""
    found: dict[str, Any] = table("time/words")[name]
    return found


@cache
def words(section: str, key: str) -> frozenset[str]:
    return frozenset(vocabulary(section)[key])


_BEYOND = 64  # places


class View:
    """The tokens of one text and the context in which it is read."""

    def __init__(self, text: str, context: DateContext) -> None:
        self.text = text
        self.context = context
        self.tokens: Sequence[Token] = tokens(text)
        # A rule may look a little beyond either end: the places below zero count from the padded end.
        self._tokens = (*self.tokens, *[END] * _BEYOND)
        self._lows = [token.low for token in self._tokens]
        self.lengths: dict[int, tuple[Length, int] | None] = {}  # what `lengths.length` found at each place
        self.today = context.reference.astimezone(zone(context.zone)).date()
        self.country = context.country or country_of(context.zone)
        self.month_first = self._month_first()
        self._told_of: list[tuple[date, int, bool]] = []

    def remember(self, day: date, low: int, high: int) -> None:
        """Keep the day that the text has just told of in these tokens: 'the following week' goes on from it."""
        named = any(self.weekday(place) is not None for place in range(low, high)) and high - low > 1
        self._told_of = [*self._told_of[1 - _KEPT :], (day, high, named)]

    def told_of(self, at: int, weekday: int | None = None) -> date | None:
        """The day that the text told of last, not long before `at`; that of a weekday, where it was named with it."""
        near = ((day, named) for day, place, named in reversed(self._told_of) if at - place <= _REACH)
        return next((day for day, named in near if weekday is None or (named and day.weekday() == weekday)), None)

    def just_told(self, at: int) -> bool:
        """Whether only one word or mark stands between a place and the date that the text told of last."""
        end = self._told_of[-1][1] if self._told_of else at
        return 0 < at - end <= 2 and self[end - 1].kind in ("ordinal", "number")

    def __getitem__(self, at: int) -> Token:
        return self._tokens[at]

    def low(self, at: int) -> str:
        """The token's text in lower case."""
        return self._lows[at]

    def skip(self, at: int, *options: str) -> int:
        """The place after `at` if one of the options stands there, else `at`."""
        return at + 1 if self._lows[at] in options else at

    def sees(self, at: int, *sequence: str) -> bool:
        """Whether these tokens stand there one after the other."""
        return self._lows[at] == sequence[0] and tuple(self._lows[at : at + len(sequence)]) == sequence

    def number(self, at: int) -> tuple[int, int] | None:
        """A whole number in digits or words, and the place after it."""
        token = self[at]
        if token.kind == "number":
            return int(token.text), at + 1
        if token.kind != "word":
            return None
        joined = f"{token.low}-{self.low(at + 2)}"
        if self[at + 1].low == "-" and joined in vocabulary("numbers"):
            return int(vocabulary("numbers")[joined]), at + 3
        value = vocabulary("numbers").get(token.low)
        return (int(value), at + 1) if value is not None else None

    def ordinal(self, at: int) -> tuple[int, int] | None:
        """A day of the month or a place in a row, in digits ('3rd') or words ('third'); -1 is 'last'."""
        token = self[at]
        if token.kind == "ordinal":
            return int(token.low[:2].strip("snrt ")), at + 1
        joined = f"{token.low}-{self.low(at + 2)}" if self.low(at + 1) == "-" else ""
        if joined in vocabulary("ordinals"):
            return int(vocabulary("ordinals")[joined]), at + 3
        value = vocabulary("ordinals").get(token.low)
        return (int(value), at + 1) if value is not None else None

    def month(self, at: int, *, beside_day: bool = False) -> int | None:
        """The month that is named there; 'may', 'march' and the like only in capitals, or beside a day."""
        token = self[at]
        value = vocabulary("months").get(token.low) if token.kind == "word" else None
        if value is None or (token.low in words("beside", "verbs_too") and token.text.islower() and not (
            beside_day or self[at + 1].kind == "ordinal" or self[at - 1].kind == "ordinal" or self._dated(at - 1)
        )):  # fmt: skip
            return None
        return int(value)

    def _dated(self, at: int) -> bool:
        """Whether '3rd of' stands before a place."""
        return self._lows[at] == "of" and self[at - 1].kind == "ordinal"

    def weekday(self, at: int) -> int | None:
        """The weekday that is named there, Monday 0; 'sat', 'sun', 'mon' and the like only in capitals."""
        token = self[at]
        value = vocabulary("weekdays").get(token.low) if token.kind == "word" else None
        also_verb = token.low in words("beside", "verbs_too") and token.text.islower()
        return None if value is None or (also_verb and not self._timed(at)) else int(value)

    def _timed(self, at: int) -> bool:
        """Whether a clock time or a day in figures stands beside a place."""
        return self[at - 1].kind in ("clock", "ordinal") or self[at + 1].kind in ("clock", "ordinal")

    def past(self, at: int) -> bool:
        """Whether the sentence before `at` tells of what has been."""
        if self.context.past:
            return True
        for place in range(at - 1, max(at - 16, -1), -1):
            low = self.low(place)
            if low in (".", "!", "?") and self[place - 1].kind == "word" and not self._abbreviated(place - 1):
                return False
            if low in words("past", "shields") or (low == "'s" and self.low(place - 1) in ("it", "that")):
                return False
            if low in words("past", "words") and self._is_condition(place):
                return False
            if low in ("was", "were") and self.low(place + 1) in words("past", "awaited"):
                return False  # 'what was to be Thursday at 2'
            if low == "had" and self._is_perfect(place - 1) and self.low(place + 1) == "to":
                return False  # 'we have had to move Thursday'
            if low in words("past", "words") or self._did(place):
                reach = 2 if self._did(place) else 5 if low == "had" else 0
                named = at - 1 if self.weekday(at - 1) is not None else at
                ahead = self.low(named - 1) == "for" and named - place <= reach  # 'I promised for Thursday'
                return self.low(place - 1) != "be" and not ahead
        return any(self.low(place) in words("past", "verbs_after") for place in range(at + 1, at + 6))

    def _is_condition(self, at: int) -> bool:
        """Whether a word of the past belongs to what is awaited: 'once the owners have met on Thursday'."""
        before = self._lows[max(at - 8, 0) : at]
        return before[-1:] in (["have"], ["has"]) and any(low in words("past", "awaiting") for low in before)

    def _abbreviated(self, at: int) -> bool:
        low = self.low(at)
        return len(low) == 1 or low in words("past", "abbreviations") or self.month(at) is not None or (
            len(low) < 6 and self.weekday(at) is not None
        )

    def _is_perfect(self, at: int) -> bool:
        """Whether 'have' stands there, by itself or in 'we've'."""
        return self.low(at) in ("have", "has") or self.low(at).endswith("'ve")

    def _did(self, at: int) -> bool:
        """Whether a regular verb in the past stands there with who did it: 'we called'."""
        return self.low(at)[-2:] == "ed" and self.low(at - 1) in words("past", "doers")

    def _month_first(self) -> bool:
        """Whether numbers are written month before day: as other dates in the text show, else by country."""
        for token in self.tokens:
            if token.kind in ("date", "slash"):
                one, two = (int(piece) for piece in token.text.replace("-", "/").replace(".", "/").split("/")[:2])
                if one > 12 >= two or two > 12 >= one:
                    return two > 12
        return (self.context.order or self.country) in words("countries", "month_first")
