"""A calendar part cut into components and properties (RFC 5545 section 3.1), linear in its length and within caps.

Only what a mail reader needs passes: alarms, recurrence, attachments and vendors' own properties are left out, so that
no library can be made to expand a rule.
"""

from __future__ import annotations

from dataclasses import dataclass, field

MOST_BYTES = 64 * 1024
MOST_LINES = 2000
MOST_COMPONENTS = 40
LONGEST_LINE = 16 * 1024

_KEPT_COMPONENTS = frozenset({"VCALENDAR", "VEVENT", "VTIMEZONE", "STANDARD", "DAYLIGHT"})
_KEPT_PROPERTIES = frozenset(
    {
        *("METHOD", "X-WR-TIMEZONE", "UID", "SEQUENCE", "STATUS", "DTSTART", "DTEND", "DURATION", "SUMMARY"),
        *("DESCRIPTION", "LOCATION", "ORGANIZER", "ATTENDEE", "TZID", "TZOFFSETTO", "TZOFFSETFROM", "RRULE"),
    }
)
_RULE_COMPONENTS = frozenset({"STANDARD", "DAYLIGHT"})


@dataclass(frozen=True, slots=True)
class Property:
    """One content line, unescaped: name and parameter names in capitals."""

    name: str
    value: str
    parameters: tuple[tuple[str, str], ...] = ()

    def parameter(self, name: str) -> str:
        """The first value of a parameter, or the empty string."""
        return next((value for key, value in self.parameters if key == name), "")


@dataclass(slots=True)
class Component:
    """One component with its own properties; `parts` are the components within it."""

    name: str
    properties: list[Property] = field(default_factory=list)
    parts: list[Component] = field(default_factory=list)

    def first(self, name: str) -> Property | None:
        return next((one for one in self.properties if one.name == name), None)

    def all(self, name: str) -> list[Property]:
        return [one for one in self.properties if one.name == name]

    def value(self, name: str) -> str:
        """The value of the first property of that name, or the empty string."""
        found = self.first(name)
        return found.value.strip() if found else ""


def components(text: str) -> tuple[Component, ...]:
    """The calendar, its events and its time zones, in the order in which they open."""
    opened: list[Component] = []
    within: list[Component | None] = []  # None: inside a component that is left out
    for line in _unfolded(text[:MOST_BYTES]):
        name, _, rest = line.partition(":")
        verb = name.strip().upper()
        if verb == "BEGIN":
            part = _opened(rest.strip().upper(), within, len(opened))
            within.append(part)
            if part is not None:
                opened.append(part)
        elif verb == "END":
            if within:
                within.pop()
        elif within and (current := within[-1]) is not None and (parsed := _property(line, current.name)) is not None:
            current.properties.append(parsed)
    return tuple(opened)


def _opened(name: str, within: list[Component | None], count: int) -> Component | None:
    outside = bool(within) and within[-1] is None
    if name not in _KEPT_COMPONENTS or outside or count >= MOST_COMPONENTS or len(within) > 4:
        return None
    part = Component(name)
    if within and (parent := within[-1]) is not None:
        parent.parts.append(part)
    return part


def _unfolded(text: str) -> list[str]:
    """Content lines: a line that begins with white space goes on with the one before (section 3.1)."""
    pieces: list[list[str]] = []
    for line in text.splitlines()[:MOST_LINES]:
        if line[:1] in (" ", "\t") and pieces:
            pieces[-1].append(line[1:])
        elif line.strip():
            pieces.append([line])
    return ["".join(one)[:LONGEST_LINE] for one in pieces]


def _property(line: str, component: str) -> Property | None:
    """The property of a line; None for one that is not kept, or is no content line at all."""
    cut = next((at for at, letter in enumerate(line[:40]) if letter in ":;"), -1)
    name = line[: max(cut, 0)].strip().upper()
    if name not in _KEPT_PROPERTIES or (name == "RRULE" and component not in _RULE_COMPONENTS):
        return None
    from icalendar.parser import Contentline  # here: most mail has no calendar part

    try:
        _, parameters, value = Contentline(line).parts()  # type: ignore[no-untyped-call]
    except (ValueError, IndexError):
        return None
    pairs = ((str(key).upper(), _only(given)) for key, given in parameters.items())
    return Property(name, str(value), tuple(pairs))


def _only(given: object) -> str:
    """The first of a parameter's values."""
    return str(next(iter(given), "")) if isinstance(given, list) else str(given)
