"""What one check found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mailbot.errors import MailbotError


class State(StrEnum):
    OK = "ok"
    NOTE = "note"  # worth knowing; it works all the same
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """`check` is what was looked at, `mend` the command or key that helps, empty where nothing is to be done."""

    check: str
    state: State
    text: str
    mend: str = ""


def ok(check: str, text: str) -> Finding:
    return Finding(check, State.OK, text)


def note(check: str, text: str, mend: str = "") -> Finding:
    return Finding(check, State.NOTE, text, mend)


def wrong(check: str, text: str, mend: str) -> Finding:
    return Finding(check, State.WRONG, text, mend)


def failed(check: str, error: MailbotError) -> Finding:
    """What an error says."""
    return Finding(check, State.WRONG, error.message, error.mend)
