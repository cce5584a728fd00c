"""One mail as values: what `parse` makes of RFC 5322 bytes, within caps, whatever the bytes are.

Pure: bytes in, values out. Parsing itself is in `mime.py` (structure and decoding) and `html.py` (HTML to text).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Direction(StrEnum):
    """Whose mail it is. Decided by where the mail lies; by the From address only in replay and explain."""

    IN = "in"
    OUT = "out"
    NOBODY = "nobody"  # one's own From in a folder that is not Sent: may be forged, counts for nothing


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox as RFC 5322 section 3.4 writes it: `name` decoded and stripped of control and bidi characters
    (may be empty), `email` in lower case and of the safe form local@domain."""

    name: str
    email: str

    @property
    def domain(self) -> str:
        return self.email.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A part that is neither text, HTML nor calendar: named, never decoded."""

    name: str
    content_type: str


@dataclass(frozen=True, slots=True)
class Message:
    """One mail.

    `message_id`: the Message-ID with its angle brackets; without a usable one `<HEX@digest.invalid>` of the headers.
    `date`: from the Date header, aware, in the header's own zone; arrival where it is missing or more than a day
    after arrival. `arrived`: date of the newest Received header, else `date` (a mailbox may know better).
    `text`: the new and the quoted text as one reads it: the plain part, or the HTML as text where there is no useful
    plain part. Line ends are LF; invisible HTML, styles and tracking pixels are left out.
    `html`: the HTML part as it stands (capped), empty where there is none: microdata and JSON-LD live there.
    `calendars`: the text of each text/calendar part (capped), most specific first.
    `headers`: lower-cased name and decoded value of the headers that reading looks at (see `mime.KEPT_HEADERS`).
    """

    message_id: str
    in_reply_to: str | None
    references: tuple[str, ...]
    date: datetime
    arrived: datetime
    sender: Address | None
    reply_to: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    subject: str
    text: str
    html: str
    calendars: tuple[str, ...]
    attachments: tuple[Attachment, ...]
    headers: tuple[tuple[str, str], ...]
    direction: Direction = Direction.IN
    account: str = ""
    thread: str | None = None  # the provider's own thread id (X-GM-THRID, Gmail's threadId), where it has one

    def header(self, name: str) -> str:
        """The first header of that lower-case name, or the empty string."""
        for key, value in self.headers:
            if key == name:
                return value
        return ""
