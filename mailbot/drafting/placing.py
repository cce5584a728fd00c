"""A draft's life in the mailbox: before, placing, after, withdrawal, recomposing, recovery.

The intent is committed before the mailbox is touched; there is one attempt; after any doubt the mailbox is asked
before the same bytes are tried again. What the person touched is theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mailbot.drafting.drafts import DraftBook, DraftRecord, DraftStatus
from mailbot.drafting.letter import Letter
from mailbot.etiquette.follow_up import Identity
from mailbot.mail.port import Mailbox
from mailbot.reading.statements import Reading


@dataclass(frozen=True, slots=True)
class DraftChange:
    """`record` as it is now; `was` its status before (None: new). Where `was` is `at` nothing could be decided, and
    `why` says what stands in the way."""

    record: DraftRecord
    was: DraftStatus | None
    at: DraftStatus
    why: str


@dataclass(frozen=True, slots=True)
class Placed:
    """The draft lies there; `record.status` is PLACED, or EDITED where the mailbox gave back something else."""

    record: DraftRecord


@dataclass(frozen=True, slots=True)
class Blocked:
    """Nothing was placed, for good where there is a `record`: it holds what was found instead."""

    why: str
    record: DraftRecord | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """It may lie there or not: the record stays intended, and the next `settle` asks the mailbox."""

    why: str
    record: DraftRecord


def always(identity: Identity) -> bool:  # noqa: ARG001 - whichever it is
    """Every follow-up is still wanted."""
    return True


class Placing:
    """The only writer of drafts. `mailboxes` by account; `key` makes the Message-IDs; `domains` are those of the
    person's addresses, under which a letter may have been placed before."""

    def __init__(
        self, book: DraftBook, mailboxes: Mapping[str, Mailbox], key: bytes, domains: Iterable[str] = ()
    ) -> None:
        raise NotImplementedError

    def settle(
        self,
        account: str,
        now: datetime,
        sent: Sequence[Reading] = (),
        still_wanted: Callable[[Identity], bool] = always,
    ) -> tuple[DraftChange, ...]:
        """Once a step, before anything is placed: `recover`, then what the person did with each draft that lies in
        this account. `sent` are readings of their sent mail, of every account. Raises what the mailbox raises; what
        was settled before that is in the book."""
        raise NotImplementedError

    def recover(
        self,
        account: str,
        now: datetime,
        sent: Sequence[Reading] = (),
        still_wanted: Callable[[Identity], bool] = always,
    ) -> tuple[DraftChange, ...]:
        """End every doubt of this account: withdrawals begun are finished; an intent whose letter lies there is
        placed, one that never arrived is tried again with the same bytes, or ended if it is not wanted any more."""
        raise NotImplementedError

    def place(
        self,
        letter: Letter,
        *,
        application: str,
        account: str,
        thread: str | None,
        reason: str,
        now: datetime,
        since: datetime,
        sent: Sequence[Reading] = (),
    ) -> Placed | Blocked | Doubt:
        """Look whether it was done already, in every mailbox; if not, one draft in `account`. `thread` is the
        provider's thread id; `since` the moment of the occasion: what the person drafted or sent after it counts.
        Raises what a mailbox raises while it is only asked."""
        raise NotImplementedError

    def withdraw(self, record: DraftRecord, reason: str, now: datetime) -> DraftChange:
        """Take a draft back that is still exactly ours; one that is not, or that the server cannot take back, is
        OBSOLETE: left alone. An intent in doubt stays as it is: `recover` ends it."""
        raise NotImplementedError

    def recompose(self, record: DraftRecord, letter: Letter, now: datetime) -> Placed | Blocked | Doubt:
        """Put `letter` in the place of an unedited draft of the same follow-up; nothing happens where both mean the
        same. Never two at any moment, and never none for good."""
        raise NotImplementedError
