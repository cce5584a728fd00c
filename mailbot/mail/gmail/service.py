"""The Gmail API as Google describes it: requests are built from the description that comes with the client library, so
that building one needs no network. Partial answers (`fields`) ask for what is used and no more."""

from __future__ import annotations

from functools import cache
from typing import Any

from googleapiclient.discovery import build

from mailbot.errors import Bug

API = "https://gmail.googleapis.com"
ME = "me"
DEPTH = 4  # how deep a calendar part may lie in other parts and still be seen by the headers
KINDS = "mimeType,filename"
HISTORY = ("messageAdded", "messageDeleted", "labelAdded", "labelRemoved")


def _parts(depth: int) -> str:
    return f"parts({KINDS},{_parts(depth - 1)})" if depth > 1 else f"parts({KINDS})"


HEAD = f"id,threadId,labelIds,internalDate,sizeEstimate,payload(headers,{KINDS},{_parts(DEPTH)})"
RAW = "id,threadId,labelIds,internalDate,raw"
FULL = "id,threadId,labelIds,internalDate,sizeEstimate,payload"
CONVERSATION = f"messages({FULL})"
LABELS = "id,labelIds,internalDate"
NAME = "id,labelIds,internalDate,payload(headers)"
_CHANGED = "message(id,labelIds)"
CHANGES = (
    f"historyId,nextPageToken,history(id,messagesAdded({_CHANGED}),messagesDeleted(message(id)),"
    f"labelsAdded({_CHANGED},labelIds),labelsRemoved({_CHANGED},labelIds))"
)


class _NoLine:
    """Stands where the library wants a connection: none of ours may go out but by a client's transport."""

    credentials = None

    def request(self, uri: str, *_: object, **__: object) -> None:
        raise Bug(f"A request for {uri} was to go out past the transport.")


@cache
def _users(api: str) -> Any:
    """The library's resource; it holds no connection: each request is executed with a caller's own."""
    where = {"api_endpoint": api}
    return build("gmail", "v1", http=_NoLine(), static_discovery=True, client_options=where).users()


class Requests:
    """Every request that mailbot makes of one API server, built and not yet made. Each has a `methodId`."""

    def __init__(self, api: str = API) -> None:
        self._users = _users(api)

    def profile(self) -> Any:
        return self._users.getProfile(userId=ME, fields="emailAddress,messagesTotal,historyId")

    def messages(self, query: str, *, token: str | None, most: int, spam_trash: bool = False) -> Any:
        return self._users.messages().list(
            userId=ME, q=query, pageToken=token, maxResults=most, includeSpamTrash=spam_trash,
            fields="messages(id,threadId),nextPageToken",
        )  # fmt: skip

    def labelled(self, label: str, most: int) -> Any:
        """The newest mail with a label: a listing without a search, for what the search index does not know yet."""
        return self._users.messages().list(
            userId=ME, labelIds=[label], maxResults=most, includeSpamTrash=True, fields="messages(id)"
        )

    def head(self, ident: str) -> Any:
        return self._users.messages().get(userId=ME, id=ident, format="full", fields=HEAD)

    def raw(self, ident: str) -> Any:
        return self._users.messages().get(userId=ME, id=ident, format="raw", fields=RAW)

    def full(self, ident: str) -> Any:
        return self._users.messages().get(userId=ME, id=ident, format="full", fields=FULL)

    def labels(self, ident: str) -> Any:
        return self._users.messages().get(userId=ME, id=ident, format="minimal", fields=LABELS)

    def name(self, ident: str) -> Any:
        return self._users.messages().get(
            userId=ME, id=ident, format="metadata", metadataHeaders=["Message-ID"], fields=NAME
        )

    def thread(self, ident: str) -> Any:
        return self._users.threads().get(userId=ME, id=ident, format="minimal", fields="id")

    def conversation(self, ident: str) -> Any:
        return self._users.threads().get(userId=ME, id=ident, format="full", fields=CONVERSATION)

    def history(self, start: str, *, token: str | None = None) -> Any:
        return self._users.history().list(
            userId=ME, startHistoryId=start, pageToken=token, maxResults=500, historyTypes=list(HISTORY), fields=CHANGES
        )

    def drafts(self, token: str | None) -> Any:
        return self._users.drafts().list(
            userId=ME, pageToken=token, maxResults=500, fields="drafts(id,message(id)),nextPageToken"
        )

    def draft(self, ident: str, *, raw: bool = False) -> Any:
        fields = f"id,message({RAW if raw else LABELS})"
        return self._users.drafts().get(userId=ME, id=ident, format="raw" if raw else "minimal", fields=fields)

    def create_draft(self, raw: str, thread: str | None) -> Any:
        message = {"raw": raw} | ({"threadId": thread} if thread else {})
        return self._users.drafts().create(userId=ME, body={"message": message}, fields="id,message(id)")

    def delete_draft(self, ident: str) -> Any:
        return self._users.drafts().delete(userId=ME, id=ident)
