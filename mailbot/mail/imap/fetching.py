"""Mails by their references: header fields first, then text and calendars alone (see `parts`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby, islice
from typing import Any

from mailbot.mail.imap import gmail
from mailbot.mail.imap.keys import Key, read_key
from mailbot.mail.imap.line import Line
from mailbot.mail.imap.parts import Part, all_text, put_together, read_structure, sections
from mailbot.mail.kept_headers import KEPT_HEADERS
from mailbot.mail.port import MessageRef, Place, RawMessage
from mailbot.mail.structure import PIECE_CAP

TOGETHER = 200  # mails looked at in one request
WHOLE = 100  # mails fetched in one: a third of what was looked at is seldom more, and each may be a megabyte
REMEMBERED = 600  # mails: of the last three requests
# What a mail is known by, and how its body is made.
FIELDS = sorted(
    KEPT_HEADERS
    | {
        "message-id", "in-reply-to", "references", "date", "from", "to", "cc", "reply-to", "subject", "mime-version",
        "content-transfer-encoding", "content-disposition",
    }
)  # fmt: skip
HEADER = f"BODY.PEEK[HEADER.FIELDS ({' '.join(FIELDS).upper()})]"
LOOK = ("FLAGS", "INTERNALDATE", "RFC822.SIZE", "BODYSTRUCTURE", HEADER)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a first look tells of one mail. `wanted` are the sections that are fetched of it; ("",) for all of it."""

    ref: MessageRef
    uid: int
    head: bytes
    root: Part
    wanted: tuple[str, ...]
    draft: bool
    arrived: datetime | None
    thread: str | None

    def raw(self, raw: bytes, *, whole: bool) -> RawMessage:
        calendar = not whole and any(one.calendar for one in self.root.walk())
        return RawMessage(self.ref, raw, self.draft, self.arrived, self.thread, whole=whole, calendar=calendar)


class Looks:
    """What was looked at last: mails are read soon after their headers, and need not be described twice. The mail of a
    reference never changes."""

    def __init__(self) -> None:
        self._seen: dict[MessageRef, Seen] = {}

    def note(self, seen: Iterable[Seen]) -> None:
        """Those of which something is left to be fetched: of others only a look tells that they are still there."""
        self._seen |= {one.ref: one for one in seen if one.wanted}
        for ref in list(self._seen)[:-REMEMBERED]:
            del self._seen[ref]

    def take(self, ref: MessageRef) -> Seen | None:
        """What a look told of it, once."""
        return self._seen.pop(ref, None)


def read_heads(line: Line, refs: Iterable[MessageRef], looks: Looks) -> Iterator[RawMessage]:
    """The header fields that reading knows, in the order asked for."""
    for batch in _batches(refs, TOGETHER):
        seen = {one.ref: one for found in _looked(line, batch, Looks()) for one in found}
        looks.note(seen.values())
        yield from (seen[ref].raw(seen[ref].head, whole=False) for ref in batch if ref in seen)


def read_mails(line: Line, refs: Iterable[MessageRef], looks: Looks) -> Iterator[RawMessage]:
    """The mails, without the contents of what is neither text nor calendar, in the order asked for."""
    for batch in _batches(refs, WHOLE):
        raws: dict[MessageRef, RawMessage] = {}
        for found in _looked(line, batch, looks):
            raws |= {one.ref: one.raw(raw, whole=True) for one, raw in _contents(line, found)}
        yield from (raws[ref] for ref in batch if ref in raws)


def _batches(refs: Iterable[MessageRef], count: int) -> Iterator[tuple[MessageRef, ...]]:
    waiting = iter(refs)
    while batch := tuple(islice(waiting, count)):
        yield batch


def _looked(line: Line, batch: Sequence[MessageRef], looks: Looks) -> Iterator[list[Seen]]:
    """A first look at those of these mails that `looks` does not know, folder by folder; the folder is open when its
    mails are given."""
    keyed = [(key, ref) for ref in batch if (key := read_key(ref.key))]
    items = (*LOOK, *gmail.ITEMS) if line.able(gmail.EXTENSION) else LOOK
    for folder, several in groupby(sorted(keyed, key=_by_folder), key=lambda one: one[0].folder):
        opened = line.examine_if_there(folder)
        if opened is None:
            continue
        refs = {key.uid: ref for key, ref in several if key.validity == opened.validity}
        known = {uid: seen for uid, ref in refs.items() if (seen := looks.take(ref))}
        answer = line.fetch(sorted(refs.keys() - known), items)
        found = [seen for uid, data in answer.items() if (seen := _seen(refs[uid], uid, data))]
        yield sorted([*known.values(), *found], key=lambda one: one.uid)


def _by_folder(one: tuple[Key, MessageRef]) -> tuple[str, int]:
    return one[0].folder, one[0].uid


def _seen(ref: MessageRef, uid: int, data: Mapping[bytes, Any]) -> Seen | None:
    """None where the answer lacks what was asked for: the mail was expunged meanwhile."""
    head = _section(data, b"BODY[HEADER.FIELDS")
    if head is None or not isinstance(data.get(b"BODYSTRUCTURE"), tuple):
        return None
    labelled = gmail.place_by_labels(data) is Place.DRAFTS
    draft = b"\\Draft" in data.get(b"FLAGS", ()) or labelled or ref.place is Place.DRAFTS
    arrived = data.get(b"INTERNALDATE")
    thread = data.get(b"X-GM-THRID")
    root = read_structure(data[b"BODYSTRUCTURE"])
    return Seen(
        ref,
        uid,
        head,
        root,
        ("",) if all_text(root, int(data.get(b"RFC822.SIZE", 0))) else sections(root),
        draft,
        arrived.astimezone(UTC) if arrived else None,
        str(thread) if thread else None,
    )


def _contents(line: Line, found: Sequence[Seen]) -> Iterator[tuple[Seen, bytes]]:
    """The mails of one folder, which is open: asked for at once, together those of which the same sections are."""
    by_sections: dict[tuple[str, ...], list[int]] = {}
    for one in found:
        by_sections.setdefault(one.wanted, []).append(one.uid)
    answer = line.fetch_each([(uids, _items(wanted)) for wanted, uids in by_sections.items() if wanted])
    for one in found:
        data = answer.get(one.uid, {})
        if not one.wanted:
            yield one, put_together(one.head, one.root, {})
        elif _section(data, b"BODY[") is not None:
            yield one, _raw(one, one.wanted, data)


def _items(wanted: Sequence[str]) -> list[str]:
    """The contents of large parts are cut where reading would cut them."""
    return ["BODY.PEEK[]"] if wanted == ("",) else [f"BODY.PEEK[{one}]<0.{PIECE_CAP}>" for one in wanted]


def _raw(one: Seen, wanted: Sequence[str], data: Mapping[bytes, Any]) -> bytes:
    if wanted == ("",):
        return _section(data, b"BODY[]") or b""
    contents = {name: _section(data, b"BODY[%s]" % name.encode()) or b"" for name in wanted}
    return put_together(one.head, one.root, contents)


def _section(data: Mapping[bytes, Any], start: bytes) -> bytes | None:
    """The section of an answer whose name begins so: servers write it in their own way, with or without the origin.
    Short ones come as a quoted string, and digits alone as a number."""
    value = next((value for key, value in data.items() if key.upper().startswith(start)), None)
    return str(value).encode() if isinstance(value, int) else value
