"""What is new: a first scan by listings, then Gmail's history from where the last look ended.

A history id is taken before anything is listed, so that what comes in between is told again rather than lost. Only a
404 means that the history no longer goes back that far (a week, rarely some hours); then the mailbox is listed once
more. Any other error is an error. Of what the listings hold, those mails appear that `choice` says may matter.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from datetime import datetime

from mailbot.errors import ProtocolBroken
from mailbot.mail.gmail import cursor as cursors
from mailbot.mail.gmail.addresses import is_same, somebody_else
from mailbot.mail.gmail.choice import Choice, choose
from mailbot.mail.gmail.client import Client
from mailbot.mail.gmail.cursor import Position
from mailbot.mail.gmail.history import Told
from mailbot.mail.gmail.news import LATELY, News, is_later
from mailbot.mail.gmail.parts import labels_of, place_of
from mailbot.mail.gmail.queries import after
from mailbot.mail.gmail.service import Requests
from mailbot.mail.port import Changes, Cursor, MessageRef, Place
from mailbot.mail.suspicion import emptied
from mailbot.mail.tables import table

NEWEST = 10  # mails of the inbox that a first scan asks for by themselves
BELIEVED = 6  # looks in a row; by then the history itself is asked, whatever the profile says


class Sync:
    """The changes of one account. `user` is the address that should have signed in; empty: whoever did. What the
    account's watcher was told `news` knows."""

    def __init__(self, account: str, client: Client, requests: Requests, news: News, user: str = "") -> None:
        self._account = account
        self._user = user
        self._client = client
        self._requests = requests
        self._news = news
        self._choice: Choice | None = None  # as long as a scan lasts; one that was left chooses anew
        self._came: Choice | None = None
        self._looks = BELIEVED  # since the history itself was asked
        self._looked_at = float("-inf")
        self.told: Told | None = None  # by the last look; None where that was a listing

    @property
    def choice(self) -> Choice | None:
        """Of the last look: which mails may matter."""
        return self._choice or self._came

    def changes(self, cursor: Cursor | None, since: datetime | None) -> Changes:
        position = cursors.read(cursor)
        self.told = None
        if position is not None and position.listing is not None:
            return self._scan(position, since)
        self._choice = self._came = None
        if position is None or cursor is None:
            return self._scan(self._begin(), since)
        return self._look(position) or self._again(cursor, position.known, since)

    def _again(self, cursor: Cursor, known: int, since: datetime | None) -> Changes:
        """The history has expired: everything is listed, unless the mailbox looks wrong."""
        begin = self._begin()
        if wrong := emptied(known, begin.known):
            return Changes((), cursor, suspicious=wrong)
        return self._scan(begin, since)

    def _begin(self) -> Position:
        profile = self._client.read(self._requests.profile())
        if profile is None or not str(profile.get("historyId", "")).isdecimal():
            raise ProtocolBroken(f"Gmail gives no state of the mailbox of '{self._account}'.")
        address = str(profile.get("emailAddress", ""))
        if self._user and not is_same(address, self._user):
            raise somebody_else(self._account, address, self._user)
        return Position(str(profile["historyId"]), int(profile.get("messagesTotal", 0)), listing=0)

    def _scan(self, position: Position, since: datetime | None) -> Changes:
        """A few pages of the listings, from where the last call ended."""
        self._choice = self._choice or choose(self._client, self._requests, since)
        found: list[MessageRef] = []
        at: Position | None = position
        for _ in range(table("gmail")["scan"]["pages_a_call"]):
            if at is None:
                break
            refs, at = self._page(at, since, self._choice)
            found += refs
        if at is None:
            self._news.nothing_after(position.history)
        ended = Position(position.history, position.known) if at is None else at
        return Changes(tuple(found), cursors.write(ended), whole=True, more=at is not None)

    def _page(self, at: Position, since: datetime | None, choice: Choice) -> tuple[list[MessageRef], Position | None]:
        """What is chosen of one page, and where to go on."""
        scan = table("gmail")["scan"]
        number = at.listing or 0
        listing = scan["listing"][number]
        request = self._requests.messages(
            listing["query"] + after(since), token=at.page, most=scan["page"], spam_trash=listing["spam_trash"]
        )
        answer = self._client.read(request) or {}
        place = Place(listing["place"])
        listed = {str(one["id"]): str(one["threadId"]) for one in answer.get("messages", ())}
        idents = [one for one, thread in listed.items() if not listing["matters"] or thread in choice.threads]
        if place is Place.INBOX and at.page is None:
            idents += self._newest(since, listed.keys() | choice.whole.keys())
        refs = [MessageRef(self._account, place, one) for one in idents]
        if token := answer.get("nextPageToken"):
            return refs, Position(at.history, at.known, number, str(token))
        more = number + 1 < len(scan["listing"])
        return refs, Position(at.history, at.known, number + 1) if more else None

    def _newest(self, since: datetime | None, known: Set[str]) -> list[str]:
        """The newest mail of the inbox, listed without a search: what has just come no search may know yet, and the
        history from here on will not tell of it."""
        answer = self._client.read(self._requests.labelled("INBOX", NEWEST)) or {}
        idents = [str(one["id"]) for one in answer.get("messages", ()) if one["id"] not in known]
        told = self._client.read_all(self._requests.labels(one) for one in idents)
        begin = since.timestamp() * 1000 if since else 0
        return [str(one["id"]) for one in told if one is not None and int(one.get("internalDate", 0)) >= begin]

    def _look(self, position: Position) -> Changes | None:
        """What happened since; None where the history does not go back that far."""
        self.told = told = Told()
        heard, until = self._news.after(position.history)
        for answer in heard:
            told.add(answer)
            self._looks = 0
        more = False
        if not self._is_all(until):
            pages = self._pages(told, until)
            if pages is None:
                self.told = None
                return None
            until, more = pages
        if not more:
            self._news.nothing_after(until)
        return self._changes(told, Position(until, position.known), position, more=more)

    def _is_all(self, until: str) -> bool:
        """Whether nothing is known to have happened after that id. The watcher's word of a moment ago holds, and else
        the profile is believed, which is half as dear as the history; but not a second time within one step: that is
        the look right before a draft is placed."""
        again = self._news.steady() - self._looked_at < LATELY
        self._looked_at = self._news.steady()
        self._looks += 1
        if again or self._looks >= BELIEVED:
            return False
        if self._news.newest == until and not self._news.is_late:
            return True
        return not is_later(self._begin().history, until)

    def _pages(self, told: Told, since: str) -> tuple[str, bool] | None:
        """Adds what the history tells: up to which id, and whether there is more; None where it does not go back that
        far."""
        self._looks = 0
        newest, token = "", None
        for _ in range(table("gmail")["scan"]["pages_a_call"]):
            answer = self._client.read(self._requests.history(since, token=token))
            if answer is None:
                return None
            told.add(answer)
            # The first page's id: what comes while the others are read is told again.
            newest = newest or str(answer.get("historyId", since))
            token = answer.get("nextPageToken")
            if not token:
                return newest, False
        return told.last, True

    def _changes(self, told: Told, now: Position, before: Position, *, more: bool) -> Changes:
        known = before.known
        if told.deleted:
            known = self._begin().known
            if wrong := emptied(before.known, known):
                return Changes((), cursors.write(before), suspicious=wrong)
        reached = Position(now.history, max(known, len(told.labels)))
        return Changes(tuple(self._appeared(told)), cursors.write(reached), more=more)

    def _appeared(self, told: Told) -> Iterator[MessageRef]:
        seldom = set(table("gmail")["news"]["seldom"].split())
        unsaid = [ident for ident, labels in told.labels.items() if labels is None]
        answers = self._client.read_all(self._requests.labels(ident) for ident in unsaid)
        asked = {ident: labels_of(one) for ident, one in zip(unsaid, answers, strict=True) if one is not None}
        self._came = Choice()
        for ident, said in told.labels.items():
            labels = asked.get(ident) if said is None else said
            if labels is not None:
                if not seldom.intersection(labels):
                    self._came.at_once(ident, ident)
                    self._came.large.add(ident)
                yield MessageRef(self._account, place_of(labels), ident)
