"""What a folder is for by its name alone, in the languages of `data/folders.toml`."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache

from mailbot.mail.port import Place
from mailbot.mail.tables import table

NAMED = (Place.DRAFTS, Place.SENT, Place.TRASH, Place.JUNK)


def place_of(relative: str) -> Place:
    """What a folder of that path below the root is usually for: what lies below Sent, Trash or Junk is the like."""
    words = [_folded(word) for word in relative.replace(".", "/").split("/") if word]
    while len(words) > 1 and words[0] in _usual()["containers"]:
        words.pop(0)
    if words in ([], ["inbox"]):
        return Place.INBOX
    place = next((place for place in NAMED if words[0] in _usual()[place.value]), Place.OTHER)
    return Place.OTHER if place is Place.DRAFTS and len(words) > 1 else place


def is_archive(relative: str) -> bool:
    """Whether a folder of that path is, or lies below, one where programs put mail that was dealt with."""
    words = [_folded(word) for word in relative.replace(".", "/").split("/") if word]
    while len(words) > 1 and words[0] in _usual()["containers"]:
        words.pop(0)
    return bool(words) and words[0] in _usual()["archive"]


@cache
def _usual() -> Mapping[str, frozenset[str]]:
    return {key: frozenset(map(_folded, names)) for key, names in table("folders").items()}


def _folded(name: str) -> str:
    """A folder's name for comparison. Maildir++ keeps names in IMAP's modified UTF-7 (RFC 3501 section 5.1.3)."""
    if "&" in name:
        try:
            name = name.replace("&", "+").replace(",", "/").encode("ascii").decode("utf-7")
        except UnicodeError:
            return name.casefold()
    return unicodedata.normalize("NFC", name).strip().casefold()
