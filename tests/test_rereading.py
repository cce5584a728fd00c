"""What an older reader read is read again in the background, and what follows from it, and what does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from mailbot import rereading
from mailbot.assistant import Assistant, Profile
from mailbot.drafting.drafts import DraftStatus
from mailbot.drafting.letter import Me
from mailbot.errors import Transient
from mailbot.etiquette import load
from mailbot.intake import one_by_one
from mailbot.mail.memory import MemoryMailbox
from mailbot.mail.port import RawMessage
from mailbot.outcome import DraftChanged, DraftPlaced
from mailbot.reading.statements import READER_VERSION, Kind, Reader, Reading
from mailbot.reading.stored import read_raw
from mailbot.store.ledger import Ledger
from mailbot.store.sqlite import memory_ledger
from tests.sample_mail import CONFIRMATION, at

BEFORE, AFTER = at("2026-03-03 12:00"), at("2026-03-04 14:46")
BETTER = READER_VERSION + 1
ME = Reader(addresses=frozenset({"robin@example.com"}), zone="America/New_York", name="Robin Adeyemi")
PROFILE = Profile(ME, Me(name="Robin Adeyemi", addresses=("robin@example.com",), zone=ME.zone), load("coach"))

Read = Callable[[RawMessage, Reader], Reading | None]


def well(raw: RawMessage, reader: Reader) -> Reading | None:
    return read_raw(raw, reader)


def blindly(raw: RawMessage, reader: Reader) -> Reading | None:
    """As a reader that takes everything for unrelated."""
    reading = read_raw(raw, reader)
    return reading and replace(reading, statements=(replace(reading.main, kind=Kind.UNRELATED),))


class Home:
    """One mailbox and one ledger, which assistants of an older and of a newer release work on in turn."""

    def __init__(self, ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
        self.ledger = ledger
        self.box = MemoryMailbox("work")
        self.readers: list[Reader] = []
        self._monkeypatch = monkeypatch

    def older(self, read: Read) -> Assistant:
        return Assistant((self.box,), self.ledger, PROFILE, bytes(32), one_by_one(read))

    def newer(self, read: Read) -> Assistant:
        self._monkeypatch.setattr(rereading, "READER_VERSION", BETTER)

        def better(raw: RawMessage, reader: Reader) -> Reading | None:
            self.readers.append(reader)
            reading = read(raw, reader)
            return reading and replace(reading, reader_version=BETTER)

        return Assistant((self.box,), self.ledger, PROFILE, bytes(32), one_by_one(better))


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    with memory_ledger() as ledger:
        home = Home(ledger, monkeypatch)
        home.box.deliver(CONFIRMATION)
        yield home


def placed(events: object) -> list[DraftPlaced]:
    return [one for one in events.events if isinstance(one, DraftPlaced)]


def test_what_was_due_before_and_only_a_better_reader_shows_is_listed_not_placed(home: Home) -> None:
    home.older(blindly).step(AFTER)
    worker = home.newer(well)
    worker.rereading.go_through(AFTER)
    assert not placed(worker.step(AFTER))
    assert {one.identity.kind for one in home.ledger.missed()} == {"thank_you", "interview_notes"}


def test_what_falls_due_later_is_placed_then(home: Home) -> None:
    home.older(blindly).step(BEFORE)
    worker = home.newer(well)
    worker.rereading.go_through(BEFORE)
    assert not home.ledger.missed()
    assert placed(worker.step(AFTER))


def test_an_unedited_draft_that_is_no_longer_due_is_withdrawn(home: Home) -> None:
    assert placed(home.older(well).step(AFTER))
    worker = home.newer(blindly)
    worker.rereading.go_through(AFTER)
    changed = [one for one in worker.step(AFTER).events if isinstance(one, DraftChanged)]
    assert changed
    assert {one.change.at for one in changed} == {DraftStatus.WITHDRAWN}
    assert not home.box.drafts()


def test_what_was_placed_stays_where_nothing_is_read_otherwise(home: Home) -> None:
    home.older(well).step(AFTER)
    before = home.box.drafts()
    worker = home.newer(well)
    worker.rereading.go_through(AFTER)
    assert not worker.step(AFTER).events
    assert home.box.drafts() == before
    assert not rereading.changes(home.ledger)


def test_what_changed_is_kept_for_the_person(home: Home) -> None:
    home.older(blindly).step(AFTER)
    home.newer(well).rereading.go_through(AFTER)
    (change,) = rereading.changes(home.ledger)
    assert "Linden Works" in change.text
    assert change.at == AFTER


def test_a_mail_is_read_in_the_zone_it_was_read_in(home: Home) -> None:
    elsewhere = replace(PROFILE, reader=replace(ME, zone="Asia/Tokyo"))
    Assistant((home.box,), home.ledger, elsewhere, bytes(32), one_by_one(well)).step(BEFORE)
    home.newer(well).rereading.go_through(BEFORE)
    assert {one.zone for one in home.readers} == {"Asia/Tokyo"}


def test_what_was_read_by_this_reader_is_never_read_again(home: Home) -> None:
    home.older(well).step(BEFORE)
    home.newer(well).rereading.go_through(BEFORE)
    read = len(home.readers)
    assert not home.newer(well).rereading.go_on(BEFORE)
    assert len(home.readers) == read == 1


def test_what_was_set_aside_long_ago_is_left_alone(home: Home) -> None:
    home.older(blindly).step(BEFORE)
    home.newer(well).rereading.go_through(BEFORE + timedelta(days=100))
    assert not home.readers


def test_an_account_that_does_not_answer_is_asked_again(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    home.older(well).step(BEFORE)
    worker = home.newer(well)

    def silent(refs: object) -> object:
        raise Transient("It does not answer.")

    with monkeypatch.context() as cut:
        cut.setattr(home.box, "fetch", silent)
        worker.rereading.go_through(BEFORE)
        assert worker.rereading.go_on(BEFORE)
    worker.rereading.go_through(BEFORE)
    assert not worker.rereading.go_on(BEFORE)
    assert {one.reader_version for one in home.ledger.readings()} == {BETTER}


def test_a_few_mails_at_a_time(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rereading, "SOME", 1)
    home.box.deliver(CONFIRMATION.replace(b"linden", b"aspen").replace(b"Linden", b"Aspen"))
    home.older(well).step(BEFORE)
    worker = home.newer(well)
    assert worker.rereading.go_on(BEFORE)
    assert len(home.readers) == 1
    assert not worker.rereading.go_on(BEFORE)
    assert len(home.readers) == 2
