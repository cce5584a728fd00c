"""The world of a mailbox in memory: its store is the server and the person."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from mailbot.mail.memory import EVERYTHING, MemoryMailbox
from mailbot.mail.memory_store import MemoryStore
from mailbot.mail.port import Capability, Place
from mailbot.mail.steps import Step, no_step
from tests.mail.conformance.world import Lying, World


class MemoryWorld(World):
    durable = False

    def __init__(self, capabilities: frozenset[Capability] = EVERYTHING) -> None:
        self.store = MemoryStore()
        self.capabilities = capabilities

    def open(self, *, step: Step = no_step) -> MemoryMailbox:
        return MemoryMailbox("memory", store=self.store, step=step, capabilities=self.capabilities)

    def deliver(
        self, raw: bytes, place: Place = Place.INBOX, *, arrived: datetime | None = None, draft: bool = False
    ) -> None:
        self.store.deliver(raw, place, arrived=arrived, draft=draft)

    def expunge(self, message_id: str, place: Place) -> None:
        self.store.expunge(message_id, place)

    def lying(self) -> tuple[Lying, ...]:
        return tuple(
            Lying(each.place, each.raw, frozenset({"draft"} if each.draft else ())) for each in self.store.mails()
        )

    def lose_drafts_folder(self) -> None:
        for each in self.store.mails(Place.DRAFTS):
            self.store.expunge(each.message_id, Place.DRAFTS)
        self.store.drafts_folder = False

    @contextmanager
    def unreachable(self) -> Iterator[None]:
        self.store.reachable = False
        try:
            yield
        finally:
            self.store.reachable = True

    def invalidate_cursors(self) -> bool:
        self.store.renumber()
        return True

    def edit_draft(self, message_id: str, raw: bytes) -> None:
        self.store.edit_draft(message_id, raw)

    def send_draft(self, message_id: str, *, sent_as: str | None = None) -> None:
        self.store.send_draft(message_id, sent_as=sent_as)

    def move(self, message_id: str, source: Place, target: Place) -> None:
        self.store.move(message_id, source, target)
