"""The world of an IMAP account on a real server: another client beside mailbot does what the person does."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import AbstractContextManager, suppress
from datetime import datetime
from typing import Any

from imapclient import IMAPClient

from mailbot.mail.imap.mailbox import ImapMailbox
from mailbot.mail.imap.server import Security, Server
from mailbot.mail.port import Place
from mailbot.mail.steps import Step, no_step
from tests.mail.conformance.world import Lying, World
from tests.servers.dovecot import FOLDERS, PASSWORD, Dovecot
from tests.servers.proxy import Proxy

NAMES = {
    Place.INBOX: "INBOX",
    Place.DRAFTS: "Drafts",
    Place.SENT: "Sent",
    Place.TRASH: "Trash",
    Place.JUNK: "Junk",
    Place.OTHER: "Archive",
}


class ImapWorld(World):
    """A new user of that Dovecot, with its usual folders."""

    def __init__(self, dovecot: Dovecot) -> None:
        self.dovecot = dovecot
        self.user = dovecot.new_user()
        self.proxy = Proxy(dovecot.port)
        self.boxes: list[ImapMailbox] = []
        self.person = IMAPClient("127.0.0.1", dovecot.port, ssl=False, timeout=30)
        self.person.socket().setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.person.login(self.user, PASSWORD)
        for name in FOLDERS:
            self.person.create_folder(name)

    def server(self) -> Server:
        return Server("127.0.0.1", self.proxy.port, Security.NONE, self.user, lambda: PASSWORD)

    def open(self, *, step: Step = no_step) -> ImapMailbox:
        self.boxes.append(ImapMailbox("imap", self.server(), step=step))
        return self.boxes[-1]

    def deliver(
        self, raw: bytes, place: Place = Place.INBOX, *, arrived: datetime | None = None, draft: bool = False
    ) -> None:
        flags = ("\\Draft", "\\Seen") if draft or place is Place.DRAFTS else ()
        self.person.append(NAMES[place], raw, flags, arrived)

    def expunge(self, message_id: str, place: Place) -> None:
        self.person.select_folder(NAMES[place])
        found = self.person.search(["HEADER", "Message-ID", message_id])
        if found:
            self.person.delete_messages(found, silent=True)
            self.person.uid_expunge(found)
        self._leave()

    def lying(self) -> tuple[Lying, ...]:
        return tuple(one for place in NAMES for one in self._lying(place))

    def at(self, place: Place) -> tuple[Lying, ...]:
        return tuple(self._lying(place))

    def _lying(self, place: Place) -> Iterator[Lying]:
        if not self.person.folder_exists(NAMES[place]):
            return
        self.person.select_folder(NAMES[place], readonly=True)
        found: dict[int, dict[bytes, Any]] = self.person.fetch(self.person.search(), ["BODY.PEEK[]", "FLAGS"])
        for _, one in sorted(found.items()):
            flags = frozenset(flag.decode() for flag in one[b"FLAGS"]) - {"\\Recent"}
            yield Lying(place, one[b"BODY[]"], flags)
        self._leave()

    def _leave(self) -> None:
        if self.person.has_capability("UNSELECT"):
            self.person.unselect_folder()

    def lose_drafts_folder(self) -> None:
        self.person.delete_folder("Drafts")

    def unreachable(self) -> AbstractContextManager[None]:
        return self.proxy.block()

    def invalidate_cursors(self) -> bool:
        self.dovecot.admin("mailbox", "update", "-u", self.user, "--uid-validity", "77777", "INBOX")
        return True

    def close(self) -> None:
        for one in self.boxes:
            one.close()
        with suppress(OSError):  # closed before
            self.person.shutdown()
        self.proxy.close()
