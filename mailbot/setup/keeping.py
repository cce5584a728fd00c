"""Where a new sign-in is put."""

from __future__ import annotations

from pathlib import Path

from mailbot.errors import ActionNeeded
from mailbot.mail import ring
from mailbot.mail.kept import keep


class Keeping:
    """Puts one sign-in where the person `wanted` it ("keyring" or "file"); without a wish into the keyring, and where
    none can be opened into `file`. `place` and `words` say where it went."""

    def __init__(self, file: Path, wanted: str | None) -> None:
        self._file = file
        self._wanted = wanted
        self.place = ""
        self.words = ""

    def __call__(self, text: str) -> None:
        """Raises ActionNeeded where the keyring was wanted and takes nothing."""
        why = "" if self._wanted == "file" else self._refusal(text)
        if not self.place:
            older = self._written(text)
            self.place, self.words = "file", f"{why}The sign-in lies in {self._file}, which you alone can read.{older}"

    def _written(self, text: str) -> str:
        """A word on an older one that the keyring does not give up."""
        try:
            keep(self._file, text, ringed=False)
        except ring.Stays as stays:
            return f"\nAn older one stays in the keyring ({stays}). Once that is open, remove it: {stays.mend}"
        return ""

    def _refusal(self, text: str) -> str:
        """Why it is not in the keyring now."""
        try:
            keep(self._file, text, ringed=True)
        except ring.Closed as error:
            if self._wanted:
                raise ActionNeeded(f"The keyring took no sign-in: {error}.", mend="Choose --keep file.") from error
            return f"No keyring could be used ({error}). "
        self.place, self.words = "keyring", "The sign-in lies in your keyring."
        return ""
