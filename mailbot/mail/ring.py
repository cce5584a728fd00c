"""The system's keyring: what it holds for mailbot, by a service and a name within it."""

from __future__ import annotations

import shlex
import sys
from typing import Any

NONE = "there is none on this machine"


class Closed(Exception):  # noqa: N818 - named by what it means
    """There is no keyring here, or it cannot be opened; says why."""


class Stays(Closed):
    """What could not be removed; `mend` is the command by which the person removes it."""

    def __init__(self, why: str, service: str, name: str) -> None:
        super().__init__(why)
        self.mend = shlex.join([sys.executable, "-m", "keyring", "del", service, name])


def get(service: str, name: str) -> str:
    """Empty where it holds nothing of that name. Raises Closed."""
    keyring, failure = _library()
    try:
        return str(keyring.get_password(service, name) or "")
    except failure as error:
        raise Closed(_said(error)) from error


def put(service: str, name: str, secret: str) -> None:
    """Raises Closed; then it holds what it held."""
    keyring, failure = _library()
    if not is_there():  # one that takes everything and keeps nothing is none
        raise Closed(NONE)
    try:
        keyring.set_password(service, name, secret)
    except failure as error:
        raise Closed(_said(error)) from error


def remove(service: str, name: str) -> None:
    """What `put` put there, if there is any. Raises Stays where it cannot be told that nothing is left."""
    try:
        if not is_there():
            raise Closed(NONE)
        if get(service, name):
            _delete(service, name)
    except Closed as error:
        raise Stays(str(error), service, name) from error


def _delete(service: str, name: str) -> None:
    keyring, failure = _library()
    try:
        keyring.delete_password(service, name)
    except failure as error:
        raise Closed(_said(error)) from error


def is_there() -> bool:
    """Whether there is one that keeps what it is given."""
    try:
        import keyring
        from keyring.backends import fail, null
    except ImportError:
        return False
    return not isinstance(keyring.get_keyring(), fail.Keyring | null.Keyring)


def _library() -> tuple[Any, type[Exception]]:
    try:
        import keyring  # here: it looks for the desktop's services
        from keyring.errors import KeyringError
    except ImportError as error:
        raise Closed("it is not installed") from error
    return keyring, KeyringError


def _said(error: Exception) -> str:
    return (str(error).partition("\n")[0] or type(error).__name__).rstrip(".")
