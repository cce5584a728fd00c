"""An account in the emulator (`emulator.py`), and what has to stand before it so that it is as strict as Google.

What the server of `server.py` does for any account is done here, too: each call is held against Google's description of
the API, its scopes, its `fields`; batches, faults and refusals are the server's own. What @emulators/google 0.4.1 and
@emulators/core 0.4.1 do otherwise than Gmail, as run in November 2026, and what is made of it:

- no getProfile, no batch, no `fields`: answered here
- the search knows no braces, no phrases within an operator, no `category:`, `filename:`, `larger:`: searched here
- ids that are no hexadecimal numbers: each has a number here
- history ids of 21 digits, random within a millisecond and so not in order, the older may come after the newer: changes
  are made a millisecond apart, and the ids counted from the start of the server, so that they fit into 64 bits
- the history of any start, however old or invented: refused here with 404
- `history`, `messages`, `drafts` and `labelIds` that are there when they are empty: left out here
- an edit of a draft keeps the id of its message, and the history is silent about it: here it is another message
- sending a draft keeps its message: here it is another one
- a draft in Trash is a draft still: here it is none
- a draft joins any conversation, even one that does not exist: here only by all of id, header fields and subject
- the payload has ten header fields and no Content-Type, whatever the mail has: shaped here from the mail itself
- the date of a mail's arrival is taken from its Date: told here
- a conversation in Trash is not found: asked for with Trash
- scopes are granted and not enforced: enforced by the server
"""

from __future__ import annotations

import base64
import secrets
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from threading import RLock
from typing import Any

from tests.servers.gmail.account import SCOPES, Account, Message
from tests.servers.gmail.calls import ApiError, Query, list_messages, one
from tests.servers.gmail.emulator import emulator
from tests.servers.gmail.shapes import shape

LABELS = ("INBOX", "SENT", "DRAFT", "TRASH", "SPAM", "CATEGORY_PERSONAL", "CATEGORY_SOCIAL", "CATEGORY_PROMOTIONS",
          "CATEGORY_UPDATES", "CATEGORY_FORUMS")  # fmt: skip
ME = "/gmail/v1/users/me"
FIRST = 1_000  # history id at which an account begins
BEGAN = (int(time.time() * 1000) - 1_000) * 10**8
_users, _ids = count(1), count(0x19B0000000000000)


