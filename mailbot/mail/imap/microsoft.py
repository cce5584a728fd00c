"""Signing in at Microsoft by a code for another device, with the application that the person registered (msal).

msal keeps the refresh token, and Microsoft changes it at every use: what it knows is written back each time."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mailbot.errors import ActionNeeded, Transient, extra_needed
from mailbot.mail.imap.issuers import Issuer
from mailbot.mail.kept import keep_again
from mailbot.mail.kept import kept as read_kept

TIMEOUT = 25.0  # seconds without an answer; less than a courier's patience
PAUSE = 3600.0  # seconds in which a sign-in that was refused is not tried again


class Microsoft:
    """One account's sign-in."""

    def __init__(
        self, account: str, issuer: Issuer, file: Path, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._account = account
        self._issuer = issuer
        self._file = file
        self._clock = clock
        self._refused_until = 0.0
        self._refused_was = ""

    def sign_in(
        self, client: str, tell: Callable[[str, str], None], check: Callable[[str], None], keep: Callable[[str], None]
    ) -> None:
        """Lead the person through it and `keep` what comes of it. `client` is the id of their application; `tell` says
        where to go and which code to type; `check` tries the access token. Raises ActionNeeded, Transient; then nothing
        is kept."""
        msal = _library()
        cache = msal.SerializableTokenCache()
        with self._application(client, cache) as application:
            flow = self._asked(lambda: application.initiate_device_flow(scopes=[self._issuer.scope]))
            if "user_code" not in flow:
                raise self._said(flow)
            tell(str(flow["verification_uri"]), str(flow["user_code"]))
            answer = self._asked(lambda: application.acquire_token_by_device_flow(flow))
        if "access_token" not in answer:
            raise self._said(answer)
        check(str(answer["access_token"]))
        keep(_text(client, cache))

    def access(self) -> str:
        """An access token that is still good. Raises ActionNeeded where the sign-in no longer holds, Transient."""
        client, kept = self._kept()
        if kept == self._refused_was and self._clock() < self._refused_until:
            raise self._signed_out()
        cache = _library().SerializableTokenCache()
        cache.deserialize(kept)
        with self._application(client, cache) as application:
            known = application.get_accounts()
            if not known:
                raise self._signed_out()
            scopes = [self._issuer.scope]
            answer = self._asked(lambda: application.acquire_token_silent_with_error(scopes, account=known[0]))
        if "access_token" not in answer:
            if answer.get("error") in ("invalid_grant", "interaction_required", ""):
                self._refused_was, self._refused_until = kept, self._clock() + PAUSE
                raise self._signed_out()
            raise self._said(answer)
        if cache.has_state_changed:
            keep_again(self._file, _text(client, cache))
        return str(answer["access_token"])

    @contextmanager
    def _application(self, client: str, cache: Any) -> Iterator[Any]:
        # Without instance discovery: the authority is in our own table, nobody else is asked about it.
        made = self._asked(
            lambda: _library().PublicClientApplication(
                client, authority=self._issuer.authority, token_cache=cache, instance_discovery=False, timeout=TIMEOUT
            )
        )
        try:
            yield made
        finally:
            made.http_client.close()

    def _asked(self, request: Callable[[], Any]) -> Any:
        try:
            return request() or {"error": ""}
        except Exception as error:
            # msal lets through whatever its HTTP library and its parser raise; no token stands in what these say.
            raise Transient(
                f"Microsoft's sign-in does not answer for '{self._account}': {type(error).__name__}.",
                mend="It is tried again.",
            ) from error

    def _kept(self) -> tuple[str, str]:
        try:
            kept = json.loads(read_kept(self._file))
            return str(kept["client"]), str(kept["cache"])
        except FileNotFoundError:
            raise ActionNeeded(f"'{self._account}' is not signed in to Microsoft.", mend=self._mend()) from None
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise ActionNeeded(
                f"The sign-in of '{self._account}' in {self._file} cannot be read.", mend=self._mend()
            ) from error

    def _mend(self) -> str:
        return f"Run: mailbot auth {self._account}"

    def _signed_out(self) -> ActionNeeded:
        return ActionNeeded(
            f"Microsoft no longer accepts the sign-in of '{self._account}': it was revoked, or has run out.",
            mend=self._mend(),
        )

    def _said(self, answer: Mapping[str, Any]) -> ActionNeeded:
        said = str(answer.get("error_description") or answer.get("error") or "it says no more").partition("\n")[0]
        what = f"Microsoft refused the sign-in of '{self._account}': {said[:300].rstrip('.')}."
        return ActionNeeded(what, mend=self._mend())


def _text(client: str, cache: Any) -> str:
    return json.dumps({"client": client, "cache": cache.serialize()})


def _library() -> Any:
    try:
        import msal  # here: an extra, and a tenth of a second
    except ImportError as error:
        raise extra_needed("Signing in at Microsoft needs the library msal.", "microsoft") from error
    return msal
