"""RFC 5322 bytes to a `Message`. Any bytes give a `Message` or `errors.Unreadable`, in time linear in their length."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mailbot.errors import Unreadable
from mailbot.mail.decoding import TEXT_CAP, clean_line, clean_text, decode_bytes, decode_header, decode_transfer, unflow
from mailbot.mail.headers import addresses, message_ids, parse_date, received_date
from mailbot.mail.html import to_text
from mailbot.mail.kept_headers import KEPT_HEADERS
from mailbot.mail.message import Attachment, Direction, Message
from mailbot.mail.structure import Part, parse_structure

CALENDAR_CAP = 64 * 1024  # characters of one calendar part
CALENDARS_CAP = 10
HEADER_VALUE_CAP = 2_000  # characters of one kept header
STATUS_CAP = 8_000  # characters of a delivery report's fields
FORWARDS_CAP = 20

FORWARDED = "---------- Forwarded message ---------"  # as Gmail begins one
# Two kept headers are ours, from the parts of a delivery report (RFC 3464): its fields one a line with lower-cased
# names, and the mail that came back.
DELIVERY_STATUS = "delivery-status"
RETURNED_ID = "returned-message-id"

_STUBS = (
    "does not support html", "doesn't support html", "not support html", "unable to display html", "html email",
    "html-enabled", "html version", "view it in your browser", "view this email in", "view in browser",
    "enable html", "html compatible", "html mail",
)  # fmt: skip
_STUB_WORDS = 60  # a plain part of so many words is a text of its own
_DAY = timedelta(days=1)


@dataclass(slots=True)
class _Body:
    """What the parts of a mail add up to. `told`: another version says all in plain words, so that of HTML no text is
    made."""

    told: bool = False
    texts: list[str] = field(default_factory=list)
    html: str = ""
    calendars: list[str] = field(default_factory=list)
    attached_calendars: list[str] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    report: list[tuple[str, str]] = field(default_factory=list)
    forwards: int = 0


def parse(
    raw: bytes,
    *,
    own: frozenset[str] = frozenset(),
    direction: Direction | None = None,
    account: str = "",
    thread: str | None = None,
    arrived: datetime | None = None,
) -> Message:
    """The mail as values. `own` are the person's addresses in lower case, which decide the direction where it is not
    given; `arrived` is the mailbox's own idea of arrival. Raises Unreadable for what has no date at all."""
    root = parse_structure(raw)
    fields = root.fields
    first, values = root.field, root.every
    arrived = arrived or received_date(values("received"))
    date = parse_date(first("date")) or arrived
    if date is None:
        raise Unreadable("The mail has no date: neither a Date nor a Received header can be read.")
    arrived = arrived or date
    sender = next(iter(addresses(values("from"))), None)
    body = _Body()
    _walk(root, body)
    return Message(
        message_id=next(iter(message_ids(first("message-id"))), "") or _digest_id(fields),
        in_reply_to=next(iter(message_ids(first("in-reply-to"))), None),
        references=message_ids(" ".join(values("references"))),
        date=arrived if date - arrived > _DAY else date,
        arrived=arrived,
        sender=sender,
        reply_to=addresses(values("reply-to")),
        to=addresses(values("to")),
        cc=addresses(values("cc")),
        subject=decode_header(first("subject"))[:HEADER_VALUE_CAP],
        text="\n\n".join(text for text in body.texts if text)[:TEXT_CAP],
        html=body.html,
        calendars=tuple(dict.fromkeys(body.calendars + body.attached_calendars))[:CALENDARS_CAP],
        attachments=tuple(body.attachments),
        headers=(*_kept(fields), *body.report),
        direction=direction or (Direction.OUT if sender and sender.email in own else Direction.IN),
        account=account,
        thread=thread,
    )


def _kept(fields: tuple[tuple[str, str], ...]) -> Iterator[tuple[str, str]]:
    return ((name, decode_header(value)[:HEADER_VALUE_CAP]) for name, value in fields if name in KEPT_HEADERS)


def _digest_id(fields: tuple[tuple[str, str], ...]) -> str:
    """An id for a mail without a usable one, from the headers that no transport adds or changes."""
    import hashlib  # here: it loads OpenSSL, 3 MB that hardly any mail needs

    digest = hashlib.sha256()
    for name, value in fields:
        if name in ("message-id", "date", "from", "to", "cc", "subject"):
            digest.update(f"{name}:{clean_line(value)}\n".encode("utf-8", "replace"))
    return f"<{digest.hexdigest()[:32]}@digest.invalid>"


def _walk(part: Part, body: _Body) -> None:
    """Add a part and what is inside it to the body. Its depth is bounded by `structure.DEPTH_CAP`."""
    content_type = part.get_content_type()
    if content_type == "multipart/alternative":
        _alternative(part.children, body)
    elif content_type == "multipart/report":
        _report(part.children, body)
    elif content_type in ("message/rfc822", "message/global"):
        _forwarded(part, body)
    elif part.get_content_maintype() == "multipart":
        for child in part.children:
            _walk(child, body)
    else:
        _leaf(part, content_type, body)


