"""A letter: the composed MIME message. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from mailbot.etiquette.follow_up import FollowUp
from mailbot.mail.message import Address


@dataclass(frozen=True, slots=True)
class Hours:
    """Within which the person talks, in their zone."""

    start: time = time(8)
    end: time = time(19)


@dataclass(frozen=True, slots=True)
class Me:
    """Who writes. `addresses`: the first is used where a thread does not say which one was written to. `zone` is
    the IANA name. `manner` us | uk | de | in, empty: by the correspondent's country."""

    name: str
    addresses: tuple[str, ...]
    zone: str
    country: str = "US"
    region: str = ""
    phone: str = ""
    postal_address: str = ""
    hours: Hours = Hours()
    manner: str = ""
    references: bool = False
    strengths: tuple[str, ...] = ()
    role_strengths: tuple[tuple[str, tuple[str, ...]], ...] = ()  # by words of the role: ("data", ("SQL",))
    sign_off: str = ""  # 'Warm regards,' in place of the manner's own
    closing_line: str = ""  # a last sentence of the person's own, in unprompted letters

    def strengths_for(self, role: str) -> tuple[str, ...]:
        """What the person brings to a role: what they named for a word of its title, then what holds for any."""
        words = role.casefold()
        own = (one for key, several in self.role_strengths if key.casefold() in words for one in several)
        return tuple(dict.fromkeys((*own, *self.strengths)))


class NoteKind(StrEnum):
    """What a note is of: what was talked about, what they look for, what the person promised to send, who will write.
    The last is for the person alone."""

    TOPIC = "topic"
    LOOKED_FOR = "looked_for"
    PROMISED = "promised"
    WRITES = "writes"


@dataclass(frozen=True, slots=True)
class Note:
    """What the person told of one conversation, for letters: `person` is an address or a name, empty for all.
    `attach` is the path of a file that goes with it; `topic` then says what it is ('the case study'). `first_names`:
    the two are on first-name terms."""

    about: tuple[str, ...]  # ids of the messages of the application it belongs to
    topic: str
    person: str = ""
    attach: str = ""
    first_names: bool = False
    kind: NoteKind = NoteKind.TOPIC


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a letter: `path` as its Note names it, `name` as the recipient sees it."""

    path: str
    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """A composed draft: `raw` is the whole MIME message (CRLF, ASCII). The other fields are what was meant, and what
    the parsed-back bytes were compared with."""

    follow_up: FollowUp
    message_id: str
    sender: Address
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    subject: str
    body: str
    in_reply_to: str | None
    references: tuple[str, ...]
    raw: bytes
    attachments: tuple[Attachment, ...] = ()
