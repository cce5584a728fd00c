"""The files of a Maildir, read with care: other programs rename, move and remove them at any moment, and only regular
files are ever opened."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BufferedReader
from pathlib import Path
from typing import Generic, TypeVar

from mailbot.errors import ActionNeeded, MailbotError, Transient
from mailbot.mail.header_block import LONGEST, header_block
from mailbot.mail.maildir_names import Name, read_name

MOST = 64 << 20  # bytes of one mail that are read; what follows can only be the contents of attachments
CHUNK = 16 << 10  # bytes; few header blocks are longer
DIGEST = 16  # bytes
LATEST = 253_402_300_799  # seconds: the end of the year 9999, which is as far as a datetime reaches
REMEMBERED = 200_000  # files whose Message-ID or digest is kept in memory
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class File:
    """One mail's file as it was called when its directory, `folder`, was listed."""

    folder: Path
    file_name: str

    @property
    def path(self) -> Path:
        return self.folder / self.file_name

    @property
    def name(self) -> Name:
        return read_name(self.file_name)


def list_files(folder: Path) -> dict[str, File]:
    """The mails of one folder by their unique names. `new` is listed before `cur`, so that a mail which another
    program takes over meanwhile is not missed. Symbolic links and special files are left out."""
    return {read_name(file.file_name).unique: file for part in ("new", "cur") for file in _scan(folder / part)}


def _scan(folder: Path) -> Iterator[File]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if not entry.name.startswith(".") and entry.is_file(follow_symlinks=False):
                    yield File(folder, entry.name)
    except FileNotFoundError:
        return
    except OSError as problem:
        raise failure(problem, folder) from problem


@contextmanager
def opened(file: File) -> Iterator[BufferedReader]:
    """The regular file, for reading. Raises OSError: FileNotFoundError where it was renamed or removed."""
    with open(file.path, "rb", opener=_carefully) as handle:
        if not stat.S_ISREG(os.fstat(handle.fileno()).st_mode):
            raise PermissionError(errno.EACCES, "is no regular file", str(file.path))
        yield handle


def _carefully(path: str, flags: int) -> int:
    """Follow no link, wait for no pipe."""
    return os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)


def read_whole(file: File) -> bytes:
    """The mail. Raises OSError."""
    with opened(file) as handle:
        return handle.read(MOST)


def read_head(file: File) -> bytes:
    """Its header block alone. Raises OSError."""
    head = b""
    with opened(file) as handle:
        while len(head) < LONGEST and (more := handle.read(CHUNK)):
            head += more
            block = header_block(head)
            if len(block) < len(head):
                return block
    return head


def digest(file: File) -> str:
    """A digest of the whole contents: the version of a draft. Raises OSError."""
    with opened(file) as handle:
        return hashlib.file_digest(handle, lambda: hashlib.blake2b(digest_size=DIGEST)).hexdigest()


def digest_of(raw: bytes) -> str:
    """The `digest` of a file that holds these bytes."""
    return hashlib.blake2b(raw, digest_size=DIGEST).hexdigest()


def arrived(file: File) -> datetime:
    """When the mail arrived at the latest: the earlier of the file's time and the time in its name, since a program
    that copies mail keeps one or the other. Raises OSError."""
    seconds = min(file.path.lstat().st_mtime, file.name.seconds or LATEST)
    return datetime.fromtimestamp(max(seconds, 0), UTC)


class Remembered(Generic[T]):
    """What `read` made of a file, read again only when its inode, size or one of its times has changed."""

    def __init__(self, read: Callable[[File], T]) -> None:
        self._read = read
        self._values: dict[tuple[int, ...], T] = {}

    def __call__(self, file: File) -> T:
        """Raises OSError."""
        now = file.path.lstat()
        key = (now.st_dev, now.st_ino, now.st_size, now.st_mtime_ns, now.st_ctime_ns)
        if key not in self._values:
            if len(self._values) >= REMEMBERED:
                self._values.clear()
            self._values[key] = self._read(file)
        return self._values[key]


def shown(path: Path) -> str:
    """The path for a message to the person. Some programs name files after a Message-ID: whatever a terminal might
    obey is escaped."""
    text = str(path)
    return text if text.isprintable() else ascii(text)


def failure(problem: OSError, path: Path) -> MailbotError:
    """What a failed call of the operating system, that certainly changed nothing, means for the person."""
    reason = problem.strerror or str(problem)
    if problem.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return ActionNeeded(f"{shown(path)}: {reason}.", mend="mailbot needs to read and write this Maildir.")
    if problem.errno in {errno.ENOSPC, errno.EDQUOT}:
        return Transient(f"{shown(path)}: {reason}.", mend="Free some space there.")
    return Transient(f"{shown(path)}: {reason}.")
