"""Whole conversations: Gmail takes as many quota units for one with all its mails as for two mails."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from mailbot.mail.gmail.choice import Choice
from mailbot.mail.gmail.client import TOGETHER, Client
from mailbot.mail.gmail.pace import cost
from mailbot.mail.gmail.parts import is_all_there, rebuilt, to_base64
from mailbot.mail.gmail.service import Requests

LONGEST = 100  # mails of a conversation that is asked for whole
LARGE = 5  # of them may be large: their attachments stay on the server, but not their text
KEPT = 48 << 20  # characters of mails that are kept until their listing comes: what was answered lies in Sent, too

Answer = Mapping[str, Any]


class Conversations:
    """What came of the conversations of a scan, until each mail is asked for."""

    def __init__(self, client: Client, requests: Requests) -> None:
        self._client = client
        self._requests = requests
        self._held: dict[str, Answer] = {}  # by the mail's id
        self._size = 0
        self._asked: set[str] = set()
        self._choice: Choice | None = None

    def of(self, idents: Iterable[str], choice: Choice | None) -> dict[str, Answer]:
        """Of these mails those that are cheaper in their conversations, or came with one before."""
        if choice is None:
            return {}
        if choice is not self._choice:
            self._choice, self._held, self._size, self._asked = choice, {}, 0, set()
        wanted = [one for one in idents if one in choice.whole]
        threads = dict.fromkeys(choice.whole[one] for one in wanted)
        self._ask([one for one in threads if one not in self._asked and self._pays(one, choice)], choice)
        return {one: self._let_go(one) for one in wanted if one in self._held}

    def _pays(self, thread: str, choice: Choice) -> bool:
        mails = choice.members[thread]
        cheaper = cost("gmail.users.threads.get") < len(mails) * cost("gmail.users.messages.get")
        return cheaper and len(mails) <= LONGEST and len(choice.large.intersection(mails)) <= LARGE

    def _ask(self, threads: Sequence[str], choice: Choice) -> None:
        for batch in _packed(threads, choice):
            for answer in self._client.read_all(map(self._requests.conversation, batch)):
                for mail in (answer or {}).get("messages", ()):
                    if mail.get("id") in choice.whole and is_all_there(mail.get("payload", {})):
                        self._hold(mail)
        self._asked.update(threads)

    def _hold(self, mail: Answer) -> None:
        """As Gmail would have given it by itself."""
        raw = to_base64(rebuilt(mail["payload"]))
        self._held[str(mail["id"])] = {**mail, "payload": None, "raw": raw}
        self._size += len(raw)
        while self._size > KEPT:
            self._let_go(next(iter(self._held)))

    def _let_go(self, ident: str) -> Answer:
        mail = self._held.pop(ident)
        self._size -= len(mail["raw"])
        return mail


def _packed(threads: Iterable[str], choice: Choice) -> Iterator[list[str]]:
    """As many as have about the mails of one batch."""
    packed: dict[int, list[str]] = defaultdict(list)
    mails = 0
    for one in threads:
        packed[mails // TOGETHER].append(one)
        mails += len(choice.members[one])
    yield from packed.values()
