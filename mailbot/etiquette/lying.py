"""When a draft has lain unsent for too long."""

from __future__ import annotations

from datetime import datetime

from mailbot.etiquette.follow_up import FollowUpKind
from mailbot.etiquette.rules import Etiquette
from mailbot.reading.statements import Reader


def lies_too_long(
    kind: FollowUpKind, placed_at: datetime, now: datetime, etiquette: Etiquette, reader: Reader
) -> bool:
    """Whether an unedited draft of that kind, placed then, is to be taken back by now."""
    del kind, placed_at, now, etiquette, reader
    return False
