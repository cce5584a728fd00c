"""What a sign-in left behind: the refresh token, kept as `mail/kept.py` keeps it, and the access token of the hour, in
memory."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import google.auth.exceptions
import google_auth_httplib2
from google.oauth2.credentials import Credentials

from mailbot.errors import ActionNeeded, Transient
from mailbot.mail.kept import kept

SCOPES = ("https://www.googleapis.com/auth/gmail.readonly", "https://www.googleapis.com/auth/gmail.compose")
TOKEN_URI = "https://oauth2.googleapis.com/token"  # noqa: S105 - an address
# "Errors" of Google's OAuth pages: the client itself was deleted or switched off, so that another sign-in is no help.
CLIENT_LOST = frozenset({"invalid_client", "deleted_client", "disabled_client", "unauthorized_client"})
ANOTHER_CLIENT = "Make another as the README tells, put it in the place of the old one, and run"
PAUSE = 3600.0  # seconds in which a sign-in that was refused is not tried again


@dataclass(frozen=True, slots=True)
class SignIn:
    """One person's consent, as it is kept."""

    client_id: str
    client_secret: str
    refresh_token: str
    token_uri: str = TOKEN_URI

    @property
    def text(self) -> str:
        """What is kept of it."""
        return json.dumps({name: getattr(self, name) for name in self.__slots__})


def load_sign_in(account: str, file: Path) -> SignIn:
    """Raises ActionNeeded where nobody has signed in, where the keyring does not open, and for a file that others can
    read."""
    again = f"Run: mailbot auth {account}"
    try:
        return SignIn(**json.loads(kept(file)))
    except FileNotFoundError:
        raise ActionNeeded(f"'{account}' is not signed in to Gmail.", mend=again) from None
    except (OSError, ValueError, TypeError) as error:
        raise ActionNeeded(f"The sign-in of '{account}' in {file} cannot be read.", mend=again) from error


class Tokens:
    """Access tokens for one account, renewed when they run out. `http` carries the sign-in's requests. A sign-in that
    Google has refused is tried again after a new sign-in, or after an hour."""

    def __init__(self, account: str, file: Path, http: Any, clock: Callable[[], float] = time.monotonic) -> None:
        self._account = account
        self._file = file
        self._request = google_auth_httplib2.Request(http)
        self._clock = clock
        self._credentials: Credentials | None = None
        self._refused: tuple[str, float, str] | None = None  # the sign-in, until when, and why

    def header(self) -> Mapping[str, str]:
        """The header of a signed-in request. Raises ActionNeeded, Transient."""
        if self._credentials is None or not self._credentials.valid:
            self.renew()
        headers: dict[str, str] = {}
        if self._credentials is not None:
            self._credentials.apply(headers)  # type: ignore[no-untyped-call]
        return headers

    def access(self) -> str:
        """An access token that is still good. Raises ActionNeeded, Transient."""
        return self.header()["authorization"].partition(" ")[2]

    def renew(self) -> None:
        """Get another access token. Raises ActionNeeded where the sign-in no longer holds, Transient."""
        one = load_sign_in(self._account, self._file)
        if self._refused and self._refused[0] == one.refresh_token and self._clock() < self._refused[1]:
            raise self._signed_out(self._refused[2])
        fresh = Credentials(  # type: ignore[no-untyped-call]
            None,
            refresh_token=one.refresh_token,
            token_uri=one.token_uri,
            client_id=one.client_id,
            client_secret=one.client_secret,
        )
        try:
            fresh.refresh(self._request)  # type: ignore[no-untyped-call]
        except google.auth.exceptions.RefreshError as error:
            if error.retryable or not (why := _refusal(error)):
                raise self._unreachable("it gives no token") from error
            self._refused = (one.refresh_token, self._clock() + PAUSE, why)
            raise self._signed_out(why) from error
        except (google.auth.exceptions.GoogleAuthError, OSError) as error:
            raise self._unreachable(str(error)) from error
        except (TypeError, ValueError) as error:  # how the library meets a page of HTML, or bytes that are no text
            raise self._unreachable("something answers in its place") from error
        self._credentials = fresh

    def _signed_out(self, why: str) -> ActionNeeded:
        again = f"mailbot auth {self._account}"
        if why in CLIENT_LOST:
            return ActionNeeded(
                f"Google no longer knows the OAuth client with which '{self._account}' signs in.",
                mend=f"{ANOTHER_CLIENT}: {again}",
            )
        return ActionNeeded(
            f"Google no longer accepts the sign-in of '{self._account}': it was revoked, or has run out.",
            mend=f"Run: {again}. If that is so every seven days, publish the app, as the README tells.",
        )

    def _unreachable(self, why: str) -> Transient:
        return Transient(f"Google's sign-in does not answer for '{self._account}': {why}.", mend="It is tried again.")


def _refusal(error: google.auth.exceptions.RefreshError) -> str:
    """Why Google itself says no (RFC 6749 section 5.2); empty for a page of somebody else's, which is no word about the
    sign-in."""
    told = error.args[1] if len(error.args) > 1 else None
    why = told.get("error") if isinstance(told, dict) else None
    return why if isinstance(why, str) else ""
