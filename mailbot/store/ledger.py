"""What mailbot keeps beside the mailbox: the protocol of the ledger, and its values.

The mailbox is the truth. The ledger is a cache of what was read in it, the only record of mail since deleted, and the
only home of what the person said and of what was placed. Nothing outside `store/` knows SQL.

Each method that writes is one durable transaction of milliseconds: when it returns, it is on disk; when it raises,
nothing of it is. Methods raise `errors.Transient` where the store is locked or the disk full, `errors.ActionNeeded`
where it is damaged or may not be written.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from mailbot.drafting.drafts import DraftBook
from mailbot.drafting.letter import Note
from mailbot.etiquette.follow_up import FollowUp, Identity
from mailbot.etiquette.wishes import Answered, Asked, Muted, Paused, Uninterested, Wanted
from mailbot.mail.port import Cursor, MessageRef
from mailbot.reading.statements import Kind, Reading
from mailbot.tracking.application import Constraint
from mailbot.tracking.words import Correction, Told

SYNCED_EVERY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class AccountState:
    """How far one account was read; `first_scan_done` None while its first scan goes on. `synced`: when it last
    answered to the end, exact to SYNCED_EVERY; `trouble`: what is wrong with it, in a sentence, since
    `troubled_since`; empty and None while all is well."""

    cursor: Cursor | None = None
    first_scan_done: datetime | None = None
    synced: datetime | None = None
    trouble: str = ""
    troubled_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class SetAside:
    """All that is kept of a mail that has nothing to do with a job search."""

    message_id: str
    kind: Kind
    date: datetime
    reader_version: int


class WordKind(StrEnum):
    """The commands with which the person says something to mailbot."""

    ANSWER = "answer"
    CORRECT = "correct"
    MERGE = "merge"
    SPLIT = "split"
    NOTE = "note"
    MISSED = "missed"
    MUTE = "mute"
    PAUSE = "pause"
    PRESET = "preset"
    WITHDRAW = "withdraw"
    DECLINE = "decline"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class RuledBy:
    """The preset that one application goes by."""

    about: tuple[str, ...]
    at: datetime
    preset: str


@dataclass(frozen=True, slots=True)
class Said:
    """All that one command said, taken back as one; `text` says it again, for the person. Old ledgers are read by newer
    versions: a field may be added, with a default, and none may go."""

    text: str
    constraints: tuple[Constraint, ...] = ()
    corrections: tuple[Correction, ...] = ()
    told: tuple[Told, ...] = ()
    notes: tuple[Note, ...] = ()
    muted: tuple[Muted, ...] = ()
    paused: tuple[Paused, ...] = ()
    uninterested: tuple[Uninterested, ...] = ()
    ruled: tuple[RuledBy, ...] = ()
    asked: tuple[Asked, ...] = ()
    wanted: tuple[Wanted, ...] = ()
    answered: tuple[Answered, ...] = ()


@dataclass(frozen=True, slots=True)
class Word:
    """One thing that the person said and that holds."""

    id: int
    kind: WordKind
    said: Said
    said_at: datetime


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A mail that could not be read; `error` is the sentence for the person."""

    ref: MessageRef
    message_id: str | None
    error: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Missed:
    """A follow-up whose time went by before it could be placed."""

    identity: Identity
    application: str
    due: datetime
    reason: str
    at: datetime


