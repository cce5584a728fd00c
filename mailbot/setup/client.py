"""The client of the person's Google project: what Google's console hands out, kept beside the configuration."""

from __future__ import annotations

from pathlib import Path

from mailbot.errors import ActionNeeded
from mailbot.store.folder import create_private

NAME = "client_secret.json"


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
    ActionNeeded for a file that cannot be read."""
    try:
        content = source.read_bytes()
    except OSError as error:
        mend = "The README tells how to make one."
        raise ActionNeeded(f"There is no OAuth client at {source}.", mend=mend) from error
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return create_private(place(folder), content) or place(folder).read_bytes() == content
