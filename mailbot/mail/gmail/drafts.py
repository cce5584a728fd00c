"""Drafts in Gmail: a draft keeps its id for good, and every edit gives the message inside another one. So a version of
a draft is that message's id."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from typing import Any

from mailbot.errors import Transient, Uncertain
from mailbot.mail.gmail.client import Client
from mailbot.mail.gmail.parts import from_base64, labels_of, message_id, place_of, to_base64
from mailbot.mail.gmail.remembered import Memory
from mailbot.mail.gmail.service import Requests
from mailbot.mail.header_block import is_answer
from mailbot.mail.port import DraftRef, Found, MessageRef, Place
from mailbot.mail.seen import mark_of, read_marks, write_marks

NEWEST = 25  # mails in Sent and in Trash that are looked at beside the search, whose index may lag behind
ASKED = 10  # Message-IDs in one search; the client library turns a long address into another kind of request
REMEMBERED = 10_000  # Message-IDs; a message in Gmail never changes, so what was read once holds
SAFE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-./=?^_`|~@")


class Drafts:
    """The drafts of one account, and what became of them."""

    def __init__(self, account: str, client: Client, requests: Requests, steady: Callable[[], float]) -> None:
        self._account = account
        self._client = client
        self._requests = requests
        self._names: dict[str, str] = {}  # message id -> Message-ID
        self._memory = Memory(steady)

    def heed(self, touched: Set[str], came: Iterable[str], *, to_its_end: bool) -> None:
        """What the history says since it was last read, and whether there is more: messages that came, moved or went,
        and those of them that came to where drafts lie or go."""
        self._memory.heed(touched, came)
        if to_its_end:
            self._memory.is_current()

    def learn(self, ident: str, name: str) -> None:
        """The Message-ID of a message that was read anyway."""
        self._names[ident] = name

    def forget(self) -> None:
        """What is asked next is asked of Gmail."""
        self._memory.clear()

    def all(self) -> tuple[DraftRef, ...]:
        """Every draft, oldest first: Gmail lists the newest first."""
        found: list[DraftRef] = []
        token = None
        while True:
            answer = self._client.read(self._requests.drafts(token)) or {}
            found += [
                DraftRef(self._account, str(one["id"]), str(one["message"]["id"])) for one in answer.get("drafts", ())
            ]
            token = answer.get("nextPageToken")
            if not token:
                return tuple(reversed(found))

    def snapshot(self) -> str:
        return write_marks(mark_of(one.key) for one in self.all())

    def read(self, ref: DraftRef) -> bytes | None:
        message = self._version(ref, raw=True)
        return None if message is None else from_base64(message.get("raw"))

    def holds(self, ref: DraftRef) -> bool:
        if not self._memory.is_there(ref):
            if self._version(ref) is None:
                return False
            self._memory.saw(ref)
        return True

    def place(self, raw: bytes, thread: str | None) -> DraftRef:
        """One attempt. A conversation that is gone would refuse the draft, and one that it does not answer would hold
        it where it cannot be opened: then it begins its own."""
        self.forget()
        if thread is not None and not (is_answer(raw) and self._client.read(self._requests.thread(thread))):
            thread = None
        answer = self._client.effect(self._requests.create_draft(to_base64(raw), thread))
        if answer is None:
            raise Transient(f"The conversation is gone from Gmail of '{self._account}'.", mend="It is tried again.")
        try:
            return DraftRef(self._account, str(answer["id"]), str(answer["message"]["id"]))
        except (KeyError, TypeError) as error:
            raise Uncertain(f"Gmail did not name the draft it made for '{self._account}'.") from error

    def take_back(self, ref: DraftRef) -> bool:
        """Delete it for good, if it is still that version: Gmail knows no condition for a deletion, so this looks
        right before it."""
        self.forget()
        return self.holds(ref) and self._client.effect(self._requests.delete_draft(ref.key)) is not None

    def later(self, name: str, snapshot: str) -> tuple[DraftRef, ...]:
        """Those with that Message-ID that were not there at the snapshot, oldest first."""
        before = read_marks(snapshot) or frozenset()
        refs = [one for one in self.all() if mark_of(one.key) not in before]
        self._learn(one.version for one in refs)
        return tuple(one for one in refs if self._names.get(one.version) == name)

    def find(self, names: Iterable[str]) -> tuple[Found, ...]:
        """Every copy in Drafts, Sent and Trash with one of these Message-IDs. Where the history has named none of them
        since the last look, Gmail is not asked again."""
        wanted = frozenset(names)
        if (seen := self._memory.get(wanted)) is not None and not self._has_come(wanted):
            return seen
        found = self._found(wanted)
        self._memory.keep(wanted, found)
        return found

    def _has_come(self, wanted: frozenset[str]) -> bool:
        came, self._memory.came = self._memory.came, ()
        self._learn(came)
        return any(self._names.get(one) in wanted for one in came)

    def _found(self, wanted: frozenset[str]) -> tuple[Found, ...]:
        refs = self.all()
        self._learn(one.version for one in refs)
        drafts = {one.version: one for one in refs if self._names.get(one.version) in wanted}
        found = [
            Found(MessageRef(self._account, Place.DRAFTS, version), ref, self._names[version])
            for version, ref in drafts.items()
        ]
        return (*found, *self._elsewhere(wanted, drafts))

    def _elsewhere(self, wanted: frozenset[str], drafts: Mapping[str, DraftRef]) -> Iterator[Found]:
        candidates = dict.fromkeys((*self._searched(wanted), *self._newest(wanted)))
        asked = [one for one in candidates if one not in drafts]
        for answer in self._client.read_all(self._requests.name(one) for one in asked):
            if answer is None:
                continue
            place, name = place_of(labels_of(answer)), message_id(answer)
            if place in (Place.SENT, Place.TRASH) and name in wanted:
                yield Found(MessageRef(self._account, place, str(answer["id"])), None, name)

    def _searched(self, wanted: frozenset[str]) -> Iterator[str]:
        safe = sorted(one[1:-1] for one in wanted if one[:1] == "<" and one[-1:] == ">" and SAFE.issuperset(one[1:-1]))
        for start in range(0, len(safe), ASKED):
            terms = " ".join(f"rfc822msgid:{one}" for one in safe[start : start + ASKED])
            request = self._requests.messages(f"{{{terms}}}", token=None, most=100, spam_trash=True)
            answer = self._client.read(request) or {}
            yield from (str(one["id"]) for one in answer.get("messages", ()))

    def _newest(self, wanted: frozenset[str]) -> Iterator[str]:
        for label in ("SENT", "TRASH"):
            answer = self._client.read(self._requests.labelled(label, NEWEST)) or {}
            idents = [str(one["id"]) for one in answer.get("messages", ())]
            self._learn(idents)
            yield from (one for one in idents if self._names.get(one) in wanted)

    def _learn(self, idents: Iterable[str]) -> None:
        unknown = [one for one in idents if one not in self._names]
        answers = self._client.read_all(self._requests.name(one) for one in unknown)
        for ident, answer in zip(unknown, answers, strict=True):
            if answer is not None:
                self._names[ident] = message_id(answer)
        while len(self._names) > REMEMBERED:
            del self._names[next(iter(self._names))]

    def _version(self, ref: DraftRef, *, raw: bool = False) -> Mapping[str, Any] | None:
        """The message inside the draft, if it is that version and lies in Drafts."""
        answer = self._client.read(self._requests.draft(ref.key, raw=raw))
        message: Mapping[str, Any] = (answer or {}).get("message", {})
        same = message.get("id") == ref.version and place_of(labels_of(message)) is Place.DRAFTS
        return message if same else None