class Ledger(DraftBook, Protocol):
    """Beside the drafts (`DraftBook`): readings, cursors, application ids, the person's words, what was missed."""

    # Mail that was read

    def add_readings(
        self, account: str, found: Iterable[tuple[MessageRef, Reading]], cursor: Cursor | None = None
    ) -> None:
        """Keep these readings and where they lie, and the cursor with them if given, in one transaction. Of mail that
        cannot matter (`Reading.may_matter`) only a `SetAside` is kept. A message known already gains the place; its
        reading is replaced by one of a newer reader, and by one that outranks it (Sent before received before
        nobody's, then the earlier arrival; headers alone last), so that the order of scanning cannot matter. What was
        quarantined under these references is not any more."""
        ...

    def readings(self) -> tuple[Reading, ...]:
        """All that may matter, oldest Date first."""
        ...

    def set_aside(self, since: datetime) -> tuple[SetAside, ...]:
        """Irrelevant mail dated at or after `since`, newest first."""
        ...

    def called(self, known: Iterable[str], since: datetime) -> tuple[tuple[str, frozenset[str]], ...]:
        """Message-IDs of mail that was not read to its end, dated at or after `since` or sent by the person, that has
        one of these keys (see tracking/calling.py), each with all its keys, oldest first."""
        ...

    def unknown(self, account: str, refs: Iterable[MessageRef]) -> tuple[MessageRef, ...]:
        """Those of the references under which nothing was read or quarantined yet, in the order given."""
        ...

    def known_ids(self, message_ids: Iterable[str]) -> frozenset[str]:
        """Those of the Message-IDs of which there is a reading, relevant or set aside."""
        ...

    def where(self, message_id: str) -> tuple[MessageRef, ...]:
        """Where copies of that mail were seen, those in Sent first: the best one to read anew."""
        ...

    def in_junk(self) -> frozenset[str]:
        """The mails that were read whole and lie in Junk alone, as far as was seen."""
        ...

    def stale_readings(self, version: int, since: datetime) -> tuple[str, ...]:
        """Message-IDs read by a reader older than `version`: all relevant ones first, then those set aside that are
        dated at or after `since`; newest first in each."""
        ...

    def quarantine(self, ref: MessageRef, error: str, at: datetime, message_id: str | None = None) -> None:
        """Set a mail aside that cannot be read."""
        ...

    def quarantined(self) -> tuple[Quarantined, ...]: ...

    # How far each account was read

    def account(self, account: str) -> AccountState:
        """Empty for an account never seen."""
        ...

    def save_cursor(self, account: str, cursor: Cursor) -> None: ...

    def finish_first_scan(self, account: str, now: datetime) -> None:
        """The first scan is complete; the first one of this ledger sets `began_at`. A second call changes nothing."""
        ...

    def note_synced(self, account: str, now: datetime) -> None:
        """It answered to the end; what was wrong is over. Written at most every SYNCED_EVERY while all is well."""
        ...

    def note_trouble(self, account: str, text: str, now: datetime) -> bool:
        """Something is wrong with it; whether that is news."""
        ...

    def forget_account(self, account: str) -> None:
        """Forget the cursor and every reference, so that the account is scanned anew; readings stay."""
        ...

    # Applications

    def application_ids(self) -> Mapping[str, str]:
        """Message-ID -> the id of the application that it was given to."""
        ...

    def save_application_ids(self, ids: Mapping[str, str], aliases: Mapping[str, str] | None = None) -> None:
        """Add or change these; `aliases` maps ids of joined applications to the one that stays."""
        ...

    def aliases(self) -> Mapping[str, str]: ...

    # What the person said

    def say(self, kind: WordKind, said: Said, now: datetime) -> int:
        """Keep one word; its id, never used again."""
        ...

    def unsay(self, word: int, now: datetime) -> bool:
        """Take one back; False where there is none that holds."""
        ...

    def words(self) -> tuple[Word, ...]:
        """Those that hold, oldest first."""
        ...

    # What was missed

    def record_missed(self, follow_up: FollowUp, now: datetime) -> None:
        """Once for each follow-up, whatever is said again."""
        ...

    def missed(self) -> tuple[Missed, ...]:
        """Oldest due first."""
        ...

    def missed_identities(self) -> tuple[Identity, ...]: ...

    # What the person was told of

    def told(self) -> frozenset[str]:
        """The keys of all notices that were given."""
        ...

    def note_told(self, keys: Iterable[str], now: datetime) -> None: ...

    # The ledger itself

    def began_at(self) -> datetime | None:
        """When the first scan of this ledger was complete; after a backup was restored, the end of the first step
        since. What was due before it, in a ledger that takes the place of another, is listed and never placed."""
        ...

    def restored(self) -> str | None:
        """The day (ISO) of the backup that this ledger was restored from, until `begin_again`."""
        ...

    def begin_again(self, now: datetime) -> None:
        """Set `began_at` to now and forget that this ledger is a restored one."""
        ...

    def meta(self, name: str) -> str | None:
        """A fact about this ledger under a name of the caller's."""
        ...

    def set_meta(self, name: str, value: str) -> None: ...

    def backup(self, now: datetime) -> Path | None:
        """Today's backup, made if there is none yet (None: there was one); the newest seven are kept."""
        ...

    def copy_to(self, file: Path, now: datetime) -> None:
        """A copy in a new file, which can be restored from. Raises ActionNeeded where there is one already."""
        ...

    def forget(self, applications: Collection[str], message_ids: Collection[str]) -> None:
        """Keep nothing of these applications and their mail but digests: what is seen of it again, or answers it, is
        not kept. Their drafts in the mailbox are no longer ours."""
        ...

    def integrity_check(self) -> tuple[str, ...]:
        """What SQLite finds wrong, in its words; empty where all is well."""
        ...

    def close(self) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
