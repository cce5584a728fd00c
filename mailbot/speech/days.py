"""Days and times in the person's words. Apart from the other words: reading them takes the grammar of time along."""

from __future__ import annotations

from datetime import datetime

from mailbot.reading.dates import DateContext, When, find
from mailbot.reading.statements import Reader


def meant(text: str, reader: Reader, said: datetime) -> When | None:
    """The one time that a text names which was said at that moment; None where it names none or several."""
    found = find(text, DateContext(said, reader.zone, reader.country, reader.region))
    named = [one.value for one in found if isinstance(one.value, When)]
    return named[0] if len(named) == 1 else None
