"""Whole mailboxes as stories: one TOML file each, and the mail that is made of it.

A story names its people once (`[people]`), tells its mail in `[[mail]]` tables, and says in `[drafts]` which drafts
must, may and must not appear. All times are the clock of the story's zone: '2027-03-02 10:04'. Where the person has a
second account, `second` is their address there: what is to or from it lies in that account, a mail to both in both. A
mail has:

    at, from, subject, body         `from`: a name of [people] (`me` and `second` are), or an address as it is written
    to, cc, reply_to                to: `me` where it is not said, the person before where `me` writes
    id, answers                     `answers`: the id of the mail replied to; `quote = true` adds that one's text
    html = true                     HTML alone; without it plain text
    arrives                         when the newest Received header says it came, where that is not `at`
    thread_of                       `answers` for a bounce or a calendar mail: References without In-Reply-To
    lies_in                         'inbox' for a mail from one's own address that was not sent by oneself
    headers                         more headers, as they are
    calendar                        a calendar part: uid, start, end, summary, organizer, guests; `method` (REQUEST),
                                    `sequence` (0); a guest is a name of [people], 'NAME:declined' where they said so
"""

from __future__ import annotations

import html
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, getaddresses, parseaddr
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from mailbot.mail.port import Place
from mailbot.replay import Arrival

UTC = ZoneInfo("UTC")
ACCOUNTS = ("me", "second")


@dataclass(frozen=True, slots=True)
class Expected:
    """One draft of a story: what it is, to which address, and from when to when it may first appear."""

    follow_up: str
    to: str
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Story:
    name: str
    beyond: str  # why it does not yet go as it should; empty where it does
    zone: str
    preset: str
    me: tuple[str, str]  # name and address
    addresses: tuple[str, ...]  # all of the person's, that of their second account too
    start: datetime
    end: datetime
    mails: tuple[Arrival, ...]
    expected: tuple[Expected, ...]
    tolerated: tuple[Expected, ...]
    withdrawn: tuple[tuple[str, str, datetime], ...]  # follow-up, address, the moment that overtook it
    final: tuple[tuple[str, str, str], ...]  # company, role, stage


