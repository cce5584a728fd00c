"""A draft's life as the ledger keeps it: values, the table of transitions, and the book that placing writes to.

intended -> placed -> edited | sent | dismissed | withdrawn | obsolete | gone
intended -> settled, where it turned out that nothing was to be placed
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from mailbot.errors import Bug
from mailbot.etiquette.follow_up import Identity
from mailbot.mail.port import DraftRef


class DraftStatus(StrEnum):
    INTENDED = "intended"  # committed, not known to be in the mailbox
    PLACED = "placed"  # lies there, still exactly ours
    EDITED = "edited"  # the person changed it: never touched again
    SENT = "sent"
    DISMISSED = "dismissed"  # the person deleted it: never placed again
    WITHDRAWN = "withdrawn"  # taken back by us, still unedited
    OBSOLETE = "obsolete"  # overtaken, but left: edited, or the server cannot take it back
    GONE = "gone"  # no longer there, unknown why: never placed again
    SETTLED = "settled"  # never placed: the person had done it, or has a draft of their own


_S = DraftStatus

# What may become of a record; None is one that is not yet in the book. A status that goes on as it is notes a further
# attempt, a withdrawal begun, or another version of a draft that the person edits again. A new record that is not
# intended keeps what was found instead: a copy in Drafts, Sent or Trash that no record knew, or the person's own.
TRANSITIONS: Mapping[DraftStatus | None, frozenset[DraftStatus]] = {
    None: frozenset({_S.INTENDED, _S.EDITED, _S.SENT, _S.DISMISSED, _S.SETTLED}),
    _S.INTENDED: frozenset({_S.INTENDED, _S.PLACED, _S.EDITED, _S.SENT, _S.DISMISSED, _S.WITHDRAWN, _S.SETTLED}),
    _S.PLACED: frozenset({_S.PLACED, _S.EDITED, _S.SENT, _S.DISMISSED, _S.WITHDRAWN, _S.OBSOLETE, _S.GONE}),
    _S.EDITED: frozenset({_S.EDITED, _S.SENT, _S.DISMISSED, _S.OBSOLETE, _S.GONE}),
    _S.GONE: frozenset({_S.SENT}),  # the sent mail turned up later
    _S.SENT: frozenset(),
    _S.DISMISSED: frozenset(),
    _S.WITHDRAWN: frozenset(),
    _S.OBSOLETE: frozenset(),
    _S.SETTLED: frozenset(),
}

OPEN = (DraftStatus.INTENDED, DraftStatus.PLACED, DraftStatus.EDITED)
ENDED = frozenset(DraftStatus) - frozenset(OPEN)


def check_transition(was: DraftStatus | None, at: DraftStatus) -> None:
    """Raises errors.Bug where `TRANSITIONS` does not list it."""
    if at not in TRANSITIONS[was]:
        raise Bug(f"A draft that is {was or 'new'} cannot become {at}.", mend="Please report this.")


@dataclass(frozen=True, slots=True)
class DraftRecord:
    """One follow-up in the ledger. `raw`: the whole bytes of the letter. `fingerprint`: of what the mailbox gave back
    right after placing. `withdrawing`: a withdrawal was intended and not yet known to be done. `replaces`: the id of
    the record that this one recomposes. `trashed`: how many copies of it lie in Trash by our own hand."""

    id: int
    identity: Identity
    application: str
    account: str
    message_id: str
    status: DraftStatus
    subject: str
    body: str
    raw: bytes
    snapshot: str
    ref: DraftRef | None
    fingerprint: str
    reason: str
    intended_at: datetime
    placed_at: datetime | None = None  # of one composed anew: when the first was placed
    ended_at: datetime | None = None
    end_reason: str = ""
    attempts: int = 0
    withdrawing: bool = False
    thread: str | None = None
    replaces: int | None = None
    trashed: int = 0

    @property
    def in_doubt(self) -> bool:
        """Whether an act on the mailbox was intended and is not known to be done."""
        return self.status is DraftStatus.INTENDED or self.withdrawing


class DraftBook(Protocol):
    """Where drafts are recorded. Each method is one durable transaction (synchronous=EXTRA): when it returns, it is on
    disk. Raises errors.Transient where the store is locked or the disk is full."""

    def draft_for(self, identity: Identity) -> DraftRecord | None:
        """The newest record of the same follow-up (`Identity.same`)."""
        ...

    def open_drafts(self) -> tuple[DraftRecord, ...]:
        """Those intended, placed or edited, oldest first."""
        ...

    def all_drafts(self) -> tuple[DraftRecord, ...]: ...

    def intend(self, record: DraftRecord) -> DraftRecord:
        """Commit a new record (its `id` is ignored and given). Raises errors.Bug where another of the same follow-up
        is open, unless it is the one that this one replaces."""
        ...

    def update(self, record: DraftRecord) -> None:
        """Write the record's new state. Raises errors.Bug on a transition that `TRANSITIONS` does not list."""
        ...

    def transaction(self) -> AbstractContextManager[None]:
        """Several of the above as one."""
        ...
