"""Gmail's API and Google's sign-in on a port of this machine, for the real client library. One server has many
accounts, told apart by their access tokens."""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from email import message_from_bytes
from functools import cache
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.servers.gmail.account import Account
from tests.servers.gmail.calls import ApiError, answer
from tests.servers.gmail.faults import Fault
from tests.servers.gmail.sign_in import SignInServer


class GmailServer(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.accounts: list[Account] = []
        self.sign_in = SignInServer(self.accounts)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self._lines = 0  # that are open
        self._fewer = threading.Condition()

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._fewer:
            self._lines += 1
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        super().process_request_thread(request, client_address)
        with self._fewer:
            self._lines -= 1
            self._fewer.notify_all()

    @contextmanager
    def settled(self) -> Iterator[None]:
        """All lines that were opened meanwhile have ended, when this ends."""
        before = self._lines
        yield
        with closing(HTTPConnection(*self.server_address)) as last:  # lines are taken up in their order
            last.request("GET", "/gmail/v1/users/me/profile")
            last.getresponse().read()
        with self._fewer:
            assert self._fewer.wait_for(lambda: self._lines <= before, timeout=20)

    def account(self, **how: Any) -> Account:
        one = Account(**how)
        self.accounts.append(one)
        return one

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up is part of the tests."""


@cache
def gmail_server() -> GmailServer:
    """The one of this process; it ends with it."""
    server = GmailServer()
    threading.Thread(target=server.serve_forever, name="gmail", daemon=True).start()
    return server


class Dropped(Exception):  # noqa: N818 - what happens
    """The line is cut."""


class Handler(BaseHTTPRequestHandler):
    server: GmailServer
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    timeout = 60

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Quiet."""

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def do_PUT(self) -> None:
        self._serve()

    def do_DELETE(self) -> None:
        self._serve()

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        parts = urlsplit(self.path)
        try:
            if parts.path in ("/auth", "/token", "/revoke"):
                self._sign_in(parts.path, parse_qs(parts.query), parse_qs(body.decode()))
            else:
                self._api(f"{self.command} {parts.path}", body)
        except Dropped:
            self.close_connection = True
            self.connection.close()

    def _sign_in(self, path: str, query: dict[str, list[str]], form: dict[str, list[str]]) -> None:
        if path == "/auth":
            self.send_response(302)
            self.send_header("Location", self.server.sign_in.consent(query))
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        fault = self.server.sign_in.faults.pop(0) if self.server.sign_in.faults else None
        if fault is not None and not fault.carried_out and not fault.cut:
            self._harmed(fault)
            return
        if path == "/token":
            status, told = self.server.sign_in.token(self._client() | form)
        else:
            token = (query.get("token") or form.get("token") or [""])[0]
            status, told = self.server.sign_in.revoke(token), {}
        self._answer(status, json.dumps(told).encode(), fault=fault)

    def _harmed(self, fault: Fault) -> None:
        """What comes in the place of an answer."""
        time.sleep(fault.stall)
        if fault.error:
            self._answer(fault.error.status, fault.error.body, headers=fault.error.headers)
        elif fault.garbage is not None:
            self._answer(fault.status, fault.garbage, kind="text/html")
        else:
            raise Dropped

    def _client(self) -> dict[str, list[str]]:
        """The client by a header (RFC 6749 section 2.3.1), as Google takes it beside one in the form."""
        kind, _, basic = self.headers.get("Authorization", "").partition(" ")
        ident, _, secret = base64.b64decode(basic).decode().partition(":") if kind == "Basic" else ("", "", "")
        return {"client_id": [ident], "client_secret": [secret]}

    def _api(self, request: str, body: bytes) -> None:
        account = self._account()
        if account is None:
            error = ApiError(401, "authError", "Invalid Credentials")
            self._answer(401, error.body)
            return
        account.requests.append(request)
        fault = _fault(account, request)
        if fault and not fault.carried_out:
            time.sleep(fault.stall)
        if not account.reachable or (fault and fault.drop and not fault.carried_out):
            raise Dropped
        try:
            if fault and fault.error and not fault.carried_out:
                raise fault.error
            harmed = fault is not None and fault.garbage is not None and not fault.carried_out
            status, kind, told = (200, "application/json", b"") if harmed else self._told(account, request, body)
            if fault and fault.carried_out:
                time.sleep(fault.stall)
            if fault and fault.drop:
                raise Dropped
            if fault and fault.error:
                raise fault.error
        except ApiError as error:
            self._answer(error.status, error.body, headers=error.headers, account=account)
            return
        if fault and fault.garbage is not None:
            self._answer(fault.status, fault.garbage, kind="text/html", account=account)
        else:
            self._answer(status, told, kind=kind, account=account, fault=fault)

    def _told(self, account: Account, request: str, body: bytes) -> tuple[int, str, bytes]:
        if request == "POST /batch/gmail/v1":
            return 200, 'multipart/mixed; boundary="answers"', self._batch(account, body)
        value = answer(account, self.command, urlsplit(self.path).path, parse_qs(urlsplit(self.path).query), body)
        return (204, "text/plain", b"") if self.command == "DELETE" else (200, "application/json", _json(value))

    def _batch(self, account: Account, body: bytes) -> bytes:
        kind = self.headers["Content-Type"].encode()
        parts = message_from_bytes(b"Content-Type: " + kind + b"\r\n\r\n" + body).get_payload()
        assert len(parts) <= 100
        told = b"".join(self._part(account, one) for one in parts)
        return told + b"--answers--\r\n"

    def _part(self, account: Account, part: Any) -> bytes:
        method, target, _ = part.get_payload().lstrip().partition("\n")[0].split()
        fault = _fault(account, f"part {method} {urlsplit(target).path}")
        try:
            if fault and fault.error:
                raise fault.error
            value = answer(account, method, urlsplit(target).path, parse_qs(urlsplit(target).query), b"")
            status, content = 200, _json(value)
        except ApiError as error:
            status, content = error.status, error.body
        if fault and fault.garbage is not None:
            status, content = fault.status, fault.garbage
        ident = part["Content-ID"].replace("<", "<response-")
        head = f"--answers\r\nContent-Type: application/http\r\nContent-ID: {ident}\r\n\r\n"
        return f"{head}HTTP/1.1 {status} X\r\nContent-Type: application/json\r\n\r\n".encode() + content + b"\r\n"

    def _account(self) -> Account | None:
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        return next((one for one in self.server.accounts if token in one.access_tokens), None)

    def _answer(
        self,
        status: int,
        content: bytes,
        *,
        kind: str = "application/json",
        headers: dict[str, str] | None = None,
        account: Account | None = None,
        fault: Fault | None = None,
    ) -> None:
        cut = fault is not None and fault.cut
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        if status != 204:
            self.send_header("Content-Length", str(len(content) + (100 if cut else 0)))
        self.end_headers()
        if fault is not None and fault.drip:
            self._drip(content, fault.drip)
        else:
            self.wfile.write(content)
            self.wfile.flush()
        if account is not None:
            account.bytes_out += len(content)
        if cut:
            raise Dropped

    def _drip(self, content: bytes, seconds: float) -> None:
        for at in range(len(content)):
            self.wfile.write(content[at : at + 1])
            self.wfile.flush()
            time.sleep(seconds)


def _json(value: object) -> bytes:
    return json.dumps(value).encode()


def _fault(account: Account, request: str) -> Fault | None:
    with account.lock:
        for one in account.faults:
            if one.where in request:
                one.times -= 1
                if one.times <= 0:
                    account.faults.remove(one)
                one.then()
                return one
    return None
