"""Gmail's extensions of IMAP (X-GM-EXT-1): labels in the place of folders, and Gmail's own search.

One folder, All Mail, shows the mail of all others but Trash and Spam; where a mail lies is what its labels say. Drafts
have a folder of their own, so that All Mail's are left out. The first scan is asked of Gmail's search, as by the API.
That search lags behind what has just come, and knows nothing of what is relabelled later: both are told by labels.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from mailbot.mail.gmail.queries import scan_query
from mailbot.mail.imap.line import Line, Opened
from mailbot.mail.port import Place
from mailbot.mail.tables import table

EXTENSION = "X-GM-EXT-1"
LABELS = b"X-GM-LABELS"
ITEMS = ("X-GM-THRID", "X-GM-LABELS")
NEWEST = 100  # mails of a first scan that are asked for by themselves: the search may not know them yet


def places_of_scan(line: Line, opened: Opened, since: datetime | None) -> dict[int, Place]:
    """Where each mail lies that a first scan of All Mail lists, by its UID; All Mail is open. The words of the search
    are ours: none from mail reaches it."""
    places: dict[int, Place] = {}
    for listing in table("gmail")["scan"]["listing"]:
        place = Place(listing["place"])
        if place not in (Place.TRASH, Place.JUNK, Place.DRAFTS):
            places |= dict.fromkeys(line.uids(opened, 1, "X-GM-RAW", scan_query(listing, since)), place)
    newest = line.newest(opened, NEWEST)
    return places | places_by_labels(line, [one for one in newest if one not in places], since)


def places_by_labels(line: Line, uids: Iterable[int], since: datetime | None) -> dict[int, Place]:
    """Where each of these mails of All Mail lies, without drafts and what arrived before `since`."""
    found = line.fetch(sorted(uids), ["X-GM-LABELS", "INTERNALDATE"])
    return {
        uid: place
        for uid, data in sorted(found.items())
        if (place := place_by_labels(data)) is not Place.DRAFTS and _is_late(data, since)
    }


def relabelled(line: Line, opened: Opened, modseq: int) -> list[int]:
    """The UIDs of what has changed since that modification sequence (CONDSTORE, RFC 7162): its labels, or its flags."""
    return line.uids(opened, 1, "MODSEQ", str(modseq + 1)) if opened.modseq > modseq > 0 else []


def place_by_labels(data: Mapping[bytes, Any]) -> Place:
    """What the labels of an answer to FETCH say; without one that names a place the mail is archived."""
    labels = {bytes(one).lower() for one in data.get(LABELS, ()) if isinstance(one, bytes)}
    for one in table("gmail")["label"]:
        if str(one["imap"]).lower().encode() in labels:
            return Place(one["place"])
    return Place.OTHER


def _is_late(data: Mapping[bytes, Any], since: datetime | None) -> bool:
    at = data.get(b"INTERNALDATE")
    return since is None or at is None or at.astimezone(UTC) >= since
