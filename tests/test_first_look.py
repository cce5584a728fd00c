"""The first look in the whole step: what it sets aside, what is known already, what a later mail calls back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

import pytest

from mailbot.assistant import Assistant, Profile
from mailbot.drafting.letter import Me
from mailbot.etiquette import load
from mailbot.gathering import CALLED_BACK
from mailbot.mail.memory import MemoryMailbox
from mailbot.mail.port import MessageRef, Place, RawMessage
from mailbot.reading.statements import Reader
from mailbot.store.ledger import Ledger, Said, WordKind
from mailbot.store.sqlite import memory_ledger
from mailbot.tracking.application import Constraint
from tests.sample_mail import CONFIRMATION, TOM, at, mail

NOW = at("2026-03-03 12:00")
PROFILE = Profile(
    Reader(addresses=frozenset({"robin@example.com"}), zone="America/New_York", name="Robin Adeyemi"),
    Me(name="Robin Adeyemi", addresses=("robin@example.com",), zone="America/New_York"),
    load("coach"),
)


class Watched(MemoryMailbox):
    """Remembers which mails were fetched whole."""

    def __init__(self) -> None:
        super().__init__("home")
        self.fetched: list[bytes] = []
        self.looking = False

    def headers(self, refs: Iterable[MessageRef]) -> Iterator[RawMessage]:
        self.looking = True
        heads = list(super().headers(refs))
        self.looking = False
        return iter(heads)

    def fetch(self, refs: Iterable[MessageRef]) -> Iterator[RawMessage]:
        for one in super().fetch(refs):
            if not self.looking:
                self.fetched.append(one.raw)
            yield one


@pytest.fixture
def box() -> Watched:
    return Watched()


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    with memory_ledger() as opened:
        yield opened


def assistant(box: Watched, ledger: Ledger) -> Assistant:
    return Assistant([box], ledger, PROFILE, bytes(32))


def order(sender: str = "Pennymarket <orders@pennymarket.example>", ident: str = "o-1@pennymarket.example") -> bytes:
    return mail("2026-03-02 08:00", sender, "Your order #40-2219 has shipped", "It is on its way.", ident=ident)


def test_what_cannot_matter_is_never_fetched(box: Watched, ledger: Ledger) -> None:
    box.deliver(order())
    outcome = assistant(box, ledger).step(NOW)
    assert box.fetched == []
    assert outcome.fetched == 1
    assert [one.message_id for one in ledger.set_aside(at("2026-03-01 00:00"))] == ["<o-1@pennymarket.example>"]


def test_what_was_set_aside_is_not_looked_at_again(box: Watched, ledger: Ledger) -> None:
    box.deliver(order())
    worker = assistant(box, ledger)
    worker.step(NOW)
    assert worker.step(NOW + timedelta(minutes=1)).fetched == 0


@pytest.mark.parametrize(
    "raw",
    [
        order(sender="Linden Works <no-reply@lindenworks.example>"),
        order(sender="Linden Works <orders@mail.lindenworks.example>"),
        order(sender="Linden Works <orders@lindenworks-mail.example>"),
    ],
    ids=["its domain", "below its domain", "its name"],
)
@pytest.mark.parametrize("first", [True, False], ids=["before", "after"])
def test_a_known_employers_mail_is_read_whole_whichever_comes_first(
    box: Watched, ledger: Ledger, raw: bytes, first: bool
) -> None:
    worker = assistant(box, ledger)
    for one in (raw, CONFIRMATION) if first else (CONFIRMATION, raw):
        box.deliver(one)
        worker.step(NOW)
    assert raw in box.fetched


@pytest.mark.parametrize("first", [True, False], ids=["before", "after"])
def test_a_domain_that_merely_begins_like_an_employers_name_is_not_read(
    box: Watched, ledger: Ledger, first: bool
) -> None:
    raw = order(sender="Lindisfarne Ferries <orders@lindisfarne.example>")
    worker = assistant(box, ledger)
    for one in (raw, CONFIRMATION) if first else (CONFIRMATION, raw):
        box.deliver(one)
        worker.step(NOW)
    assert raw not in box.fetched


def test_the_mail_that_a_known_one_answers_is_called_back(box: Watched, ledger: Ledger) -> None:
    raw = order(ident="first@elsewhere.example")
    box.deliver(raw)
    worker = assistant(box, ledger)
    worker.step(NOW)
    assert raw not in box.fetched
    body = CONFIRMATION.partition(b"\r\n\r\n")[2].decode()
    answer = {"ident": "second@elsewhere.example", "reply_to": "first@elsewhere.example"}
    box.deliver(mail("2026-03-02 10:00", TOM, "Interview confirmed: Stage Technician", body, **answer))
    worker.step(NOW)
    assert raw in box.fetched


def test_one_scan_that_holds_both_reads_both(box: Watched, ledger: Ledger) -> None:
    raw = order(sender="Linden Works <no-reply@lindenworks.example>")
    box.deliver(raw)
    box.deliver(CONFIRMATION)
    assistant(box, ledger).step(NOW)
    assert raw in box.fetched


def test_a_new_process_calls_back_what_an_older_one_set_aside(box: Watched, ledger: Ledger) -> None:
    raw = order(sender="Linden Works <no-reply@lindenworks.example>")
    box.deliver(raw)
    assistant(box, ledger).step(NOW)
    box.deliver(CONFIRMATION)
    assistant(box, ledger).step(NOW)
    assert raw in box.fetched


def test_what_is_called_back_is_read_once(box: Watched, ledger: Ledger) -> None:
    raw = order(sender="Linden Works <no-reply@lindenworks.example>")
    box.deliver(raw)
    box.deliver(CONFIRMATION)
    for _ in range(2):
        assistant(box, ledger).step(NOW)
    assert box.fetched.count(raw) == 1


def test_older_mail_is_not_called_back(box: Watched, ledger: Ledger) -> None:
    raw = order(sender="Linden Works <no-reply@lindenworks.example>")
    box.deliver(raw)
    worker = assistant(box, ledger)
    worker.step(NOW)
    box.deliver(CONFIRMATION)
    worker.step(NOW + CALLED_BACK)
    assert raw not in box.fetched


def test_what_the_person_sent_is_called_back_however_long_ago_it_was(box: Watched, ledger: Ledger) -> None:
    """It shows nothing of hiring by itself, and is what the person said to somebody who proves to matter."""
    for ident, to in (("mine@example.com", TOM), ("other@example.com", "Kim <kim@friends.example>")):
        text = "The garden fence is painted."
        box.deliver(mail("2025-09-01 08:00", "robin@example.com", "The fence", text, ident=ident, to=to), Place.SENT)
    worker = assistant(box, ledger)
    worker.step(NOW)
    assert ledger.readings() == ()
    box.deliver(CONFIRMATION)
    worker.step(NOW)
    assert "<mine@example.com>" in {one.message_id for one in ledger.readings()}
    assert "<other@example.com>" not in {one.message_id for one in ledger.readings()}


def test_the_persons_word_calls_back(box: Watched, ledger: Ledger) -> None:
    raw = order()
    box.deliver(raw)
    box.deliver(CONFIRMATION)
    worker = assistant(box, ledger)
    worker.step(NOW)
    assert raw not in box.fetched
    joined = Constraint(together=True, messages=("<o-1@pennymarket.example>", "<confirm@lindenworks.example>"))
    ledger.say(WordKind.MERGE, Said("They belong together", constraints=(joined,)), NOW)
    worker.step(NOW)
    assert raw in box.fetched


def letter(sender: str) -> bytes:
    text = "Hi Robin,\n\nWe need until Friday, I'm afraid.\n\nTom"
    return mail("2026-03-01 08:00", sender, "A word", text, ident="letter@post.example")


def letters(ledger: Ledger) -> list[bool]:
    """Of the letter, whether what it says in its context was read."""
    return [bool(one.in_context) for one in ledger.readings() if one.subject == "A word"]


def test_what_a_stranger_would_say_in_context_is_left_unread(box: Watched, ledger: Ledger) -> None:
    box.deliver(letter("Tom Baker <tom@bakers.example>"))
    assistant(box, ledger).step(NOW)
    assert letters(ledger) == []
    assert [one.message_id for one in ledger.set_aside(at("2026-02-01 00:00"))] == ["<letter@post.example>"]


@pytest.mark.parametrize("first", [True, False], ids=["the letter came first", "the letter came last"])
def test_a_letter_is_read_in_its_context_once_its_writer_is_known(box: Watched, ledger: Ledger, first: bool) -> None:
    worker = assistant(box, ledger)
    mails = [letter(TOM), CONFIRMATION]
    for raw in mails if first else reversed(mails):
        box.deliver(raw)
        worker.step(NOW)
    assert letters(ledger) == [True]
