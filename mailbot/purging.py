"""Everything of mailbot's own removed from this machine: the ledger, the configuration, the secrets. Only files that it
made itself, by their names; what the person wrote or downloaded stays, and is named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from mailbot.config import Settings
from mailbot.mail.kept import forget
from mailbot.setup.secrets import forget_in_keyring
from mailbot.store.folder import refused

LEDGER = ("ledger.sqlite*", "ledger-before-*.sqlite*", "lock", "backups/ledger-*.sqlite")
SIGN_INS = ("gmail-*.json", "imap-*.json")
PAPERS = ("identity.key", *SIGN_INS, "password-*")
THEIRS = ("client_secret*.json", "templates")


def ours(config: Path, state: Path) -> tuple[Path, ...]:
    """The files that are removed."""
    found = [*_found(state, LEDGER), *_found(config.parent, PAPERS), *([config] if config.exists() else [])]
    return tuple(found)


def theirs(config: Path) -> tuple[Path, ...]:
    """What lies beside the configuration and stays."""
    return tuple(_found(config.parent, THEIRS))


def purge(config: Path, state: Path, settings: Settings | None) -> None:
    """Remove them, what the keyring holds of ours, and the folders that are empty then. Raises ActionNeeded."""
    for account in settings.account if settings else ():
        forget_in_keyring(account.name)
    sign_ins = frozenset(_found(config.parent, SIGN_INS))
    for file in ours(config, state):
        try:
            forget(file) if file in sign_ins else file.unlink(missing_ok=True)
        except OSError as error:
            raise refused(file, error) from error
    for folder in (state / "backups", state, config.parent):
        with suppress(OSError):
            folder.rmdir()


def _found(folder: Path, patterns: Iterable[str]) -> Iterator[Path]:
    return (file for pattern in patterns for file in sorted(folder.glob(pattern)))
