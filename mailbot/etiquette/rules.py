"""The rules of a preset as values, and their loader: `presets/common.toml`, over it the preset, over it the person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import time
from difflib import get_close_matches
from typing import Any, Literal

from mailbot.errors import ConfigError
from mailbot.etiquette.data import table
from mailbot.etiquette.follow_up import FollowUpKind
from mailbot.tracking.application import Patience

PRESETS = ("coach", "ten-steps", "one-follow-up", "three-strikes")
ALWAYS = frozenset({FollowUpKind.INVITATION_REPLY, FollowUpKind.OFFER_REPLY, FollowUpKind.INTERVIEW_NOTES})
YOURS = "your configuration"
_VALUES = ("days", "count", "share", "clock", "day")
_AGENCY = ("direct", "through")


@dataclass(frozen=True, slots=True)
class Rule:
    """One number of a preset. `name` is 'check_in.after_promise'; `guide` is where the number comes from, or 'ours'.
    `value` is a number of days, a count, a share from 0 to 1, a time of day, or a month and day, as `what` says.
    Days are counted in `unit`; `then_working` moves the day reached on to a working day."""

    name: str
    what: Literal["days", "count", "share", "clock", "day"]
    value: float | time | tuple[int, int]
    guide: str
    unit: Literal["calendar", "working"] = "calendar"
    then_working: bool = False

    @property
    def number(self) -> int:
        """Days, or how many."""
        assert isinstance(self.value, int)  # noqa: S101 - the loader checked it
        return self.value


@dataclass(frozen=True, slots=True)
class Etiquette:
    """A preset's rules with what the person overrode. `letters` are all kinds that it writes."""

    preset: str
    letters: frozenset[FollowUpKind]
    agency: Literal["direct", "through"]
    rules: Mapping[str, Rule]

    def rule(self, name: str) -> Rule:
        """The rule of that name; every name of common.toml is there."""
        return self.rules[name]

    def writes(self, kind: FollowUpKind) -> bool:
        return kind in self.letters


def patience(etiquette: Etiquette) -> Patience:
    """After how much silence an application is dormant by this preset."""
    return Patience(
        check_ins=etiquette.rule("dormant.check_ins").number,
        after_last=etiquette.rule("dormant.after_last").number,
        silence=etiquette.rule("dormant.silence").number,
    )
