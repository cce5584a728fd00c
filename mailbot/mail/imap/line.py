"""A line to the server: opened when first used, signed in, with a deadline for every answer.

Nothing is repeated here: after any failure the line is dropped, and the next request opens another.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

from mailbot.errors import ActionNeeded, MailbotError, Transient
from mailbot.mail.imap.answers import read_answers
from mailbot.mail.imap.failures import told
from mailbot.mail.imap.server import Security, Server, SignIn, is_this_machine

CONNECT_WITHIN = 20.0  # seconds, the greeting included: who accepts a line and says nothing is not there
ANSWER_WITHIN = 45.0  # seconds between two pieces of an answer; less than a courier's deadline
UNUSED = 30.0  # seconds after which a line is tried before it is used: servers and routers end silent ones
TRY_WITHIN = 5.0  # seconds
TOGETHER = 500  # UIDs in one request: lines stay well below what servers take
FEWEST_WINDOWED = 50_000  # UIDs asked for at once: imaplib refuses a line of more than a million bytes


@dataclass(frozen=True, slots=True)
class Opened:
    """A folder as it was when it was opened."""

    name: str
    validity: int
    following: int  # UIDNEXT: a UID that no mail has yet
    count: int
    modseq: int = 0  # of its last change (CONDSTORE); 0 where the server counts none


class Line:
    """One connection of one account, for one thread."""

    def __init__(self, account: str, server: Server) -> None:
        self.account = account
        self.server = server
        self._client: Any = None
        self._able: frozenset[str] = frozenset()
        self._used_at = 0.0
        self._examined: Opened | None = None
        self._behind = False  # whether the server was not asked yet what became of the open folder

    @contextmanager
    def talk(self, *, effect: bool = False) -> Iterator[Any]:
        """The signed-in client. What fails within is told as one of `mailbot.errors` (see `failures.told`), and the
        line is dropped. `effect` counts from here on: connecting has none."""
        with self._held(self._connected(), effect=effect) as client:
            yield client

    @contextmanager
    def listen(self) -> Iterator[Any]:
        """The client of a line on which the server was asked to tell of news (IDLE): nothing is said to it, however
        long it was silent. Raises as `talk`."""
        if self._client is None:
            raise Transient(f"The line to {self.server.host} was left (account '{self.account}').")
        with self._held(self._client) as client:
            yield client

    @contextmanager
    def _held(self, client: Any, *, effect: bool = False) -> Iterator[Any]:
        try:
            with told(self.account, self.server, effect=effect):
                yield client
        except BaseException:
            self.drop()
            raise

    def able(self, capability: str) -> bool:
        """Whether the server offers that, after the sign-in."""
        self._connected()
        return capability in self._able

    def examine(self, folder: str) -> Opened:
        """Open a folder without the right to change anything in it."""
        with self.talk() as client:
            return self._examine(client, folder)

    def examine_if_there(self, folder: str) -> Opened | None:
        """The same; None where the folder was deleted or renamed. One that is open is only asked what was expunged,
        together with the next FETCH: to open it takes a server time by the folder's length (Dovecot 2.3: 30 ms for
        20,000 mails)."""
        with self.talk() as client:
            if self._examined and self._examined.name == folder:
                self._behind = True
                return self._examined
            try:
                return self._examine(client, folder)
            except IMAPClientAbortError:
                raise
            except IMAPClientError:
                if client.folder_exists(folder):
                    raise
                return None

    def select(self, folder: str) -> Opened:
        """Open the folder in which a draft is taken back."""
        with self.talk() as client:
            self._examined = None
            return _opened(folder, client.select_folder(folder))

    def uids(self, opened: Opened, first: int = 1, *criteria: object) -> list[int]:
        """The UIDs from `first` on of the folder that is open, in their order."""
        found: set[int] = set()
        with self.talk() as client:
            for start, end in _windows(opened, first):
                # 'n:*' always holds the last mail, even one below n (RFC 3501 section 6.4.8).
                found.update(one for one in client.search(["UID", f"{start}:{end}", *criteria]) if one >= first)
        return sorted(found)

    def newest(self, opened: Opened, count: int) -> list[int]:
        """The UIDs of the last so many mails of the folder that is open."""
        if not opened.count:
            return []
        with self.talk() as client:
            return sorted(client.search([f"{max(1, opened.count - count + 1)}:*"]))

    def fetch(self, uids: Sequence[int], items: Sequence[str]) -> dict[int, dict[bytes, Any]]:
        """What the server gives of these mails of the folder that is open; those that are gone are left out."""
        return self.fetch_each([(uids, items)])

    def fetch_each(self, wanted: Collection[tuple[Sequence[int], Sequence[str]]]) -> dict[int, dict[bytes, Any]]:
        """The same of several mails and their items each; all is asked before the first answer is awaited."""
        asked = {uid for uids, _ in wanted for uid in uids}
        found: dict[int, dict[bytes, Any]] = {}
        with self.talk() as client:
            imap = client._imap
            first, self._behind = self._behind, False
            tags = [imap._command("NOOP")] if first else []
            tags += [imap._command("UID", "FETCH", *one) for one in _questions(wanted)]
            for tag in tags:
                said, answer = imap._command_complete("FETCH", tag)
                if said != "OK":
                    raise IMAPClientError(f"FETCH was declined: {answer[0].decode('ascii', 'replace')}")
                found |= read_answers(imap.untagged_responses.pop("FETCH", ()))
        return {uid: data for uid, data in found.items() if uid in asked}  # of others there may be news of their flags

    def drop(self) -> None:
        """Close the line at once, without waiting for the server."""
        client, self._client, self._examined = self._client, None, None
        if client is not None:
            with suppress(OSError, IMAPClientError):
                client.shutdown()

    def _examine(self, client: Any, folder: str) -> Opened:
        self._examined, self._behind = None, False  # where that fails no folder is open
        self._examined = _opened(folder, client.select_folder(folder, readonly=True))
        return self._examined

    def _connected(self) -> Any:
        if self._client is not None and time.monotonic() - self._used_at > UNUSED and not self._is_alive():
            self.drop()
        self._used_at = time.monotonic()
        if self._client is None:
            with told(self.account, self.server):
                self._client = self._open()
            try:
                with told(self.account, self.server):
                    self._sign_in(self._client)
                    # Some servers offer more once they know who asks.
                    self._able = frozenset(one.decode("ascii", "replace") for one in self._client.capabilities())
            except MailbotError:
                self.drop()
                raise
        return self._client

    def _is_alive(self) -> bool:
        """Whether the server still answers on a line that nobody has used for a while. Nothing is asked of it that
        could be in doubt."""
        try:
            self._client.socket().settimeout(TRY_WITHIN)
            self._client.noop()
            self._client.socket().settimeout(ANSWER_WITHIN)
        except (OSError, IMAPClientError):
            return False
        return True

    def _open(self) -> Any:
        server = self.server
        if server.security is Security.NONE and not is_this_machine(server.host):
            raise ActionNeeded(
                f"Account '{self.account}' would send its password in the clear to {server.host}.",
                mend='Set security = "tls"; "none" is for a server on this machine.',
            )
        context = None if server.security is Security.NONE else ssl.create_default_context()
        client = IMAPClient(
            server.host,
            server.port,
            ssl=server.security is Security.TLS,
            ssl_context=context,
            timeout=SocketTimeout(CONNECT_WITHIN, CONNECT_WITHIN),
        )
        client.socket().settimeout(ANSWER_WITHIN)
        # imapclient writes a command in pieces; without this each waits 40 ms for the last one's acknowledgement.
        client.socket().setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        client.folder_encode = False  # one name that is no modified UTF-7 would make the whole list unreadable
        client.normalise_times = False
        if server.security is Security.STARTTLS:
            self._start_tls(client, context)
        return client

    def _start_tls(self, client: Any, context: ssl.SSLContext | None) -> None:
        """Raises ActionNeeded where the server does not offer it: whoever listens may have struck it out."""
        if not client.has_capability("STARTTLS"):
            client.shutdown()
            raise ActionNeeded(
                f"{self.server.host} offers no STARTTLS (account '{self.account}'); nothing was sent.",
                mend='Set security = "tls", usually with port = 993.',
            )
        client.starttls(context)

    def _sign_in(self, client: Any) -> None:
        server = self.server
        secret = server.secret()
        if server.sign_in is SignIn.XOAUTH2:
            client.oauth2_login(server.user, secret)
        elif server.sign_in is SignIn.OAUTHBEARER:
            client.oauthbearer_login(server.user, secret)
        elif secret.isascii() and server.user.isascii():
            client.login(server.user, secret)
        else:
            client.plain_login(server.user, secret)  # LOGIN cannot carry other letters


def _opened(folder: str, answer: dict[bytes, Any]) -> Opened:
    known = (answer.get(one, 0) for one in (b"UIDNEXT", b"EXISTS", b"HIGHESTMODSEQ"))
    return Opened(folder, answer[b"UIDVALIDITY"], *known)


def _questions(wanted: Iterable[tuple[Sequence[int], Sequence[str]]]) -> Iterator[tuple[str, str]]:
    """The arguments of UID FETCH."""
    for uids, items in wanted:
        for at in range(0, len(uids), TOGETHER):
            yield ",".join(map(str, uids[at : at + TOGETHER])), f"({' '.join(items)})"


def _windows(opened: Opened, first: int) -> Iterator[tuple[int, int | str]]:
    """Ranges of UIDs that together hold all from `first` on."""
    if opened.count <= FEWEST_WINDOWED or not opened.following:
        yield first, "*"
        return
    step = max(FEWEST_WINDOWED, (opened.following - first) // 50)
    for start in range(first, opened.following, step):
        yield start, start + step - 1
    yield opened.following, "*"