class Emulated(Account):
    """What the emulator holds is asked of it each time; here is what it cannot hold: which number stands for an id of
    its own, and the drafts' ids, which outlive an edit."""

    def __init__(self) -> None:
        number = next(_users)
        self.address = f"robin{number}@gmail.example"
        self.refresh_token = None
        self.access_tokens: set[str] = set()
        self.scopes = SCOPES
        self.reachable = True
        self.expired = 0
        self.unindexed: set[str] = set()
        self.faults: list[Any] = []
        self.calls: list[str] = []
        self.requests: list[str] = []
        self.violations: list[str] = []
        self.bytes_out = self.token_calls = 0
        self.lock = RLock()
        self.does = ANSWERS
        self._token = secrets.token_hex(8)
        self._front: dict[str, str] = {}  # ids of the emulator -> ours
        self._back: dict[str, str] = {}
        self._read: dict[str, Message] = {}  # by the emulator's id
        self._seen: dict[str, Message] | None = None
        self._drafts: dict[str, str] = {}  # draft ids of the emulator -> the first of that draft
        emulator().new_user(self.address, self._token)

    def ask(self, method: str, path: str, query: dict[str, Any] | None = None, body: Any = None) -> Any:
        """Raises ApiError where the emulator refuses."""
        told = emulator().ask(method, f"{ME}{path}", token=self._token, query=query, body=body)
        if told.status >= 400:
            error = told.value["error"]
            raise ApiError(told.status, error["errors"][0]["reason"], error["message"])
        return told.value

    def ours(self, ident: str) -> str:
        if ident not in self._front:
            self._front[ident] = f"{next(_ids):016x}"
            self._back[self._front[ident]] = ident
        return self._front[ident]

    def theirs(self, ident: str) -> str:
        return self._back.get(ident, ident)

    @property
    def messages(self) -> dict[str, Message]:  # type: ignore[override]
        """Oldest first; asked anew after each change, and never in the middle of one."""
        with self.lock:
            if self._seen is None:
                self._seen = self._all()
            return dict(self._seen)

    def _all(self) -> dict[str, Message]:
        labels: dict[str, set[str]] = {}
        for label in LABELS:
            for ident in self._pages({"labelIds": label}):
                labels.setdefault(ident, set()).add(label)
        found = {ident: self._kept(ident) for ident in reversed(list(self._pages({})))}
        for ident, message in found.items():
            message.labels = labels.get(ident, set())
        return {message.ident: message for message in found.values()}

    def _pages(self, query: dict[str, Any]) -> Iterator[str]:
        token: dict[str, str] = {}
        while True:
            answer = self.ask("GET", "/messages", {"includeSpamTrash": "true", "maxResults": 500, **query, **token})
            yield from (each["id"] for each in answer["messages"])
            if "nextPageToken" not in answer:
                return
            token = {"pageToken": answer["nextPageToken"]}

    def _kept(self, theirs: str) -> Message:
        """A message never changes but in its labels."""
        if theirs not in self._read:
            self._read[theirs] = self.message(self.ours(theirs))
        return self._read[theirs]

    def message(self, ident: str) -> Message:
        """As it is now. Raises ApiError (404)."""
        answer = self.ask("GET", f"/messages/{self.theirs(ident)}", {"format": "raw"})
        raw, labels = base64.urlsafe_b64decode(answer["raw"] + "=="), set(answer["labelIds"])
        return Message(ident, self.ours(answer["threadId"]), raw, labels, int(answer["internalDate"]))

    @property
    def drafts(self) -> dict[str, str]:  # type: ignore[override]
        """Oldest first."""
        found = self.ask("GET", "/drafts", {"maxResults": 500})["drafts"]
        every = {each["id"]: self.ours(each["message"]["id"]) for each in reversed(found)}
        there = self.messages
        return {self._drafts.get(key, key): one for key, one in every.items() if "TRASH" not in there[one].labels}

    def at_draft(self, ident: str) -> str:
        """Where the emulator has that draft."""
        return f"/drafts/{next((theirs for theirs, first in self._drafts.items() if first == ident), ident)}"

    @property
    def history_id(self) -> int:  # type: ignore[override]
        newest = self.ask("GET", "/history", {"startHistoryId": "0", "maxResults": 1})["historyId"]
        return max(self.expired, numbered(newest))

    def deliver(
        self, raw: bytes, labels: set[str], *, at: datetime | None = None, thread: str | None = None
    ) -> Message:
        told = self.changed("POST", "/messages", {"labelIds": sorted(labels), **self._stored(raw, at, thread)})
        return self.message(self.ours(told["id"]))

    def _stored(self, raw: bytes, at: datetime | None, thread: str | None) -> dict[str, Any]:
        moment = str(int((at or datetime.now(UTC)).timestamp() * 1000))
        body = {"raw": base64.urlsafe_b64encode(raw).decode(), "internalDate": moment}
        return body | ({"threadId": self.theirs(thread)} if thread else {})

    def changed(self, method: str, path: str, body: Any = None) -> Any:
        """A change, a millisecond after the one before."""
        with self.lock:
            told = self.ask(method, path, body=body)
            self._seen = None
            time.sleep(0.0015)
            return told

    def relabel(self, ident: str, *, add: set[str] = frozenset(), remove: set[str] = frozenset()) -> None:  # type: ignore[assignment]
        body = {"addLabelIds": sorted(add), "removeLabelIds": sorted(remove)}
        self.changed("POST", f"/messages/{self.theirs(ident)}/modify", body)

    def remove(self, ident: str) -> None:
        self.changed("DELETE", f"/messages/{self.theirs(ident)}")

    def _drafted(self, raw: bytes, thread: str | None) -> tuple[str, Message]:
        """Without a conversation it begins its own, whatever it answers."""
        body = {"message": self._stored(raw, None, thread or secrets.token_hex(8))}
        told = self.changed("POST", "/drafts", body)
        return told["id"], self.message(self.ours(told["message"]["id"]))

    def create_draft(self, raw: bytes, thread: str | None = None) -> tuple[str, Message]:
        with self.lock:
            joined = thread if thread is not None and self._joins(raw, thread) else None
            if thread != joined:
                self.violations.append(f"a draft in a conversation that cannot show it: {thread}")
            return self._drafted(raw, joined)

    def edit_draft(self, ident: str, raw: bytes) -> None:
        with self.lock:
            draft = next(key for key, one in self.drafts.items() if one == ident)
            theirs, _ = self._drafted(raw, self.message(ident).thread)
            self._drafts[theirs] = draft
            self.remove(ident)

    def expire(self) -> None:
        self.expired = numbered(f"{int(time.time() * 1000)}{0:08}")
        time.sleep(0.0015)


