"""A search with many employers at once: forty processes in other mails' midst, made of templates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from mailbot.mail.port import Place

ME = "Robin Adeyemi <robin.adeyemi@home.example>"
FIRMS = (
    """
Alder Bridge Capital|Amberline Foods|Basalt Robotics|Birchwood Clinics|Bluefinch Media|Cedar Hollow Brewing
Clearwell Water|Copper Kettle Bakeries|Dovetail Joinery|Eastmark Insurance|Everline Logistics|Fenwick Optical
Ferncrest Hotels|Gallowglass Games|Granite Peak Outfitters|Greyfriar Legal|Harrow Lane Studios|Hearthstone Homes
Ironbark Energy|Juniper Analytics|Kestrel Aviation|Kingfisher Textiles|Lanternfish Labs|Larkhill Schools
Maplewood Dental|Meridian Freight|Nettlefield Farms|Northgate Security|Oakhurst Museums|Orchard Row Publishing
Palisade Software|Pinecrest Care|Quarrystone Tiles|Redwing Couriers|Saltmarsh Fisheries|Silverbrook Bank
Stonecutter Films|Tidewell Marine|Umberland Press|Willowmere Trust
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
ROLES = (
    """
Data Analyst|Office Manager|Product Designer|Payroll Specialist|Operations Manager|Account Executive|Backend Developer
Marketing Coordinator|Financial Controller|Customer Success Manager
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
PEOPLE = (
    """
Maren Holt|Idris Cole|Paula Vance|Toby Lindgren|Asha Menon|Greta Fischer|Marco Villar|Nina Oduya|Owen Pryce
Selma Kaya
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
MANAGERS = (
    """
Lionel Marsh|Beatriz Campos|Hugo Sandberg|Yara Haddad|Dale Whitaker|Ines Moreau|Stefan Kruse|Ruth Obi|Kenji Mori
Vera Novak
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
TOOLS = ("us.greenhouse-mail.io", "hire.lever.co", "myworkday.com", "ashbyhq.com", "smartrecruiters.com")
START = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Firm:
    """One process; `number` chooses everything in it. `season`: in which year."""

    number: int
    season: int = 0

    @property
    def name(self) -> str:
        return FIRMS[self.number]

    @property
    def domain(self) -> str:
        words = self.name.lower().split()
        return f"{''.join(words) if self.number % 3 else words[0]}.example"

    @property
    def role(self) -> str:
        return ROLES[self.number % len(ROLES)]

    @property
    def recruiter(self) -> str:
        return self._address(PEOPLE[(self.number * 7) % len(PEOPLE)])

    @property
    def manager(self) -> str:
        return self._address(MANAGERS[(self.number * 3) % len(MANAGERS)])

    def _address(self, name: str) -> str:
        return f"{name} <{name.lower().replace(' ', '.')}@{self.domain}>"


@dataclass(frozen=True, slots=True)
class Sent:
    """One mail, where it lies, and whose process it is."""

    firm: int
    place: Place
    at: datetime
    raw: bytes
    id: str


def mailbox(season: int = 0) -> list[Sent]:
    """The mail of all forty, by arrival: it is interleaved, since every process began within three weeks."""
    firms = (Firm(number, season) for number in range(len(FIRMS)))
    return sorted((mail for firm in firms for mail in _process(firm)), key=lambda one: one.at)


def _process(firm: Firm) -> list[Sent]:
    began = START + timedelta(days=364 * firm.season, hours=11 * firm.number)
    tool, hiring = TOOLS[firm.number % len(TOOLS)], firm.recruiter.partition("<")[0].strip()
    first = hiring.partition(" ")[0]
    talk = (began + timedelta(days=12)).replace(hour=14, minute=0)
    day = f"{talk:%A}, {talk.day} {talk:%B} {talk:%Y}"
    mails = [
        _mail(firm, "receipt", began, f"{firm.name} <no-reply@{tool}>", ME, f"Your application to {firm.name}",
              f"Hi Robin,\n\nThank you for applying for the {firm.role} position at {firm.name}. We have received your"
              " application and will be in touch if there is a match.\n\nThe hiring team"),
    ]  # fmt: skip
    if firm.number % 4 == 3:
        return [
            *mails,
            _mail(firm, "no", began + timedelta(days=20), f"{firm.name} <no-reply@{tool}>", ME,
                  f"Your application for {firm.role}",
                  f"Hi Robin,\n\nThank you for your interest in the {firm.role} position at {firm.name}. Unfortunately"
                  " we have decided to move forward with other candidates.\n\nBest wishes,\nThe hiring team"),
        ]  # fmt: skip
    ask = _mail(firm, "ask", began + timedelta(days=5), firm.recruiter, ME, f"{firm.role} at {firm.name}",
                f"Hi Robin,\n\nThank you for your application for the {firm.role} role. We would like to invite"
                f" you to an interview. Could you make {day} at 14:00?\n\nBest,\n{first}\n\n{hiring}\n{firm.name}",
                )  # fmt: skip
    yes = _mail(firm, "yes", began + timedelta(days=5, hours=3), ME, firm.recruiter, f"Re: {firm.role} at {firm.name}",
                f"Hi {first},\n\nThat works for me, see you then.\n\nBest,\nRobin", answers=ask.id)  # fmt: skip
    fixed = _mail(firm, "fixed", began + timedelta(days=6), firm.recruiter, ME, f"Re: {firm.role} at {firm.name}",
                  f"Hi Robin,\n\nYour interview is confirmed for {day} at 14:00. You will meet"
                  f" {firm.manager.partition('<')[0].strip()}.\n\nBest,\n{first}", answers=yes.id)  # fmt: skip
    word = _mail(firm, "word", talk + timedelta(days=1), firm.manager, ME, "Good to meet you",
                 f"Hi Robin,\n\nIt was good to talk about the {firm.role} position yesterday. You will hear from us by"
                 f" {talk + timedelta(days=8):%A}.\n\n{firm.manager.partition(' ')[0]}")  # fmt: skip
    return [*mails, ask, yes, fixed, word]


def _mail(
    firm: Firm, name: str, at: datetime, sender: str, to: str, subject: str, body: str, *, answers: str = ""
) -> Sent:
    mail = EmailMessage(policy=SMTP)
    mail["Date"], mail["From"], mail["To"], mail["Subject"] = format_datetime(at), sender, to, subject
    mail["Message-ID"] = f"<{name}.{firm.number}.{firm.season}@mail.example>"
    if answers:
        mail["In-Reply-To"] = mail["References"] = answers
    mail.set_content(body)
    place = Place.SENT if sender == ME else Place.INBOX
    return Sent(firm.number, place, at, mail.as_bytes(), mail["Message-ID"])
