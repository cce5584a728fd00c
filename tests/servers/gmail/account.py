"""One Gmail account as Google keeps it: messages with labels, drafts that keep their id while each edit gives the
message inside another one, and a history of all that happened. The person's hands are part of it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from threading import RLock
from typing import Any

from mailbot.mail.header_block import header_block

SCOPES = frozenset(f"https://www.googleapis.com/auth/gmail.{one}" for one in ("readonly", "compose"))


@dataclass
class Message:
    ident: str
    thread: str
    raw: bytes
    labels: set[str]
    at: int  # milliseconds since 1970
    fields: dict[str, str] = field(default_factory=dict)
    searched: dict[str, Any] = field(default_factory=dict)  # its words, where the search has looked

    @property
    def name(self) -> str:
        return self.header("Message-ID").replace("\r\n", "").strip()

    def header(self, name: str) -> str:
        if name not in self.fields:
            self.fields[name] = str(message_from_bytes(header_block(self.raw))[name] or "")
        return self.fields[name]


@dataclass
class Record:
    """One line of the history: `kind` as the API names it, `moved` the labels of a relabelling."""

    ident: int
    kind: str
    message: str
    thread: str
    labels: list[str]
    moved: list[str] = field(default_factory=list)


@dataclass
class Account:
    """`refresh_token`: what its sign-in is known by; None once it is revoked. `faults`: what happens to the next
    requests, see `faults.py`. `unindexed`: messages that the search does not find yet."""

    address: str = "robin@gmail.example"
    refresh_token: str | None = field(default_factory=lambda: secrets.token_hex(8))
    access_tokens: set[str] = field(default_factory=set)
    scopes: frozenset[str] = SCOPES
    reachable: bool = True
    messages: dict[str, Message] = field(default_factory=dict)
    drafts: dict[str, str] = field(default_factory=dict)  # draft id -> message id, oldest first
    history: list[Record] = field(default_factory=list)
    history_id: int = 1000
    expired: int = 0  # history ids up to this one are too old
    unindexed: set[str] = field(default_factory=set)
    faults: list = field(default_factory=list)
    calls: list[str] = field(default_factory=list)  # every call by its name in the discovery document
    requests: list[str] = field(default_factory=list)  # every HTTP request: method and path
    violations: list[str] = field(default_factory=list)
    bytes_out: int = 0
    token_calls: int = 0
    lock: RLock = field(default_factory=RLock)
    does: dict[str, Any] = field(default_factory=dict)  # calls that are answered otherwise than in `calls.py`
    _next: int = 0x19A0000000000000

    def deliver(
        self, raw: bytes, labels: set[str], *, at: datetime | None = None, thread: str | None = None
    ) -> Message:
        with self.lock:
            self._next += 1
            ident = f"{self._next:016x}"
            moment = int((at or datetime.now(UTC)).timestamp() * 1000)
            message = Message(ident, thread or self._thread_of(raw) or ident, raw, set(labels), moment)
            self.messages[ident] = message
            self.note("messagesAdded", message)
            return message

    def _thread_of(self, raw: bytes) -> str | None:
        """The conversation that a delivered mail joins: by its In-Reply-To or References."""
        mail = message_from_bytes(raw)
        named = {*str(mail["References"] or "").split(), *str(mail["In-Reply-To"] or "").split()}
        return next((one.thread for one in self.messages.values() if one.name in named), None)

    def note(self, kind: str, message: Message, moved: list[str] | None = None) -> None:
        self.history_id += 1 + secrets.randbelow(3)  # "increase, with random gaps"
        record = Record(self.history_id, kind, message.ident, message.thread, sorted(message.labels), moved or [])
        self.history.append(record)

    def relabel(self, ident: str, *, add: set[str] = frozenset(), remove: set[str] = frozenset()) -> None:
        with self.lock:
            message = self.messages[ident]
            message.labels = (message.labels | add) - remove
            if add:
                self.note("labelsAdded", message, sorted(add))
            if remove:
                self.note("labelsRemoved", message, sorted(remove))

    def remove(self, ident: str) -> None:
        with self.lock:
            message = self.messages.pop(ident)
            self.drafts = {key: one for key, one in self.drafts.items() if one != ident}
            self.note("messagesDeleted", message)

    def create_draft(self, raw: bytes, thread: str | None = None) -> tuple[str, Message]:
        with self.lock:
            joined = thread if thread is not None and self._joins(raw, thread) else None
            if thread != joined:
                self.violations.append(f"a draft in a conversation that cannot show it: {thread}")
            message = self.deliver(raw, {"DRAFT"}, thread=joined)
            draft = f"r{secrets.randbelow(10**18)}"
            self.drafts[draft] = message.ident
            return draft, message

    def _joins(self, raw: bytes, thread: str) -> bool:
        """All three: the thread's id, its References, its Subject."""
        mail = message_from_bytes(raw)
        named = {*str(mail["References"] or "").split(), *str(mail["In-Reply-To"] or "").split()}
        there = [one for one in self.messages.values() if one.thread == thread]
        subjects = {bare(one.header("Subject")) for one in there}
        return any(one.name in named for one in there) and bare(str(mail["Subject"] or "")) in subjects

    def edit_draft(self, ident: str, raw: bytes) -> None:
        """The person saves it: the draft keeps its id, its message gets another."""
        with self.lock:
            draft = next(key for key, one in self.drafts.items() if one == ident)
            old = self.messages[ident]
            new = self.deliver(raw, {"DRAFT"}, thread=old.thread)
            self.drafts[draft] = new.ident
            self.messages.pop(ident)
            self.note("messagesDeleted", old)

    def send_draft(self, ident: str, raw: bytes) -> None:
        """The draft is gone, and a SENT message with another id stands in the thread."""
        with self.lock:
            old = self.messages[ident]
            self.remove(ident)
            self.deliver(raw, {"SENT"}, thread=old.thread)

    def expire(self) -> None:
        """The history begins anew, with the ids that come."""
        with self.lock:
            self.history_id += 100
            self.expired = self.history_id


def bare(subject: str) -> str:
    lowered = subject.lower().strip()
    return lowered.removeprefix("re:").strip()
