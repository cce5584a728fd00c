"""What a sign-in left behind: the refresh token in a file that its owner alone can read, and the access token of the
hour, in memory."""

from __future__ import annotations

import json
import os
import stat
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import google.auth.exceptions
import google_auth_httplib2
from google.oauth2.credentials import Credentials

from mailbot.errors import ActionNeeded, Transient

SCOPES = ("https://www.googleapis.com/auth/gmail.readonly", "https://www.googleapis.com/auth/gmail.compose")
TOKEN_URI = "https://oauth2.googleapis.com/token"  # noqa: S105 - an address
PAUSE = 3600.0  # seconds in which a sign-in that was refused is not tried again


@dataclass(frozen=True, slots=True)
class SignIn:
    """One person's consent, as the file keeps it."""

    client_id: str
    client_secret: str
    refresh_token: str
    token_uri: str = TOKEN_URI

    def save(self, file: Path) -> None:
        """Whole or not at all, 0600 from its first byte."""
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = file.with_name(f".{file.name}.{os.getpid()}")
        with suppress(FileNotFoundError):
            beside.unlink()
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
        with open(os.open(beside, flags, 0o600), "w", encoding="utf-8") as stream:  # noqa: PTH123 - from a descriptor
            json.dump({name: getattr(self, name) for name in self.__slots__}, stream)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(file)


def load_sign_in(account: str, file: Path) -> SignIn:
    """Raises ActionNeeded where nobody has signed in, and for a file that others can read."""
    again = f"Run: mailbot auth {account}"
    try:
        with open(os.open(file, os.O_RDONLY | os.O_NOFOLLOW), encoding="utf-8") as stream:  # noqa: PTH123 - as above
            mode = os.fstat(stream.fileno())
            if mode.st_mode & (stat.S_IRWXG | stat.S_IRWXO) or mode.st_uid != os.geteuid():
                raise ActionNeeded(f"{file} can be read by others.", mend=f"Run: chmod 600 {file}")
            return SignIn(**json.load(stream))
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
        self._refused: tuple[str, float] | None = None

    def header(self) -> Mapping[str, str]:
        """The header of a signed-in request. Raises ActionNeeded, Transient."""
        if self._credentials is None or not self._credentials.valid:
            self.renew()
        headers: dict[str, str] = {}
        if self._credentials is not None:
            self._credentials.apply(headers)  # type: ignore[no-untyped-call]
        return headers

    def renew(self) -> None:
        """Get another access token. Raises ActionNeeded where the sign-in no longer holds, Transient."""
        one = load_sign_in(self._account, self._file)
        if self._refused and self._refused[0] == one.refresh_token and self._clock() < self._refused[1]:
            raise self._signed_out()
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
            if error.retryable:
                raise self._unreachable(error) from error
            self._refused = (one.refresh_token, self._clock() + PAUSE)
            raise self._signed_out() from error
        except (google.auth.exceptions.GoogleAuthError, OSError) as error:
            raise self._unreachable(error) from error
        self._credentials = fresh

    def _signed_out(self) -> ActionNeeded:
        return ActionNeeded(
            f"Google no longer accepts the sign-in of '{self._account}': it was revoked, or has run out.",
            mend=f"Run: mailbot auth {self._account}",
        )

    def _unreachable(self, error: Exception) -> Transient:
        return Transient(f"Google's sign-in does not answer for '{self._account}': {error}", mend="It is tried again.")
