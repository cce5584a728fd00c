"""What Gmail costs: quota units, HTTP requests and bytes of a first scan of 5,000 mails by the whole assistant, and of
a day of the service, beside the naive way (list everything, then get each mail whole, one by one; a list every
minute).

The mail is invented. Nine in ten mails of a web mailbox are machines' (so say published studies of web mail); here it
is a little less: of 100, 8 are from persons and 4 one's own, 3 about hiring (a tool's and a person's by turns), 30 what
Gmail sorts under updates, of which one in eight has a word in its subject that hiring mail has too (half of them say
what was bought, half do not), and 55 promotions,
social networks and forums, of which one in twenty speaks of an offer. Persons' mail is asked for as it is in every way,
so `test_the_saving_by_the_share_of_persons` shows how the saving goes with their share, where each stands alone, and
`test_the_saving_by_the_length_of_conversations` how it goes with the mails of a conversation.

Run: pytest tests/bench/test_gmail.py -n 0 -o addopts="-s --import-mode=importlib"
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mailbot.assistant import Assistant
from mailbot.engine import Engine, Word
from mailbot.mail.gmail.news import News
from mailbot.mail.gmail.pace import cost
from mailbot.mail.gmail.polling import interval
from mailbot.mail.port import Place
from mailbot.store.sqlite import memory_ledger
from tests.mail.conformance.gmail_world import GmailWorld
from tests.mail.conformance.letters import mail, message_id
from tests.sample_mail import CONFIRMATION
from tests.servers.gmail.search import search
from tests.test_assistant import AFTER, BEFORE, PROFILE

MAILS = 5_000
NOW = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
MONDAY = AFTER.replace(hour=0, minute=0) + timedelta(days=5)  # of the week after the interview that is thanked for
LINE = "Plain words about the weather and the garden, and what else there is to tell.\r\n"
FILE = ("QUJD" * 19 + "\r\n") * 13_000  # 1 MB
FOOT = "You can unsubscribe at any time.\r\n"
LISTED = len('{"id":"19a0000000000000","threadId":"19a0000000000000"},')
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
        told = {0: f"Your order {number}: an update", 8: f"Your appointment {number} is confirmed"}
        subject = told.get(number % 16, f"Your order {number} has shipped")
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


def stocked(folder: Path, persons: int, count: int = MAILS, conversation: int = 1) -> GmailWorld:
    """`conversation`: how many mails of persons, and of one's own to them, stand in one."""
    world, written = GmailWorld(folder / "token.json"), 0
    for number in range(count):
        raw, labels = one_mail(number, persons)
        personal = number * 37 % 100 < persons
        thread = f"p{written // conversation}" if personal else f"t{number}"
        written += personal
        one = world.account.deliver(raw, labels, at=NOW - timedelta(minutes=100 * number), thread=thread)
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


@pytest.mark.parametrize("conversation", [3, 8])
@pytest.mark.parametrize("persons", [12, 25, 50])
def test_the_saving_by_the_length_of_conversations(tmp_path: Path, persons: int, conversation: int) -> None:
    world = stocked(tmp_path, persons, 1_000, conversation)
    ours, theirs = scanned(world), naive(world)
    world.close()
    saving = theirs.units / ours.units
    print(f"\n{persons:>2} of 100 from persons, {conversation} a conversation: {ours}, {saving:.1f} times fewer units")
    assert ours.units < theirs.units


@dataclass
class Day:
    """A working day from midnight on, in seconds, as the service spends it: its own watcher and engine on a clock that
    jumps. `arrivals`: of mail that is waited for; `besides`: what else happens in the mailbox; `interview`: its start
    and end."""

    arrivals: tuple[int, ...]
    interview: tuple[int, int] | None
    besides: tuple[tuple[int, Callable[[GmailWorld], object]], ...] = ()
    at: float = 0.0

    def near(self, before: float, after: float) -> bool:
        return self.interview is not None and self.interview[0] - before <= self.at <= self.interview[1] + after

    def clock(self) -> datetime:
        return MONDAY + timedelta(seconds=self.at)

    def steady(self) -> float:
        return self.at

    def every(self, since: float) -> float:
        return interval(self.clock(), since, self.near)


def lived(world: GmailWorld, day: Day) -> tuple[Spent, list[float]]:
    """What the day took, and the seconds from the arrival of each mail to the step that reads it."""
    delays: list[float] = []
    with memory_ledger() as ledger:
        news = News(day.steady)  # which the service's two lines to an account share
        assistant = Assistant((world.open(news=news),), ledger, PROFILE, bytes(32))
        world.deliver(CONFIRMATION, arrived=BEFORE)
        assistant.step(AFTER)
        assert len(world.at(Place.DRAFTS)) == 2  # which are looked after all day
        engine = Engine(assistant, day.clock, lambda outcome: None, lambda now: None, steady=day.steady)
        watcher = world.open(every=day.every, news=news)
        watcher.wait_for_change(0)
        engine.step()
        spent(world)
        waiting, besides = list(day.arrivals), sorted(day.besides, key=lambda one: one[0])
        unread: list[int] = []
        while day.at < 86_400:
            day.at += 1
            if waiting and waiting[0] <= day.at:
                world.deliver(mail(f"m{len(waiting)}", subject="Your application"))
                unread.append(waiting.pop(0))
            while besides and besides[0][0] <= day.at:
                besides.pop(0)[1](world)
            words = {Word.TICK} if day.at % 60 == 0 else set()
            if watcher.wait_for_change(0):
                words.add(Word.CHANGED)
            before = engine.last_step
            if words:
                engine.hear(words)
            if engine.last_step != before:
                delays += [day.at - one for one in unread]
                unread.clear()
    return spent(world), delays


