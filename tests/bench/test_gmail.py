"""What Gmail costs: quota units, HTTP requests and bytes of a first scan of 5,000 mails by the whole assistant, and of
a day of asking for news, beside the naive way (list everything, then get each mail whole, one by one; a list every
minute).

The mail is invented. Nine in ten mails of a web mailbox are machines' (so say published studies of web mail); here it
is a little less: of 100, 8 are from persons and 4 one's own, 3 about hiring (a tool's and a person's by turns), 30 what
Gmail sorts under updates, of which one in eight has a word in its subject that hiring mail has too, and 55 promotions,
social networks and forums, of which one in twenty speaks of an offer. Persons' mail is asked for as it is in every way,
so `test_the_saving_by_the_share_of_persons` shows how the saving goes with their share.

Run: pytest tests/bench/test_gmail.py -n 0 -o addopts="-s --import-mode=importlib"
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mailbot.assistant import Assistant
from mailbot.mail.gmail.pace import cost
from mailbot.mail.gmail.polling import interval, units_a_day
from mailbot.store.sqlite import memory_ledger
from tests.mail.conformance.gmail_world import GmailWorld
from tests.mail.conformance.letters import mail
from tests.servers.gmail.search import search
from tests.test_assistant import PROFILE

MAILS = 5_000
NOW = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
LINE = "Plain words about the weather and the garden, and what else there is to tell.\r\n"
FILE = ("QUJD" * 19 + "\r\n") * 13_000  # 1 MB
FOOT = "You can unsubscribe at any time.\r\n"
CATEGORIES = ("CATEGORY_PROMOTIONS", "CATEGORY_SOCIAL", "CATEGORY_FORUMS")


@dataclass
class Spent:
    units: int
    requests: int
    size: int

    def __str__(self) -> str:
        return f"{self.units:>7,} units {self.requests:>6,} requests {self.size / 1e6:>8.1f} MB"


def one_mail(number: int, persons: int) -> tuple[bytes, set[str]]:
    """The mail of that number, with its labels. Of 100 mails `persons` are persons', those of one's own included."""
    name, at = f"m{number}", number * 37 % 100  # 37 and 100 share no factor: all kinds are mixed
    if at < persons:
        labels = {"SENT"} if at % 3 == 0 else {"INBOX", "CATEGORY_PERSONAL"}
        raw = mail(name, subject=f"Garden {number}", body=LINE * 12)
        return _with_file(raw) if number % 10 == 0 else raw, labels
    if at < persons + 3:
        labels = {"INBOX", "CATEGORY_UPDATES" if number % 2 else "CATEGORY_PERSONAL"}
        return mail(name, subject="Your application", body=LINE * 20 + "The hiring team."), labels
    if at < persons + 33:
        subject = f"Your order {number}{': an update' if number % 8 == 0 else ' has shipped'}"
        return _sent_by("orders@shop.example", mail(name, subject=subject, body=LINE * 500 + FOOT)), {
            "INBOX", "CATEGORY_UPDATES",
        }  # fmt: skip
    subject = f"A special offer: {number} % off" if number % 20 == 0 else f"{number % 90} % off all shoes"
    raw = _sent_by("newsletter@shop.example", mail(name, subject=subject, body=LINE * 900 + FOOT))
    return raw, {"INBOX", CATEGORIES[number % 3]}


def _with_file(raw: bytes) -> bytes:
    head, _, body = raw.partition(b"\r\n\r\n")
    head = head.replace(b"text/plain; charset=utf-8", b'multipart/mixed; boundary="b"')
    file = b'Content-Type: application/pdf\r\nContent-Disposition: attachment; filename="a.pdf"\r\n'
    file += b"Content-Transfer-Encoding: base64\r\n\r\n" + FILE.encode()
    text = b"Content-Type: text/plain\r\n\r\n" + body
    return head + b"\r\n\r\n--b\r\n" + text + b"\r\n--b\r\n" + file + b"\r\n--b--\r\n"


def _sent_by(address: str, raw: bytes) -> bytes:
    return raw.replace(b"robin@firm.example", address.encode(), 1)


def stocked(folder: Path, persons: int, count: int = MAILS) -> GmailWorld:
    world = GmailWorld(folder / "token.json")
    for number in range(count):
        raw, labels = one_mail(number, persons)
        one = world.account.deliver(raw, labels, at=NOW - timedelta(minutes=100 * number), thread=f"t{number}")
        search("word")(one)  # so that the server knows its words before it is asked
    return world


@pytest.fixture
def world(tmp_path: Path) -> Iterator[GmailWorld]:
    one = stocked(tmp_path, persons=12)
    yield one
    one.close()


def spent(world: GmailWorld) -> Spent:
    account = world.account
    one = Spent(sum(map(cost, account.calls)), len(account.requests), account.bytes_out)
    account.calls.clear()
    account.requests.clear()
    account.bytes_out = 0
    return one


def naive(world: GmailWorld) -> Spent:
    """Counted, not walked: a page for each 500, then each mail whole in base64."""
    whole, count = sum(len(one.raw) for one in world.account.messages.values()) * 4 // 3, len(world.account.messages)
    pages = -(-count // 500)
    units = pages * cost("gmail.users.messages.list") + count * cost("gmail.users.messages.get")
    return Spent(units, pages + count, whole)


def scanned(world: GmailWorld) -> Spent:
    """A first step of the whole assistant."""
    spent(world)
    with memory_ledger() as ledger:
        outcome = Assistant((world.open(),), ledger, PROFILE, bytes(32)).step(NOW)
    assert outcome.problems == ()
    return spent(world)


def test_a_first_scan(world: GmailWorld) -> None:
    ours, theirs = scanned(world), naive(world)
    print(f"\nfirst scan: {ours}\n     naive: {theirs}")
    assert ours.units * 5 < theirs.units
    assert ours.size * 10 < theirs.size
    assert ours.requests * 20 < theirs.requests


@pytest.mark.parametrize("persons", [3, 6, 25, 50])
def test_the_saving_by_the_share_of_persons(tmp_path: Path, persons: int) -> None:
    world = stocked(tmp_path, persons, 1_000)
    ours, theirs = scanned(world), naive(world)
    world.close()
    print(f"\n{persons:>2} of 100 from persons: {ours}, {theirs.units / ours.units:.1f} times fewer units")
    assert ours.units < theirs.units


@dataclass
class Day:
    """A day from midnight on, in seconds: ten mails between 9 and 18 o'clock, an interview from 14 to 15."""

    arrivals: tuple[int, ...] = tuple(9 * 3600 + 3600 * number for number in range(10))
    interview: tuple[int, int] = (14 * 3600, 15 * 3600)
    at: float = 0.0

    def near(self, before: float, after: float) -> bool:
        start, end = self.interview
        return start - before <= self.at <= end + after


