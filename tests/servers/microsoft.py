"""Microsoft's sign-in by device code on a port of this machine, with TLS: msal speaks nothing else."""

from __future__ import annotations

import base64
import json
import secrets
import ssl
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from tests.servers.dovecot import make_certificate
from tests.servers.gmail.account import Account

LIFE = 3600


@dataclass
class Consent:
    """What the person does with the code: `says` is 'yes', 'no' or 'nothing yet' for so many polls."""

    account: Account
    says: str = "yes"
    polls: int = 0
    asked_for: list[str] = field(default_factory=list)  # scopes
    refreshed: int = 0


class MicrosoftServer(ThreadingHTTPServer):
    """`authority` is what stands in the place of login.microsoftonline.com; `certificate` vouches for it."""

    daemon_threads = True

    def __init__(self, folder: Path, consent: Consent) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        make_certificate(folder)
        self.certificate = folder / "cert.pem"
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, folder / "key.pem")
        self.socket = context.wrap_socket(self.socket, server_side=True)
        self.authority = f"https://localhost:{self.server_address[1]}/common"
        self.consent = consent
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Quiet."""

    def tokens(self, client: str) -> dict[str, object]:
        account = self.consent.account
        access = secrets.token_hex(8)
        account.access_tokens.add(access)
        account.refresh_token = secrets.token_hex(8)  # another at every use
        now = int(time.time())
        told = {"aud": client, "iss": self.authority, "sub": "s", "exp": now + LIFE, "iat": now, "tid": "t", "oid": "o",
                "preferred_username": account.address}  # fmt: skip
        return {
            "token_type": "Bearer", "access_token": access, "refresh_token": account.refresh_token,
            "expires_in": LIFE, "scope": " ".join(self.consent.asked_for),
            "client_info": _packed({"uid": "o", "utid": "t"}),
            "id_token": f"{_packed({'alg': 'none'})}.{_packed(told)}.",
        }  # fmt: skip


class Handler(BaseHTTPRequestHandler):
    server: MicrosoftServer

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Quiet."""

    def do_GET(self) -> None:
        base = self.server.authority
        names = ("authorization_endpoint", "token_endpoint", "device_authorization_endpoint", "issuer")
        paths = ("oauth2/v2.0/authorize", "oauth2/v2.0/token", "oauth2/v2.0/devicecode", "v2.0")
        self._answer(200, {name: f"{base}/{path}" for name, path in zip(names, paths, strict=True)})

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", "0"))
        form = {key: values[0] for key, values in parse_qs(self.rfile.read(length).decode()).items()}
        consent = self.server.consent
        if self.path.endswith("/devicecode"):
            consent.asked_for = form["scope"].split()
            self._answer(200, {
                "device_code": "device", "user_code": "HERON7", "verification_uri": "https://microsoft.com/devicelogin",
                "expires_in": 60, "interval": 0, "message": "",
            })  # fmt: skip
        elif form["grant_type"] == "refresh_token":
            if form["refresh_token"] != consent.account.refresh_token:
                self._answer(400, {"error": "invalid_grant", "error_description": "AADSTS700082: It has run out."})
                return
            consent.refreshed += 1
            self._answer(200, self.server.tokens(form["client_id"]))
        elif consent.polls > 0:
            consent.polls -= 1
            self._answer(400, {"error": "authorization_pending"})
        elif consent.says == "yes":
            self._answer(200, self.server.tokens(form["client_id"]))
        else:
            self._answer(400, {"error": "authorization_declined", "error_description": "The person said no."})

    def _answer(self, status: int, value: dict[str, object]) -> None:
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _packed(value: dict[str, object]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")