TEN = tuple(9 * 3600 + 3607 * number for number in range(10))
INTERVIEW = (14 * 3600, 15 * 3600)
AROUND = tuple(13 * 3600 + 617 * number for number in range(24))  # from an hour before to two hours and more after


def _machines(name: str, category: str) -> Callable[[GmailWorld], object]:
    subject = "Your order has shipped" if category == "CATEGORY_UPDATES" else "30 % off all shoes"
    raw = _sent_by("newsletter@shop.example", mail(name, subject=subject, body=LINE * 500 + FOOT))
    raw = b"List-Unsubscribe: <https://shop.example/off>\r\n" + raw
    return lambda world: world.account.deliver(raw, {"INBOX", "UNREAD", category})


def _read(world: GmailWorld) -> None:
    """The person opens the newest mail that they have not read, and puts another away."""
    unread = [one for one in world.account.messages.values() if "UNREAD" in one.labels]
    for one, gone in zip(unread[-2:], ("UNREAD", "INBOX"), strict=False):
        world.account.relabel(one.ident, remove={gone})


def _written(name: str) -> Iterator[tuple[int, Callable[[GmailWorld], object]]]:
    """A mail of the person's own, saved every 15 seconds and then sent."""
    yield 0, lambda world: world.deliver(mail(name), Place.DRAFTS)
    for number in range(1, 12):
        words = f"Dear Ms Heron{number}"
        yield 15 * number, lambda world, words=words: world.edit_draft(message_id(name), mail(name, body=words))
    yield 180, lambda world: world.send_draft(message_id(name))


def naive_day(mails: int) -> Spent:
    """A list of the newest hundred every minute, and each new mail whole."""
    minutes = 24 * 60
    units = minutes * cost("gmail.users.messages.list") + mails * cost("gmail.users.messages.get")
    return Spent(units, minutes + mails, minutes * 100 * LISTED)


@pytest.mark.parametrize(
    ("name", "arrivals", "interview"),
    [("quiet", (), None), ("ten mails", TEN, None), ("ten mails and an interview", TEN, INTERVIEW)],
)
def test_a_day_of_the_service(
    tmp_path: Path, name: str, arrivals: tuple[int, ...], interview: tuple[int, int] | None
) -> None:
    world = GmailWorld(tmp_path / "token.json")
    ours, delays = lived(world, Day(arrivals, interview))
    world.close()
    theirs = naive_day(len(arrivals))
    print(f"\n{name}: {ours}, {theirs.units / ours.units:.1f} times fewer units; naive: {theirs}")
    print(f"arrival to reading: {max(delays, default=0):.0f} s at most, mean {sum(delays) / max(1, len(delays)):.0f}")
    assert ours.units * 5 < theirs.units
    assert ours.size * 10 < theirs.size
    assert max(delays, default=0) <= 60


def test_around_an_interview_mail_is_read_within_seconds(tmp_path: Path) -> None:
    world = GmailWorld(tmp_path / "token.json")
    _, delays = lived(world, Day(AROUND, INTERVIEW))
    world.close()
    print(f"\naround an interview: {max(delays):.0f} s at most, {sum(delays) / len(delays):.0f} on the mean")
    during = sum(INTERVIEW[0] <= one <= INTERVIEW[1] for one in AROUND)
    assert sum(one > 30 for one in delays) <= during + 6  # while it lasts, and after the two hours, as on any day


def test_a_day_of_a_full_mailbox(tmp_path: Path) -> None:
    """Ten mails that are waited for, fifty of machines, a person who reads, puts away, and writes three mails."""
    world = GmailWorld(tmp_path / "token.json")
    machines = [
        (
            7 * 3600 + 1151 * number,
            _machines(f"n{number}", f"CATEGORY_{'UPDATES' if number % 3 == 0 else 'PROMOTIONS'}"),
        )
        for number in range(50)
    ]
    hands = [(8 * 3600 + 1733 * number, _read) for number in range(25)]
    written = [(hour * 3600 + 500 + at, one) for hour in (10, 13, 16) for at, one in _written(f"own{hour}")]
    ours, delays = lived(world, Day(TEN, None, (*machines, *hands, *written)))
    world.close()
    theirs = naive_day(len(TEN) + len(machines) + 3)
    print(f"\na full mailbox: {ours}, {theirs.units / ours.units:.1f} times fewer units; naive: {theirs}")
    assert ours.units * 5 < theirs.units
    assert ours.size * 10 < theirs.size
    assert max(delays) <= 60
