"""Where a password is put, so that the TOML holds none: the system's keyring, or a file that its owner alone reads."""

from __future__ import annotations

import shlex
from pathlib import Path
from urllib.parse import quote

from mailbot.errors import ActionNeeded
from mailbot.mail import ring
from mailbot.mail.imap.secret import SERVICE
from mailbot.store.folder import create_private


def keep_in_keyring(account: str, password: str) -> None:
    """Raises ActionNeeded where there is no keyring, or it is locked."""
    try:
        ring.put(SERVICE, account, password)
    except ring.Closed as error:
        raise ActionNeeded(f"The keyring took no password: {error}.", mend="Choose --keep file.") from error


def forget_in_keyring(account: str) -> None:
    """Remove what `keep_in_keyring` kept, if there is any. Raises `ring.Stays`."""
    ring.remove(SERVICE, account)


def keep_in_file(account: str, password: str, folder: Path) -> str:
    """Put it into a file in that folder, in the place of an older one; the password_command that reads it. Raises
    ActionNeeded, Transient."""
    file = _file(account, folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    create_private(file, f"{password}\n".encode())
    return file_command(account, folder)


def file_command(account: str, folder: Path) -> str:
    """The password_command that reads what `keep_in_file` kept."""
    return shlex.join(["cat", str(_file(account, folder))])


def _file(account: str, folder: Path) -> Path:
    return folder / f"password-{quote(account, safe='')}"
