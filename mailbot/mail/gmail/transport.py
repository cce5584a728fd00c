"""What carries requests to Google, each exactly once.

httplib2 sends any request again when the line drops, a POST too, whatever its settings (seen: twice, and up to six
times with the client library's own retries). Here every request goes out once, one that changes the mailbox on a fresh
connection; whether to ask again is decided above, where it is known what the request does.

Steps of a request that changes the mailbox: 'connected', 'request sent', 'carried out', 'answered'.
"""

from __future__ import annotations

import http.client
import time
import zlib
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

import httplib2

from mailbot.errors import Transient
from mailbot.mail.gmail.allowed import Allowed, is_effect
from mailbot.mail.steps import Step, no_step

TIMEOUT = 25.0  # seconds without a byte; less than a courier's patience
LATE = 50.0  # seconds until the whole answer is there: a server that drips would be waited for without end
PIECE = 1 << 16  # bytes
LONGEST = 64 << 20  # bytes of one answer, unpacked: a mail has at most 35 MB, in base64


class NotSent(Transient):
    """The server was not reached: the request certainly was not carried out."""


class Transport(httplib2.Http):  # type: ignore[misc]  # httplib2 has no types
    """An `http` object for Google's client libraries. `authorize` gives the headers of a signed-in request, which the
    sign-in's own go without. Raises Bug for a request that is not on the list, NotSent, OSError and
    http.client.HTTPException."""

    def __init__(
        self,
        allowed: Allowed,
        authorize: Callable[[], Mapping[str, str]] = dict,
        *,
        step: Step = no_step,
        timeout: float = TIMEOUT,
    ) -> None:
        super().__init__(timeout=timeout)
        self.follow_redirects = False  # they would lead past the list
        self._allowed = allowed
        self._authorize = authorize
        self._step = step
        self.date = ""  # the Date header of the last answer

    def request(
        self,
        uri: str,
        method: str = "GET",
        body: object = None,
        headers: Mapping[str, str] | None = None,
        **rest: object,
    ) -> tuple[Any, bytes]:
        headers = dict(headers or {})
        self._allowed.check(method, uri, body, headers)
        headers |= self._authorize()
        answer: tuple[Any, bytes] = super().request(uri, method, body=body, headers=headers, **rest)
        self.date = str(answer[0].get("date", ""))
        return answer

    def _conn_request(
        self, conn: http.client.HTTPConnection, request_uri: str, method: str, body: Any, headers: Mapping[str, str]
    ) -> tuple[Any, bytes]:
        effect = is_effect(method, urlsplit(request_uri).path)
        step = self._step if effect else no_step
        try:
            self._connect(conn, step, fresh=effect)
            conn.request(method, request_uri, body, dict(headers))
            step("request sent")
            response = conn.getresponse()
            step("carried out")
            content = _read(response)
            step("answered")
        except BaseException:
            conn.close()
            raise
        return httplib2.Response(response), _unpacked(response, content)

    def _connect(self, conn: http.client.HTTPConnection, step: Step, *, fresh: bool) -> None:
        try:
            if fresh:
                conn.close()
            if conn.sock is None:
                conn.connect()
            step("connected")
        except (OSError, httplib2.HttpLib2Error) as error:
            raise NotSent(f"Gmail could not be reached: {error}.", mend="It is tried again by itself.") from error


def _read(response: http.client.HTTPResponse) -> bytes:
    """A whole answer. Raises TimeoutError where it is LATE, IncompleteRead where it has fewer bytes than it announced
    or as many as LONGEST."""
    content, end = bytearray(), time.monotonic() + LATE
    announced = response.length  # here, for `read1` does not count it down
    while len(content) != announced and (piece := response.read1(PIECE)):
        content += piece
        if time.monotonic() > end:
            raise TimeoutError(f"an answer that is not whole after {LATE:.0f} seconds")
        if len(content) >= LONGEST:
            raise http.client.IncompleteRead(bytes(content))
    if announced is not None and len(content) < announced:
        raise http.client.IncompleteRead(bytes(content), announced - len(content))
    response.close()
    return bytes(content)


def _unpacked(response: http.client.HTTPResponse, content: bytes) -> bytes:
    if response.headers.get("content-encoding", "") not in ("gzip", "deflate"):
        return content
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(content, LONGEST)
    except zlib.error as error:
        raise http.client.HTTPException(f"an answer that cannot be unpacked: {error}") from error