def test_a_day_of_asking_for_news(tmp_path: Path) -> None:
    """Each question is really asked; what came is looked at and read, as a step does."""
    world, day, changed, arrived = GmailWorld(tmp_path / "token.json"), Day(), float("-inf"), 0
    world.deliver(mail("first"))
    mailbox = world.open(every=lambda since: 0.0)
    cursor = mailbox.changes_since(None).cursor
    spent(world)
    while day.at < 86_400:
        while arrived < len(day.arrivals) and day.arrivals[arrived] <= day.at:
            world.deliver(mail(f"m{arrived}", subject="Your application"))
            arrived += 1
        if mailbox.wait_for_change(0):
            changes = mailbox.changes_since(cursor)
            cursor, changed = changes.cursor, day.at
            list(mailbox.headers(changes.appeared))
            list(mailbox.fetch(changes.appeared))
        day.at += interval(int(day.at // 3600), day.at - changed, day.near)
    ours, minutes = spent(world), 24 * 60
    listed = cost("gmail.users.messages.list")
    theirs = minutes * listed + arrived * cost("gmail.users.messages.get")
    world.close()
    print(f"\na day of asking: {ours}\n          naive: {theirs:,} units {minutes + arrived:,} requests")
    assert ours.units <= units_a_day(changes=10, interviews=1) + 10 * 15
    assert ours.units * 1.5 < theirs
