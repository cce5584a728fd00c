"""The calls of the Gmail API that mailbot may make. What Google's own description of the API does not know, or what
would send, is a violation, and answered as Google would: with an error."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

from tests.servers.gmail.account import Account
from tests.servers.gmail.search import search
from tests.servers.gmail.shapes import partial, shape

Query = dict[str, list[str]]
READ, WRITE = "gmail.readonly", "gmail.compose"


class ApiError(Exception):
    def __init__(self, status: int, reason: str, message: str = "", headers: dict[str, str] | None = None) -> None:
        super().__init__(reason)
        self.status, self.reason, self.message, self.headers = status, reason, message or reason, headers or {}

    @property
    def body(self) -> bytes:
        errors = [{"reason": self.reason, "message": self.message, "domain": "global"}]
        return json.dumps({"error": {"code": self.status, "message": self.message, "errors": errors}}).encode()


@cache
def methods() -> tuple[tuple[re.Pattern[str], str, dict[str, Any]], ...]:
    """Google's description of the API: pattern of a path, HTTP method, and what it says of the call."""
    folder = files("googleapiclient").joinpath("discovery_cache", "documents", "gmail.v1.json")
    document = json.loads(folder.read_text())
    common = document["parameters"]
    found: list[tuple[re.Pattern[str], str, dict[str, Any]]] = []

    def walk(resource: dict[str, Any]) -> None:
        for one in resource.get("methods", {}).values():
            pattern = re.sub(r"\{\+?(\w+)\}", r"(?P<\1>[^/]+)", one.get("flatPath", one["path"]))
            known = {**one, "parameters": common | one.get("parameters", {})}
            found.append((re.compile(f"/{pattern}"), one["httpMethod"], known))
        for one in resource.get("resources", {}).values():
            walk(one)

    walk(document)
    return tuple(found)


def answer(account: Account, method: str, path: str, query: Query, body: bytes) -> Any:
    """The API's answer as a value. Raises ApiError."""
    found = ((pattern.fullmatch(path), known) for pattern, verb, known in methods() if verb == method)
    match, known = next(((match, known) for match, known in found if match), (None, {}))
    if match is None:
        account.violations.append(f"{method} {path}")
        raise ApiError(404, "notFound")
    name = known["id"]
    account.calls.append(name)
    unknown = set(query) - set(known["parameters"])
    if unknown or name not in CALLS:
        account.violations.append(f"{name} {sorted(unknown)}")
        raise ApiError(400, "badRequest", f"unknown: {unknown or name}")
    needed = {f"https://www.googleapis.com/auth/{one}" for one in SCOPES_OF.get(name, (READ,))}
    if not needed & account.scopes:
        raise ApiError(403, "insufficientPermissions", "Request had insufficient authentication scopes.")
    with account.lock:
        value = (CALLS | account.does)[name](account, match.groupdict(), query, body)
    return partial(value, one(query, "fields"))


def one(query: Query, key: str, default: str = "") -> str:
    return query.get(key, [default])[0]


def page(found: list[Any], query: Query, key: str) -> dict[str, Any]:
    start, most = int(one(query, "pageToken", "0")), min(500, int(one(query, "maxResults", "100")))
    answer: dict[str, Any] = {"resultSizeEstimate": len(found)}
    if found[start : start + most]:
        answer[key] = found[start : start + most]
    if start + most < len(found):
        answer["nextPageToken"] = str(start + most)
    return answer


def profile(account: Account, _: dict[str, str], __: Query, ___: bytes) -> Any:
    return {
        "emailAddress": account.address,
        "messagesTotal": len(account.messages),
        "threadsTotal": len({each.thread for each in account.messages.values()}),
        "historyId": str(account.history_id),
    }


def list_messages(account: Account, _: dict[str, str], query: Query, __: bytes) -> Any:
    test = search(one(query, "q"))
    everywhere = one(query, "includeSpamTrash") == "true"
    labels = set(query.get("labelIds", ()))
    searched = bool(one(query, "q"))
    found = [
        {"id": each.ident, "threadId": each.thread}
        for each in reversed(account.messages.values())
        if test(each)
        and labels <= each.labels
        and (everywhere or not each.labels & {"TRASH", "SPAM"})
        and not (searched and each.ident in account.unindexed)
    ]
    return page(found, query, "messages")


