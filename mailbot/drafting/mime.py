"""A letter as RFC 5322 bytes: ASCII, CRLF, plain text and the same as HTML, no header beyond what every mail has.

The standard library writes the parts. What it gets wrong in 3.11 is done here: it turns a Message-ID longer than a
line into an encoded word, and it takes its boundaries from `random`. The bytes are parsed again and compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from email import message_from_bytes
from email.errors import MessageError
from email.headerregistry import Address as HeaderAddress
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.policy import default as default_policy
from email.utils import format_datetime
from hashlib import sha256
from html import escape

from mailbot.drafting.data import table
from mailbot.drafting.letter import Attachment
from mailbot.errors import Bug
from mailbot.mail.headers import is_safe_email
from mailbot.mail.message import Address
from mailbot.mail.mime import parse
from mailbot.mail.structure import parse_structure

_IDS = ("message-id", "in-reply-to", "references")
_EXPECTED = frozenset({
    "from", "to", "cc", "subject", "date", "message-id", "in-reply-to", "references", "mime-version", "content-type",
})  # fmt: skip


class _Policy(EmailPolicy):
    """SMTP's line ends and ASCII alone; headers of Message-IDs are folded between them and never encoded."""

    def fold(self, name: str, value: str) -> str:
        if name.lower() in _IDS:
            return f"{name}: " + "\r\n ".join(str(value).split()) + "\r\n"
        return str(super().fold(name, value))

    def fold_binary(self, name: str, value: str) -> bytes:
        return self.fold(name, value).encode("ascii") if name.lower() in _IDS else super().fold_binary(name, value)


_POLICY = _Policy(linesep="\r\n", cte_type="7bit", raise_on_defect=True)


def build(
    *,
    sender: Address,
    to: Sequence[Address],
    cc: Sequence[Address],
    subject: str,
    body: str,
    date: datetime,
    message_id: str,
    in_reply_to: str | None,
    references: Sequence[str],
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """The bytes of one letter. `date` is aware. Raises Bug where the bytes would not say what is meant: an address that
    is not plain ASCII, a line end in a header."""
    mail = EmailMessage(policy=_POLICY)
    try:
        mail["MIME-Version"] = "1.0"
        mail["Date"] = format_datetime(date)
        mail["Message-ID"] = message_id
        if in_reply_to:
            mail["In-Reply-To"] = in_reply_to
            mail["References"] = " ".join(references)
        mail["Subject"] = subject
        mail["From"] = _header(sender)
        mail["To"] = [_header(one) for one in to]
        if cc:
            mail["Cc"] = [_header(one) for one in cc]
        mail.set_content(body, charset="utf-8", cte="quoted-printable")
        mail.add_alternative(_as_html(body), subtype="html", charset="utf-8", cte="quoted-printable")
        for one in attachments:
            kind, _, subkind = _media_type(one.name).partition("/")
            mail.add_attachment(one.data, maintype=kind, subtype=subkind, filename=one.name)
        _tidy(mail, message_id)
        raw = mail.as_bytes()
    except (ValueError, MessageError, UnicodeError) as error:
        raise Bug(f"A letter to {to[0].email!r} cannot be written as a mail: {error}.") from error
    _check(raw, sender, to, cc, subject, body, message_id, in_reply_to, references)
    if attachments:
        _check_attachments(raw, attachments)
    return raw


def _media_type(name: str) -> str:
    """By the file's name; what nobody knows is bytes (RFC 2046 section 4.5.1)."""
    types: dict[str, str] = table("media.toml")["types"]
    return types.get(name.rpartition(".")[2].lower(), "application/octet-stream")


def _tidy(mail: EmailMessage, message_id: str) -> None:
    """No version in the parts, and boundaries that are the same for the same letter."""
    for number, part in enumerate(mail.walk()):
        if part is not mail:
            del part["MIME-Version"]
        if part.is_multipart():
            part.set_boundary(f"000000000000{sha256(f'{number}{message_id}'.encode()).hexdigest()[:16]}")


def _header(address: Address) -> HeaderAddress:
    if not is_safe_email(address.email):
        raise ValueError(f"{address.email!r} is no plain address")
    return HeaderAddress(display_name=address.name, addr_spec=address.email)


def _as_html(body: str) -> str:
    """The text as Gmail's own editor would write it: the first line bare, each other in a block of its own."""
    first, *others = (escape(line, quote=False) for line in body.rstrip("\n").split("\n"))
    blocks = "".join(f"<div>{line or '<br>'}</div>" for line in others)
    return f'<div dir="ltr">{first}{blocks}</div>\n'


def _check_attachments(raw: bytes, attachments: Sequence[Attachment]) -> None:
    """Raises Bug where a file would not arrive under its name and as it is."""
    found = message_from_bytes(raw, policy=default_policy).iter_attachments()
    if [(one.get_filename(), one.get_payload(decode=True)) for one in found] != [(a.name, a.data) for a in attachments]:
        raise Bug("An attached file would not arrive as it is.")


def _check(
    raw: bytes,
    sender: Address,
    to: Sequence[Address],
    cc: Sequence[Address],
    subject: str,
    body: str,
    message_id: str,
    in_reply_to: str | None,
    references: Sequence[str],
) -> None:
    """Raises Bug where the bytes, read as anybody's mail, do not say what was meant."""
    mail = parse(raw)
    names = [name for name, _ in parse_structure(raw).fields]
    meant = {
        "From": (sender.email, mail.sender.email if mail.sender else None),
        "To": ([one.email for one in to], [one.email for one in mail.to]),
        "Cc": ([one.email for one in cc], [one.email for one in mail.cc]),
        "Subject": (subject, mail.subject),
        "Message-ID": (message_id, mail.message_id),
        "In-Reply-To": (in_reply_to, mail.in_reply_to),
        "References": (tuple(references), mail.references),
        "text": (body.split(), mail.text.split()),
        "headers": (len(names), len(_EXPECTED.intersection(names))),
    }
    wrong = [name for name, (wanted, found) in meant.items() if wanted != found]
    if wrong or not raw.isascii():
        raise Bug(f"A letter to {to[0].email!r} would not say what was meant: {', '.join(wrong) or 'not ASCII'}.")
