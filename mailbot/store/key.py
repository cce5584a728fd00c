"""The identity key: 32 random bytes beside the configuration, from which the drafts' Message-IDs are made.

It outlives the ledger: with it, drafts that no ledger knows any more are still recognised in the mailbox.
"""

from __future__ import annotations

import secrets
from pathlib import Path

from mailbot.errors import ActionNeeded
from mailbot.store.folder import create_private, refused, require_private

LENGTH = 32


def load_or_create_key(path: Path) -> bytes:
    """The key in that file, made if there is none, readable by its owner alone. Raises ActionNeeded for a link, for
    somebody else's file and for one that is no key; Transient where the disk is full."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise refused(path, error) from error
    key = secrets.token_bytes(LENGTH)
    if create_private(path, key):
        return key
    require_private(path)
    try:
        found = path.read_bytes()
    except OSError as error:
        raise refused(path, error) from error
    if len(found) != LENGTH:
        raise ActionNeeded(
            f"{path} is not an identity key: it has {len(found)} bytes instead of {LENGTH}.",
            mend="Restore it from a backup. Without it, drafts that lie there already are not recognised.",
        )
    return found
