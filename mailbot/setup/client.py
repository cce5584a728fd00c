"""The client of the person's Google project: what Google's console hands out, kept beside the configuration."""

from __future__ import annotations

import json
from pathlib import Path

from mailbot.errors import ActionNeeded
from mailbot.store.folder import create_private

NAME = "client_secret.json"
README = "The README tells how to make one."


def place(folder: Path) -> Path:
    """Where it is looked for, in the folder of the configuration."""
    return folder / NAME


def downloaded() -> str | None:
    """The newest that a browser put where it usually puts things."""
    found = (Path.home() / "Downloads").glob("client_secret*.json")
    newest = max(found, key=lambda one: one.stat().st_mtime, default=None)
    return str(newest) if newest else None


def copied(source: Path, folder: Path) -> bool:
    """Whether it lies there now, readable by its owner alone; not, where another client lies there already. Raises
    ActionNeeded for a file that cannot be read, or is no client."""
    try:
        content = source.read_bytes()
    except OSError as error:
        raise ActionNeeded(f"There is no OAuth client at {source}.", mend=README) from error
    if not _is_client(content):
        raise ActionNeeded(f"{source} is no OAuth client of the type 'Desktop app'.", mend=README)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return create_private(place(folder), content) or place(folder).read_bytes() == content


def _is_client(content: bytes) -> bool:
    try:
        told = json.loads(content)
    except ValueError:
        return False
    return isinstance(told, dict) and "installed" in told