def numbered(theirs: str) -> int:
    """A history id as Google's are: small enough for 64 bits."""
    return FIRST + max(0, int(theirs) - BEGAN)


def _listed(account: Emulated, path: dict[str, str], query: Query, body: bytes) -> Any:
    """The emulator pages and knows labels; what is searched is searched here."""
    if one(query, "q"):
        return list_messages(account, path, query, body)
    names = ("labelIds", "includeSpamTrash", "maxResults", "pageToken")
    answer = account.ask("GET", "/messages", {name: query[name] for name in names if name in query})
    found = [
        {"id": account.ours(each["id"]), "threadId": account.ours(each["threadId"])} for each in answer["messages"]
    ]
    return _filled({**answer, "messages": found})


def _message(account: Emulated, path: dict[str, str], query: Query, _: bytes) -> Any:
    return shape(account.message(path["id"]), one(query, "format", "full"), query.get("metadataHeaders", []))


def _thread(account: Emulated, path: dict[str, str], query: Query, __: bytes) -> Any:
    where = f"/threads/{account.theirs(path['id'])}"
    told = account.ask("GET", where, {"format": "minimal", "includeSpamTrash": "true"})
    there = (account.message(account.ours(each["id"])) for each in told["messages"])
    return {"id": path["id"], "messages": [shape(each, one(query, "format", "full"), []) for each in there]}


def _history(account: Emulated, _: dict[str, str], query: Query, __: bytes) -> Any:
    start = int(one(query, "startHistoryId"))
    if start < account.expired or start > account.history_id:
        raise ApiError(404, "notFound", "Requested entity was not found.")
    names = ("historyTypes", "maxResults", "pageToken")
    asked = {name: query[name] for name in names if name in query} | {"startHistoryId": str(start - FIRST + BEGAN)}
    answer = account.ask("GET", "/history", asked)
    records = [_record(account, each) for each in answer["history"]]
    newest = str(max(account.expired, numbered(answer["historyId"])))
    return _filled({**answer, "history": records, "historyId": newest})


def _record(account: Emulated, told: dict[str, Any]) -> dict[str, Any]:
    def ours(message: dict[str, Any]) -> dict[str, Any]:
        ids = {"id": account.ours(message["id"]), "threadId": account.ours(message["threadId"])}
        return _filled({**ids, "labelIds": message["labelIds"]})

    record: dict[str, Any] = {"id": str(numbered(told["id"])), "messages": [ours(each) for each in told["messages"]]}
    for kind in ("messagesAdded", "messagesDeleted", "labelsAdded", "labelsRemoved"):
        if kind in told:
            record[kind] = [{**each, "message": ours(each["message"])} for each in told[kind]]
    return record


def _draft(account: Emulated, path: dict[str, str], query: Query, _: bytes) -> Any:
    if path["id"] not in account.drafts:
        raise ApiError(404, "notFound", "Requested entity was not found.")
    told = account.ask("GET", account.at_draft(path["id"]), {"format": "minimal"})
    message = account.message(account.ours(told["message"]["id"]))
    return {"id": path["id"], "message": shape(message, one(query, "format", "full"), [])}


def _delete_draft(account: Emulated, path: dict[str, str], _: Query, __: bytes) -> Any:
    account.changed("DELETE", account.at_draft(path["id"]))
    return {}


def _filled(answer: dict[str, Any]) -> dict[str, Any]:
    """Google leaves out a list that is empty."""
    return {key: value for key, value in answer.items() if value != []}


ANSWERS = {
    "gmail.users.messages.list": _listed,
    "gmail.users.messages.get": _message,
    "gmail.users.threads.get": _thread,
    "gmail.users.history.list": _history,
    "gmail.users.drafts.get": _draft,
    "gmail.users.drafts.delete": _delete_draft,
}