def get_message(account: Account, path: dict[str, str], query: Query, __: bytes) -> Any:
    message = account.messages.get(path["id"])
    if message is None:
        raise ApiError(404, "notFound", "Requested entity was not found.")
    return shape(message, one(query, "format", "full"), query.get("metadataHeaders", []))


def get_thread(account: Account, path: dict[str, str], query: Query, __: bytes) -> Any:
    there = [each for each in account.messages.values() if each.thread == path["id"]]
    if not there:
        raise ApiError(404, "notFound", "Requested entity was not found.")
    return {"id": path["id"], "messages": [shape(each, one(query, "format", "full"), []) for each in there]}


def list_history(account: Account, _: dict[str, str], query: Query, __: bytes) -> Any:
    start = int(one(query, "startHistoryId"))
    if start < account.expired or start > account.history_id:
        raise ApiError(404, "notFound", "Requested entity was not found.")
    kinds = {f"{kind.replace('Added', 'sAdded').replace('Deleted', 'sDeleted').replace('Removed', 'sRemoved')}"
             for kind in query.get("historyTypes", [])}  # fmt: skip
    found = []
    for record in account.history:
        if record.ident > start and (not kinds or record.kind in kinds):
            message: dict[str, Any] = {"id": record.message, "threadId": record.thread}
            if record.labels:
                message["labelIds"] = record.labels
            entry: dict[str, Any] = {"message": message}
            if record.moved:
                entry["labelIds"] = record.moved
            found.append({"id": str(record.ident), "messages": [message], record.kind: [entry]})
    return {**page(found, query, "history"), "historyId": str(account.history_id)}


def list_drafts(account: Account, _: dict[str, str], query: Query, __: bytes) -> Any:
    found = [
        {"id": draft, "message": {"id": ident, "threadId": account.messages[ident].thread}}
        for draft, ident in reversed(account.drafts.items())
    ]
    return page(found, query, "drafts")


def get_draft(account: Account, path: dict[str, str], query: Query, __: bytes) -> Any:
    ident = account.drafts.get(path["id"])
    if ident is None:
        raise ApiError(404, "notFound", "Requested entity was not found.")
    return {"id": path["id"], "message": shape(account.messages[ident], one(query, "format", "full"), [])}


def create_draft(account: Account, _: dict[str, str], __: Query, body: bytes) -> Any:
    message = json.loads(body)["message"]
    thread = message.get("threadId")
    if thread is not None and all(each.thread != thread for each in account.messages.values()):
        raise ApiError(404, "notFound", "Requested entity was not found.")
    draft, made = account.create_draft(base64.urlsafe_b64decode(message["raw"]), thread)
    return {"id": draft, "message": shape(made, "minimal", [])}


def delete_draft(account: Account, path: dict[str, str], _: Query, __: bytes) -> Any:
    ident = account.drafts.get(path["id"])
    if ident is None:
        raise ApiError(404, "notFound", "Requested entity was not found.")
    account.remove(ident)
    return {}


CALLS: dict[str, Callable[[Account, dict[str, str], Query, bytes], Any]] = {
    "gmail.users.getProfile": profile,
    "gmail.users.messages.list": list_messages,
    "gmail.users.messages.get": get_message,
    "gmail.users.threads.get": get_thread,
    "gmail.users.history.list": list_history,
    "gmail.users.drafts.list": list_drafts,
    "gmail.users.drafts.get": get_draft,
    "gmail.users.drafts.create": create_draft,
    "gmail.users.drafts.delete": delete_draft,
}
SCOPES_OF = {
    "gmail.users.getProfile": (READ, WRITE),
    "gmail.users.drafts.create": (WRITE,),
    "gmail.users.drafts.delete": (WRITE,),
    "gmail.users.drafts.list": (READ, WRITE),
    "gmail.users.drafts.get": (READ, WRITE),
}
