"""The first look: by its headers alone, a mail that cannot matter is set aside, before its body is fetched or parsed.

It errs to one side. A mail is set aside only if a machine or a mailing sent it, nothing in its sender or its subject
may be about hiring, and it is no answer, no calendar's mail and no report. What proves to belong to an application
after all, by its thread, its sender or an employer that becomes known, is then read whole (see tracking/calling.py).
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from mailbot.mail.message import Direction, Message
from mailbot.patterns import Pattern, compiled
from mailbot.reading.domains import is_like_tool, is_tool
from mailbot.reading.kept import set_aside
from mailbot.reading.senders import is_robot, service
from mailbot.reading.statements import Authentication, Kind, Reader, Reading, Statement
from mailbot.reading.tables import table
from mailbot.reading.writer import authentication

SURE = 0.99  # the confidence of what is set aside: few in a hundred thousand prove to matter
_BULK = ("list-unsubscribe", "list-id", "list-post", "feedback-id")
_REPORTS = ("multipart/report", "text/calendar")
_ABSENT = ("x-autoreply", "x-autorespond", "x-failed-recipients")


def first_look(head: Message) -> Kind | None:
    """What a mail is, by its headers: UNRELATED or JOB_ALERT if it cannot matter, None where it has to be read. The
    caller knows whether a part of it is a calendar's: such mail is always read."""
    sender = head.sender
    if sender is None or head.direction is not Direction.IN or _is_machines_word(head):
        return None
    if is_tool(sender.domain):
        return Kind.JOB_ALERT if service(sender.domain) == "board" and _is_alert(sender.email, head.subject) else None
    if _has_word("hiring_senders", f"{sender.name} {sender.email}") or is_like_tool(sender):
        return None
    listed = _is_list_copy(head)
    if (head.in_reply_to or head.references) and not listed:
        return None
    local = sender.email.rpartition("@")[0]
    mailing = listed or _one_of("mailings").fullmatch(local) is not None
    bulk = any(head.header(name) for name in _BULK)
    machine = mailing or bulk or is_robot(sender) or _one_of("many").fullmatch(local) is not None
    return Kind.UNRELATED if machine and _is_ordinary(head.subject, mailing=mailing and bulk) else None


def set_aside_as(head: Message, kind: Kind, reader: Reader) -> Reading:
    """The Reading of a mail of which the headers alone were looked at."""
    return set_aside(head, reader, (Statement(kind, SURE),))


def set_aside_in_junk(head: Message, reader: Reader) -> Reading:
    """The Reading of a mail that the provider holds for junk. Its thread calls it back; its sender only where DMARC
    says that the domain in its From wrote it: a name anybody can write."""
    known = set_aside_as(head, Kind.UNRELATED, reader)
    sender = known.sender if authentication(head) is Authentication.PASS else None
    return replace(known, sender=sender, reply_to=(), to=(), cc=())


def _is_machines_word(head: Message) -> bool:
    """Whether it may be an absence notice, a delivery report or a calendar's answer, which count by themselves."""
    if head.header("content-type").lower().startswith(_REPORTS) or any(head.header(name) for name in _ABSENT):
        return True
    if head.header("auto-submitted").lower().startswith("auto-replied"):
        return True
    return _one_of("machines").search(head.subject) is not None


def _is_alert(email: str, subject: str) -> bool:
    if _one_of("alert_not").search(subject):
        return False
    only_alerts = _one_of("alert_senders").fullmatch(email) is not None
    return only_alerts or _one_of("alert_subjects").search(subject) is not None


def _is_list_copy(head: Message) -> bool:
    """Whether a mailing list passes it on, and says so in the subject: '[chess] Pairings'. A company's shared mailbox
    may be such a list too, but marks no subjects."""
    is_list = head.header("list-post") or head.header("precedence").strip().lower() == "list"
    return bool(is_list) and head.subject.removeprefix("Re: ").startswith("[")


def _is_ordinary(subject: str, *, mailing: bool) -> bool:
    """Whether a subject is of an ordinary sort; a `mailing` need only say nothing of hiring in it."""
    rest = _ordinary().sub(" ", subject)
    if _has_word("hiring", rest) or _one_of("hiring_signs").search(rest):
        return False
    return rest != subject or (mailing and bool(rest.strip()) and not _has_word("unsure", rest))


def _has_word(name: str, text: str) -> bool:
    """Whether the text has a word of that list; whatever is no letter parts words."""
    whole, beginnings = _words(name)
    words = text.casefold().translate(_APART).split()
    return any(word in whole or word.startswith(beginnings) for word in words)


class _Apart(dict[int, str]):
    """For `str.translate`: what is no letter is a blank."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = char if char.isalpha() else " "
        return self[code]


_APART = _Apart()


@cache
def _ordinary() -> Pattern:
    return compiled(rf"\b(?:{'|'.join(table('first_look')['ordinary'])})", often=True)


@cache
def _one_of(name: str) -> Pattern:
    return compiled(table("first_look")[name])


@cache
def _words(name: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """A list's whole words, and the beginnings of others."""
    listed = str(table("first_look")[name]).split()
    return frozenset(listed), tuple(word.removesuffix("*") for word in listed if word.endswith("*"))
