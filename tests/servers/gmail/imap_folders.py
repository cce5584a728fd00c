"""A Gmail account as its IMAP shows it: labels as folders, each with UIDs of its own, and All Mail with everything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.servers.gmail.account import Account, Message

OUT_OF_SIGHT = {"TRASH", "SPAM"}
# The names are the person's language's; what a folder is for, the attribute says.
FOLDERS: dict[str, tuple[str, Callable[[set[str]], bool]]] = {
    "INBOX": ("", lambda labels: "INBOX" in labels and not labels & OUT_OF_SIGHT),
    "[Gmail]/Alle Nachrichten": ("\\All", lambda labels: not labels & OUT_OF_SIGHT),
    "[Gmail]/Entw&APw-rfe": ("\\Drafts", lambda labels: "DRAFT" in labels and not labels & OUT_OF_SIGHT),
    "[Gmail]/Gesendet": ("\\Sent", lambda labels: "SENT" in labels and not labels & OUT_OF_SIGHT),
    "[Gmail]/Papierkorb": ("\\Trash", lambda labels: "TRASH" in labels),
    "[Gmail]/Spam": ("\\Junk", lambda labels: "SPAM" in labels and "TRASH" not in labels),
}
SHOWN = {"INBOX": "\\Inbox", "SENT": "\\Sent", "DRAFT": "\\Draft"}
LABELS = {"\\Drafts": "DRAFT", "\\Sent": "SENT", "\\Trash": "TRASH", "\\Junk": "SPAM"}


@dataclass
class Folder:
    """`uids`: what each message's UID is; a message that goes and comes back has another."""

    name: str
    holds: Callable[[set[str]], bool]
    validity: int = 11
    following: int = 1
    uids: dict[str, int] = field(default_factory=dict)

    def look(self, account: Account) -> list[tuple[int, Message]]:
        """UID and message of all that lies here now, in order."""
        with account.lock:
            here = {ident: one for ident, one in account.messages.items() if self.holds(one.labels)}
            self.uids = {ident: uid for ident, uid in self.uids.items() if ident in here}
            for ident in here:
                if ident not in self.uids:
                    self.uids[ident] = self.following
                    self.following += 1
            return sorted(((uid, here[ident]) for ident, uid in self.uids.items()), key=lambda one: one[0])


class Shown:
    """The folders of one account, the same for all who are connected."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.folders = {name: Folder(name, holds) for name, (_, holds) in FOLDERS.items()}

    def modseq(self, message: Message) -> int:
        """The number of the last change to it, in the account's one count."""
        return max((one.ident for one in self.account.history if one.message == message.ident), default=1)

    def label(self, folder: str) -> set[str]:
        """What a message that is put there is labelled with."""
        use = FOLDERS[folder][0]
        return {"INBOX"} if folder == "INBOX" else {LABELS[use]} if use in LABELS else set()
