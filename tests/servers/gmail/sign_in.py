"""Google's sign-in for installed apps: consent, a code for tokens (with PKCE), refresh, revocation."""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass, field
from urllib.parse import urlencode

from tests.servers.gmail.account import Account
from tests.servers.gmail.faults import Fault


@dataclass
class Consent:
    account: Account
    scopes: list[str]
    challenge: str
    redirect: str


@dataclass
class SignInServer:
    """`signed_in`: who sits at the browser. `untick`: scopes that they do not tick. `refuse`: they say no."""

    accounts: list[Account]
    signed_in: Account | None = None
    untick: set[str] = field(default_factory=set)
    refuse: bool = False
    faults: list[Fault] = field(default_factory=list)  # of the next requests for tokens, and for their end
    codes: dict[str, Consent] = field(default_factory=dict)

    def consent(self, query: dict[str, list[str]]) -> str:
        """Where the browser is sent after the page of consent."""
        one = {key: values[0] for key, values in query.items()}
        assert one["code_challenge_method"] == "S256"
        assert one["access_type"] == "offline"
        assert self.signed_in is not None
        if self.refuse:
            return f"{one['redirect_uri']}?{urlencode({'error': 'access_denied', 'state': one['state']})}"
        code = f"4/{secrets.token_urlsafe(8)}"
        scopes = [each for each in one["scope"].split() if each not in self.untick]
        self.codes[code] = Consent(self.signed_in, scopes, one["code_challenge"], one["redirect_uri"])
        return f"{one['redirect_uri']}?{urlencode({'code': code, 'state': one['state'], 'scope': ' '.join(scopes)})}"

    def token(self, form: dict[str, list[str]]) -> tuple[int, dict[str, object]]:
        one = {key: values[0] for key, values in form.items()}
        if one["grant_type"] == "refresh_token":
            return self._refresh(one["refresh_token"])
        consent = self.codes.pop(one["code"], None)
        digest = hashlib.sha256(one["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if consent is None or challenge != consent.challenge or one["redirect_uri"] != consent.redirect:
            return 400, {"error": "invalid_grant"}
        account = consent.account
        account.refresh_token = secrets.token_hex(8)
        account.scopes = frozenset(consent.scopes)
        return 200, {**_access(account), "refresh_token": account.refresh_token, "scope": " ".join(consent.scopes)}

    def _refresh(self, token: str) -> tuple[int, dict[str, object]]:
        account = next((each for each in self.accounts if each.refresh_token == token), None)
        if account is None:
            for each in self.accounts:
                each.token_calls += each.refresh_token is None
            return 400, {"error": "invalid_grant", "error_description": "Token has been expired or revoked."}
        account.token_calls += 1
        return 200, {**_access(account), "scope": " ".join(account.scopes)}

    def revoke(self, token: str) -> int:
        for each in self.accounts:
            if token and (token == each.refresh_token or token in each.access_tokens):
                each.refresh_token = None
                each.access_tokens.clear()
                return 200
        return 400


def _access(account: Account) -> dict[str, object]:
    token = secrets.token_hex(8)
    account.access_tokens.add(token)
    return {"access_token": token, "token_type": "Bearer", "expires_in": 3599}
