"""What is new since a cursor, folder by folder."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from mailbot.mail.imap import gmail
from mailbot.mail.imap.cursor import Mark, read_cursor, write_cursor
from mailbot.mail.imap.folders import Folder
from mailbot.mail.imap.line import Line, Opened
from mailbot.mail.imap.refs import Listed, Refs
from mailbot.mail.port import Changes, Cursor
from mailbot.mail.suspicion import emptied

# SEARCH knows days alone, and each server takes its own zone's (RFC 3501 section 6.4.4).
ANY_ZONE = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Listing:
    """One folder at this look: what came since, and how it stands."""

    mark: Mark
    refs: Refs


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
    appeared = Listed([one.refs for one in listed.values()])
    # A folder that is gone takes no mail along that another does not list.
    anew = known is None or any(
        before[name].validity != one.validity for name, one in marks.items() if name in before
    )
    return Changes(appeared, write_cursor(marks), whole=anew), marks


def _list(line: Line, folder: Folder, opened: Opened, before: Mark | None, since: datetime | None) -> Listing:
    held = before if before and before.validity == opened.validity and opened.following >= before.following else None
    if folder.everything and line.able(gmail.EXTENSION):
        return _all_mail(line, folder, opened, held, since)
    if held and opened.following == held.following:
        return _nothing(line, folder, opened)  # no question is asked of a folder to which nothing came
    if opened.following and not opened.count:
        return _nothing(line, folder, opened)  # nor of an empty one
    line.examine(folder.name)
    if held:
        uids = line.uids(opened, held.following)
    else:
        uids = line.uids(opened) if since is None else _since(line, opened, since)
    last = max(uids, default=0)
    if not opened.following:  # a server without UIDNEXT
        opened = replace(opened, following=last + 1)
    refs = Refs(line.account, opened.validity, opened.name, ((uid, folder.place) for uid in uids))
    return Listing(replace(mark_of(folder, opened), following=max(opened.following, last + 1)), refs)


def _all_mail(line: Line, folder: Folder, opened: Opened, held: Mark | None, since: datetime | None) -> Listing:
    """Gmail's All Mail: what came, and what the person or a filter has relabelled."""
    if held and (held.following, held.modseq) == (opened.following, opened.modseq):
        return _nothing(line, folder, opened)
    line.examine(folder.name)
    if held is None:
        places = gmail.places_of_scan(line, opened, since)
    else:
        came = line.uids(opened, held.following) if opened.following > held.following else []
        places = gmail.places_by_labels(line, {*came, *gmail.relabelled(line, opened, held.modseq)}, since)
    refs = Refs(line.account, opened.validity, opened.name, sorted(places.items()))
    return Listing(mark_of(folder, opened), refs)


def _nothing(line: Line, folder: Folder, opened: Opened) -> Listing:
    return Listing(mark_of(folder, opened), Refs(line.account, opened.validity, opened.name, ()))


def mark_of(folder: Folder, opened: Opened) -> Mark:
    """How a folder stands that was just opened. What changed but mail (CONDSTORE) counts where labels are kept:
    elsewhere the person has merely read something, and each step looks at our own drafts by themselves."""
    return Mark(opened.validity, opened.following, opened.count, opened.modseq if folder.everything else 0)


def _since(line: Line, opened: Opened, since: datetime) -> list[int]:
    """The UIDs of what arrived at `since` or later: by days, and by INTERNALDATE where the day does not tell."""
    late = line.uids(opened, 1, "SINCE", (since + ANY_ZONE).date())
    unclear = sorted(set(line.uids(opened, 1, "SINCE", (since - ANY_ZONE).date())) - set(late))
    dates = line.fetch(unclear, ["INTERNALDATE"])
    in_time = {uid for uid, data in dates.items() if (at := data.get(b"INTERNALDATE")) and at.astimezone(UTC) >= since}
    return sorted(in_time | set(late))
