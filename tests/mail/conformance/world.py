"""One account as everybody but mailbot sees it: the server, the person, and the person's mail programs.

A backend joins the conformance suite with a `World` of its own: six things that only it knows how to do. What the
person does is made of these here; a world overrides an action where its mail programs do it differently (a Maildir
file rewritten in place, a Gmail draft that keeps its id).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime

from mailbot.mail.header_block import message_id_of
from mailbot.mail.port import Mailbox, Place
from mailbot.mail.steps import Step, no_step


@dataclass(frozen=True, slots=True)
class Lying:
    """One stored mail, seen without the port: where, which bytes, and the flags or labels in the backend's words."""

    place: Place
    raw: bytes
    flags: frozenset[str]

    @property
    def message_id(self) -> str:
        return message_id_of(self.raw)


class World(ABC):
    """`durable`: what lies there outlives this process, so that a test can kill a child that has opened it.
    `elsewhere`: where a mail of the inbox lies after it was moved."""

    durable = True
    elsewhere = Place.OTHER

    @abstractmethod
    def open(self, *, step: Step = no_step) -> Mailbox:
        """A fresh mailbox on this account: new connections, nothing remembered. After a crash, the same call."""

    @abstractmethod
    def deliver(
        self, raw: bytes, place: Place = Place.INBOX, *, arrived: datetime | None = None, draft: bool = False
    ) -> None:
        """Another program stores a mail; in Drafts it bears the draft flag, elsewhere only with `draft`."""

    @abstractmethod
    def expunge(self, message_id: str, place: Place) -> None:
        """Another program removes for good every copy of that mail in that place."""

    @abstractmethod
    def lying(self) -> tuple[Lying, ...]:
        """Everything that lies in the account, whoever put it there."""

    @abstractmethod
    def lose_drafts_folder(self) -> None:
        """The person removes the Drafts folder, with what was in it; other folders than the inbox remain."""

    @abstractmethod
    def unreachable(self) -> AbstractContextManager[None]:
        """As long as this lasts, the server does not answer or the disk is not mounted."""

    def close(self) -> None:  # noqa: B027 - most worlds hold nothing open
        """The test is over: close every mailbox that `open` gave, stop the server."""

    def settled(self) -> AbstractContextManager[None]:
        """When this ends, what was asked for in it by who then died or hung up is carried out, or never will be."""
        return nullcontext()

    def invalidate_cursors(self) -> bool:
        """UIDVALIDITY changes, the history expires; False where this kind of mailbox knows no such thing."""
        return False

    def at(self, place: Place) -> tuple[Lying, ...]:
        """What lies in that place."""
        return tuple(each for each in self.lying() if each.place is place)

    def edit_draft(self, message_id: str, raw: bytes) -> None:
        """The person saves the draft with other bytes."""
        self.expunge(message_id, Place.DRAFTS)
        self.deliver(raw, Place.DRAFTS)

    def send_draft(self, message_id: str, *, sent_as: str | None = None) -> None:
        """The person sends the draft: it leaves Drafts and lies in Sent, with the Message-ID `sent_as` if given."""
        raw = self._taken(message_id, Place.DRAFTS)
        new = message_id if sent_as is None else sent_as
        self.deliver(raw.replace(message_id.encode(), new.encode(), 1), Place.SENT)

    def delete_draft(self, message_id: str) -> None:
        """The person deletes the draft: it lies in Trash."""
        self.move(message_id, Place.DRAFTS, Place.TRASH)

    def move(self, message_id: str, source: Place, target: Place) -> None:
        """The person moves a mail."""
        draft = source is Place.DRAFTS or target is Place.DRAFTS
        self.deliver(self._taken(message_id, source), target, draft=draft)

    def vanish(self) -> None:
        """All mail is suddenly gone, the folders remain."""
        for each in self.lying():
            self.expunge(each.message_id, each.place)

    def _taken(self, message_id: str, place: Place) -> bytes:
        raw = next(each.raw for each in self.at(place) if each.message_id == message_id)
        self.expunge(message_id, place)
        return raw
