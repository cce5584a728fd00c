"""What Gmail costs: quota units, HTTP requests and bytes of a first scan of 5,000 mails and of a day of asking for
news, beside the naive way (list everything, then get each mail whole, one by one; a list every minute).

The mail is invented: two in five are what Gmail sorts under promotions, social networks and forums, one in five comes
with a letter in HTML of 40 kB, one in fifty has a file of 2 MB. What is read whole of the rest is one in ten, as on a
mailbox of somebody who looks for work.

Seen: 3.5 MB and 78 requests beside 338.5 MB and 5,010; 16,556 units beside 25,050, for Gmail takes as many units for a
mail's headers as for all of it.

Run: pytest tests/bench/test_gmail.py -o addopts="-s --import-mode=importlib"
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from mailbot.mail.gmail.mailbox import GmailMailbox
from mailbot.mail.gmail.pace import cost
from mailbot.mail.gmail.polling import units_a_day
from mailbot.mail.port import MessageRef
from tests.mail.conformance.gmail_world import GmailWorld
from tests.mail.conformance.letters import mail

MAILS = 5_000
NOW = datetime(2026, 11, 1, tzinfo=UTC)
LETTER = "<p>" + "Plain words about the weather. " * 40 + "</p>\r\n"
CATEGORIES = ("CATEGORY_PROMOTIONS", "CATEGORY_SOCIAL", "CATEGORY_FORUMS")


@dataclass
class Spent:
    units: int
    requests: int
    size: int

    def __str__(self) -> str:
        return f"{self.units:>7,} units {self.requests:>6,} requests {self.size / 1e6:>8.1f} MB"


def stock(world: GmailWorld) -> None:
    for number in range(MAILS):
        body = LETTER * (32 if number % 5 == 0 else 2) + ("x" * 76 + "\r\n") * (26_000 if number % 50 == 7 else 0)
        labels = {"INBOX", CATEGORIES[number % 3]} if number % 5 < 2 else {"INBOX"}
        world.account.deliver(
            mail(f"m{number}", subject=f"News {number}", body=body), labels, at=NOW - timedelta(minutes=number)
        )


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GmailWorld]:
    one = GmailWorld(tmp_path_factory.mktemp("gmail") / "token.json")
    stock(one)
    yield one
    one.close()


def spent(world: GmailWorld) -> Spent:
    account = world.account
    one = Spent(sum(map(cost, account.calls)), len(account.requests), account.bytes_out)
    account.calls.clear()
    account.requests.clear()
    account.bytes_out = 0
    return one


def everything(mailbox: GmailMailbox) -> list[MessageRef]:
    changes = mailbox.changes_since(None)
    found = list(changes.appeared)
    while changes.more:
        changes = mailbox.changes_since(changes.cursor)
        found += changes.appeared
    return found


def naive(world: GmailWorld) -> Spent:
    """Counted, not walked: a page for each 500, then each mail whole in base64."""
    whole = sum(len(one.raw) for one in world.account.messages.values()) * 4 // 3
    pages = MAILS // 500
    units = pages * cost("gmail.users.messages.list") + MAILS * cost("gmail.users.messages.get")
    return Spent(units, pages + MAILS, whole)


def test_a_first_scan(world: GmailWorld) -> None:
    spent(world)
    mailbox = world.open()
    refs = everything(mailbox)
    heads = list(mailbox.headers(refs))
    list(mailbox.fetch(one.ref for one in heads[::10]))
    ours, theirs = spent(world), naive(world)
    print(f"\nfirst scan: {ours}\n     naive: {theirs}")
    assert ours.size * 10 < theirs.size
    assert ours.requests * 20 < theirs.requests


def test_a_day_of_asking_for_news(world: GmailWorld) -> None:
    mailbox = world.open()
    cursor = mailbox.changes_since(None).cursor
    spent(world)
    mailbox.changes_since(cursor)
    once = spent(world)
    ours = units_a_day(changes=10)
    theirs = 24 * 60 * cost("gmail.users.messages.list")
    print(f"\na day of asking: {ours:,} units, {once.size} bytes each time\n          naive: {theirs:,} units")
    assert once.units == cost("gmail.users.history.list")
    assert ours * 2 < theirs
