"""The mailboxes on which a session is killed: a Maildir, an account on a real Dovecot, one on Gmail.

Each is one folder with a configuration, and an account that can be put back to how it was as often as one likes. What
lies in it is read and changed behind mailbot's back, as other programs do.
"""

from __future__ import annotations

import os
import pwd
import shutil
from abc import ABC, abstractmethod
from collections import Counter
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from threading import RLock

from mailbot.mail.gmail.tokens import SignIn
from mailbot.mail.kept import keep
from mailbot.mail.port import Place
from tests.mail.conformance.gmail_world import LABELS, _place
from tests.mail.conformance.maildir_world import MaildirWorld
from tests.mail.conformance.world import Lying
from tests.servers.dovecot import PASSWORD, dovecot
from tests.servers.gmail.account import Account
from tests.servers.gmail.server import gmail_server

ME = '[me]\nname = "Robin Adeyemi"\naddresses = ["robin@example.com"]\ntimezone = "America/New_York"\n'
SHOWN = frozenset({Place.INBOX, Place.SENT, Place.DRAFTS, Place.TRASH})


class KilledHome(ABC):
    """`folder` holds mailbot.toml, identity.key and state. `gmail` is the server that stands for Google's."""

    gmail = ""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._saved = folder.with_name(f"{folder.name}-saved")
        folder.mkdir(mode=0o700)
        config = folder / "mailbot.toml"
        config.write_text(f'{ME}[[account]]\nname = "work"\n{self.account()}\n')
        config.chmod(0o600)

    @abstractmethod
    def account(self) -> str:
        """The keys of its [[account]]."""

    @abstractmethod
    def deliver(self, raw: bytes, place: Place = Place.INBOX) -> None:
        """Another program stores a mail."""

    @abstractmethod
    def edit(self, message_id: str, raw: bytes) -> None:
        """The person saves the draft with other bytes."""

    @abstractmethod
    def lying(self) -> tuple[Lying, ...]:
        """Everything that lies in the account."""

    def drafts(self) -> list[Lying]:
        return [one for one in self.lying() if one.place is Place.DRAFTS]

    def theirs(self) -> Counter[tuple[Place, bytes]]:
        """What is no draft and was not taken back: the person's mail."""
        return Counter((one.place, one.raw) for one in self.lying() if one.place not in (Place.DRAFTS, Place.TRASH))

    def save(self) -> None:
        """Remember how everything is, on both sides."""
        shutil.rmtree(self._saved, ignore_errors=True)
        shutil.copytree(self.folder, self._saved, symlinks=True)

    def restore(self) -> None:
        """Put everything back to how it was when it was saved."""
        shutil.rmtree(self.folder)
        shutil.copytree(self._saved, self.folder, symlinks=True)


class MaildirHome(KilledHome):
    """The Maildir lies in the folder itself."""

    def account(self) -> str:
        self.world = MaildirWorld(self.folder / "mail")
        return f'kind = "maildir"\npath = "{self.folder / "mail"}"'

    def deliver(self, raw: bytes, place: Place = Place.INBOX) -> None:
        self.world.deliver(raw, place)

    def edit(self, message_id: str, raw: bytes) -> None:
        self.world.edit_draft(message_id, raw)

    def lying(self) -> tuple[Lying, ...]:
        return self.world.lying()


class DovecotHome(KilledHome):
    """The server keeps its mail in a Maildir of its own, to which other programs on the server have access."""

    def __init__(self, folder: Path) -> None:
        self.dovecot = dovecot()
        self.user = self.dovecot.new_user()
        self.world = MaildirWorld(self.dovecot.home(self.user) / "Maildir")
        super().__init__(folder)
        self._own()

    def account(self) -> str:
        return (
            f'kind = "imap"\nhost = "127.0.0.1"\nport = {self.dovecot.port}\nsecurity = "none"\nuser = "{self.user}"\n'
            f'password_command = "echo {PASSWORD}"'
        )

    def deliver(self, raw: bytes, place: Place = Place.INBOX) -> None:
        self.world.deliver(raw, place)
        self._own()

    def edit(self, message_id: str, raw: bytes) -> None:
        self.world.edit_draft(message_id, raw)
        self._own()

    def lying(self) -> tuple[Lying, ...]:
        return self.world.lying()

    def save(self) -> None:
        super().save()
        shutil.rmtree(self._mail_saved, ignore_errors=True)
        shutil.copytree(self.dovecot.home(self.user), self._mail_saved)

    def restore(self) -> None:
        super().restore()
        shutil.rmtree(self.dovecot.home(self.user))
        shutil.copytree(self._mail_saved, self.dovecot.home(self.user))
        self._own()

    @property
    def _mail_saved(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}-mail")

    def _own(self) -> None:
        """The server reads as a user of its own."""
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            home = self.dovecot.home(self.user)
            for path in (home, *home.rglob("*")):
                os.chown(path, nobody.pw_uid, nobody.pw_gid)


class GmailHome(KilledHome):
    """The server runs in the process of the test."""

    def __init__(self, folder: Path) -> None:
        self.server = gmail_server()
        self.gmail = self.server.url
        self._account = self.server.account()
        super().__init__(folder)
        uri = f"{self.server.url}/token"
        one = SignIn("client", "secret", str(self._account.refresh_token), uri)
        keep(folder / "gmail-work.json", one.text, ringed=False)

    def account(self) -> str:
        return f'kind = "gmail"\nuser = "{self._account.address}"'

    def deliver(self, raw: bytes, place: Place = Place.INBOX) -> None:
        self._account.deliver(raw, LABELS[place])

    def edit(self, message_id: str, raw: bytes) -> None:
        (ident,) = (key for key, one in self._account.messages.items() if one.name == message_id)
        self._account.edit_draft(ident, raw)

    def lying(self) -> tuple[Lying, ...]:
        return tuple(Lying(_place(one), one.raw, frozenset(one.labels)) for one in self._account.messages.values())

    def save(self) -> None:
        super().save()
        self._kept = _copy(self._account)

    def restore(self) -> None:
        super().restore()
        assert self._account.violations == []
        place = self.server.accounts.index(self._account)
        self._account = self.server.accounts[place] = _copy(self._kept)


KINDS = {"maildir": MaildirHome, "dovecot": DovecotHome, "gmail": GmailHome}


def _copy(account: Account) -> Account:
    return replace(
        account, messages=deepcopy(account.messages), drafts=dict(account.drafts), history=list(account.history),
        access_tokens=set(account.access_tokens), unindexed=set(account.unindexed), faults=[], calls=[], requests=[],
        violations=[], lock=RLock(),
    )  # fmt: skip