def _leaf(part: Part, content_type: str, body: _Body) -> None:
    name = _file_name(part)
    attached = part.field("content-disposition").strip().lower().startswith("attachment")
    if content_type in ("text/calendar", "application/ics") or name.lower().endswith(".ics"):
        calendar = clean_text(_decoded(part)[:CALENDAR_CAP])
        (body.attached_calendars if attached or content_type != "text/calendar" else body.calendars).append(calendar)
    elif content_type == "text/plain" and not attached and not name:
        body.texts.append(_plain(part).strip("\n"))
    elif content_type == "text/html" and not attached and not name:
        html = _html(part)
        body.html = body.html or html
        if not body.told:
            body.texts.append(clean_text(to_text(html)))
    elif content_type != "text/x-amp-html":
        body.attachments.append(Attachment(name, content_type))


def _alternative(children: tuple[Part, ...], body: _Body) -> None:
    """Versions of one text: the plain one where it is useful, else the HTML; calendars and files all count."""
    plain: list[str] = []
    rich: list[str] = []
    for child in children:
        version = _Body(told=body.told or _says_all(plain))
        _walk(child, version)
        if any(version.texts):
            if child.get_content_type() == "text/plain":
                plain = plain or version.texts
            else:
                rich = rich or version.texts
        body.html = body.html or version.html
        body.calendars += version.calendars
        body.attached_calendars += version.attached_calendars
        body.attachments += version.attachments
    body.texts += plain if _says_all(plain) or _is_useful("\n".join(plain), "\n".join(rich)) else rich


def _says_all(plain: list[str]) -> bool:
    """Whether a plain part is a text of its own, whatever its HTML says."""
    return sum(len(text.split()) for text in plain) >= _STUB_WORDS


def _is_useful(plain: str, rich: str) -> bool:
    """Whether a plain part says what its HTML says, and is not a stub that points to it."""
    words = len(plain.split())
    if not rich:
        return True
    lowered = plain.lower()
    return words > 0 and not any(stub in lowered for stub in _STUBS) and words * 4 >= len(rich.split())


def _plain(part: Part) -> str:
    text = clean_text(_decoded(part))
    if text[:200].lstrip().lower().startswith(("<!doctype html", "<html")):
        return clean_text(to_text(text))
    parameters = part.parameters("content-type")
    if parameters.get("format", "").lower() == "flowed":
        return clean_text(unflow(text, delete_space=parameters.get("delsp", "").lower() == "yes"))
    return text


def _html(part: Part) -> str:
    return _decoded(part).encode("utf-8", "ignore").decode("utf-8").replace("\x00", "").replace("\r\n", "\n")


def _decoded(part: Part) -> str:
    data = decode_transfer(part.source, part.field("content-transfer-encoding"))
    return decode_bytes(data, part.parameters("content-type").get("charset", ""))


def _file_name(part: Part) -> str:
    """A part's file name as one clean line, without folders."""
    name = part.parameters("content-disposition").get("filename") or part.parameters("content-type").get("name", "")
    return decode_header(name).replace("\\", "/").rstrip("/").rpartition("/")[2][:200]


def _report(children: tuple[Part, ...], body: _Body) -> None:
    """A delivery report (RFC 3462, RFC 3464): its words are text, its fields become headers, the mail that it returns
    is no text of anybody's."""
    for child in children:
        content_type = child.get_content_type()
        if content_type in ("message/delivery-status", "message/global-delivery-status"):
            fields = ((name, value) for block in child.children for name, value in block.fields)
            status = "\n".join(f"{name}: {decode_header(value)}" for name, value in fields)
            body.report.append((DELIVERY_STATUS, status[:STATUS_CAP]))
        elif content_type in ("message/rfc822", "message/global", "text/rfc822-headers"):
            returned = child.children[0] if child.children else parse_structure(child.source)
            body.report += [(RETURNED_ID, one) for one in message_ids(returned.field("message-id"))[:1]]
        else:
            _walk(child, body)


def _forwarded(part: Part, body: _Body) -> None:
    """A mail attached to this one: its text as a forwarded block. Nothing else of it counts but its calendars."""
    body.forwards += 1
    inner = _Body(forwards=body.forwards)
    for child in part.children[:1] if body.forwards <= FORWARDS_CAP else ():
        _walk(child, inner)
        shown = ((name, decode_header(child.field(name.lower()))) for name in ("From", "Date", "Subject", "To"))
        lines = [f"{name}: {value[:HEADER_VALUE_CAP]}" for name, value in shown if value]
        body.texts.append("\n".join((FORWARDED, *lines, "", *inner.texts)))
    body.attached_calendars += inner.calendars + inner.attached_calendars
    body.attachments += inner.attachments
