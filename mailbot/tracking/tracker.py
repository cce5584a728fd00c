"""All Readings of a mailbox -> all Applications."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from mailbot.reading.statements import Reading
from mailbot.tracking.application import Constraint, Tracked


class Tracker:
    """`track` with a memory: what it made of a group of mail that shares an anchor is kept until that group changes,
    so that a new mail costs only its group. Gives the same as `track`, always."""

    def track(
        self,
        readings: Iterable[Reading],
        *,
        constraints: Sequence[Constraint] = (),
        ids: Mapping[str, str] = {},
    ) -> Tracked:
        """All applications of a mailbox."""
        del readings, constraints, ids
        return Tracked(())


def track(
    readings: Iterable[Reading], *, constraints: Sequence[Constraint] = (), ids: Mapping[str, str] = {}
) -> Tracked:
    """All applications of a mailbox: a pure function of the set of Readings, in any order, duplicates by Message-ID
    allowed. `ids` maps the Message-ID of mail tracked earlier to the application id that was given to it."""
    return Tracker().track(readings, constraints=constraints, ids=ids)
