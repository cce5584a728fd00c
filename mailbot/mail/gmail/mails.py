"""Mails as the port gives them: their header fields, and themselves. What was worth asking for whole at once is kept
from the one to the other, so that it costs once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from mailbot.mail.gmail.choice import Choice
from mailbot.mail.gmail.client import TOGETHER, Client
from mailbot.mail.gmail.conversations import Conversations
from mailbot.mail.gmail.parts import (
    as_raw,
    from_base64,
    header_block,
    is_all_there,
    lies_in,
    rebuilt,
)
from mailbot.mail.gmail.service import Requests
from mailbot.mail.header_block import head_of
from mailbot.mail.port import MessageRef, RawMessage

BIG = 512 << 10  # bytes of a mail whose attachments are left on the server
SIZES = 5_000  # mails whose size is remembered between their headers and themselves
KEPT = 16 << 20  # bytes of mails that are kept between their headers and themselves

Answer = Mapping[str, Any]


class Mails:
    """The mails of one account."""

    def __init__(self, client: Client, requests: Requests) -> None:
        self._client = client
        self._requests = requests
        self._conversations = Conversations(client, requests)
        self._sizes: dict[str, int] = {}
        self._kept: dict[MessageRef, RawMessage] = {}
        self._held = 0  # bytes of all kept

    def headers(self, refs: Iterable[MessageRef], choice: Choice | None = None) -> Iterator[RawMessage]:
        """The header blocks; what `choice` wants whole is asked for whole, and kept."""
        at_once = choice.whole if choice else {}
        large = choice.large if choice else frozenset[str]()

        def request(ident: str) -> Any:
            if ident not in at_once:
                return self._requests.head(ident)
            return self._requests.full(ident) if ident in large else self._requests.raw(ident)

        waiting = iter(refs)
        while batch := tuple(islice(waiting, TOGETHER)):
            known = self._conversations.of((ref.key for ref in batch), choice)
            for ref, answer in self._asked(batch, request, known):
                if ref.key in at_once and _is_enough(answer):
                    whole = self._whole(ref, answer)
                    self._keep(whole)
                    yield head_of(whole)
                else:
                    self._note_size(ref.key, answer)
                    yield as_raw(ref, answer, header_block(answer.get("payload", {})), whole=False)

    def fetch(self, refs: Iterable[MessageRef]) -> Iterator[RawMessage]:
        """The mails whole."""
        waiting = iter(refs)
        while batch := tuple(islice(waiting, TOGETHER)):
            kept = {ref: one for ref in batch if (one := self._let_go(ref))}
            rest = self._asked([ref for ref in batch if ref not in kept], self._mail, {})
            found = kept | {ref: self._whole(ref, answer) for ref, answer in rest}
            yield from (found[ref] for ref in batch if ref in found)

    def _asked(
        self, batch: Sequence[MessageRef], request: Callable[[str], Any], known: Mapping[str, Answer]
    ) -> Iterator[tuple[MessageRef, Answer]]:
        """Each mail that still lies where its reference says; what is `known` is not asked for."""
        answers = self._client.read_all(request(ref.key) for ref in batch if ref.key not in known)
        for ref in batch:
            answer = known[ref.key] if ref.key in known else next(answers)
            if answer is not None and lies_in(answer, ref.place):
                yield ref, answer

    def _whole(self, ref: MessageRef, answer: Answer) -> RawMessage:
        raw = from_base64(answer["raw"]) if "raw" in answer else rebuilt(answer.get("payload", {}))
        return as_raw(ref, answer, raw, whole=True)

    def _mail(self, ident: str) -> Any:
        big = self._sizes.get(ident, 0) > BIG
        return self._requests.full(ident) if big else self._requests.raw(ident)

    def _note_size(self, ident: str, answer: Answer) -> None:
        self._sizes[ident] = int(answer.get("sizeEstimate", 0))
        while len(self._sizes) > SIZES:
            del self._sizes[next(iter(self._sizes))]

    def _keep(self, one: RawMessage) -> None:
        self._let_go(one.ref)
        self._kept[one.ref] = one
        self._held += len(one.raw)
        while self._held > KEPT:
            self._let_go(next(iter(self._kept)))

    def _let_go(self, ref: MessageRef) -> RawMessage | None:
        one = self._kept.pop(ref, None)
        self._held -= len(one.raw) if one else 0
        return one


def _is_enough(answer: Answer) -> bool:
    """Whether it is the mail as it would come by itself."""
    return "raw" in answer or int(answer.get("sizeEstimate", 0)) > BIG or is_all_there(answer.get("payload", {}))
