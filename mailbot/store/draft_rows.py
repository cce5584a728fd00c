"""What was placed, and what was missed."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from mailbot.drafting.drafts import OPEN, DraftRecord, DraftStatus, check_transition
from mailbot.errors import Bug
from mailbot.etiquette.follow_up import FollowUp, FollowUpKind, Identity
from mailbot.mail.port import DraftRef
from mailbot.store.codec import Codec, Kept, Remembered, encode, iso
from mailbot.store.database import Database
from mailbot.store.ledger import Missed

_REF = Codec(DraftRef)
_OCCASION = Codec(tuple[str, ...])

# The fields of a DraftRecord that are columns of their own, in order; `identity` is three, `id` is the row's.
_PLAIN = tuple(one.name for one in fields(DraftRecord) if one.name not in ("id", "identity"))
_COLUMNS = ("kind", "recipient", "occasion", *_PLAIN)
_SELECT = f"SELECT id, {', '.join(_COLUMNS)} FROM draft"  # noqa: S608 - our own names
_INSERT = f"INSERT INTO draft ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"  # noqa: S608
# What may change in a record's life; the letter and whose it is never do.
_CHANGING = (
    "status", "ref", "fingerprint", "placed_at", "ended_at", "end_reason", "attempts", "withdrawing", "trashed",
)  # fmt: skip
_UPDATE = f"UPDATE draft SET {', '.join(f'{name} = ?' for name in _CHANGING)} WHERE id = ?"  # noqa: S608
_MOMENTS = ("intended_at", "placed_at", "ended_at")
# Identity.same: of one kind and recipient, with a message of the occasion in common.
_SAME = (
    "kind = ? AND recipient = ?"
    " AND EXISTS (SELECT 1 FROM json_each(occasion) WHERE value IN (SELECT value FROM json_each(?)))"
)


class DraftRows:
    """The part of `Ledger` that is about follow-ups: `DraftBook`, and what was missed."""

    _db: Database

    def __init__(self) -> None:
        super().__init__()
        self._drafts = Remembered(_record)
        self._all = Kept(lambda: self._select("ORDER BY id"))
        self._open = Kept(lambda: tuple(one for one in self.all_drafts() if one.status in OPEN))
        self._missed = Kept(self._missed_identities)

    def draft_for(self, identity: Identity) -> DraftRecord | None:
        return next(iter(self._select(f"WHERE {_SAME} ORDER BY id DESC LIMIT 1", *_key(identity))), None)

    def open_drafts(self) -> tuple[DraftRecord, ...]:
        return self._open.value(self._db.seen())

    def all_drafts(self) -> tuple[DraftRecord, ...]:
        return self._all.value(self._db.seen())

    def intend(self, record: DraftRecord) -> DraftRecord:
        check_transition(None, record.status)
        self._touched()
        with self._db.transaction("intent"):
            for other in self._select(f"WHERE {_SAME}", *_key(record.identity)):
                if other.status in OPEN and other.id != record.replaces:
                    raise Bug(f"The follow-up of draft {other.id} was to be drafted twice.", mend="Please report this.")
            values = _values(record)
            ident = self._db.run(_INSERT, *_key(record.identity), *(values[name] for name in _PLAIN))
        return replace(record, id=ident)

    def update(self, record: DraftRecord) -> None:
        self._touched()
        with self._db.transaction(f"draft {record.status}"):
            was = self._db.value("SELECT status FROM draft WHERE id = ?", record.id)
            if was is None:
                raise Bug(f"There is no draft {record.id} in the ledger.", mend="Please report this.")
            check_transition(DraftStatus(was), record.status)
            values = _values(record)
            self._db.run(_UPDATE, *(values[name] for name in _CHANGING), record.id)

    def transaction(self) -> AbstractContextManager[None]:
        return self._db.transaction("drafts")

    def record_missed(self, follow_up: FollowUp, now: datetime) -> None:
        self._missed.forget()
        with self._db.transaction("missed"):
            if self._db.value(f"SELECT 1 FROM missed WHERE {_SAME}", *_key(follow_up.identity)) is None:  # noqa: S608
                self._db.run(
                    "INSERT INTO missed (kind, recipient, occasion, application, due, reason, at)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    *_key(follow_up.identity), follow_up.application, iso(follow_up.due),
                    follow_up.reason.text, iso(now),
                )  # fmt: skip

    def missed(self) -> tuple[Missed, ...]:
        rows = self._db.rows("SELECT kind, recipient, occasion, application, due, reason, at FROM missed")
        found = (
            Missed(_identity(*identity), application, datetime.fromisoformat(due), reason, datetime.fromisoformat(at))
            for *identity, application, due, reason, at in rows
        )
        return tuple(sorted(found, key=lambda one: one.due))

    def missed_identities(self) -> tuple[Identity, ...]:
        return self._missed.value(self._db.seen())

    def _missed_identities(self) -> tuple[Identity, ...]:
        return tuple(_identity(*row) for row in self._db.rows("SELECT kind, recipient, occasion FROM missed"))

    def _touched(self) -> None:
        self._all.forget()
        self._open.forget()

    def _select(self, where: str, *values: object) -> tuple[DraftRecord, ...]:
        return self._drafts.values(self._db.rows(f"{_SELECT} {where}", *values))


def _key(identity: Identity) -> tuple[str, str, str]:
    return identity.kind.value, identity.recipient, encode(identity.occasion).decode()


def _identity(kind: str, recipient: str, occasion: str) -> Identity:
    return Identity(FollowUpKind(kind), recipient, _OCCASION.decode(occasion))


def _values(record: DraftRecord) -> dict[str, Any]:
    values = {name: getattr(record, name) for name in _PLAIN}
    for name in _MOMENTS:
        values[name] = values[name] and iso(values[name])
    values["ref"] = record.ref and encode(record.ref).decode()
    return values


def _record(row: tuple[Any, ...]) -> DraftRecord:
    ident, kind, recipient, occasion, *plain = row
    values = dict(zip(_PLAIN, plain, strict=True))
    for name in _MOMENTS:
        values[name] = values[name] and datetime.fromisoformat(values[name])
    values["ref"] = values["ref"] and _REF.decode(values["ref"])
    values["status"] = DraftStatus(values["status"])
    values["withdrawing"] = bool(values["withdrawing"])
    return DraftRecord(id=ident, identity=_identity(kind, recipient, occasion), **values)
