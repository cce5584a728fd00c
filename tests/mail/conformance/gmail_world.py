"""The world of a Gmail account: Google's server and the person at their browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from mailbot.mail.gmail.mailbox import GmailMailbox
from mailbot.mail.gmail.news import News
from mailbot.mail.gmail.tokens import SignIn
from mailbot.mail.kept import keep
from mailbot.mail.port import Place
from mailbot.mail.steps import Step, no_step
from tests.mail.conformance.world import Lying, World
from tests.servers.gmail.account import Account
from tests.servers.gmail.server import GmailServer, gmail_server

LABELS = {
    Place.INBOX: {"INBOX"},
    Place.SENT: {"SENT"},
    Place.DRAFTS: {"DRAFT"},
    Place.TRASH: {"TRASH"},
    Place.JUNK: {"SPAM"},
    Place.OTHER: set(),
}


class GmailWorld(World):
    """`token` is the file of the sign-in."""

    elsewhere = Place.JUNK  # to archive a mail is to take a label away, and no move

    def __init__(self, token: Path, server: GmailServer | None = None) -> None:
        self.server = server or gmail_server()
        self.account: Account = self.server.account()
        self.token = token
        self._opened: list[GmailMailbox] = []
        self.sign_in()

    def sign_in(self) -> None:
        uri = f"{self.server.url}/token"
        keep(self.token, SignIn("mine", "s", str(self.account.refresh_token), uri).text, ringed=False)

    def open(
        self,
        *,
        step: Step = no_step,
        wait: Callable[[float], None] = lambda seconds: None,
        every: Callable[[float], float] = lambda since: 0.02,
        news: News | None = None,
    ) -> GmailMailbox:
        one = GmailMailbox(
            "gmail", self.token, api=self.server.url, token_uri=f"{self.server.url}/token", step=step, wait=wait,
            every=every, news=news,
        )  # fmt: skip
        self._opened.append(one)
        return one

    def close(self) -> None:
        """Whatever the test was about, nothing that sends and nothing unknown was asked of Gmail."""
        for one in self._opened:
            one.close()
        assert self.account.violations == []

    def deliver(
        self, raw: bytes, place: Place = Place.INBOX, *, arrived: datetime | None = None, draft: bool = False
    ) -> None:
        if place is Place.DRAFTS or (draft and place is not Place.TRASH):
            self.account.create_draft(raw)
        elif draft:
            self.account.deliver(raw, LABELS[place] | {"DRAFT"}, at=arrived)  # in Trash it is no draft any more
        else:
            self.account.deliver(raw, LABELS[place], at=arrived)

    def idents(self, message_id: str, place: Place) -> list[str]:
        return [key for key, one in self.account.messages.items() if one.name == message_id and _place(one) is place]

    def expunge(self, message_id: str, place: Place) -> None:
        for ident in self.idents(message_id, place):
            self.account.remove(ident)

    def lying(self) -> tuple[Lying, ...]:
        return tuple(Lying(_place(one), one.raw, frozenset(one.labels)) for one in self.account.messages.values())

    def lose_drafts_folder(self) -> None:
        """Gmail always has drafts; a person can only take back the right to write them."""
        for one in self.at(Place.DRAFTS):
            self.expunge(one.message_id, Place.DRAFTS)
        self.account.scopes = frozenset(one for one in self.account.scopes if "compose" not in one)

    @contextmanager
    def unreachable(self) -> Iterator[None]:
        self.account.reachable = False
        try:
            yield
        finally:
            self.account.reachable = True

    @contextmanager
    def settled(self) -> Iterator[None]:
        with self.server.settled():
            yield

    def invalidate_cursors(self) -> bool:
        self.account.expire()
        return True

    def edit_draft(self, message_id: str, raw: bytes) -> None:
        self.account.edit_draft(self.idents(message_id, Place.DRAFTS)[0], raw)

    def send_draft(self, message_id: str, *, sent_as: str | None = None) -> None:
        ident = self.idents(message_id, Place.DRAFTS)[0]
        new = message_id if sent_as is None else sent_as
        raw = self.account.messages[ident].raw.replace(message_id.encode(), new.encode(), 1)
        self.account.send_draft(ident, raw)

    def move(self, message_id: str, source: Place, target: Place) -> None:
        if source is Place.DRAFTS:
            self.deliver(self._taken(message_id, source), target, draft=target is Place.TRASH)
        else:
            for ident in self.idents(message_id, source):
                self.account.relabel(ident, add=LABELS[target], remove=LABELS[source])


def _place(one: object) -> Place:
    labels = one.labels  # type: ignore[attr-defined]
    order = (Place.TRASH, *LABELS)
    return next((place for place in order if LABELS[place] & labels), Place.OTHER)
