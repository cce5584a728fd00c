"""Which mails of a first scan may matter, told by Gmail's own searches before any mail is asked for.

Gmail takes as many quota units for the header fields of one mail as for a page of 500 ids. So searches say what a
person may have written and what speaks of hiring (data/gmail.toml), and of all the rest nothing is asked but its id.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mailbot.mail.gmail.client import Client
from mailbot.mail.gmail.queries import after
from mailbot.mail.gmail.service import Requests
from mailbot.mail.tables import table


@dataclass(slots=True)
class Choice:
    """The conversations that were found; `whole` holds ids of mails to be asked for at once and not by their header
    fields first, each with its conversation, those in `large` without their attachments; `members` the mails in
    `whole` of each conversation."""

    threads: set[str] = field(default_factory=set)
    whole: dict[str, str] = field(default_factory=dict)
    large: set[str] = field(default_factory=set)
    members: dict[str, list[str]] = field(default_factory=dict)

    def at_once(self, ident: str, thread: str) -> None:
        """That mail is asked for whole."""
        if ident not in self.whole:
            self.whole[ident] = thread
            self.members.setdefault(thread, []).append(ident)


def choose(client: Client, requests: Requests, since: datetime | None) -> Choice:
    """Ask all searches, for mail from `since`. Raises what the client raises."""
    told, choice = table("gmail")["choice"], Choice()
    for search in told["search"]:
        for query in queries(search, since):
            for one in _found(client, requests, query):
                choice.threads.add(str(one["threadId"]))
                if search["whole"]:
                    choice.at_once(str(one["id"]), str(one["threadId"]))
    sent = f"in:sent{after(since)}"
    for one in _found(client, requests, sent):
        choice.at_once(str(one["id"]), str(one["threadId"]))
    choice.large = {str(one["id"]) for one in _found(client, requests, told["large"] + after(since))}
    return choice


def queries(search: Mapping[str, Any], since: datetime | None) -> Iterator[str]:
    """One search as Gmail's queries, each short enough for one request."""
    told = table("gmail")["choice"]
    scope = f"-in:chats {told['never'].strip()} {search['scope'].strip()}{after(since)}"
    terms = [f"{search['field']}{one}" for one in _words(search["words"])]
    if not terms:
        yield scope
    while terms:
        taken = [terms.pop(0)]
        while terms and len(" ".join((*taken, terms[0]))) + len(scope) < told["longest"]:
            taken.append(terms.pop(0))
        yield f"{scope} {{{' '.join(taken)}}}"


def _words(text: str) -> Iterator[str]:
    """Words and phrases; phrases with their quotes."""
    for number, piece in enumerate(text.split('"')):
        yield from (f'"{piece}"',) if number % 2 else piece.split()


def _found(client: Client, requests: Requests, query: str) -> Iterator[Mapping[str, Any]]:
    token = None
    while True:
        request = requests.messages(query, token=token, most=table("gmail")["scan"]["page"], spam_trash=True)
        answer = client.read(request) or {}
        yield from answer.get("messages", ())
        token = answer.get("nextPageToken")
        if not token:
            return
