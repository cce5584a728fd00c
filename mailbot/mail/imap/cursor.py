"""How far each folder was read, as the text of a cursor: its UIDVALIDITY, the UID that follows, how many mails, and in
Gmail's All Mail its modification sequence (CONDSTORE)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from mailbot.mail.port import Cursor


@dataclass(frozen=True, slots=True)
class Mark:
    """One folder as it was at a look."""

    validity: int
    following: int
    count: int
    modseq: int = 0


def write_cursor(marks: Mapping[str, Mark]) -> Cursor:
    """The marks as text, by the folder's name; equal marks give equal text."""
    values = {name: [one.validity, one.following, one.count, one.modseq] for name, one in sorted(marks.items())}
    return Cursor(json.dumps(values, separators=(",", ":")))


def read_cursor(cursor: Cursor | None) -> dict[str, Mark] | None:
    """The marks that `write_cursor` wrote; None for any other text."""
    try:
        values = json.loads(cursor.value) if cursor else None
    except ValueError:
        return None
    if not isinstance(values, dict) or not all(_is_mark(one) for one in values.values()):
        return None
    return {str(name): Mark(*one) for name, one in values.items()}


def _is_mark(value: object) -> bool:
    return isinstance(value, list) and len(value) in (3, 4) and all(type(one) is int for one in value)
