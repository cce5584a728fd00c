"""Events that a mail's HTML marks up as JSON-LD with the words of schema.org (Event, EventReservation)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from mailbot.patterns import compiled

MOST_TEXT = 32 * 1024
MOST_NODES = 500

_SCRIPT = compiled(r"(?s)<script[^>]{0,200}application/ld\+json[^>]{0,200}>(.*?)</script")


@dataclass(frozen=True, slots=True)
class LinkedEvent:
    """An event as the HTML has it; `start` and `end` are naive where it states no offset."""

    name: str
    start: datetime | None
    end: datetime | None
    location: str
    cancelled: bool


def linked_events(html: str) -> tuple[LinkedEvent, ...]:
    """The events with a start; empty where there are none or they cannot be read."""
    if "ld+json" not in html:
        return ()
    scripts = [found.group(1) or "" for found in _SCRIPT.finditer(html)][:4]
    nodes = [node for script in scripts if len(script) <= MOST_TEXT for node in _nodes(_parsed(script))]
    events = [_event(node) for node in nodes if _is_event(node)]
    return tuple(event for event in events if event.start is not None)


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _nodes(tree: object) -> Iterator[dict[str, object]]:
    """Every object in the tree, breadth first."""
    waiting = [tree]
    for node in waiting:
        if len(waiting) > MOST_NODES:
            return
        if isinstance(node, dict):
            yield node
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)


def _is_event(node: dict[str, object]) -> bool:
    kind = node.get("@type")
    return isinstance(kind, str) and kind.endswith(("Event", "Interview")) and "startDate" in node


def _event(node: dict[str, object]) -> LinkedEvent:
    where = node.get("location")
    spot = where.get("name") or where.get("url") or "" if isinstance(where, dict) else where
    return LinkedEvent(
        name=_text(node.get("name")),
        start=_moment(node.get("startDate")),
        end=_moment(node.get("endDate")),
        location=_text(spot),
        cancelled="Cancel" in _text(node.get("eventStatus")),
    )


def _text(value: object) -> str:
    return value[:500] if isinstance(value, str) else ""


def _moment(value: object) -> datetime | None:
    try:
        return datetime.fromisoformat(value) if isinstance(value, str) and "T" in value else None
    except ValueError:
        return None
