"""Where the pages of each account's provider show a mail's conversation, or a draft of ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mailbot.mail.header_block import is_answer
from mailbot.mail.links import Links, links_of

if TYPE_CHECKING:
    from mailbot.config import Settings
    from mailbot.drafting.drafts import DraftRecord
    from mailbot.outcome import Outlook
    from mailbot.reading.statements import Reading


@dataclass(frozen=True, slots=True)
class Pages:
    """The links of all accounts by name; each is empty where an account has none."""

    links: Mapping[str, Links] = field(default_factory=dict)

    def of_draft(self, record: DraftRecord) -> str:
        """Where it lies; empty once it lies no more."""
        if str(record.status) not in ("placed", "edited"):
            return ""
        edited = str(record.status) == "edited"
        thread = record.thread if is_answer(record.raw) else None
        return self._of(record.account).draft(record.ref, record.message_id, thread, edited=edited)

    def of_mail(self, reading: Reading | None) -> str:
        """The conversation of a mail."""
        return self._of(reading.account).conversation(reading.thread) if reading else ""

    def of_message(self, application: str, message_id: str | None, outlook: Outlook) -> str:
        """The conversation of an application's mail."""
        return self.of_mail(outlook.application(application).reading(message_id)) if message_id else ""

    def _of(self, account: str) -> Links:
        return self.links.get(account, Links())


def pages_of(settings: Settings) -> Pages:
    """Those of the accounts of a configuration."""
    first = settings.me.addresses[0]
    return Pages({one.name: links_of(one.kind, one.host, one.user or first) for one in settings.account})
