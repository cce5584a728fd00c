"""Who the assistant works for, and by which rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from mailbot.drafting.letter import Me
from mailbot.etiquette import load
from mailbot.etiquette.rules import Etiquette
from mailbot.reading.statements import Reader


@dataclass(frozen=True, slots=True)
class Profile:
    """The person and their preset. `since`: a first scan leaves unread what arrived before.
    `rules` gives another preset by its name, for a single application."""

    reader: Reader
    me: Me
    etiquette: Etiquette
    since: datetime | None = None
    rules: Callable[[str], Etiquette] = load
