"""Whole mails with every label, as tests/reading/data/whole/ keeps them, and how a reading compares with the labels.

The labels follow what a careful person reads in this one mail, knowing only the mail, its date and the reader's zone.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from mailbot.mail.message import Message
from mailbot.mail.mime import parse
from mailbot.reading.reader import read
from mailbot.reading.statements import IRRELEVANT, Kind, Reader, Reading, Statement
from tests.reading.kind_mails import ME, SELF

FOLDER = Path(__file__).parent / "data" / "whole"
FIELDS = (
    "company",
    "agency",
    "role",
    "people",
    "addresses",
    "parts",
    "interviews",
    "ends",
    "formats",
    "decision",
    "respond",
)


@dataclass(frozen=True)
class Whole:
    """A mail and its labels; `name` says where it stands."""

    name: str
    row: Mapping[str, Any]

    @property
    def kinds(self) -> tuple[Kind, ...]:
        return tuple(map(Kind, self.row["kind"].split("/")))

    @property
    def own(self) -> bool:
        return self.kinds[0].startswith("own_") or self.row.get("from") == "me"

    @cached_property
    def reader(self) -> Reader:
        return Reader(frozenset({ME}), self.row["tz"], "Sam Reed")

    def message(self) -> Message:
        return parse(raw(self), own=self.reader.addresses)

    def read(self) -> Reading:
        return read(self.message(), self.reader)

    def wanted(self) -> dict[str, frozenset[Any]]:
        """What each field should hold; None stands for no label."""
        row = self.row
        if set(self.kinds) <= set(IRRELEVANT):
            return {"interviews": frozenset(), "decision": frozenset(), "respond": frozenset()}
        talks = [
            (_instant(start), _instant(end), form, status) for start, end, form, status in row.get("interviews", ())
        ]
        people = row.get("people", ())
        return {
            "company": _named(row.get("company")),
            "agency": _named(row.get("agency")),
            "role": _named(row.get("role")),
            "people": frozenset(folded(name) for name, *_ in people),
            "addresses": frozenset(address.casefold() for _, address, _ in people if address),
            "parts": frozenset((folded(name), part) for name, _, part in people),
            "interviews": frozenset((start, status) for start, _, _, status in talks),
            "ends": frozenset((start, end) for start, end, _, _ in talks if end),
            "formats": frozenset((start, form) for start, _, form, _ in talks if form),
            "decision": frozenset(filter(None, [row.get("decision", ("", ""))[1]])),
            "respond": frozenset(filter(None, [row.get("respond")])),
        }

    def accepted(self, field: str) -> set[str]:
        """Other ways of writing a field that count as right."""
        return {folded(one) for one in self.row.get(f"accept_{field}", ())}


def whole(folder: Path = FOLDER, pattern: str = "*") -> Iterator[Whole]:
    """Every mail of a folder's files, each with a name of its own."""
    for path in sorted(folder.glob(f"{pattern}.toml")):
        for number, row in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["mail"], 1):
            yield Whole(f"{path.stem}-{number}", row)


def found(main: Statement) -> dict[str, frozenset[Any]]:
    """What was read of each field, in the form of `Whole.wanted`."""
    news = main.decision_by.latest if main.decision_by else None
    return {
        "company": _named(main.company),
        "agency": _named(main.agency),
        "role": _named(main.role),
        "people": frozenset(folded(one.name) for one in main.people if one.name),
        "addresses": frozenset(one.email.casefold() for one in main.people if one.email),
        "parts": frozenset((folded(one.name), str(one.part)) for one in main.people if one.name),
        "interviews": frozenset((_utc(one.start), str(one.status)) for one in main.interviews),
        "ends": frozenset((_utc(one.start), _utc(one.end)) for one in main.interviews if one.end),
        "formats": frozenset((_utc(one.start), str(one.format)) for one in main.interviews if one.format),
        "decision": _day(news),
        "respond": _day(main.respond_by),
    }


