"""The world of a Gmail account that mailbot reaches by IMAP: the person is at their browser, as by the API."""

from __future__ import annotations

from contextlib import AbstractContextManager
from itertools import count

from mailbot.mail.imap.mailbox import ImapMailbox
from mailbot.mail.imap.server import Security, Server
from mailbot.mail.steps import Step, no_step
from tests.mail.conformance.gmail_world import GmailWorld
from tests.servers.gmail.account import Account
from tests.servers.gmail.imap import PASSWORD, gmail_imap
from tests.servers.proxy import Proxy

_numbers = count(1)


class GmailImapWorld(GmailWorld):
    def __init__(self) -> None:
        self.imap = gmail_imap()
        self.account = Account(address=f"robin{next(_numbers)}@gmail.example")
        self.shown = self.imap.add(self.account)
        self.proxy = Proxy(self.imap.port)
        self.boxes: list[ImapMailbox] = []

    def server(self) -> Server:
        return Server("127.0.0.1", self.proxy.port, Security.NONE, self.account.address, lambda: PASSWORD)

    def open(self, *, step: Step = no_step) -> ImapMailbox:  # type: ignore[override]
        self.boxes.append(ImapMailbox("gmail", self.server(), step=step))
        return self.boxes[-1]

    def unreachable(self) -> AbstractContextManager[None]:
        return self.proxy.block()

    def lose_drafts_folder(self) -> None:
        """In Gmail's settings a person can hide the folder from IMAP."""
        super().lose_drafts_folder()
        del self.shown.folders["[Gmail]/Entw&APw-rfe"]

    def invalidate_cursors(self) -> bool:
        for one in self.shown.folders.values():
            one.validity += 1
        return True

    def close(self) -> None:
        for one in self.boxes:
            one.close()
        self.proxy.close()
        assert self.account.violations == []
