"""The rules of a preset as values, whatever file or person they come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time

from mailbot.etiquette.follow_up import FollowUpKind
from mailbot.tracking.application import Patience

# These hold in every preset; the rest are unprompted, and a preset writes them or not.
ALWAYS = frozenset({
    FollowUpKind.INVITATION_REPLY, FollowUpKind.OFFER_REPLY, FollowUpKind.INTERVIEW_NOTES, FollowUpKind.WITHDRAWAL,
    FollowUpKind.DECLINE, FollowUpKind.NO_SHOW, FollowUpKind.APOLOGY, FollowUpKind.CONFIRMATION,
})  # fmt: skip
THROUGH = "through"


@dataclass(frozen=True, slots=True)
class Rule:
    """What every number has: `name` is 'check_in.after_promise', `guide` where it comes from ('ours' where it is
    ours, 'yours' where the person set it)."""

    name: str
    guide: str


@dataclass(frozen=True, slots=True)
class Days(Rule):
    """Counted from a day: calendar days, or working days; then the day reached moves on to a working one."""

    days: int
    working: bool
    then_working: bool


@dataclass(frozen=True, slots=True)
class Hours(Rule):
    """Counted from a moment; 0 is at once."""

    hours: int


@dataclass(frozen=True, slots=True)
class Count(Rule):
    count: int


@dataclass(frozen=True, slots=True)
class Share(Rule):
    """A confidence, from 0 to 1."""

    share: float


@dataclass(frozen=True, slots=True)
class Clock(Rule):
    """A time of day in the person's zone."""

    clock: time


@dataclass(frozen=True, slots=True)
class YearDay(Rule):
    """A day of every year."""

    month: int
    day: int


@dataclass(frozen=True, slots=True)
class Etiquette:
    """A preset with what the person overrode. `letters` are all kinds that it writes. `agency` is 'direct' or
    'through': where an agency acts, whether the client's interviewers get letters of their own."""

    preset: str
    letters: frozenset[FollowUpKind]
    agency: str
    rules: Mapping[str, Rule]

    def writes(self, kind: FollowUpKind) -> bool:
        return kind in self.letters

    def days(self, name: str) -> Days:
        rule = self.rules[name]
        assert isinstance(rule, Days)  # noqa: S101 - the loader gave each name its type
        return rule

    def hours(self, name: str) -> Hours:
        rule = self.rules[name]
        assert isinstance(rule, Hours)  # noqa: S101
        return rule

    def count(self, name: str) -> int:
        rule = self.rules[name]
        assert isinstance(rule, Count)  # noqa: S101
        return rule.count

    def share(self, name: str) -> float:
        rule = self.rules[name]
        assert isinstance(rule, Share)  # noqa: S101
        return rule.share

    def clock(self, name: str) -> time:
        rule = self.rules[name]
        assert isinstance(rule, Clock)  # noqa: S101
        return rule.clock

    def year_day(self, name: str) -> tuple[int, int]:
        """Month and day."""
        rule = self.rules[name]
        assert isinstance(rule, YearDay)  # noqa: S101
        return rule.month, rule.day


def patience(etiquette: Etiquette) -> Patience:
    """After how much silence an application is dormant by this preset."""
    return Patience(
        check_ins=etiquette.count("dormant.check_ins"),
        after_last=etiquette.days("dormant.after_last").days,
        silence=etiquette.days("dormant.silence").days,
    )