@dataclass(frozen=True)
class Difference:
    """A field of a mail that is read otherwise than it is labelled."""

    name: str
    field: str
    wanted: frozenset[Any]
    found: frozenset[Any]

    def __str__(self) -> str:
        return f"{self.name} {self.field}: wanted {_shown(self.wanted)}, read {_shown(self.found)}"


class Marks:
    """Hits, misses and false alarms of every field over many mails."""

    def __init__(self, mails: Iterable[Whole]) -> None:
        self.count = self.kinds_right = 0
        self.differences: list[Difference] = []
        self._hit: Counter[str] = Counter()
        self._off: Counter[str] = Counter()
        for mail in mails:
            self._mark(mail)

    def f1(self, field: str) -> float:
        hit, off = self._hit[field], self._off[field]
        return 2 * hit / (2 * hit + off) if hit or off else 1.0

    def _mark(self, mail: Whole) -> None:
        main = mail.read().main
        self.count += 1
        if main.kind in mail.kinds:
            self.kinds_right += 1
        else:
            self.differences.append(Difference(mail.name, "kind", frozenset(mail.kinds), frozenset({main.kind})))
        read_as = found(main)
        for field, wanted in mail.wanted().items():
            got = read_as[field]
            if len(got) == 1 and got <= mail.accepted(field):
                wanted = got
            self._hit[field] += len(wanted & got)
            self._off[field] += len(wanted ^ got)
            if wanted != got:
                self.differences.append(Difference(mail.name, field, wanted, got))


def raw(mail: Whole) -> bytes:
    """The mail as it would come."""
    row = mail.row
    made = EmailMessage(policy=SMTP)
    made["From"] = SELF if mail.own else row["from"]
    made["To"] = row.get("to", "jobs@mail.example" if mail.own else SELF)
    if "cc" in row:
        made["Cc"] = row["cc"]
    made["Subject"] = row["subject"]
    made["Date"] = format_datetime(datetime.fromisoformat(row["at"]).replace(tzinfo=ZoneInfo(row["tz"])))
    made["Message-ID"] = f"<{mail.name}@mail.example>"
    if row.get("reply"):
        made["In-Reply-To"] = made["References"] = f"<before-{mail.name}@mail.example>"
    for line in row.get("headers", ()):
        name, value = line.split(": ", 1)
        made[name] = value
    _fill(made, row)
    return made.as_bytes()


def _fill(made: EmailMessage, row: Mapping[str, Any]) -> None:
    if "text" in row or "html" not in row:
        made.set_content(row.get("text", "").lstrip("\n") or "\n")
        if "html" in row:
            made.add_alternative(row["html"], subtype="html")
    else:
        made.set_content(row["html"], subtype="html")
    if "calendar" in row:
        lines = row["calendar"].strip().splitlines()
        method = next((line.split(":")[1].strip() for line in lines if line.startswith("METHOD:")), "REQUEST")
        made.add_alternative("\r\n".join([*lines, ""]), subtype="calendar", params={"method": method})


def folded(text: str) -> str:
    """A name as it is compared: case, punctuation, article and legal form aside."""
    plain = re.sub(r"[^\w&+#/]+", " ", text.casefold()).strip().removeprefix("the ")
    words = plain.split()
    while len(words) > 1 and words[-1] in _FORMS:
        words.pop()
    return " ".join(words)


_FORMS = frozenset(
    """inc llc ltd limited gmbh plc corp corporation co company pty ag sa se ab
    as oy bv nv srl spa kk pvt llp""".split()  # noqa: SIM905
)


def _named(text: str | None) -> frozenset[str]:
    return frozenset({folded(text)}) if text else frozenset()


def _instant(text: str) -> datetime | None:
    return datetime.fromisoformat(text).astimezone(UTC) if text else None


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def _day(day: date | None) -> frozenset[str]:
    return frozenset({day.isoformat()}) if day else frozenset()


def _shown(values: frozenset[Any]) -> str:
    return (
        ", ".join(sorted(" ".join(map(str, one)) if isinstance(one, tuple) else str(one) for one in values))
        or "nothing"
    )
