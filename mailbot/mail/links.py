"""Where the provider's own pages show a conversation or a draft (data/links.toml). An account without such pages has
no links: each is then empty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

from mailbot.mail.port import DraftRef
from mailbot.mail.tables import table

HEXADECIMAL = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True)
class Links:
    """The pages of one account; `user` is the address that signs in."""

    pages: Mapping[str, str] = field(default_factory=dict)
    user: str = ""

    def conversation(self, thread: str | None) -> str:
        """The conversation with the provider's id `thread`."""
        ident = self._thread(thread or "")
        return self._page("conversation", thread=ident) if ident else ""

    def draft(self, ref: DraftRef | None, message_id: str, thread: str | None, *, edited: bool = False) -> str:
        """A draft of ours: its conversation, where it has one, which holds also once it is `edited`; else itself."""
        if ref is None:
            return ""
        name = quote(message_id.strip("<>"), safe="")
        itself = self._page("edited" if edited else "draft", message=quote(ref.version, safe=""), name=name)
        return self.conversation(thread) or itself

    def _page(self, which: str, **parts: str) -> str:
        return self.pages.get(which, "").format(user=quote(self.user, safe="@"), **parts)

    def _thread(self, thread: str) -> str:
        """In hexadecimal digits; IMAP gives the same number in decimal ones (X-GM-THRID)."""
        if self.pages.get("kind") == "imap":
            return f"{int(thread):x}" if thread.isdecimal() else ""
        return thread if HEXADECIMAL.issuperset(thread) else ""


def hosts() -> frozenset[str]:
    """The hosts of all known pages."""
    pages = [url for one in table("links")["pages"] for name, url in one.items() if name not in ("kind", "hosts")]
    return frozenset(host for url in pages if (host := urlsplit(url).hostname))


def links_of(kind: str, host: str, user: str) -> Links:
    """The links of an account by its kind, its IMAP host (empty where it has none) and the address that signs in."""
    for pages in table("links")["pages"]:
        if pages["kind"] == kind and host in pages.get("hosts", [host]):
            return Links(pages, user)
    return Links()
