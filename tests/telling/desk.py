"""A person whose mail is read, with what a teller tells them kept in a list."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime, time

from mailbot.assistant import Assistant, Profile
from mailbot.drafting.letter import Me
from mailbot.etiquette import load
from mailbot.mail.memory import MemoryMailbox
from mailbot.mail.port import Place
from mailbot.outcome import Outlook, Problem
from mailbot.reading.statements import Reader
from mailbot.store.sqlite import SqliteLedger, memory_ledger
from mailbot.telling.teller import Teller
from tests.sample_mail import ZONE, at

ADDRESS = "robin@example.com"
NIGHT = (time(21), time(8))


class Desk:
    """`told` is what came so far, one text each."""

    def __init__(self, ledger: SqliteLedger, *, details: bool = False) -> None:
        self.ledger = ledger
        self.mailbox = MemoryMailbox("home")
        profile = Profile(
            Reader(addresses=frozenset({ADDRESS}), zone=ZONE.key, name="Robin Adeyemi"),
            Me(name="Robin Adeyemi", addresses=(ADDRESS,), zone=ZONE.key),
            load("coach"),
        )
        self.assistant = Assistant((self.mailbox,), ledger, profile, bytes(32))
        self.told: list[str] = []
        self.teller = Teller(ledger, self.told.append, NIGHT, details=details)

    def receive(self, raw: bytes, when: str, place: Place = Place.INBOX) -> None:
        self.mailbox.deliver(raw, place, arrived=at(when))

    def step(self, when: str) -> Outlook:
        return self.assistant.step(at(when)).outlook

    def tell(self, when: str, problems: Collection[Problem] = ()) -> list[str]:
        """What is told at that moment."""
        before = len(self.told)
        self.teller.tell(self.assistant.outlook(at(when)), problems)
        return self.told[before:]

    def outlook(self, when: str | datetime) -> Outlook:
        return self.assistant.outlook(at(when) if isinstance(when, str) else when)


@contextmanager
def at_desk(*, details: bool = False) -> Iterator[Desk]:
    with memory_ledger() as ledger:
        yield Desk(ledger, details=details)
