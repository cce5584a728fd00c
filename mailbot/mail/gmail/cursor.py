"""How far an account was read: as the text of a cursor."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from mailbot.mail.port import Cursor

MARK = "gmail:"


@dataclass(frozen=True, slots=True)
class Position:
    """`history`: the id up to which every change is known. `known`: how many mails there were at the last count.
    `listing` and `page`: where a first scan goes on, None once it is done."""

    history: str
    known: int
    listing: int | None = None
    page: str | None = None


def write(position: Position) -> Cursor:
    return Cursor(MARK + json.dumps(asdict(position), separators=(",", ":")))


def read(cursor: Cursor | None) -> Position | None:
    """The position; None where the cursor is none of ours."""
    if cursor is None or not cursor.value.startswith(MARK):
        return None
    try:
        position = Position(**json.loads(cursor.value.removeprefix(MARK)))
    except (ValueError, TypeError):
        return None
    return position if str(position.history).isdecimal() else None