def load(path: Path) -> Story:
    """The story that a file tells."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    writer = _Writer(told)
    drafts = told["drafts"]

    def wanted(rows: list[list[str]]) -> tuple[Expected, ...]:
        return tuple(
            Expected(kind, writer.address(to), writer.moment(since), writer.moment(until))
            for kind, to, since, until in rows
        )

    return Story(
        name=path.stem,
        beyond=told.get("beyond", ""),
        zone=told["zone"],
        preset=told["etiquette"],
        me=parseaddr(told["me"]),
        addresses=tuple(writer.address(one) for one in ("me", "second") if one in told),
        start=writer.moment(told["from"]),
        end=writer.moment(told["until"]),
        mails=tuple(sorted((copy for one in told["mail"] for copy in writer.arrivals(one)), key=lambda one: one.at)),
        expected=wanted(drafts.get("expected", [])),
        tolerated=wanted(drafts.get("tolerated", [])),
        withdrawn=tuple(
            (kind, writer.address(to), writer.moment(after)) for kind, to, after in drafts.get("withdrawn", [])
        ),
        final=tuple((company, role, stage) for company, role, stage in drafts["final"]),
    )


class _Writer:
    """Makes the mails of one story."""

    def __init__(self, told: dict[str, Any]) -> None:
        self._zone = ZoneInfo(told["zone"])
        self._people = {**told.get("people", {}), "me": told["me"], "second": told.get("second", "")}
        self._mails = {one["id"]: one for one in told["mail"] if "id" in one}

    def moment(self, text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=self._zone)

    def person(self, name: str) -> str:
        return ", ".join(self._people.get(one.strip(), one.strip()) for one in name.split(","))

    def address(self, name: str) -> str:
        return parseaddr(self.person(name))[1].lower()

    def arrivals(self, told: dict[str, Any]) -> Iterator[Arrival]:
        """One mail in each account in which it lies (`source`): when it comes, where it lies, its bytes."""
        sent = told["from"] in ACCOUNTS and told.get("lies_in") != "inbox"
        at = self.moment(told.get("arrives", told["at"]))
        raw = self._raw(told, None if sent else at)
        names = told["from"] if sent else f"{told.get('to', 'me')}, {told.get('cc', '')}"
        homes = [one for one in ACCOUNTS if one in (name.strip() for name in names.split(","))]
        for home in homes or ["me"]:
            yield Arrival(at, Place.SENT if sent else Place.INBOX, raw, home)

    def _raw(self, told: dict[str, Any], received: datetime | None) -> bytes:
        mail = EmailMessage(policy=SMTP)
        if received:
            mail["Received"] = f"from out.{self._host(told)} by mx.example.com with ESMTPS; {format_datetime(received)}"
        mail["Date"] = format_datetime(self.moment(told["at"]))
        mail["From"] = self.person(told["from"])
        mail["To"] = self.person(told.get("to", "me"))
        for header in ("cc", "reply_to"):
            if header in told:
                mail[header.replace("_", "-").title()] = self.person(told[header])
        mail["Subject"] = told["subject"]
        mail["Message-ID"] = self._message_id(told)
        if "answers" in told:
            mail["In-Reply-To"] = self._message_id(self._mails[told["answers"]])
        if earlier := told.get("answers") or told.get("thread_of"):
            mail["References"] = self._references(self._mails[earlier])
        for name, value in told.get("headers", {}).items():
            mail[name] = value
        self._fill(mail, told)
        return mail.as_bytes()

    def _fill(self, mail: EmailMessage, told: dict[str, Any]) -> None:
        text = told["body"].strip() + "\n"
        if told.get("quote"):
            text += self._quoted(self._mails[told["answers"]])
        if told.get("html"):
            mail.set_content(_as_html(text), subtype="html")
        else:
            mail.set_content(text)
        if "calendar" in told:
            method = told["calendar"].get("method", "REQUEST")
            part = self._calendar(told["calendar"], method)
            mail.add_alternative(part, subtype="calendar", params={"method": method})

    def _quoted(self, earlier: dict[str, Any]) -> str:
        name, address = parseaddr(self.person(earlier["from"]))
        at = self.moment(earlier["at"])
        lines = "\n".join(f"> {line}".rstrip() for line in earlier["body"].strip().splitlines())
        return f"\nOn {at:%a, %b} {at.day}, {at:%Y} at {at:%I:%M %p} {name} <{address}> wrote:\n\n{lines}\n"

    def _calendar(self, told: dict[str, Any], method: str) -> str:
        """One event (RFC 5545 section 3.6.1) in UTC; lines are not folded, as those of several tools are not."""

        def utc(text: str) -> str:
            return f"{self.moment(text).astimezone(UTC):%Y%m%dT%H%M%SZ}"

        lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{told.get('maker', '-//Example//Calendar//EN')}",
            f"METHOD:{method}", "BEGIN:VEVENT", f"UID:{told['uid']}", f"SEQUENCE:{told.get('sequence', 0)}",
            f"DTSTART:{utc(told['start'])}", f"DTEND:{utc(told['end'])}",
            f"SUMMARY:{told['summary']}", f"STATUS:{'CANCELLED' if method == 'CANCEL' else 'CONFIRMED'}",
            self._guest("ORGANIZER", told["organizer"]),
            *(self._guest("ATTENDEE", one) for one in told["guests"]),
            "END:VEVENT", "END:VCALENDAR", "",
        ]  # fmt: skip
        return "\r\n".join(lines)

    def _guest(self, field: str, guest: str) -> str:
        who, _, answer = guest.partition(":")
        name, address = parseaddr(self.person(who))
        state = f";PARTSTAT={(answer or 'needs-action').upper()}" if field == "ATTENDEE" else ""
        return f'{field}{state};CN="{name}":mailto:{address}'

    def _references(self, earlier: dict[str, Any]) -> str:
        before = [self._references(self._mails[earlier["answers"]])] if "answers" in earlier else []
        return " ".join([*before, self._message_id(earlier)])

    def _message_id(self, told: dict[str, Any]) -> str:
        local = told.get("id") or told["at"].replace(" ", ".").replace(":", "")
        return f"<{local}@{self._host(told)}>"

    def _host(self, told: dict[str, Any]) -> str:
        ((_, address),) = getaddresses([self.person(told["from"])])
        return address.rpartition("@")[2]


def _as_html(text: str) -> str:
    paragraphs = "".join(f"<p>{html.escape(one).replace(chr(10), '<br>')}</p>" for one in text.strip().split("\n\n"))
    return f"<html><head><style>p{{margin:0 0 1em}}</style></head><body>{paragraphs}</body></html>"
