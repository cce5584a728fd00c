"""The mailbox as the rest of mailbot sees it. Operations are named by intent: Gmail has drafts but no APPEND.

Glossary
- **place**: what a folder or label is for (`Place`), whatever it is called.
- **message reference** (`MessageRef`): names one stored copy of a mail in one account. Opaque but for its place;
  valid until the mail is moved, edited or expunged.
- **draft reference** (`DraftRef`): names one *version* of one draft: an edit by any program makes another version,
  and the old reference is then `ABSENT` (IMAP: a new UID; Gmail: a new message id in the same draft; Maildir: another
  file or other bytes).
- **cursor** (`Cursor`): how far one account was read; opaque text of the backend, kept by the ledger.
- **snapshot**: what the Drafts folder held before a draft was placed; opaque text, committed with the intent, so that
  after any doubt `find_drafts` needs to look only at what came later (UIDs from UIDNEXT, ids not in the set).

Whatever a backend raises is one of `mailbot.errors`: `Transient` (try later), `Uncertain` (only `place_draft` and
`withdraw_draft`: it may or may not have happened), `ActionNeeded` (signed out, no Drafts folder), `ProtocolBroken`.
No operation can send, and none changes a flag, label or message of the person's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Place(StrEnum):
    INBOX = "inbox"
    SENT = "sent"
    DRAFTS = "drafts"
    TRASH = "trash"
    JUNK = "junk"
    OTHER = "other"  # archives and the person's own folders


class Capability(StrEnum):
    """What a backend can do beyond the minimum; callers and tests ask by name, never by a server's name."""

    WITHDRAW = "withdraw"  # can take back exactly the version it names
    RECOVERABLE = "recoverable"  # a withdrawn draft lands in Trash
    PUSH = "push"  # wait_for_change returns before its timeout when mail comes
    THREAD_IDS = "thread_ids"  # mails bear the provider's own thread id


@dataclass(frozen=True, slots=True)
class MessageRef:
    """Where one message lies; the key is the backend's own."""

    account: str
    place: Place
    key: str


@dataclass(frozen=True, slots=True)
class DraftRef:
    """One version of one draft."""

    account: str
    key: str  # which draft
    version: str  # which version of it


@dataclass(frozen=True, slots=True)
class Cursor:
    """Up to where a mailbox was asked; only its backend knows what it says."""

    value: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What is new since a cursor. `whole`: the listing is everything there is (first scan, or the cursor no longer
    holds: UIDVALIDITY changed, history expired), so `seen` must not be read as news. `more`: a first scan that goes
    on; call again with `cursor`. `suspicious` says in words why the mailbox looks wrong (suddenly empty), else empty:
    then nothing is acted upon until it is understood."""

    appeared: Sequence[MessageRef]
    cursor: Cursor
    whole: bool = False
    more: bool = False
    suspicious: str = ""


@dataclass(frozen=True, slots=True)
class RawMessage:
    """The bytes of one mail and where it lies. `raw` may lack the contents of parts that are neither text nor
    calendar. `arrived` is the mailbox's own idea of arrival (INTERNALDATE), None where it has none. `whole` False: the
    header block alone; `calendar` then says whether the mailbox sees a part that may be a calendar's (BODYSTRUCTURE,
    Gmail's payload). `known`: something known calls for it, so that all is read that it may say."""

    ref: MessageRef
    raw: bytes
    draft: bool  # \\Draft, the DRAFT label, Maildir's D, or the Drafts folder: never read as mail
    arrived: datetime | None = None
    thread: str | None = None
    whole: bool = True
    calendar: bool = False
    known: bool = False


class DraftPresence(StrEnum):
    PRESENT = "present"  # this very version lies in Drafts
    ABSENT = "absent"  # it does not: edited, sent, deleted or moved


@dataclass(frozen=True, slots=True)
class Found:
    """A message with the Message-ID that was asked for."""

    ref: MessageRef
    draft: DraftRef | None  # set where it lies in Drafts
    message_id: str = ""  # which of those asked for


class Mailbox(Protocol):
    """One account. An instance is used by one thread at a time."""

    account: str

    @property
    def capabilities(self) -> frozenset[Capability]: ...

    def changes_since(self, cursor: Cursor | None, *, since: datetime | None = None) -> Changes:
        """References of the mails that appeared after `cursor` (None: all, but none that arrived before `since`),
        drafts included. Never raises for a cursor that no longer holds: that is a `whole` listing.
        Raises Transient, ActionNeeded, ProtocolBroken."""
        ...

    def headers(self, refs: Iterable[MessageRef]) -> Iterator[RawMessage]:
        """The header blocks alone, each with `calendar`, in the order given; a mail that is gone is left out.
        Raises as `changes_since`."""
        ...

    def fetch(self, refs: Iterable[MessageRef]) -> Iterator[RawMessage]:
        """The mails, in the order given; one that is gone is left out. Raises as `changes_since`."""
        ...

    def find_by_message_id(self, message_ids: Iterable[str]) -> tuple[Found, ...]:
        """Every copy in Drafts, Sent and Trash whose Message-ID is one of these, drafts in the order in which they
        came, each with its `message_id`, as the mailbox is now and not as a search index remembers it.
        Raises Transient, ActionNeeded, ProtocolBroken."""
        ...

    def drafts(self) -> tuple[DraftRef, ...]:
        """Every draft, the person's included."""
        ...

    def read_draft(self, ref: DraftRef) -> bytes | None:
        """The bytes of that version, as the mailbox gives them back; None where it is gone."""
        ...

    def draft_state(self, ref: DraftRef) -> DraftPresence:
        """Whether that very version still lies in Drafts."""
        ...

    def snapshot(self) -> str:
        """What Drafts holds now, to be committed before `place_draft`."""
        ...

    def place_draft(self, raw: bytes, snapshot: str, *, thread: str | None = None) -> DraftRef:
        """Put one draft into Drafts: one attempt, on a transport that never repeats by itself. `thread` is the
        provider's thread id where it has one. Raises Uncertain where it may have happened; Transient or ActionNeeded
        only where it certainly has not."""
        ...

    def find_drafts(self, message_id: str, snapshot: str) -> tuple[DraftRef, ...]:
        """Drafts with that Message-ID that came after the snapshot, on a fresh connection."""
        ...

    def withdraw_draft(self, ref: DraftRef) -> bool:
        """Take back exactly that version; False where it was no longer there (nothing was touched). A version that
        the person made is never hit. Raises Uncertain where it may have happened, ActionNeeded without WITHDRAW."""
        ...

    def wait_for_change(self, timeout: float) -> bool:
        """Wait at most `timeout` seconds; True as soon as something may have changed."""
        ...

    def close(self) -> None:
        """Let go of connections and files; the next call opens them again."""
        ...
