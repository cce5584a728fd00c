"""The only requests that ever leave for Google. Nothing here sends: `drafts.send`, `messages.send`, `messages.import`
and `messages.insert` are not on the list, nor is any change of a label."""

from __future__ import annotations

import email
from dataclasses import dataclass
from email.message import Message
from urllib.parse import urlsplit

from mailbot.errors import Bug

BATCH = "/batch/gmail/v1"
TOKEN, REVOKE = "/token", "/revoke"
ANY = "*"  # one segment of a path: an id
MAIL = frozenset(
    {
        "GET /gmail/v1/users/me/profile",
        "GET /gmail/v1/users/me/messages",
        "GET /gmail/v1/users/me/messages/*",
        "GET /gmail/v1/users/me/threads/*",
        "GET /gmail/v1/users/me/history",
        "GET /gmail/v1/users/me/drafts",
        "GET /gmail/v1/users/me/drafts/*",
        "POST /gmail/v1/users/me/drafts",
        "DELETE /gmail/v1/users/me/drafts/*",
    }
)
SIGN_IN = frozenset({f"POST {TOKEN}", f"POST {REVOKE}"})
IDS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")


@dataclass(frozen=True, slots=True)
class Allowed:
    """Which requests may leave: `api` and `sign_in` are the origins of both services, such as
    https://gmail.googleapis.com."""

    api: str
    sign_in: str

    def check(self, method: str, uri: str, body: object = None, headers: object = None) -> None:
        """Raises Bug for any request that is not on the list; a batch is looked into."""
        parts = urlsplit(uri)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin == self.sign_in and f"{method} {parts.path}" in SIGN_IN:
            return
        if origin != self.api or not self._may(method, parts.path, body, headers):
            raise Bug(f"mailbot makes no request {method} {origin}{parts.path}.")

    def _may(self, method: str, path: str, body: object, headers: object) -> bool:
        if (method, path) == ("POST", BATCH):
            inner = _inside(body, headers)
            return bool(inner) and all(one == "GET" and is_listed(one, urlsplit(target).path) for one, target in inner)
        return is_listed(method, path)


def is_listed(method: str, path: str) -> bool:
    """Whether the API's list has this request."""
    if f"{method} {path}" in MAIL:
        return True
    above, _, last = path.rpartition("/")
    return bool(last) and IDS.issuperset(last) and f"{method} {above}/{ANY}" in MAIL


def is_effect(method: str, path: str) -> bool:
    """Whether the request changes the mailbox, so that it must never be repeated blindly."""
    return method != "GET" and path not in (BATCH, TOKEN, REVOKE)


def _inside(body: object, headers: object) -> list[tuple[str, str]]:
    """Method and target of each request in a batch; empty where it cannot be read."""
    kind = headers.get("content-type", "") if isinstance(headers, dict) else ""
    text = body.decode("utf-8", "replace") if isinstance(body, bytes) else str(body)
    parts = email.message_from_string(f"Content-Type: {kind}\n\n{text}").get_payload()
    if not isinstance(parts, list):
        return []
    lines = [str(part.get_payload()).lstrip().partition("\n")[0].split() for part in parts if isinstance(part, Message)]
    return [(line[0], line[1]) if len(line) == 3 else ("", "") for line in lines]
