"""Drafts: placed by one APPEND, found by their Message-ID, taken back by the UID that was looked at.

Steps of `place`: 'connected' (nothing was asked yet), 'answered'. Of `withdraw`: 'connected', then 'moved'; on a server
without MOVE 'copied', 'marked' and 'expunged'.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mailbot.errors import ActionNeeded
from mailbot.mail.header_block import message_id_of
from mailbot.mail.imap.folders import Folder
from mailbot.mail.imap.keys import Key, read_key
from mailbot.mail.imap.line import Line, Opened
from mailbot.mail.port import DraftRef
from mailbot.mail.steps import Step

FLAGS = (b"\\Draft", b"\\Seen")
DELETED = b"\\Deleted"
ID = "BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)]"
# What stands in a Message-ID that may be searched for: imapclient sends a line's end, or a literal's sign, as it is.
UNSAFE = frozenset('"\\{}()[]%* ')


def place(line: Line, folder: Folder, raw: bytes, step: Step) -> Key | None:
    """One APPEND; the key where the server tells it (UIDPLUS). Raises as `Mailbox.place_draft`."""
    with line.talk() as client:
        client.noop()  # a line that died unnoticed is not found out by the one request that must not be in doubt
        step("connected")
    with line.talk(effect=True) as client:
        # Bytes, and line ends as they are sent: imaplib would rewrite others.
        answer = client.append(folder.name, raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"), FLAGS)
        step("answered")
    return appended(answer)


def refusal(line: Line, folder: Folder) -> str:
    """Why the server would take no draft there; empty where it would. The folder is opened, and nothing is done."""
    try:
        line.select(folder.name)
    except ActionNeeded as error:
        return error.message
    return ""


def appended(answer: object) -> Key | None:
    """UIDVALIDITY and UID of an answer with APPENDUID (RFC 4315); None without, and for `none` as some servers say."""
    words = answer.decode("ascii", "replace") if isinstance(answer, bytes) else str(answer)
    code, _, _ = words.partition("[APPENDUID ")[2].partition("]")
    return read_key(code.strip().replace(" ", "."))


def with_id(line: Line, opened: Opened, wanted: frozenset[str], first: int = 1) -> Iterator[tuple[int, str, bool]]:
    """UID, Message-ID and whether it bears \\Deleted, of each mail from `first` on with one of these. The headers are
    read, not searched: searches by header are unreliable on Exchange (isync 9c86ec3)."""
    found = line.fetch(line.uids(opened, first), ["FLAGS", ID])
    yield from _matching(found, wanted)


def searched(line: Line, opened: Opened, wanted: frozenset[str]) -> Iterator[tuple[int, str, bool]]:
    """The same in a folder that may hold very many mails: the server searches, and what it finds is looked at."""
    safe = sorted(one for one in wanted if is_safe(one))
    if not safe:
        return
    criteria = [*(["OR"] * (len(safe) - 1)), *(part for one in safe for part in ("HEADER", "Message-ID", one))]
    found = line.uids(opened, 1, *criteria)
    yield from _matching(line.fetch(found, ["FLAGS", ID]), wanted)


def is_safe(message_id: str) -> bool:
    """Whether it may stand in a SEARCH."""
    inside = message_id[1:-1]
    shape = message_id.startswith("<") and message_id.endswith(">") and "@" in inside
    return shape and len(inside) < 500 and all("!" <= one <= "~" and one not in UNSAFE for one in inside)


def _matching(found: dict[int, dict[bytes, Any]], wanted: frozenset[str]) -> Iterator[tuple[int, str, bool]]:
    for uid, data in sorted(found.items()):
        head = next((one for name, one in data.items() if name.startswith(b"BODY[")), b"")
        name = message_id_of(head) if isinstance(head, bytes) else ""
        if name in wanted:
            yield uid, name, DELETED in data.get(b"FLAGS", ())


def is_there(line: Line, opened: Opened, ref: DraftRef) -> int | None:
    """The UID of that version where it lies in the open folder and is not marked as deleted."""
    key = read_key(ref.version)
    if key is None or key.validity != opened.validity:
        return None
    flags = line.fetch([key.uid], ["FLAGS"]).get(key.uid)
    return None if flags is None or DELETED in flags.get(b"FLAGS", ()) else key.uid


def withdraw(line: Line, folder: Folder, trash: Folder, ref: DraftRef, step: Step) -> bool:
    """Move that UID to Trash; False where it is not there. An edit has another UID, so this cannot hit one."""
    uid = is_there(line, line.select(folder.name), ref)
    if uid is None:
        return False
    moving = line.able("MOVE")
    if not moving and not line.able("UIDPLUS"):
        raise ActionNeeded(
            f"{line.server.host} cannot take back one draft alone (account '{line.account}').",
            mend="Delete it in your mail program.",
        )
    with line.talk():
        step("connected")
    (_move if moving else _copy_and_expunge)(line, folder, trash, uid, step)
    return True


def _move(line: Line, folder: Folder, trash: Folder, uid: int, step: Step) -> None:  # noqa: ARG001 - as the other
    with line.talk(effect=True) as client:
        client.move([uid], trash.name)
        step("moved")


def _copy_and_expunge(line: Line, folder: Folder, trash: Folder, uid: int, step: Step) -> None:
    """As RFC 6851 section 3.3 says what MOVE is made of; UID EXPUNGE, as EXPUNGE would remove what the person marked.
    After a crash in between the copy is there already."""
    raw = line.fetch([uid], ["BODY.PEEK[]"]).get(uid, {}).get(b"BODY[]", b"")
    copied = _holds(line, trash, raw)
    line.select(folder.name)
    with line.talk(effect=True) as client:
        if not copied:
            client.copy([uid], trash.name)
            step("copied")
        client.add_flags([uid], [DELETED], silent=True)
        step("marked")
        client.uid_expunge([uid])
        step("expunged")


def _holds(line: Line, trash: Folder, raw: bytes) -> bool:
    opened = line.examine(trash.name)
    uids = [uid for uid, _, _ in searched(line, opened, frozenset({message_id_of(raw)}))]
    return any(data.get(b"BODY[]") == raw for data in line.fetch(uids, ["BODY.PEEK[]"]).values())
