"""A mailbox in memory: for demonstrations, replay, and every test above the port. It is held to the same conformance
suite as the real ones.

Steps of `place_draft` and `withdraw_draft`: 'connected' (nothing was asked yet), 'request sent', 'carried out',
'answered'.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import TypeVar

from mailbot.errors import ActionNeeded, Transient, Uncertain
from mailbot.mail.header_block import head_of
from mailbot.mail.memory_store import MemoryStore, Stored
from mailbot.mail.port import (
    Capability,
    Changes,
    Cursor,
    DraftPresence,
    DraftRef,
    Found,
    MessageRef,
    Place,
    RawMessage,
)
from mailbot.mail.steps import Step, no_step
from mailbot.mail.suspicion import emptied

EVERYTHING = frozenset(Capability)
T = TypeVar("T")


class MemoryMailbox:
    """One account over a `MemoryStore`; implements `port.Mailbox`. `capabilities` may be fewer, to be as poor as some
    servers are: without WITHDRAW nothing is taken back, without RECOVERABLE what is taken back is gone for good."""

    def __init__(
        self,
        account: str,
        *,
        store: MemoryStore | None = None,
        step: Step = no_step,
        capabilities: frozenset[Capability] = EVERYTHING,
    ) -> None:
        self.account = account
        self.store = MemoryStore() if store is None else store
        self._step = step
        self._capabilities = capabilities
        self._revision = self.store.revision

    @property
    def capabilities(self) -> frozenset[Capability]:
        return self._capabilities

    def deliver(
        self, raw: bytes, place: Place = Place.INBOX, *, arrived: datetime | None = None, draft: bool = False
    ) -> Stored:
        """A mail comes to lie there: `store.deliver`."""
        return self.store.deliver(raw, place, arrived=arrived, draft=draft)

    def changes_since(self, cursor: Cursor | None, *, since: datetime | None = None) -> Changes:
        store = self._reached()
        self._revision = store.revision
        count = store.count()
        start, known = self._position(cursor)
        wrong = emptied(known, count)
        if wrong and cursor is not None:
            return Changes((), cursor, suspicious=wrong)
        appeared = list(store.since(start))
        if cursor is None and since is not None:
            appeared = [each for each in appeared if each.arrived is None or each.arrived >= since]
        after = Cursor(f"{store.validity}:{store.next_number}:{count}")
        return Changes(tuple(map(self._message_ref, appeared)), after, whole=start == 0)

    def headers(self, refs: Iterable[MessageRef]) -> Iterator[RawMessage]:
        return map(head_of, self.fetch(refs))

    def fetch(self, refs: Iterable[MessageRef]) -> Iterator[RawMessage]:
        for ref in refs:
            stored = self._numbered(ref.key)
            if stored is not None and stored.place is ref.place:
                yield RawMessage(ref, stored.raw, stored.draft, stored.arrived, stored.thread)

    def find_by_message_id(self, message_ids: Iterable[str]) -> tuple[Found, ...]:
        mails = self._reached().named(message_ids)
        return tuple(
            Found(
                self._message_ref(each), self._draft_ref(each) if each.place is Place.DRAFTS else None, each.message_id
            )
            for each in mails
            if each.place in (Place.DRAFTS, Place.SENT, Place.TRASH)
        )

    def drafts(self) -> tuple[DraftRef, ...]:
        return tuple(map(self._draft_ref, self._reached().mails(Place.DRAFTS)))

    def read_draft(self, ref: DraftRef) -> bytes | None:
        draft = self._draft(ref)
        return None if draft is None else draft.raw

    def draft_state(self, ref: DraftRef) -> DraftPresence:
        return DraftPresence.ABSENT if self._draft(ref) is None else DraftPresence.PRESENT

    def snapshot(self) -> str:
        self._require_drafts_folder()
        return f"{self.store.validity}:{self.store.next_number}"

    def place_draft(self, raw: bytes, snapshot: str, *, thread: str | None = None) -> DraftRef:  # noqa: ARG002 - port
        self._require_drafts_folder()
        return self._ask(lambda: self._draft_ref(self.store.deliver(raw, Place.DRAFTS, thread=thread)))

    def find_drafts(self, message_id: str, snapshot: str) -> tuple[DraftRef, ...]:
        validity, _, start = snapshot.partition(":")
        held = validity == str(self._reached().validity)
        return tuple(
            self._draft_ref(each)
            for each in self.store.mails(Place.DRAFTS)
            if each.message_id == message_id and not (held and each.number < int(start))
        )

    def withdraw_draft(self, ref: DraftRef) -> bool:
        if Capability.WITHDRAW not in self._capabilities:
            raise ActionNeeded("This mailbox cannot take back a draft.", mend="Delete the draft in your mail program.")
        self._reached()
        return self._ask(lambda: self._take_back(ref))

    def wait_for_change(self, timeout: float) -> bool:
        store = self._reached()
        with store.changed:
            changed = store.changed.wait_for(lambda: store.revision != self._revision, timeout)
            self._revision = store.revision
            return changed

    def close(self) -> None:
        """Nothing is held open."""

    def _reached(self) -> MemoryStore:
        if not self.store.reachable:
            raise Transient(f"The mailbox of account '{self.account}' does not answer.")
        return self.store

    def _require_drafts_folder(self) -> None:
        if not self._reached().drafts_folder:
            raise ActionNeeded(f"Account '{self.account}' has no Drafts folder.", mend="Create one.")

    def _ask(self, request: Callable[[], T]) -> T:
        try:
            self._step("connected")
        except OSError as cut:
            raise Transient(f"The mailbox of account '{self.account}' could not be reached: {cut}") from cut
        try:
            self._step("request sent")
            answer = request()
            self._step("carried out")
            self._step("answered")
        except OSError as cut:
            raise Uncertain(f"The line to account '{self.account}' was cut before the answer: {cut}") from cut
        return answer

    def _take_back(self, ref: DraftRef) -> bool:
        target = Place.TRASH if Capability.RECOVERABLE in self._capabilities else None
        with self.store.changed:
            draft = self._draft(ref)
            return draft is not None and self.store.take_back(draft.number, target)

    def _position(self, cursor: Cursor | None) -> tuple[int, int]:
        """The first number not seen and how many mails were there then; zeros where the cursor does not hold."""
        numbers = [] if cursor is None else cursor.value.split(":")
        if len(numbers) != 3 or not all(number.isdecimal() for number in numbers):
            return 0, 0
        validity, start, known = map(int, numbers)
        return (start, known) if validity == self.store.validity and start <= self.store.next_number else (0, 0)

    def _numbered(self, key: str) -> Stored | None:
        validity, _, number = key.partition(":")
        store = self._reached()
        return store.mail(int(number)) if validity == str(store.validity) else None

    def _draft(self, ref: DraftRef) -> Stored | None:
        stored = self._numbered(ref.version)
        return stored if stored is not None and stored.place is Place.DRAFTS else None

    def _key(self, stored: Stored) -> str:
        return f"{self.store.validity}:{stored.number}"

    def _message_ref(self, stored: Stored) -> MessageRef:
        return MessageRef(self.account, stored.place, self._key(stored))

    def _draft_ref(self, stored: Stored) -> DraftRef:
        return DraftRef(self.account, self._key(stored), self._key(stored))
