"""The real page on a real socket, and somebody who asks it by plain HTTP."""

from __future__ import annotations

import http.client
import shutil
import signal
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlencode

import uvicorn

from mailbot.store.lock import WAKE
from mailbot.web.desk import Desk
from mailbot.web.entrance import Entrance
from mailbot.web.guard import App, Receive, Scope, Send
from mailbot.web.serving import HOST, guarded, listening, settings

HUNG_UP = 0  # what is no HTTP at all may be answered before it was heard to its end, and the answer lost


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    text: str


class Served:
    """A page at a moment; asks as its own browser would, unless told otherwise."""

    def __init__(self, folder: Path, entrance: Entrance, port: int) -> None:
        self.folder = folder
        self.entrance = entrance
        self.port = port
        self.host = f"{HOST}:{port}"
        self.cookie = entrance.cookie().partition(";")[0]

    @property
    def url(self) -> str:
        return f"http://{self.host}{self.entrance.place}"

    def ask(self, method: str, path: str, headers: Mapping[str, str], body: bytes | Iterator[bytes] = b"") -> Answer:
        """One request, with these headers and no others but Host and the body's length."""
        line = http.client.HTTPConnection(HOST, self.port, timeout=10)
        line.putrequest(method, path, skip_host="Host" in headers, skip_accept_encoding=True)
        for name, value in headers.items():
            line.putheader(name, value)
        if isinstance(body, bytes) and method == "POST" and "Content-Length" not in headers:
            line.putheader("Content-Length", str(len(body)))
        line.endheaders()
        try:
            for piece in [body] if isinstance(body, bytes) else body:
                line.send(piece)
        except (BrokenPipeError, ConnectionResetError):
            pass  # it had heard enough
        with closing(line):
            try:
                got = line.getresponse()
                return Answer(got.status, {k.lower(): v for k, v in got.getheaders()}, got.read().decode())
            except ConnectionResetError:
                return Answer(HUNG_UP, {}, "")

    def get(self, path: str = "/", **headers: str) -> Answer:
        return self.ask("GET", self.entrance.place + path, {"Cookie": self.cookie, **headers})

    def post(self, path: str, fields: Mapping[str, object] | bytes, **headers: str) -> Answer:
        own = {
            "Cookie": self.cookie, "Origin": f"http://{self.host}",
            "Content-Type": "application/x-www-form-urlencoded", **headers,
        }  # fmt: skip
        body = fields if isinstance(fields, bytes) else urlencode(fields, doseq=True).encode()
        return self.ask("POST", self.entrance.place + path, {k: v for k, v in own.items() if v}, body)

    def application(self, company: str) -> str:
        """The path of the application of that company."""
        board = self.get().text
        before = board[: board.index(f">{company}</a>")]
        return before.rpartition('href="')[2].partition('"')[0].removeprefix(self.entrance.place)


class Server:
    """A server on a thread of its own, that serves one page after the other: to start one takes a while."""

    def __init__(self, door: socket.socket) -> None:
        self.port = door.getsockname()[1]
        self._app: App | None = None
        self._server = uvicorn.Server(settings(self._ask))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [door]})
        self._thread.start()

    async def _ask(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert self._app is not None
        await self._app(scope, receive, send)

    @contextmanager
    def serving(
        self, folder: Path, now: datetime, clock: Callable[[str], datetime] | None = None
    ) -> Iterator[Served]:
        """The page over the configuration and the ledger in that folder, at that moment or by that clock."""
        entrance = Entrance()
        with Desk(folder / "mailbot.toml", folder / "state", clock or (lambda _zone: now)) as desk:
            self._app = guarded(desk, entrance, self.port)
            yield Served(folder, entrance, self.port)

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(10)


@contextmanager
def server() -> Iterator[Server]:
    """One that is stopped in the end."""
    # What is said wakes a service, and whoever does that ignores the signal itself. Python lets only the main thread
    # say so; the page is served in it, but not here.
    signal.signal(WAKE, signal.SIG_IGN)
    with listening(0) as door:
        running = Server(door)
        try:
            yield running
        finally:
            running.stop()


def copied(demo: Path, folder: Path) -> Path:
    """The demo's ledger and configuration, to be changed."""
    shutil.copytree(demo, folder, ignore=shutil.ignore_patterns("Maildir"))
    return folder

