"""What an application is called: an id given once and for ever, and a handle that a person can read; what a mail is."""

from __future__ import annotations

from base64 import b32encode
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256

from mailbot.tracking.application import Application
from mailbot.tracking.names import folded

ID_LETTERS = 12
SLUG_LETTERS = 60
_HANDLE = 6  # letters


def identify(
    applications: Sequence[Application], given: Mapping[str, str]
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """The id of each application, and the aliases of those that joined. An application keeps the id that was given to
    the oldest of its messages; where two hold one id since they were split, the one with its oldest message keeps it.
    Without any it is a digest of the oldest message's id."""
    holders: dict[str, int] = {}
    by_age = sorted(
        (one.date, one.message_id, at) for at, each in enumerate(applications) for one in each.readings
    )
    for _, message, at in by_age:
        if message in given:
            holders.setdefault(given[message], at)
    ids: dict[int, str] = {}
    aliases: dict[str, str] = {}
    for ident, at in holders.items():
        # `holders` is in the order of age: the first is the oldest.
        if ids.setdefault(at, ident) != ident:
            aliases[ident] = ids[at]
    taken = set(holders)
    for at, each in enumerate(applications):
        if at not in ids:
            ids[at] = next(one for one in _digests(each) if one not in taken)
            taken.add(ids[at])
    return tuple(ids[at] for at in range(len(applications))), tuple(sorted(aliases.items()))


def slugs(applications: Sequence[Application]) -> tuple[str, ...]:
    """A handle for each, made of employer and role; equal ones are numbered in the order of their first messages."""
    used: set[str] = set()
    handles: dict[int, str] = {}
    for at in sorted(range(len(applications)), key=lambda one: _first(applications[one])):
        base = _slug(applications[at])
        handle, number = base, 1
        while handle in used:
            number += 1
            handle = f"{base}-{number}"
        used.add(handle)
        handles[at] = handle
    return tuple(handles[at] for at in range(len(applications)))


def _digests(application: Application) -> Iterable[str]:
    seed = _first(application)[1]
    for number in range(1000):
        digest = sha256(f"{seed} {number}".encode() if number else seed.encode()).digest()
        yield b32encode(digest).decode("ascii").lower()[:ID_LETTERS]


def _first(application: Application) -> tuple[float, str]:
    oldest = application.readings[0]
    return oldest.date.timestamp(), oldest.message_id


def _slug(application: Application) -> str:
    return _handle(application.company or application.agency or "application", application.role or "")


@lru_cache(maxsize=4096)
def _handle(employer: str, role: str) -> str:
    parts: list[str] = []
    for text in (employer, role):
        for word in folded(text):
            plain = "".join(one for one in word if one.isascii() and one.isalnum())
            if plain and plain not in parts[-1:]:
                parts.append(plain)
    return "-".join(parts)[:SLUG_LETTERS].strip("-") or "application"


def handle(message_id: str) -> str:
    """A short name for a mail, to be typed in an answer."""
    return b32encode(sha256(message_id.encode()).digest()).decode("ascii").lower()[:_HANDLE]
