"""Mail that the person should know of beside applications and drafts: to beware of, not read, taken for junk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailbot.reading.statements import Reading
    from mailbot.store.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Warned:
    """A mail to beware of, and why: the words that make it so."""

    mail: Reading
    reasons: tuple[str, ...]


def suspicious(readings: Iterable[Reading]) -> Iterator[Warned]:
    """Mail about a job that asks for what no employer asks for, or whose sender is not who it says."""
    from mailbot.mail.message import Direction
    from mailbot.reading.beware import reasons

    for one in readings:
        if one.direction is Direction.IN and (why := reasons(one)):
            yield Warned(one, why)


def not_read(readings: Iterable[Reading]) -> Iterator[Reading]:
    """Mail that speaks of hiring in a language that is not read."""
    from mailbot.reading.statements import Facet

    return (one for one in readings if one.main.has(Facet.OTHER_LANGUAGE))


def in_junk(ledger: Ledger, readings: Iterable[Reading]) -> Iterator[Reading]:
    """Mail that was read although the provider holds it for junk: it belongs to something known."""
    lying = ledger.in_junk()
    return (one for one in readings if one.message_id in lying)
