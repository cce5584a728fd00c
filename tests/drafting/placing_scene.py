"""A scene for the tests of placing: letters, sent mail, and one or two accounts in memory with a ledger."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from mailbot.drafting.drafts import DraftRecord
from mailbot.drafting.identity import message_id
from mailbot.drafting.letter import Letter
from mailbot.drafting.placing import Blocked, Doubt, Placed, Placing
from mailbot.etiquette.follow_up import FollowUp, FollowUpKind, Identity, Reason, Verdict
from mailbot.mail.memory import EVERYTHING, MemoryMailbox
from mailbot.mail.memory_store import MemoryStore
from mailbot.mail.message import Address, Direction
from mailbot.mail.port import Capability, Mailbox, Place
from mailbot.mail.steps import Step, no_step
from mailbot.reading.statements import Authentication, Kind, Reading, Statement, Tone, Writer
from mailbot.store.ledger import Ledger
from mailbot.store.sqlite import memory_ledger
from mailbot.tracking.application import Contact, Part

KEY = b"k" * 32
NOW = datetime(2026, 3, 4, 15, 30, tzinfo=UTC)
INTERVIEW = datetime(2026, 3, 4, 14, 0, tzinfo=UTC)
SAM = Address("Sam Hale", "sam@home.example")
DANA = "dana@firm.example"
CONFIRMATION = "<confirmed@firm.example>"
BODY = "Dear Dana,\r\n\r\nthank you for the talk about harbour cranes.\r\n\r\nSam\r\n"


def letter(
    kind: FollowUpKind = FollowUpKind.THANK_YOU,
    *,
    to: str = DANA,
    occasion: tuple[str, ...] = (CONFIRMATION,),
    reply_to: str | None = CONFIRMATION,
    body: str = BODY,
    now: datetime = NOW,
    sender: Address = SAM,
) -> Letter:
    """A letter as composing makes one: ASCII, CRLF, with the Message-ID of its follow-up."""
    ident = message_id(KEY, kind, to, occasion[0], sender.domain)
    raw = mail(to, ident, body=body, date=now, reply_to=reply_to, sender=sender)
    follow_up = FollowUp(
        Identity(kind, to, occasion), "app-1", Contact("Dana", to, Part.INTERVIEWER), now, now + timedelta(days=2),
        Verdict.DUE, Reason("The interview is over.", "ours", "test"), reply_to=reply_to,
    )  # fmt: skip
    chain = (reply_to,) if reply_to else ()
    return Letter(follow_up, ident, sender, (Address("Dana", to),), (), "Thank you", body, reply_to, chain, raw)


def mail(
    to: str,
    ident: str,
    *,
    body: str = BODY,
    date: datetime = NOW,
    reply_to: str | None = CONFIRMATION,
    subject: str = "Thank you",
    sender: Address = SAM,
) -> bytes:
    """A mail of the person's."""
    message = EmailMessage(policy=SMTP)
    message["From"] = f"{sender.name} <{sender.email}>"
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = format_datetime(date)
    message["Message-ID"] = ident
    if reply_to:
        message["In-Reply-To"] = message["References"] = reply_to
    message.set_content(body)
    return message.as_bytes()


def sent_reading(
    *,
    kind: Kind = Kind.OWN_THANK_YOU,
    to: str = DANA,
    date: datetime = NOW + timedelta(hours=1),
    ident: str = "<sent@home.example>",
    reply_to: str | None = CONFIRMATION,
) -> Reading:
    """A mail in Sent, as reading gives it."""
    return Reading(
        message_id=ident, reader_version=1, zone="UTC", direction=Direction.OUT, account="home", thread=None,
        in_reply_to=reply_to, references=(reply_to,) if reply_to else (), date=date, arrived=date, sender=SAM,
        reply_to=(), to=(Address("", to),), cc=(), subject="Thank you", writer=Writer.PERSON,
        authentication=Authentication.NEUTRAL, language="en", words=20, tone=Tone.NEUTRAL, calls_reader="",
        signed="Sam", statements=(Statement(kind, 1.0),),
    )  # fmt: skip


@dataclass
class Scene:
    """Accounts 'home' and 'work' in memory. `open` gives the placing of a process that has just started."""

    capabilities: frozenset[Capability] = EVERYTHING
    ledger: Ledger = field(default_factory=memory_ledger)
    stores: dict[str, MemoryStore] = field(default_factory=lambda: {"home": MemoryStore(), "work": MemoryStore()})
    step: Step = no_step

    @property
    def home(self) -> MemoryStore:
        return self.stores["home"]

    @property
    def work(self) -> MemoryStore:
        return self.stores["work"]

    def open(self) -> Placing:
        boxes: dict[str, Mailbox] = {
            name: MemoryMailbox(name, store=store, step=self.step, capabilities=self.capabilities)
            for name, store in self.stores.items()
        }
        return Placing(self.ledger, boxes, KEY)

    def place(
        self, one: Letter, *, account: str = "home", sent: tuple[Reading, ...] = (), now: datetime = NOW
    ) -> Placed | Blocked | Doubt:
        return self.open().place(
            one, application="app-1", account=account, thread=None, reason="It is due.", now=now, since=INTERVIEW,
            sent=sent,
        )  # fmt: skip

    def placed(self, one: Letter | None = None) -> DraftRecord:
        result = self.place(one or letter())
        assert isinstance(result, Placed)
        return result.record

    def settle(self, *, now: datetime = NOW + timedelta(hours=2), sent: tuple[Reading, ...] = ()) -> DraftRecord:
        """The first record once the accounts were settled."""
        for account in self.stores:
            self.open().settle(account, now, sent)
        return self.ledger.all_drafts()[0]

    def at(self, place: Place, account: str = "home") -> list[bytes]:
        return [one.raw for one in self.stores[account].mails(place)]


def renamed(raw: bytes, old: str, new: str) -> bytes:
    """The same mail under another Message-ID."""
    return raw.replace(old.encode(), new.encode(), 1)


def again(one: Letter, body: str) -> Letter:
    """The letter composed anew with another text."""
    fresh = letter(
        one.follow_up.kind, to=one.follow_up.identity.recipient, occasion=one.follow_up.identity.occasion,
        reply_to=one.in_reply_to, body=body,
    )  # fmt: skip
    return replace(fresh, follow_up=one.follow_up)
