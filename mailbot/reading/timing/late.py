"""By how much a talk begins late: it takes place all the same, and ends as much later."""

from __future__ import annotations

from collections.abc import Iterable

from mailbot.patterns import compiled
from mailbot.reading.tables import table
from mailbot.reading.timing.told import Told


def late_by(times: Iterable[Told]) -> int:
    """In minutes; 0 where nobody says so, or only asks whether it might."""
    words = {name: compiled(one) for name, one in table("time/lines")["late"].items()}
    for one in times:
        size = one.length.duration if one.length is not None else None
        if size is None or compiled(table("time/lines")["question"]).search(one.after) is not None:
            continue
        if words["after"].search(one.after[:30]) is not None or words["before"].search(one.before[-40:]) is not None:
            return int(size.total_seconds()) // 60
    return 0
