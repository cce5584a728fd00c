"""Access tokens for Google's IMAP, from a sign-in as `mailbot auth` keeps it."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from mailbot.mail.gmail.allowed import Allowed
from mailbot.mail.gmail.tokens import Tokens, load_sign_in
from mailbot.mail.gmail.transport import Transport


class Google:
    """One account's sign-in."""

    def __init__(self, account: str, file: Path) -> None:
        self._account = account
        self._file = file
        self._made: tuple[Tokens, Transport] | None = None

    def access(self) -> str:
        """An access token that is still good. Raises ActionNeeded where the sign-in no longer holds, Transient."""
        if self._made is None:
            parts = urlsplit(load_sign_in(self._account, self._file).token_uri)
            # No origin but the sign-in's: this account's mail goes by IMAP.
            line = Transport(Allowed("", f"{parts.scheme}://{parts.netloc}"))
            self._made = Tokens(self._account, self._file, line), line
        tokens, line = self._made
        try:
            return tokens.access()
        finally:
            line.close()
