"""What is new since a cursor, folder by folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from mailbot.mail.imap.cursor import Mark, read_cursor, write_cursor
from mailbot.mail.imap.folders import Folder
from mailbot.mail.imap.keys import Key
from mailbot.mail.imap.line import Line, Opened
from mailbot.mail.port import Changes, Cursor, MessageRef, Place
from mailbot.mail.suspicion import emptied

GMAIL = "X-GM-EXT-1"
# Which label makes a mail of Gmail's All Mail lie where; the first that holds.
LABELS = {"in:drafts": Place.DRAFTS, "in:sent": Place.SENT, "in:inbox": Place.INBOX}
# SEARCH knows days alone, and each server takes its own zone's (RFC 3501 section 6.4.4).
ANY_ZONE = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Listing:
    """One folder at this look: what came since, and how it stands."""

    mark: Mark
    refs: tuple[MessageRef, ...]


def list_changes(
    line: Line, folders: Iterable[Folder], cursor: Cursor | None, since: datetime | None
) -> tuple[Changes, dict[str, Mark]]:
    """`Mailbox.changes_since`, and the marks of all folders. A folder whose UIDVALIDITY has changed, or that is new
    by its name, is listed whole; a mail that was known there by another reference is found by its Message-ID later."""
    known = read_cursor(cursor)
    opened = {folder.name: (folder, line.examine(folder.name)) for folder in folders}
    present = sum(one.count for _, one in opened.values())
    wrong = emptied(sum(one.count for one in (known or {}).values()), present)
    if wrong and cursor is not None:
        return Changes((), cursor, suspicious=wrong), known or {}
    before = known or {}
    listed = {name: _list(line, folder, one, before.get(name), since) for name, (folder, one) in opened.items()}
    marks = {name: one.mark for name, one in listed.items()}
    appeared = tuple(ref for one in listed.values() for ref in one.refs)
    # A folder that is gone takes no mail along that another does not list.
    anew = known is None or any(
        before[name].validity != one.validity for name, one in marks.items() if name in before
    )
    return Changes(appeared, write_cursor(marks), whole=anew), marks


def _list(line: Line, folder: Folder, opened: Opened, before: Mark | None, since: datetime | None) -> Listing:
    holds = before is not None and before.validity == opened.validity and opened.following >= before.following
    first = before.following if before and holds else 1
    if holds and opened.following == first:
        return Listing(_mark(opened), ())  # no question is asked of a folder to which nothing came
    line.examine(folder.name)
    uids = line.uids(opened, first) if holds or since is None else _since(line, opened, since)
    last = max(uids, default=0)
    if not opened.following:  # a server without UIDNEXT
        opened = replace(opened, following=last + 1)
    refs = tuple(_refs(line, folder, opened, uids))
    return Listing(replace(_mark(opened), following=max(opened.following, last + 1)), refs)


def _mark(opened: Opened) -> Mark:
    return Mark(opened.validity, opened.following, opened.count)


def _refs(line: Line, folder: Folder, opened: Opened, uids: list[int]) -> Iterator[MessageRef]:
    labelled = _labelled(line, opened, uids) if folder.everything and line.able(GMAIL) else {}
    for uid in uids:
        place = labelled.get(uid, folder.place)
        yield MessageRef(line.account, place, str(Key(opened.validity, uid, folder.name)))


def _labelled(line: Line, opened: Opened, uids: list[int]) -> Mapping[int, Place]:
    """Where the mails of All Mail lie by their labels. The words are ours: none from mail reaches a search."""
    places: dict[int, Place] = {}
    if uids:
        for words, place in LABELS.items():
            for uid in line.uids(opened, uids[0], "X-GM-RAW", words):
                places.setdefault(uid, place)
    return places


def _since(line: Line, opened: Opened, since: datetime) -> list[int]:
    """The UIDs of what arrived at `since` or later: by days, and by INTERNALDATE where the day does not tell."""
    late = line.uids(opened, 1, "SINCE", (since + ANY_ZONE).date())
    unclear = sorted(set(line.uids(opened, 1, "SINCE", (since - ANY_ZONE).date())) - set(late))
    dates = line.fetch(unclear, ["INTERNALDATE"])
    in_time = {uid for uid, data in dates.items() if (at := data.get(b"INTERNALDATE")) and at.astimezone(UTC) >= since}
    return sorted(in_time | set(late))
