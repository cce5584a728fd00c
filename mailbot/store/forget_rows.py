"""What the person wants forgotten: nothing of it stays but digests, by which it is known when it is seen again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from hashlib import sha256

from mailbot.reading.statements import Reading
from mailbot.store.codec import encode
from mailbot.store.database import Database

_AMONG = "IN (SELECT value FROM json_each(?))"


def digest(message_id: str) -> str:
    """What is kept of a forgotten Message-ID."""
    return sha256(message_id.encode("utf-8", "surrogatepass")).hexdigest()


class ForgetRows:
    """The part of `Ledger` that forgets."""

    _db: Database

    def forget(self, applications: Collection[str], message_ids: Collection[str]) -> None:
        self._db.rows("PRAGMA secure_delete = ON")
        with self._db.transaction("forget"):
            mine = self._drafts_of(applications, message_ids)
            ours = {*message_ids, *(message for _, message in mine)}
            for thread in self._threads_of(ours):
                self._db.run("INSERT OR IGNORE INTO forgotten VALUES (?)", digest(thread))
            for one in ours:
                self._db.run("INSERT OR IGNORE INTO forgotten VALUES (?)", digest(one))
                # The copy is still known by where it lies, so that it is not read again.
                self._db.run("UPDATE copy SET message_id = ? WHERE message_id = ?", digest(one), one)
            for table in ("reading", "calling", "application_id", "quarantine"):
                self._db.run(f"DELETE FROM {table} WHERE message_id {_AMONG}", _json(ours))  # noqa: S608 - our own names
            self._db.run(f"DELETE FROM draft WHERE id {_AMONG}", _json(ident for ident, _ in mine))  # noqa: S608
            self._forget_applications(applications, message_ids)
            self._forget_words({*applications, *message_ids})
            self._db.run("DELETE FROM meta WHERE name = 'reread'")  # sentences that name firms
        self._forgotten()

    def _forgotten(self) -> None:
        """What is remembered of the tables no longer holds."""
        raise NotImplementedError

    def readings(self) -> tuple[Reading, ...]:
        """Every Reading that may matter."""
        raise NotImplementedError

    def has_forgotten(self) -> bool:
        """Whether there is anything at all."""
        return bool(self._db.value("SELECT EXISTS (SELECT 1 FROM forgotten)"))

    def is_forgotten(self, reading: Reading) -> bool:
        """Whether it, its thread or what it answers was forgotten; then it is forgotten as well."""
        answers = (reading.in_reply_to,) if reading.in_reply_to else ()
        names = (reading.message_id, *answers, *reading.references, *_thread(reading))
        known = _json(digest(one) for one in names)
        if not self._db.value(f"SELECT EXISTS (SELECT 1 FROM forgotten WHERE digest {_AMONG})", known):  # noqa: S608
            return False
        self._db.run("INSERT OR IGNORE INTO forgotten VALUES (?)", digest(reading.message_id))
        return True

    def _threads_of(self, ours: Collection[str]) -> set[str]:
        """The provider's threads of these mails (Gmail's), but those in which another application's mail lies."""
        placed = {str(message) for (message,) in self._db.rows("SELECT message_id FROM application_id")}
        found = [(one.message_id, thread) for one in self.readings() for thread in _thread(one)]
        others = {thread for message, thread in found if message in placed and message not in ours}
        return {thread for message, thread in found if message in ours} - others

    def _drafts_of(self, applications: Collection[str], message_ids: Collection[str]) -> list[tuple[int, str]]:
        return [
            (int(ident), str(message))
            for ident, message in self._db.rows(
                f"SELECT id, message_id FROM draft WHERE application {_AMONG}"  # noqa: S608 - a constant
                f" OR EXISTS (SELECT 1 FROM json_each(occasion) WHERE value {_AMONG})",
                _json(applications), _json(message_ids),
            )
        ]  # fmt: skip

    def _forget_applications(self, applications: Collection[str], message_ids: Collection[str]) -> None:
        self._db.run(
            f"DELETE FROM missed WHERE application {_AMONG}"  # noqa: S608 - a constant
            f" OR EXISTS (SELECT 1 FROM json_each(occasion) WHERE value {_AMONG})",
            _json(applications), _json(message_ids),
        )  # fmt: skip
        known = _json(applications)
        self._db.run(f"DELETE FROM alias WHERE application {_AMONG} OR stays {_AMONG}", known, known)  # noqa: S608

    def _forget_words(self, names: Collection[str]) -> None:
        """What the person said that names any of it, taken back or not."""
        named = [encode(one).decode()[1:-1] for one in names]
        for ident, payload in self._db.rows("SELECT id, payload FROM word"):
            if any(one in payload for one in named):
                self._db.run("DELETE FROM word WHERE id = ?", ident)


def _thread(reading: Reading) -> Iterator[str]:
    """What its thread is called, where its account has threads; no Message-ID looks like it."""
    if reading.thread:
        yield _json((reading.account, reading.thread))


def _json(values: Iterable[object]) -> str:
    return encode(list(values)).decode()
