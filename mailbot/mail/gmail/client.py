"""Questions to Gmail, asked again where that is safe; effects, asked exactly once. One client belongs to one thread.

The client library ignores Retry-After, lets its first pause be next to nothing, repeats effects and takes a page of
HTML for an answer; so none of its own retries are used."""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import httplib2
from googleapiclient.errors import BatchError, HttpError
from googleapiclient.http import BatchHttpRequest

from mailbot.errors import Transient, Uncertain
from mailbot.mail.gmail.allowed import BATCH
from mailbot.mail.gmail.faults import GARBLED, GONE, LOST, SIGNED_OUT, Refusal, problem, refusal
from mailbot.mail.gmail.pace import PATIENCE, TRIES, Pace, cost, pause
from mailbot.mail.gmail.transport import NotSent, Transport

TOGETHER = 50  # requests of one batch: "larger than 50 is not recommended"
BROKEN = (OSError, http.client.HTTPException, httplib2.HttpLib2Error, NotSent)
NO_ANSWER = "what came back was no answer of Gmail's"
Answer = dict[str, Any]


class Client:
    """One account's line to Gmail. `renew` gets another access token. `clock` counts seconds and `wait` lets some
    pass. Whatever is asked raises Transient, ActionNeeded or ProtocolBroken."""

    def __init__(
        self,
        account: str,
        transport: Transport,
        api: str,
        renew: Callable[[], None],
        *,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._account = account
        self._transport = transport
        self._batch_uri = f"{api}{BATCH}"
        self._renew = renew
        self._clock = clock
        self._wait = wait
        self.pace = Pace(clock, wait)
        self._not_before = clock()

    def read(self, request: Any) -> Answer | None:
        """The answer to one question, None where there is no such thing (404)."""
        return self._answers([request])[0]

    def read_all(self, requests: Iterable[Any]) -> Iterator[Answer | None]:
        """The answers to many, in their order."""
        waiting = iter(requests)
        while batch := list(islice(waiting, TOGETHER)):
            yield from self._answers(batch)

    def effect(self, request: Any) -> Answer | None:
        """One attempt at a request that changes the mailbox; None where what it names is not there. Raises Uncertain
        where it may have happened; anything else only where it certainly has not."""
        self._rest_over()
        self.pace.take(cost(request.methodId))
        try:
            answer = request.execute(http=self._transport, num_retries=0)
        except HttpError as error:
            self._refused(_refusal(error))
            return None
        except NotSent:
            raise
        except BROKEN as error:
            raise self._unsure(f"the line broke: {error}") from error
        if answer in ("", b""):  # a deletion is answered with nothing (204)
            return {}
        if not isinstance(answer, dict):
            raise self._unsure(NO_ANSWER)
        return answer

    def fresh(self) -> None:
        """Go on with a new connection."""
        self._transport.close()

    def _answers(self, requests: Sequence[Any]) -> list[Answer | None]:
        answers: dict[int, Answer | None] = {}
        pending, renewed, waited = list(range(len(requests))), False, 0.0
        for attempt in range(TRIES):
            self._rest_over()
            refused: dict[int, Refusal] = {}
            for number, answer in zip(pending, self._round([requests[one] for one in pending]), strict=True):
                if isinstance(answer, Refusal) and answer.status != GONE:
                    refused[number] = answer
                else:
                    answers[number] = None if isinstance(answer, Refusal) else answer
            if not refused:
                break
            run_out = any(one.status == SIGNED_OUT for one in refused.values())
            if run_out and not renewed and attempt < TRIES - 1:
                self._renew()
                renewed = True
            else:
                waited += self._pause(refused.values(), attempt, waited)
            pending = sorted(refused)
        return [answers[number] for number in range(len(requests))]

    def _pause(self, refused: Iterable[Refusal], attempt: int, waited: float) -> float:
        """Wait before the next attempt, for as many seconds as it gives back. Raises where another has no use."""
        for one in refused:
            if not one.passes:
                raise problem(self._account, one)
        asked = max(one.after or 0.0 for one in refused)
        seconds = max(asked, pause(attempt))
        if waited + seconds > PATIENCE or attempt == TRIES - 1:
            self._not_before = self._clock() + asked
            raise problem(self._account, next(iter(refused)))
        self._wait(seconds)
        return seconds

    def _rest_over(self) -> None:
        if (left := self._not_before - self._clock()) > 0:
            raise Transient(f"Gmail asked '{self._account}' to wait; it is tried again in {left:.0f} seconds.")

    def _round(self, requests: Sequence[Any]) -> list[Answer | Refusal]:
        self.pace.take(sum(cost(one.methodId) for one in requests))
        return [self._single(requests[0])] if len(requests) == 1 else self._together(requests)

    def _single(self, request: Any) -> Answer | Refusal:
        try:
            return _answer(request.execute(http=self._transport, num_retries=0))
        except HttpError as error:
            return _refusal(error)
        except BROKEN as error:
            return Refusal(LOST, words=str(error))

    def _together(self, requests: Sequence[Any]) -> list[Answer | Refusal]:
        found: dict[str, Answer | Refusal] = {}

        def keep(ident: str, response: object, error: HttpError | None) -> None:
            found[ident] = _answer(response) if error is None else _refusal(error)

        batch = BatchHttpRequest(callback=keep, batch_uri=self._batch_uri)
        for number, request in enumerate(requests):
            batch.add(request, request_id=str(number))
        try:
            batch.execute(http=self._transport)
        except HttpError as error:  # BatchError, its kind, is an answer in parts that cannot be read
            return [Refusal(GARBLED) if isinstance(error, BatchError) else _refusal(error)] * len(requests)
        except BROKEN as error:
            return [Refusal(LOST, words=str(error))] * len(requests)
        except (KeyError, ValueError, IndexError):
            return [Refusal(GARBLED)] * len(requests)
        return [found.get(str(number), Refusal(GARBLED)) for number in range(len(requests))]

    def _refused(self, one: Refusal) -> None:
        """An effect's refusal. Returns where there is no such thing, else raises."""
        if one.status == GONE:
            return
        if one.status == GARBLED:
            raise self._unsure(NO_ANSWER)
        if one.status >= 500 or one.status == 408:
            raise self._unsure(f"it answered with status {one.status}")
        if one.after:
            self._not_before = self._clock() + one.after
        if one.status == SIGNED_OUT:
            self._renew()
            raise Transient(f"The sign-in of '{self._account}' had run out and is renewed.", mend="It is tried again.")
        raise problem(self._account, one)

    def _unsure(self, why: str) -> Uncertain:
        return Uncertain(f"Whether Gmail did it for '{self._account}' is not known: {why}.", mend="It is asked.")


def _answer(value: object) -> Answer | Refusal:
    """The library gives a page of HTML, as a captive portal serves it, as a text."""
    return value if isinstance(value, dict) else Refusal(GARBLED)


def _refusal(error: HttpError) -> Refusal:
    content = error.content if isinstance(error.content, bytes) else str(error.content).encode()
    return refusal(int(error.resp.status), content, error.resp.get("retry-after", ""))
