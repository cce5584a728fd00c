"""Everything of mailbot's own removed from this machine: the ledger, the configuration, the secrets. Only files that it
made itself, by their names; what the person wrote or downloaded stays, and is named."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from mailbot.config import AccountSettings, Settings
from mailbot.mail.imap.secret import variable_of
from mailbot.mail.kept import forget
from mailbot.mail.ring import Stays
from mailbot.setup.secrets import forget_in_keyring
from mailbot.store.folder import refused

LEDGER = ("ledger.sqlite*", "ledger-before-*.sqlite*", "lock", "starts.json", "backups/ledger-*.sqlite")
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


def purge(config: Path, state: Path, settings: Settings | None) -> tuple[Stays, ...]:
    """Remove them, what the keyring holds of ours, and the folders that are empty then; what the keyring does not give
    up. Raises ActionNeeded."""
    stays = tuple(_from_keyring(config, settings.account if settings else ()))
    for file in ours(config, state):
        try:
            file.unlink(missing_ok=True)
        except OSError as error:
            raise refused(file, error) from error
    for folder in (state / "backups", state, config.parent):
        with suppress(OSError):
            folder.rmdir()
    return stays


def _from_keyring(config: Path, accounts: Iterable[AccountSettings]) -> Iterator[Stays]:
    """What stays of passwords and sign-ins. Of a password it is told only where it can lie nowhere else."""
    for account in accounts:
        try:
            forget_in_keyring(account.name)
        except Stays as error:
            elsewhere = account.password_command or variable_of(account.name) in os.environ
            if account.kind == "imap" and not account.signs_in_by_consent and not elsewhere:
                yield error
    for file in _found(config.parent, SIGN_INS):
        try:
            forget(file)
        except Stays as error:
            yield error


def _found(folder: Path, patterns: Iterable[str]) -> Iterator[Path]:
    return (file for pattern in patterns for file in sorted(folder.glob(pattern)))
