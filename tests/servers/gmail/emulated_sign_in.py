"""Google's sign-in as the emulator knows it, and what has to stand before it so that it is as strict as Google.

What @emulators/google 0.4.1 does otherwise, and what is made of it:

- any client may ask, with any secret, as long as none is configured; a configured one must name the port of its
  loopback address: the client is held against one of its own here
- consent is given to every right at once: who leaves a box unticked, or says no, does so here
- the browser comes back without the rights that were granted: told here
- a code is good for another address than the one it was sent to: refused here
- access tokens outlive the revocation of the sign-in from which they come: taken back with it here
- an id_token comes that nobody asked for: left out here
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Sequence
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.servers.gmail.account import Account
from tests.servers.gmail.emulator import emulator
from tests.servers.gmail.sign_in import Consent, SignInServer

CLIENT, SECRET = "mine", "s"
LOOPBACK = "http://127.0.0.1:1/"


class Buttons(HTMLParser):
    """The page of consent: a form with hidden fields for each user."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []

    def handle_starttag(self, tag: str, attributes: Sequence[tuple[str, str | None]]) -> None:
        if tag == "form":
            self.forms.append({})
        if tag == "input":
            told = dict(attributes)
            self.forms[-1][str(told["name"])] = str(told["value"])


class EmulatedSignIn(SignInServer):
    def grant(self, account: Account) -> None:
        """The account signs in with all its rights, as by `mailbot auth`."""
        verifier = secrets.token_urlsafe(32)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
        location = self._clicked(account, {
            "client_id": CLIENT, "redirect_uri": LOOPBACK, "response_type": "code", "state": "x",
            "scope": " ".join(sorted(account.scopes)), "code_challenge": challenge, "code_challenge_method": "S256",
        })  # fmt: skip
        code = parse_qs(urlsplit(location).query)["code"][0]
        self.codes[code] = Consent(account, sorted(account.scopes), challenge, LOOPBACK)
        status, _ = self.token(_form(
            grant_type="authorization_code", code=code, code_verifier=verifier, redirect_uri=LOOPBACK,
            client_id=CLIENT, client_secret=SECRET,
        ))  # fmt: skip
        assert status == 200

    def consent(self, query: dict[str, list[str]]) -> str:
        asked = {key: values[0] for key, values in query.items()}
        if self.refuse or asked["client_id"] != CLIENT:
            return super().consent(query)
        assert asked["code_challenge_method"] == "S256"
        assert (asked["access_type"], asked["response_type"]) == ("offline", "code")
        assert self.signed_in is not None
        scopes = [each for each in asked["scope"].split() if each not in self.untick]
        location = self._clicked(self.signed_in, {**asked, "scope": " ".join(scopes)})
        code = parse_qs(urlsplit(location).query)["code"][0]
        self.codes[code] = Consent(self.signed_in, scopes, asked["code_challenge"], asked["redirect_uri"])
        return f"{location}&{urlencode({'scope': ' '.join(scopes)})}"

    def _clicked(self, account: Account, asked: dict[str, str]) -> str:
        """Where the browser is sent after a click on that account's button."""
        page = Buttons()
        page.feed(emulator().ask("GET", "/o/oauth2/v2/auth", query=asked).value)
        form = next(one for one in page.forms if one["email"] == account.address)
        told = emulator().ask("POST", "/o/oauth2/v2/auth/callback", body=list(form.items()))
        assert told.status == 302
        return told.location

    def token(self, form: dict[str, list[str]]) -> tuple[int, dict[str, object]]:
        asked = {key: values[0] for key, values in form.items()}
        if (asked["client_id"], asked["client_secret"]) != (CLIENT, SECRET):
            return 401, {"error": "invalid_client"}
        if asked["grant_type"] == "refresh_token":
            account = next((one for one in self.accounts if one.refresh_token == asked["refresh_token"]), None)
        else:
            consent = self.codes.pop(asked["code"], None)
            if consent is None or consent.redirect != asked["redirect_uri"]:
                return 400, {"error": "invalid_grant"}
            account = consent.account
        told = emulator().ask("POST", "/oauth2/token", body=list(asked.items()))
        if account is None or told.status != 200:
            return told.status, told.value
        return 200, _taken(account, told.value)

    def revoke(self, token: str) -> int:
        for account in self.accounts:
            if token and (token == account.refresh_token or token in account.access_tokens):
                for each in (*account.access_tokens, account.refresh_token):
                    emulator().ask("POST", "/oauth2/revoke", body=[("token", each)])
                account.refresh_token = None
                account.access_tokens.clear()
                return 200
        return 400


def _taken(account: Account, told: dict[str, Any]) -> dict[str, object]:
    """The account knows its tokens, and what they may do."""
    account.token_calls += 1
    account.access_tokens.add(told["access_token"])
    if "refresh_token" in told:
        account.refresh_token = told["refresh_token"]
        account.scopes = frozenset(told["scope"].split())
    return {key: value for key, value in told.items() if key != "id_token"}


def _form(**fields: str) -> dict[str, list[str]]:
    return {key: [value] for key, value in fields.items()}
