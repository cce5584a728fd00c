"""A Gmail account, by Google's own API.

- A mail is known by Gmail's message id, which stays when its labels change; where it lies is what its labels say.
- A draft is known by its id, a version of it by the id of the message inside.
- The cursor is a history id, the snapshot the set of draft ids.
- A draft that is taken back is deleted for good: Gmail knows no other way that needs no right to change other mail.

The steps are those of `transport`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

from mailbot.mail.examined import Examination
from mailbot.mail.gmail.allowed import Allowed
from mailbot.mail.gmail.client import Client
from mailbot.mail.gmail.drafts import Drafts
from mailbot.mail.gmail.mails import Mails
from mailbot.mail.gmail.news import News
from mailbot.mail.gmail.polling import Near, interval, never, now_here
from mailbot.mail.gmail.service import API, Requests
from mailbot.mail.gmail.sync import Sync
from mailbot.mail.gmail.tokens import TOKEN_URI, Tokens
from mailbot.mail.gmail.transport import Transport
from mailbot.mail.gmail.watching import Watch
from mailbot.mail.header_block import message_id_of
from mailbot.mail.port import (
    Capability,
    Changes,
    Cursor,
    DraftPresence,
    DraftRef,
    Found,
    MessageRef,
    Place,
    RawMessage,
)
from mailbot.mail.steps import Step, no_step

DRAFTED = frozenset({Place.DRAFTS, Place.SENT, Place.TRASH})  # where a draft lies, and where it goes


class GmailMailbox:
    """One account; implements `port.Mailbox`. `token` is the file of its sign-in, `user` the address of whom it should
    be (empty: whoever signed in). `api` and `token_uri` are Google's. `near` tells whether an interview is near.
    `every` gives the seconds until the next question for news, by those since something came; `news` is shared by all
    lines to the account."""

    def __init__(
        self,
        account: str,
        token: Path,
        *,
        user: str = "",
        api: str = API,
        token_uri: str = TOKEN_URI,
        step: Step = no_step,
        wait: Callable[[float], None] = time.sleep,
        near: Near = never,
        every: Callable[[float], float] | None = None,
        news: News | None = None,
    ) -> None:
        self.account = account
        sign_in = urlsplit(token_uri)
        allowed = Allowed(api, f"{sign_in.scheme}://{sign_in.netloc}")
        self._sign_in_line = Transport(allowed)
        tokens = Tokens(account, token, self._sign_in_line)
        self._transport = Transport(allowed, tokens.header, step=step)
        self._client = Client(account, self._transport, api, tokens.renew, wait=wait)
        self._requests = Requests(api)
        news = news or News()
        self._sync = Sync(account, self._client, self._requests, news, user)
        self._mails = Mails(self._client, self._requests)
        self._drafts = Drafts(account, self._client, self._requests, news.steady)
        every = every or (lambda since: interval(now_here(), since, near))
        self._watch = Watch(self._client, self._requests, every, news)

    @property
    def capabilities(self) -> frozenset[Capability]:
        return frozenset({Capability.WITHDRAW, Capability.PUSH, Capability.THREAD_IDS})

    @property
    def spent(self) -> int:
        """The quota units that this mailbox has used."""
        return self._client.pace.spent

    def changes_since(self, cursor: Cursor | None, *, since: datetime | None = None) -> Changes:
        changes = self._sync.changes(cursor, since)
        if self._sync.told is None or changes.suspicious:
            self._drafts.forget()
        else:
            came = (one.key for one in changes.appeared if one.place in DRAFTED)
            self._drafts.heed(self._sync.told.touched, came, to_its_end=not changes.more)
        return changes

    def headers(self, refs: Iterable[MessageRef]) -> Iterator[RawMessage]:
        for one in self._mails.headers(refs, self._sync.choice):
            if one.ref.place in DRAFTED:
                self._drafts.learn(one.ref.key, message_id_of(one.raw))
            yield one

    def fetch(self, refs: Iterable[MessageRef]) -> Iterator[RawMessage]:
        return self._mails.fetch(refs)

    def find_by_message_id(self, message_ids: Iterable[str]) -> tuple[Found, ...]:
        return self._drafts.find(message_ids)

    def drafts(self) -> tuple[DraftRef, ...]:
        return self._drafts.all()

    def read_draft(self, ref: DraftRef) -> bytes | None:
        return self._drafts.read(ref)

    def draft_state(self, ref: DraftRef) -> DraftPresence:
        return DraftPresence.PRESENT if self._drafts.holds(ref) else DraftPresence.ABSENT

    def snapshot(self) -> str:
        return self._drafts.snapshot()

    def place_draft(self, raw: bytes, snapshot: str, *, thread: str | None = None) -> DraftRef:  # noqa: ARG002 - port
        return self._drafts.place(raw, thread)

    def find_drafts(self, message_id: str, snapshot: str) -> tuple[DraftRef, ...]:
        self._client.fresh()
        return self._drafts.later(message_id, snapshot)

    def withdraw_draft(self, ref: DraftRef) -> bool:
        return self._drafts.take_back(ref)

    def wait_for_change(self, timeout: float) -> bool:
        """What came after the last `changes_since`, else after the first call, is a change. Gmail is asked when its
        time has come, however often one waits."""
        return self._watch.wait(timeout)

    def examine(self) -> Examination:
        profile = self._client.read(self._requests.profile()) or {}
        self.drafts()
        with suppress(ValueError):
            clock = parsedate_to_datetime(self._transport.date)
            return Examination("Drafts", offers=(str(profile.get("emailAddress", "")),), clock=clock)
        return Examination("Drafts", offers=(str(profile.get("emailAddress", "")),))

    def close(self) -> None:
        """Connections are let go, and what was remembered of drafts; a wait in another thread ends."""
        self._watch.end()
        self._drafts.forget()
        self._transport.close()
        self._sign_in_line.close()
