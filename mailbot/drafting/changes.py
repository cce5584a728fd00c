"""What came of placing, settling or withdrawing a draft: values only."""

from __future__ import annotations

from dataclasses import dataclass

from mailbot.drafting.drafts import DraftRecord, DraftStatus


@dataclass(frozen=True, slots=True)
class DraftChange:
    """`record` as it is now; `was` its status before. Where `was` is `at` the status stays, and `why` says what else
    there is: a doubt that goes on, a second copy that was taken back."""

    record: DraftRecord
    was: DraftStatus
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


def unchanged(record: DraftRecord, why: str) -> DraftChange:
    """The status stays, for this reason."""
    return DraftChange(record, record.status, record.status, why)
