"""Mails for the tests of times, and the notation of the tables in tests/reading/data/."""

from __future__ import annotations

import tomllib
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from mailbot.mail.mime import parse
from mailbot.reading.calendar import read_calendars
from mailbot.reading.statements import Interview, Kind, Reader
from mailbot.reading.times import Times, read_times
from mailbot.reading.words import segment

ME = "sam.reed@example.com"
FOLDER = Path(__file__).parent / "data"


def rows(name: str) -> list[dict[str, Any]]:
    """The mails of one table."""
    return list(tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))["mail"])


def raw_mail(row: dict[str, Any]) -> bytes:
    """The mail of a row: plain text, or HTML where it has some, and a calendar part where it has one."""
    mail = EmailMessage(policy=SMTP)
    sent = row.get("from", "Nora Feld <nora@fieldandco.example>")
    mail["From"], mail["To"] = (ME, row.get("to", "nora@fieldandco.example")) if sent == "me" else (sent, ME)
    mail["Subject"] = row.get("subject", "Hello")
    mail["Date"] = format_datetime(datetime.fromisoformat(row["at"]).replace(tzinfo=ZoneInfo(row["tz"])))
    mail["Message-ID"] = "<1@fieldandco.example>"
    mail.set_content(row.get("text", "").lstrip("\n") or "See below.\n")
    if "html" in row:
        mail.add_alternative(row["html"], subtype="html")
    if "calendar" in row:
        method = row.get("method", "REQUEST")
        mail.add_alternative(_calendar(row["calendar"]), subtype="calendar", params={"method": method})
    return mail.as_bytes()


def _calendar(lines: str) -> str:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *lines.strip().splitlines(), "END:VCALENDAR", ""])


def reader_of(row: dict[str, Any]) -> Reader:
    return Reader(addresses=frozenset({ME}), zone=row["tz"], name="Sam Reed", country=row.get("country", ""))


def read_row(row: dict[str, Any]) -> Times:
    """The times of a row's mail, its kind given."""
    reader = reader_of(row)
    message = parse(raw_mail(row), own=reader.addresses)
    kinds = [Kind(row["kind"])]
    return read_times(message, segment(message), read_calendars(message, reader), kinds, reader)


def wanted(row: dict[str, Any]) -> dict[str, Any]:
    """What a row says of each field, in the notation of `noted`."""
    return {
        "interviews": sorted(_as_wanted(*one) for one in row.get("interviews", [])),
        "decision": row.get("decision", ""),
        "respond": row.get("respond", ""),
    }


def noted(times: Any) -> dict[str, Any]:
    """What was read (Times, or a Statement), in the notation of the tables; moments in UTC."""
    news = times.decision_by
    span = "" if news is None else f"<={news.latest}" if news.earliest is None else f"{news.earliest}..{news.latest}"
    if news is not None and news.earliest == news.latest:
        span = str(news.latest)
    return {
        "interviews": sorted(_as_read(one) for one in times.interviews),
        "decision": span,
        "respond": str(times.respond_by or ""),
    }


def _as_wanted(start: str, end: str, form: str, state: str = "scheduled") -> tuple[str, str, str, str]:
    return (_utc(datetime.fromisoformat(start)), _utc(datetime.fromisoformat(end)) if end else "", form, state)


def _as_read(one: Interview) -> tuple[str, str, str, str]:
    return (_utc(one.start), _utc(one.end) if one.end else "", one.format or "", one.status.value)


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(ZoneInfo('UTC')):%Y-%m-%d %H:%M}"
