"""Where the sign-in of an account is kept: in the system's keyring, or where there is none, or the person wants it, in
a file that its owner alone can read, KIND-NAME.json beside the configuration. The file is there in either case; it then
says under which name the keyring holds the sign-in, so that a keyring that cannot be opened is not taken for a sign-in
that never was."""

from __future__ import annotations

import json
import secrets
from pathlib import Path
from urllib.parse import unquote

from mailbot.errors import ActionNeeded
from mailbot.mail import ring
from mailbot.mail.private import read_private, write_private

SERVICE = "mailbot sign-in"  # under which name the keyring holds them
POINTER = "keyring"


def keep(file: Path, text: str, *, ringed: bool) -> None:
    """Put it into the keyring with `ringed`, else into the file. Raises `ring.Closed`; then what was kept is kept
    still. Raises `ring.Stays` where the file holds the new one, and the keyring an older one that does not go."""
    before = _name(_read(file))
    if not ringed:
        write_private(file, text)
        if before:
            ring.remove(SERVICE, before)
        return
    name = before or f"{file.stem}-{secrets.token_hex(4)}"
    ring.put(SERVICE, name, text)
    write_private(file, json.dumps({POINTER: name}))


def keep_again(file: Path, text: str) -> None:
    """Another text in the place of what is kept, where that lies. Raises ActionNeeded."""
    try:
        keep(file, text, ringed=is_ringed(file))
    except ring.Closed as error:
        raise _closed(file, error) from error


def kept(file: Path) -> str:
    """What is kept. Raises FileNotFoundError where there is nothing, other errors of reading as `read_private`, and
    ActionNeeded where the keyring does not open."""
    text = read_private(file)
    name = _name(text)
    if not name:
        return text
    try:
        return ring.get(SERVICE, name)
    except ring.Closed as error:
        raise _closed(file, error) from error


def is_ringed(file: Path) -> bool:
    """Whether the keyring holds what is kept."""
    return bool(_name(_read(file)))


def forget(file: Path) -> None:
    """Remove it, wherever it is kept. Raises `ring.Stays`; then the file still says where that is."""
    if name := _name(_read(file)):
        ring.remove(SERVICE, name)
    file.unlink(missing_ok=True)


def _read(file: Path) -> str:
    try:
        return read_private(file)
    except (OSError, ValueError, ActionNeeded):
        return ""


def _name(text: str) -> str:
    """Under which the keyring holds it; empty where the text is the sign-in itself, or nothing that can be read."""
    try:
        told = json.loads(text)
    except ValueError:
        return ""
    return str(told.get(POINTER, "")) if isinstance(told, dict) else ""


def _closed(file: Path, error: ring.Closed) -> ActionNeeded:
    account = unquote(file.stem.partition("-")[2])
    return ActionNeeded(
        f"The sign-in of '{account}' lies in the keyring, which cannot be opened: {error}.",
        mend=f"Unlock it, or keep the sign-in in a file: mailbot auth {account} --keep file",
    )
