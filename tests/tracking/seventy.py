"""A search with many employers: the wordings of a file (`seventy.toml`, `others.toml`) for each of its firms,
interleaved."""

from __future__ import annotations

import html
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from mailbot.mail.port import Place
from tests.tracking.forty import Sent

ME = "Noor Haddish <noor.haddish@home.example>"
START = datetime(2027, 9, 1, 8, 10, tzinfo=UTC)
RECRUITERS = """
Cleo Hartnell|Ravi Subramani|Anneke Blom|Joel Tamura|Siobhan Keane|Dario Fusco|Petra Lindahl|Kofi Baidoo|Wren Ashby
""".strip().split("|")
MANAGERS = ["Gordon Pyle", "Meera Joshi", "Lucien Favre", "Hattie Osgood", "Ibrahim Saleh", "Carla Weiss", "Tom Brand"]
POSITIONS = ["Talent Partner", "HR Officer", "Recruiter", "People Manager", "Senior Recruiter"]
CITIES = ["Leeds", "Bristol", "London", "Cardiff", "Glasgow", "Manchester", "York"]


@dataclass(frozen=True, slots=True)
class Firm:
    """`number` chooses its people and place; the rest is told."""

    number: int
    told: dict[str, Any]

    @property
    def name(self) -> str:
        return str(self.told["name"])

    @property
    def role(self) -> str:
        return str(self.told["role"])

    def words(self, at: datetime) -> dict[str, str]:
        """What stands in its wordings."""
        plain = "".join(one for one in self.name.lower() if one.isascii() and one.isalnum())
        domain = self.told.get("domain", f"{plain}.example")
        talk = at + timedelta(days=(7 - at.weekday()))
        return {
            "name": self.name,
            "other": self.told.get("other", self.name),
            "domain": domain,
            "slug": domain.partition(".")[0],
            "role": self.role,
            "title": self.told.get("title", self.role),
            "number": f"R-{20417 + 31 * self.number}",
            "city": CITIES[self.number % len(CITIES)],
            "date": f"{at:%B} {at.day}, {at.year}",
            "day": f"{talk:%A}, {talk.day} {talk:%B} {talk.year}",
            "recruiter_position": POSITIONS[self.number % len(POSITIONS)],
            **_person("recruiter", RECRUITERS[self.number % len(RECRUITERS)], domain),
            **_person("manager", MANAGERS[self.number % len(MANAGERS)], domain),
        }


def firms(search: str) -> list[Firm]:
    return [Firm(number, one) for number, one in enumerate(_file(search)["firm"])]


def mailbox(search: str) -> list[Sent]:
    """All mail, by arrival."""
    wordings = _file(search)["wording"]
    return sorted((mail for firm in firms(search) for mail in _process(firm, wordings)), key=lambda one: one.at)


def _process(firm: Firm, wordings: dict[str, Any]) -> Iterator[Sent]:
    for step in firm.told["mails"]:
        name, days = step.split()
        at = START + timedelta(days=float(days), minutes=7 * firm.number)
        yield _mail(firm, name, wordings[name], at)


def _mail(firm: Firm, name: str, wording: dict[str, Any], at: datetime) -> Sent:
    words = firm.words(at)
    own = wording["from"] == "me"
    mail = EmailMessage(policy=SMTP)
    mail["Date"] = format_datetime(at)
    mail["From"] = ME if own else wording["from"].format(**words)
    mail["To"] = wording["to"].format(**words) if own else ME
    mail["Subject"] = wording["subject"].format(**words)
    mail["Message-ID"] = _message_id(firm, name)
    if "reply_to" in wording:
        mail["Reply-To"] = wording["reply_to"].format(**words)
    if "answers" in wording:
        mail["In-Reply-To"] = mail["References"] = _message_id(firm, wording["answers"])
    for header, value in wording.get("headers", {}).items():
        mail[header] = value
    body = wording["body"].strip().format(**words) + "\n"
    if wording.get("html"):
        lines = "".join(f"<p>{html.escape(line)}</p>" for line in body.splitlines() if line)
        mail.set_content(f"<html><body>{lines}</body></html>", subtype="html")
    else:
        mail.set_content(body)
    return Sent(firm.number, Place.SENT if own else Place.INBOX, at, mail.as_bytes(), mail["Message-ID"])


def _message_id(firm: Firm, name: str) -> str:
    return f"<{name}.{firm.number}@mail.example>"


def _person(part: str, name: str, domain: str) -> dict[str, str]:
    mail = f"{name.lower().replace(' ', '.')}@{domain}"
    return {part: name, f"{part}_first": name.partition(" ")[0], f"{part}_mail": mail}


def _file(search: str) -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name(f"{search}.toml").read_text(encoding="utf-8"))
