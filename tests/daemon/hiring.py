"""The mail of a few made-up firms, each one process, and what is known to be true of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/London")
ME = "Robin Adeyemi <robin@example.com>"
ADDRESS = "robin@example.com"
STRANGER = "Pat Nobody <pat@elsewhere.example>"  # only ever in a Reply-To


@dataclass
class Firm:
    """One employer. `said` are the Dates and sorts of what has come from it.
    `gives_address`: it tells who asks the questions with their address."""

    name: str
    role: str
    hiring: str
    asks: str
    gives_address: bool = False
    talk: datetime | None = None
    said: list[tuple[datetime, str]] = field(default_factory=list)

    @property
    def domain(self) -> str:
        return f"{self.name.split()[0].lower()}.example"

    @property
    def recruiter(self) -> str:
        return self._address(self.hiring)

    @property
    def interviewer(self) -> str:
        return self._address(self.asks)

    @property
    def robot(self) -> str:
        return f"{self.name} <no-reply@{self.domain}>"

    @property
    def humans(self) -> frozenset[str]:
        return frozenset(parseaddr(one)[1] for one in (self.recruiter, self.interviewer))

    def newest(self, *sorts: str) -> tuple[datetime, str] | None:
        """The newest of these by its Date."""
        return max((one for one in self.said if one[1] in sorts), default=None)

    def _address(self, name: str) -> str:
        return f"{name} <{name.lower().replace(' ', '.')}@{self.domain}>"


def firms() -> list[Firm]:
    return [
        Firm("Aldersyde Foods", "Payroll Specialist", "Maren Holt", "Lionel Marsh", gives_address=True),
        Firm("Brackwater Press", "Office Manager", "Idris Cole", "Yara Haddad"),
        Firm("Corvane Energy", "Data Analyst", "Paula Vance", "Hugo Sandberg"),
    ]


def words(firm: Firm, sort: str, at: datetime, ahead: int) -> tuple[str, str, str]:
    """Sender, subject and text of a mail of that sort; `ahead` days on is the day that it names."""
    day = (at + timedelta(days=ahead)).astimezone(ZONE)
    named = f"{day:%A}, {day.day} {day:%B %Y}"
    about = f"the {firm.role} position at {firm.name}"
    whom = f"{firm.asks} ({parseaddr(firm.interviewer)[1]})" if firm.gives_address else firm.asks
    first = firm.hiring.partition(" ")[0]
    told = {
        "receipt": f"Thank you for applying for {about}. We have received your application.",
        "ask": f"Thank you for your application for {about}. We would like to invite you to an interview. When would"
               " you be free next week?",
        "fixed": f"Your interview for {about} is confirmed for {named} at 10:00. You will meet {whom}.",
        "cancelled": f"We are sorry, but we have to cancel your interview for {about}.",
        "promise": f"Thank you for your patience. You will hear from us about {about} by {named}.",
        "no": f"Thank you for your interest in {about}. Unfortunately we have decided to move forward with other"
              " candidates.",
        "offer": f"We are delighted to offer you {about}. Please let us know by {named} whether you accept.",
        "away": f"I am out of office until {named} and will answer when I am back.",
    }[sort]  # fmt: skip
    sender = firm.robot if sort == "receipt" else firm.recruiter
    sign = "The hiring team" if sort == "receipt" else f"{first}\n\n{firm.hiring}\nRecruiter\n{firm.name}"
    subject = "Automatic reply: your mail" if sort == "away" else f"{firm.role} at {firm.name}"
    return sender, subject, f"Hi Robin,\n\n{told}\n\nBest,\n{sign}\n"


def mail(
    ident: str, at: datetime, sender: str, to: str, subject: str, text: str, headers: dict[str, str] | None = None
) -> bytes:
    made = EmailMessage(policy=SMTP)
    made["Date"], made["From"], made["To"], made["Subject"] = format_datetime(at), sender, to, subject
    made["Message-ID"] = ident
    for name, value in (headers or {}).items():
        made[name] = value
    made.set_content(text)
    return made.as_bytes()
