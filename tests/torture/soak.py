"""A year of a job seeker's mail on a virtual clock: a new process's worth of everything each morning, faults at random.

Beside it the same hiring mail alone, without restarts and faults: both end with the same follow-ups drafted, each once.

Run: python -m tests.torture.soak [--days 365] [--mails 82]
"""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import click

from mailbot.assistant import Assistant, Profile
from mailbot.drafting.letter import Me
from mailbot.etiquette import load
from mailbot.mail.memory import MemoryMailbox
from mailbot.mail.memory_store import MemoryStore
from mailbot.mail.port import Place
from mailbot.reading.statements import Reader
from mailbot.store.sqlite import open_ledger
from tests.daemon.hiring import ADDRESS, ME, ZONE, Firm, mail, words

START = datetime(2026, 1, 5, 6, tzinfo=ZONE)
FIRST, LAST = (
    ("Alder", "Brack", "Corv", "Dell", "Elm", "Farrow", "Glen", "Hart"),
    ("wick", "more", "stead", "ford", "ton"),
)
NAMES = ("Maren Holt", "Idris Cole", "Paula Vance", "Yara Haddad", "Hugo Sandberg", "Lionel Marsh", "Nina Falk")
ROLES = ("Payroll Specialist", "Office Manager", "Data Analyst", "Site Engineer", "Editor", "Buyer", "Caseworker")
# What comes of an application, by the day after it: the sort of mail, and the day that it names, counted from its own.
COURSE = (
    (0, "receipt", 0), (3, "ask", 5), (4, "fixed", 6), (5, "away", 2), (10, "promise", 8), (14, "fixed", 3),
    (16, "cancelled", 0), (17, "fixed", 2), (20, "promise", 6), (28, "no", 0),
)  # fmt: skip
CHATTER = (
    ("Newsletter", "news@{0}.example", "This week at {0}", "Our best offers of the week. Unsubscribe here.\n"),
    ("Bank", "no-reply@{0}.example", "Your statement", "Your statement of {1} is ready. Do not reply.\n"),
    ("Aunt Ada", "ada@{0}.example", "Sunday", "Shall we have cake on Sunday? It was {1} degrees today.\n"),
    ("Shop", "orders@{0}.example", "Your order {1}", "Your order {1} was sent and arrives on Tuesday.\n"),
    ("A list", "list@{0}.example", "Re: [garden] Tomatoes", "I water mine in the morning. {1} plants so far.\n"),
    ("Job alerts", "alerts@{0}.example", "{1} new jobs for you", "Jobs you may like near you. See all jobs.\n"),
)
BESIDE = 600  # bytes for one mail in the tables of the store: a dict of its own by Message-ID, two entries by number
UNREACHABLE = 0.05  # of the looks find no mailbox
REASONABLE = 20 << 20  # bytes by which a process may grow in the second half of its time


