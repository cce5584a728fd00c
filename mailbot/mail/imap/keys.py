"""The keys of references: UIDVALIDITY, UID and, for a mail, its folder."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Key:
    """A UID means something only with the UIDVALIDITY it was given under (RFC 3501 section 2.3.1.1)."""

    validity: int
    uid: int
    folder: str = ""

    def __str__(self) -> str:
        return f"{self.validity}.{self.uid}.{self.folder}" if self.folder else f"{self.validity}.{self.uid}"


def read_key(text: str) -> Key | None:
    """The key of that text; None for any other."""
    validity, _, rest = text.partition(".")
    uid, _, folder = rest.partition(".")
    if not (validity.isdecimal() and uid.isdecimal() and text.isascii()):
        return None
    return Key(int(validity), int(uid), folder)
