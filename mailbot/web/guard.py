"""What stands before every page: who is asked (Host), who asks (the cookie), from where a change comes (Origin), how
much it may bring, and what a browser may do with the answer. ASGI, so that nothing behind it can forget."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from typing import Any
from urllib.parse import parse_qs

from mailbot.web.entrance import Entrance

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

BODY_CAP = 16 * 1024  # bytes of a form
HEARD_OUT = 64 * BODY_CAP
FORM = "application/x-www-form-urlencoded"
PUBLIC = ("/style.css", "/icon.svg")  # they say nothing of anybody, and the page for those outside wears them
# No script at all, nothing from elsewhere, in nobody's frame; a form goes to this page alone.
HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # Not 'no-referrer': under that a form of ours would come with the Origin 'null'.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cache-control": "no-store",
}
WRONG_HOST = "This page answers on this machine alone."
OUTSIDE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>mailbot</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="{place}/style.css"></head>
<body><main class="outside"><h1>Please come in by the link</h1>
<p>This page opens by the link that <code>mailbot web</code> prints in the terminal. The one that it opens by itself
works once.</p><p>Came by it just now? <a href="{place}/">Go on</a>.</p></main></body></html>"""


class Guard:
    """`hosts` are the names by which the page may be asked for: 'host:port', in small letters."""

    def __init__(self, app: App, entrance: Entrance, hosts: Iterable[str]) -> None:
        self._app = app
        self._entrance = entrance
        self._hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        headers = _headers(scope)
        send = _with_headers(send)
        if headers.get("host", "").lower() not in self._hosts:  # a name rebound to this machine (DNS rebinding)
            await _answer(send, 421, WRONG_HOST)
        elif not scope["path"].startswith(f"{self._entrance.place}/"):
            await _answer(send, 404, "There is nothing here.")
        else:
            await self._inside(scope, headers, receive, send)

    async def _inside(self, scope: Scope, headers: Mapping[str, str], receive: Receive, send: Send) -> None:
        path, method = scope["path"].removeprefix(self._entrance.place), scope["method"]
        if path == "/start" and method == "GET":
            await self._start(scope, send)
        elif not (path in PUBLIC or self._entrance.knows(headers.get("cookie", ""))):
            await _answer(send, 403, OUTSIDE.format(place=self._entrance.place), "text/html; charset=utf-8")
        elif method in ("GET", "HEAD"):
            await self._app(scope, receive, send)
        elif method == "POST":
            await self._change(scope, headers, receive, send)
        else:
            await _answer(send, 405, "Only looking and saying.")

    async def _start(self, scope: Scope, send: Send) -> None:
        given = parse_qs(scope["query_string"].decode("ascii", "replace")).get("key", [""])[0]
        if not self._entrance.admits(given):
            await _answer(send, 403, OUTSIDE.format(place=self._entrance.place), "text/html; charset=utf-8")
            return
        await _answer(
            send, 303, "Come in.", more={"location": f"{self._entrance.place}/", "set-cookie": self._entrance.cookie()}
        )

    async def _change(self, scope: Scope, headers: Mapping[str, str], receive: Receive, send: Send) -> None:
        """A form of ours: from this very page, of our kind, and no longer than a form."""
        if headers.get("origin", "") != f"http://{headers['host']}":
            await _answer(send, 403, "A change must come from this page itself.")
        elif headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
            await _answer(send, 415, "That is no form of this page.")
        elif (body := await _body(headers, receive)) is None:
            await _answer(send, 413, "That is too long.")
        else:
            await self._app(scope, _again(body), send)


async def _body(headers: Mapping[str, str], receive: Receive) -> bytes | None:
    """All of it; None where it is more than the cap. What goes beyond is heard out for a while and dropped: an answer
    given while the other side still talks would be lost with the connection."""
    said = headers.get("content-length", "0")
    if not said.isdecimal() or int(said) > HEARD_OUT:
        return None
    body, length, more = b"", 0, True
    while more and length <= HEARD_OUT:
        message = await receive()
        piece = bytes(message.get("body", b""))
        length += len(piece)
        body = body + piece if length <= BODY_CAP else b""
        more = message["type"] == "http.request" and bool(message.get("more_body", False))
    return body if length <= BODY_CAP else None


def _again(body: bytes) -> Receive:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


def _headers(scope: Scope) -> dict[str, str]:
    """By name in small letters. Of one that comes twice nothing is believed: it is left empty."""
    found: dict[str, str] = {}
    for name, value in scope["headers"]:
        key = name.decode("latin-1").lower()
        found[key] = "" if key in found else value.decode("latin-1")
    return found


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            ours = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
            message["headers"] = [*message.get("headers", []), *ours]
        await send(message)

    return sending


async def _answer(
    send: Send, status: int, text: str, kind: str = "text/plain; charset=utf-8", more: Mapping[str, str] | None = None
) -> None:
    body = text.encode()
    headers = {"content-type": kind, "content-length": str(len(body)), **(more or {})}
    listed = [(name.encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": listed})
    await send({"type": "http.response.body", "body": body})
