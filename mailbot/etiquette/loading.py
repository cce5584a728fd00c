"""The presets' files and the person's numbers -> an Etiquette, with every fault named."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any

from mailbot.errors import ConfigError
from mailbot.etiquette.data import table
from mailbot.etiquette.follow_up import FollowUpKind
from mailbot.etiquette.rules import ALWAYS, THROUGH, Clock, Count, Days, Etiquette, Hours, Rule, Share, YearDay

PRESETS = ("coach", "ten-steps", "one-follow-up", "three-strikes")
AGENCY = ("direct", THROUGH)
UNITS = ("calendar", "working")
_UNPROMPTED = tuple(sorted(kind.value for kind in FollowUpKind if kind not in ALWAYS))
_VALUES = ("days", "hours", "count", "share", "clock", "day")
_WRITTEN_WITH = {"days": ("days", "unit", "then")}


def load(preset: str, overrides: Mapping[str, object] = {}) -> Etiquette:
    """The preset's rules with what the person sets otherwise: `{"check_in": {"after_promise": 3}}`, or the whole as
    in a preset's file (`{"days": 3, "unit": "working"}`); `letters` and `agency` too.
    Raises ConfigError, one line for each fault, for an unknown preset or key and for a value of the wrong kind."""
    if preset not in PRESETS:
        raise ConfigError((f"[etiquette] preset = {preset!r}: {_instead(str(preset), PRESETS)}",))
    merged = _Merged(table("presets/common.toml"))
    merged.add(table(f"presets/{preset}.toml"), "")
    merged.add(overrides, "yours")
    if merged.problems:
        raise ConfigError(tuple(merged.problems))
    return Etiquette(
        preset=preset,
        letters=ALWAYS | {FollowUpKind(one) for one in merged.letters},
        agency=merged.agency,
        rules={name: _rule(name, entry) for name, entry in merged.entries.items()},
    )


def about(preset: str) -> str:
    """What a preset does, in a line."""
    return str(table(f"presets/{preset}.toml")["about"])


class _Merged:
    """The entries of several files, the later over the earlier; `problems` says what does not fit."""

    def __init__(self, common: Mapping[str, Any]) -> None:
        self.entries: dict[str, dict[str, Any]] = {
            f"{section}.{key}": dict(entry)
            for section, content in common.items()
            if isinstance(content, Mapping)
            for key, entry in content.items()
        }
        self.sections = {name.partition(".")[0] for name in self.entries}
        self.letters: list[str] = []
        self.agency = str(common["agency"])
        self.problems: list[str] = []

    def add(self, content: Mapping[str, object], guide: str) -> None:
        """Lay one file over the others; `guide` is where its numbers come from, empty where each says so itself."""
        for key, value in content.items():
            if key == "letters":
                self._letters(value)
            elif key == "agency":
                self._agency(value)
            elif key in ("about", "guides") and not guide:
                continue
            elif key in self.sections and isinstance(value, Mapping):
                for name, entry in value.items():
                    self._entry(f"{key}.{name}", entry, guide)
            elif key in self.sections:
                self.problem(key, f"expected a table, have {value!r}.")
            else:
                self.problem(key, _instead(key, (*self.sections, "preset", "letters", "agency")))

    def problem(self, key: str, text: str) -> None:
        self.problems.append(f"[etiquette] {key}: {text}")

    def _letters(self, value: object) -> None:
        listed = value if isinstance(value, list) else [value]
        for one in listed:
            if one not in _UNPROMPTED:
                self.problem("letters", f"{one!r}: {_instead(str(one), _UNPROMPTED)}")
        self.letters = [str(one) for one in listed]

    def _agency(self, value: object) -> None:
        if value not in AGENCY:
            self.problem("agency", f"{value!r}: {_instead(str(value), AGENCY)}")
        self.agency = str(value)

    def _entry(self, name: str, value: object, guide: str) -> None:
        if name not in self.entries:
            self.problem(name, _instead(name, tuple(self.entries)))
            return
        known = self.entries[name]
        what = next(one for one in _VALUES if one in known)
        given = dict(value) if isinstance(value, Mapping) else {what: value}
        source = guide or given.pop("from", "ours")
        for key, part in given.items():
            if key not in _WRITTEN_WITH.get(what, (what,)):
                self.problem(f"{name}.{key}", _instead(key, _WRITTEN_WITH.get(what, (what,))))
            elif not _CHECKS[key](part):
                self.problem(name, f"expected {_EXPECTED[key]}, have {part!r}.")
        known |= given | {"from": source}


def _instead(key: str, known: tuple[str, ...]) -> str:
    close = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
    return f"unknown; did you mean {close[0]!r}?" if close else f"unknown; known are {', '.join(sorted(known))}."


def _is_clock(value: object) -> bool:
    try:
        return isinstance(value, str) and time.fromisoformat(value).tzinfo is None
    except ValueError:
        return False


def _is_year_day(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(date.fromisoformat(f"2001-{value}"))
    except ValueError:
        return False


def _is_number(value: object, low: float, high: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high


_CHECKS: Mapping[str, Callable[[object], bool]] = {
    "days": lambda value: isinstance(value, int) and _is_number(value, 0, 365),
    "hours": lambda value: isinstance(value, int) and _is_number(value, 0, 240),
    "count": lambda value: isinstance(value, int) and _is_number(value, 0, 100),
    "share": lambda value: _is_number(value, 0, 1),
    "clock": _is_clock,
    "day": _is_year_day,
    "unit": lambda value: value in UNITS,
    "then": lambda value: value == "working",
}
_EXPECTED = {
    "days": "whole days from 0 to 365",
    "hours": "whole hours from 0 to 240",
    "count": "a whole number from 0 to 100",
    "share": "a share from 0 to 1",
    "clock": "a time of day like '08:00'",
    "day": "a day of the year like '12-23'",
    "unit": "'calendar' or 'working'",
    "then": "'working'",
}


def _rule(name: str, entry: Mapping[str, Any]) -> Rule:
    guide = str(entry["from"])
    if "days" in entry:
        return Days(name, guide, entry["days"], entry["unit"] == "working", entry.get("then") == "working")
    if "hours" in entry:
        return Hours(name, guide, entry["hours"])
    if "count" in entry:
        return Count(name, guide, entry["count"])
    if "share" in entry:
        return Share(name, guide, float(entry["share"]))
    if "clock" in entry:
        return Clock(name, guide, time.fromisoformat(entry["clock"]))
    month, _, day = str(entry["day"]).partition("-")
    return YearDay(name, guide, int(month), int(day))
