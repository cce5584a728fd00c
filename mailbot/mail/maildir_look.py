"""One look at a Maildir: each folder is listed when it is first needed, and again where a file had moved meanwhile."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import quote_from_bytes

from mailbot.mail.maildir_files import File, failure, list_files
from mailbot.mail.maildir_layout import Folder, Layout
from mailbot.mail.port import Place

TRIES = 5  # a file that has another name at each of so many looks counts as gone
UNREADABLE = frozenset({errno.EACCES, errno.EPERM, errno.ELOOP, errno.EISDIR, errno.ENXIO})
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail in one folder. `key` names it as long as it lies there, whatever its flags."""

    key: str
    folder: Folder
    file: File

    @property
    def place(self) -> Place:
        trashed = self.folder.place is Place.DRAFTS and "T" in self.file.name.flags
        return Place.TRASH if trashed else self.folder.place

    @property
    def draft(self) -> bool:
        return self.folder.place is Place.DRAFTS or "D" in self.file.name.flags

    def order(self) -> tuple[int, str]:
        """Sorts mails as they came."""
        return self.file.name.seconds, self.key.rpartition("/")[2]


class Look:
    """The mails of a layout, each folder as it was when it was first asked for."""

    def __init__(self, layout: Layout) -> None:
        self._folders = {folder.name: folder for folder in layout.folders}
        self._mails: dict[str, dict[str, Mail]] = {}
        self._settled: set[str] = set()

    def mails(self, folders: Iterable[Folder]) -> Iterator[Mail]:
        """What lies in these folders, in no order."""
        return (mail for folder in folders for mail in self._listed(folder).values())

    def twice(self, folders: Collection[Folder]) -> list[Mail]:
        """What lies in these folders, as it came, from two listings: for a question whose answer 'not there' must be
        relied on, since a directory that changes while it is listed may hide a file."""
        once = {mail.key: mail for mail in self.mails(folders)}
        for folder in folders:
            del self._mails[folder.name]
        return sorted({**once, **{mail.key: mail for mail in self.mails(folders)}}.values(), key=Mail.order)

    def find(self, key: str) -> Mail | None:
        """The mail of that key. One that is missing is looked for in further listings until two are the same."""
        folder = self._folders.get(key.rpartition("/")[0])
        if folder is None:
            return None
        for _ in range(TRIES):
            mail = self._listed(folder).get(key)
            if mail is not None or folder.name in self._settled:
                return mail
            before = self._mails.pop(folder.name).keys()
            if self._listed(folder).keys() == before:
                self._settled.add(folder.name)
        return None

    def read(self, key: str, read: Callable[[File], T]) -> T | None:
        """`read` of the mail's file, whatever it is called by now; None where it is gone or may not be read. Raises
        Transient, ActionNeeded."""
        for _ in range(TRIES):
            mail = self.find(key)
            if mail is None:
                return None
            try:
                return read(mail.file)
            except FileNotFoundError:
                del self._mails[mail.folder.name]
            except OSError as problem:
                if problem.errno in UNREADABLE:
                    return None
                raise failure(problem, mail.file.path) from problem
        return None

    def _listed(self, folder: Folder) -> dict[str, Mail]:
        if folder.name not in self._mails:
            files = list_files(folder.path)
            keys = {f"{folder.name}/{quote_from_bytes(os.fsencode(unique))}": file for unique, file in files.items()}
            self._mails[folder.name] = {key: Mail(key, folder, file) for key, file in keys.items()}
        return self._mails[folder.name]