@dataclass
class Soak:
    """`mails` of no importance come each day. `harsh`: restarts, faults and those mails; else the hiring mail alone."""

    folder: Path
    days: int
    mails: int
    harsh: bool
    store: MemoryStore = field(default_factory=MemoryStore)
    chance: Random = field(default_factory=lambda: Random(7))
    memory: list[int] = field(default_factory=list)
    files: list[int] = field(default_factory=list)
    faults: int = 0
    problems: int = 0

    def live(self) -> Soak:
        hiring = sorted(hiring_mail(self.days), key=lambda one: one[0])
        for day in range(self.days):
            self._day(START + timedelta(days=day), hiring)
            if day % 10 == 9:
                gc.collect()
                # Here the server's mail lies in the same process; what mailbot holds is the rest.
                self.memory.append(resident() - held_by(self.store))
                self.files.append(open_files())
                click.echo(f"day {day + 1}: {self.memory[-1] >> 20} MB, {self.store.count()} mails", err=True)
        return self

    def _day(self, morning: datetime, hiring: list[tuple[datetime, bytes]]) -> None:
        """One process: it starts, looks every three hours, and again ten minutes later, when nothing fails; it ends."""
        mailbox = MemoryMailbox("home", store=self.store, step=self._step)
        chatter = [self._chatter(morning) for _ in range(self.mails)] if self.harsh else []
        with open_ledger(self.folder, durable=False) as ledger:
            worker = Assistant((mailbox,), ledger, profile(), bytes(32))
            for hour in range(0, 18, 3):
                now = morning + timedelta(hours=hour)
                while hiring and hiring[0][0] <= now:
                    at, raw = hiring.pop(0)
                    self.store.deliver(raw, Place.INBOX, arrived=at)
                for at, raw in chatter[hour // 3 :: 6]:
                    self.store.deliver(raw, Place.INBOX, arrived=at)
                self.store.reachable = not self.harsh or self.chance.random() > UNREACHABLE
                self.problems += len(worker.step(now).problems)
                self.store.reachable = self._calm = True
                worker.step(now + timedelta(minutes=10))
                self._calm = False
            assert ledger.integrity_check() == ()
            self.drafted = Counter((one.identity.kind, one.identity.recipient, one.identity.occasion)
                                   for one in ledger.all_drafts() if one.placed_at)  # fmt: skip
            assert not any(one.in_doubt for one in ledger.all_drafts())
        lying = Counter(one.message_id for one in self.store.mails(Place.DRAFTS))
        assert not [ident for ident, count in lying.items() if count > 1]

    _calm = False

    def _step(self, _name: str) -> None:
        if self.harsh and not self._calm and self.chance.random() < 0.1:
            self.faults += 1
            raise ConnectionResetError("cut")

    def _chatter(self, day: datetime) -> tuple[datetime, bytes]:
        name, address, subject, text = self.chance.choice(CHATTER)
        where, number = f"site{self.chance.randrange(300)}", self.chance.randrange(10**6)
        at = day - timedelta(minutes=self.chance.randrange(600))
        sender = f"{name} <{address.format(where)}>"
        ident = f"<{day:%Y%m%d}.{self.chance.random()}@{where}.example>"
        listed = {"List-Id": f"<garden.{where}.example>"} if name == "A list" else {}
        return at, mail(ident, at, sender, ME, subject.format(where, number), text.format(where, number), listed)


def profile() -> Profile:
    reader = Reader(frozenset({ADDRESS}), "Europe/London", "Robin Adeyemi")
    return Profile(reader, Me(name="Robin Adeyemi", addresses=(ADDRESS,), zone="Europe/London"), load("coach"))


def hiring_mail(days: int) -> Iterator[tuple[datetime, bytes]]:
    """Forty applications over the year, or as many as fit into fewer days."""
    names = [f"{one}{two} Works" for one in FIRST for two in LAST]
    for number, name in enumerate(names):
        begun = START + timedelta(days=1 + number * 8, hours=4)
        firm = Firm(name, ROLES[number % len(ROLES)], NAMES[number % len(NAMES)], NAMES[(number + 3) % len(NAMES)])
        for after, sort, ahead in COURSE:
            at = begun + timedelta(days=after)
            if at < START + timedelta(days=days):
                sender, subject, text = words(firm, sort, at, ahead)
                yield at, mail(f"<{number}.{after}@{firm.domain}>", at, sender, ME, subject, text)


def resident() -> int:
    """Bytes of memory that this process holds now."""
    held = Path("/proc/self/statm")
    return int(held.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") if held.exists() else 0


def held_by(store: MemoryStore) -> int:
    """Bytes that its mail takes, the tables in which it is found included."""
    return sum(
        sys.getsizeof(one) + sys.getsizeof(one.raw) + sys.getsizeof(one.message_id) + BESIDE for one in store.mails()
    )


def open_files() -> int:
    """How many this process has open."""
    here = Path("/proc/self/fd")
    return len(list(here.iterdir())) if here.exists() else 0


def both(folder: Path, days: int, mails: int) -> tuple[Soak, Soak]:
    """The harsh year and the mild one."""
    return Soak(folder / "harsh", days, mails, True).live(), Soak(folder / "mild", days, 0, False).live()


@click.command()
@click.option("--days", default=365, show_default=True)
@click.option("--mails", default=82, show_default=True, help="Mails of no importance each day.")
def main(days: int, mails: int) -> None:
    """Live it; the exit status is 1 where the two ends differ or the process grew."""
    with tempfile.TemporaryDirectory() as folder:
        harsh, mild = both(Path(folder), days, mails)
    grown = harsh.memory[-1] - harsh.memory[len(harsh.memory) // 2]
    click.echo(
        f"{days} days, {len(harsh.store.mails(Place.INBOX))} mails, {days} starts, {harsh.faults} faults,"
        f" {harsh.problems} steps in trouble: {harsh.drafted.total()} drafts, {mild.drafted.total()} without all that"
    )
    click.echo(f"memory by tens of days (MB): {[one >> 20 for one in harsh.memory]}; open files: {harsh.files}")
    differing = (harsh.drafted - mild.drafted) + (mild.drafted - harsh.drafted)
    for one in differing:
        click.echo(f"  differs: {one}")
    sys.exit(bool(differing) or grown > REASONABLE or len(set(harsh.files)) > 1)


if __name__ == "__main__":
    main()
