"""An archive of mail played forward on a virtual clock, through the same `Assistant.step` as the daemon's.

Each mail arrives at the date of its newest Received header, else at its Date; the assistant steps at every arrival
and at every due moment. Nothing is sent but what the archive holds.
"""

from __future__ import annotations

import mailbox
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from mailbot.assistant import Assistant, Profile
from mailbot.errors import ActionNeeded, MailbotError, Unreadable
from mailbot.mail.header_block import header_block
from mailbot.mail.maildir import MaildirMailbox
from mailbot.mail.memory import MemoryMailbox
from mailbot.mail.message import Direction
from mailbot.mail.mime import parse
from mailbot.mail.port import Place
from mailbot.outcome import Outcome
from mailbot.store.sqlite import memory_ledger

# A fixed key: what is replayed is never placed in a mailbox of anybody's, and the same archive gives the same letters.
REPLAY_KEY = bytes(32)


@dataclass(frozen=True, slots=True)
class Arrival:
    """One mail of an archive: when it arrives and where it then lies."""

    at: datetime
    place: Place
    raw: bytes
    source: str


def read_archive(path: Path, own: frozenset[str]) -> tuple[Arrival, ...]:
    """Every mail of a folder of .eml files, a Maildir or an mbox, by arrival; drafts are left out. What cannot be
    read is left out too. Raises ActionNeeded where `path` is none of these."""
    arrivals = []
    for source, raw in _raw_mails(path):
        try:
            message = parse(header_block(raw), own=own)
        except Unreadable:
            continue
        place = Place.SENT if message.direction is Direction.OUT else Place.INBOX
        arrivals.append(Arrival(message.arrived, place, raw, source))
    return tuple(sorted(arrivals, key=lambda one: (one.at, one.source)))


def _raw_mails(path: Path) -> Iterator[tuple[str, bytes]]:
    try:
        if path.is_dir() and (path / "cur").is_dir():
            yield from _maildir(path)
        elif path.is_dir():
            for file in sorted(path.rglob("*.eml")):
                yield str(file), file.read_bytes()
        elif path.is_file():
            with closing(mailbox.mbox(path, create=False)) as box:
                for key in box.iterkeys():
                    yield f"{path}:{key}", box.get_bytes(key)
        else:
            raise ActionNeeded(f"{path} is no folder of .eml files, no Maildir and no mbox.")
    except OSError as error:
        raise ActionNeeded(f"{path} cannot be read: {error.strerror}.") from error


def _maildir(root: Path) -> Iterator[tuple[str, bytes]]:
    """All folders of a Maildir but Trash and Junk; drafts are left out."""
    box = MaildirMailbox("archive", root)
    refs = [one for one in box.changes_since(None).appeared if one.place not in (Place.TRASH, Place.JUNK)]
    for raw in box.fetch(refs):
        if not raw.draft:
            yield raw.ref.key, raw.raw


@dataclass(slots=True)
class Replay:
    """Plays `arrivals` from `start` to `end`; `deliver` puts a mail into the mailbox that `assistant` reads."""

    assistant: Assistant
    deliver: Callable[[Arrival], None]
    arrivals: tuple[Arrival, ...]
    start: datetime
    end: datetime

    def outcomes(self) -> Iterator[Outcome]:
        """Each step's Outcome, in order of time. Raises MailbotError where the mailbox fails: on a virtual clock
        nothing outside can be at fault."""
        waiting = list(reversed([one for one in self.arrivals if one.at <= self.end]))
        now = self.start
        while True:
            while waiting and waiting[-1].at <= now:
                self.deliver(waiting.pop())
            outcome = self.assistant.step(now)
            for problem in outcome.problems:
                raise MailbotError(f"{problem.account}: {problem.text}")
            yield outcome
            moments = [waiting[-1].at] if waiting else []
            if outcome.next_due is not None and outcome.next_due > now:
                moments.append(outcome.next_due)
            if not moments or min(moments) > self.end:
                return
            now = min(moments).astimezone(self.start.tzinfo)


def replay(path: Path, profile: Profile, start: datetime | None, end: datetime) -> Replay:
    """A replay of the archive at `path` in memory, from `start` (None: its first mail) to `end`.
    Raises ActionNeeded where there is nothing to play."""
    arrivals = read_archive(path, profile.reader.addresses)
    if start is None:
        if not arrivals:
            raise ActionNeeded(f"{path} holds no mail that can be read.")
        start = arrivals[0].at
    box = MemoryMailbox("replay")

    def deliver(one: Arrival) -> None:
        box.deliver(one.raw, one.place, arrived=one.at)

    zone = ZoneInfo(profile.reader.zone)
    return Replay(
        assistant=Assistant([box], memory_ledger(), profile, REPLAY_KEY),
        deliver=deliver,
        arrivals=arrivals,
        start=start.astimezone(zone),
        end=end.astimezone(zone),
    )
