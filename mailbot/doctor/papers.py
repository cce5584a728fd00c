"""The configuration, and who can read what lies beside it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from mailbot.config import load_settings
from mailbot.doctor.finding import Finding, failed, ok, wrong
from mailbot.errors import ConfigError, MailbotError
from mailbot.household import papers

# What lies beside the configuration and is for its owner alone.
SECRETS = ("identity.key", "client_secret*.json", "gmail-*.json", "imap-*.json", "password-*")


def configuration(file: Path) -> Iterator[Finding]:
    """It loads, and so do the templates beside it."""
    check = "configuration"
    try:
        papers(load_settings(file), file)
    except ConfigError as error:
        yield from (wrong(check, one, "Mend that line, or: mailbot config set") for one in error.problems)
    except MailbotError as error:
        yield failed(check, error)
    else:
        yield ok(check, f"{file} is sound.")


def secrets(folder: Path) -> Iterator[Finding]:
    """Nobody else can read the secrets in that folder."""
    check, files = "secrets", [one for pattern in SECRETS for one in sorted(folder.glob(pattern))]
    seen = [(one, one.stat()) for one in files]
    for one, status in seen:
        if status.st_mode & 0o077:
            yield wrong(check, f"Others can read {one}.", f"chmod 600 {one}")
        elif status.st_uid != os.geteuid():
            yield wrong(check, f"{one} belongs to somebody else.", f"chown {os.geteuid()} {one}")
    if all(not status.st_mode & 0o077 and status.st_uid == os.geteuid() for _, status in seen):
        yield ok(check, f"Nobody else can read what is secret in {folder}.")
