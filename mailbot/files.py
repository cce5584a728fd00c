"""A file of the person's replaced: whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from mailbot.errors import ActionNeeded


def write(file: Path, text: str) -> None:
    """Put the text in the place of the file's, whole or not at all, readable as it was; a new file by its owner alone.
    A link stays one. Raises ActionNeeded where it cannot be done."""
    target = file.resolve()
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o600
        number, draft = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        with os.fdopen(number, "w", encoding="utf-8", newline="") as stream:
            os.fchmod(number, mode)
            stream.write(text)
            stream.flush()
            os.fsync(number)
        Path(draft).replace(target)
    except OSError as error:
        raise ActionNeeded(f"{file} cannot be written: {error.strerror or error}.") from error
