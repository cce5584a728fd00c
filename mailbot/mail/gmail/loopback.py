"""Where the browser comes back to after the person's consent: a server on this machine that waits for one answer.

The client library's own server serves exactly one request, so that a favicon ends it, waits for ever, and logs the
line with the code in it. This one waits a bounded time, lets strays pass, and logs nothing.
"""

from __future__ import annotations

import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from mailbot.errors import ActionNeeded

LATE = 300.0  # seconds that the person may take
SILENCE = 5.0  # seconds without a byte, after which a request is given up
DONE = "mailbot has the answer. You can close this page."
STRAY = "There is nothing here."
AGAIN = "Run: mailbot auth, with --elsewhere where your browser is on another machine."
LOOK = 0.1  # seconds until it is seen that a request has brought the answer


class Loopback(ThreadingHTTPServer):
    """Waits on 127.0.0.1 for the redirect with that `state`; `address` is what Google is told: RFC 8252
    section 7.3. Each request has a thread of its own, so that one that never ends holds up none."""

    daemon_threads = True

    def __init__(self, state: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.state = state
        self.answer = ""
        self.address = f"http://127.0.0.1:{self.server_address[1]}/"

    def wait(self, seconds: float = LATE) -> str:
        """The address the browser came with. Raises ActionNeeded when it is too late."""
        end = time.monotonic() + seconds
        while not self.answer:
            if (left := end - time.monotonic()) <= 0:
                raise ActionNeeded("Nobody signed in within five minutes.", mend=AGAIN)
            self.timeout = min(left, LOOK)
            self.handle_request()
        return self.answer

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that hangs up is nothing to tell of."""


class _Handler(BaseHTTPRequestHandler):
    server: Loopback
    timeout = SILENCE

    def do_GET(self) -> None:
        query = parse_qs(urlsplit(self.path).query)
        ours = query.get("state") == [self.server.state] and bool(query.keys() & {"code", "error"})
        body = (DONE if ours else STRAY).encode()
        self.send_response(200 if ours else 404)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        if ours:
            self.server.answer = f"{self.server.address.rstrip('/')}{self.path}"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that http.server gives
        """Nothing: the line would hold the code."""
