"""The engine: what each word makes it do, and what it does after a failure."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from mailbot.assistant import Assistant, Profile
from mailbot.drafting.letter import Me
from mailbot.engine import Engine, Pulse, Word
from mailbot.errors import Transient
from mailbot.etiquette import load
from mailbot.mail.memory import MemoryMailbox
from mailbot.outcome import DraftPlaced, Outcome
from mailbot.reading.statements import Reader
from mailbot.store.ledger import Ledger
from mailbot.store.sqlite import memory_ledger
from tests.sample_mail import CONFIRMATION, at


class Desk:
    """An engine whose clocks the test turns."""

    def __init__(self, ledger: Ledger) -> None:
        self.now, self.seconds = at("2026-03-04 14:00"), 0.0
        self.box = MemoryMailbox("home")
        self.outcomes: list[Outcome] = []
        self.said: list[str] = []
        reader = Reader(addresses=frozenset({"robin@example.com"}), zone="America/New_York", name="Robin Adeyemi")
        me = Me(name="Robin Adeyemi", addresses=("robin@example.com",), zone="America/New_York")
        self.engine = Engine(
            Assistant((self.box,), ledger, Profile(reader, me, load("coach")), bytes(32)),
            clock=lambda: self.now, report=self.outcomes.append, daily=lambda now: self.said.append("daily"),
            rest=lambda: self.said.append("rest"), ready=lambda: self.said.append("ready"),
            pulse=Pulse(lambda: self.seconds), steady=lambda: self.seconds,
        )  # fmt: skip

    def later(self, **length: float) -> None:
        self.now += timedelta(**length)
        self.seconds += timedelta(**length).total_seconds()


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    with memory_ledger() as opened:
        yield opened


@pytest.fixture
def desk(ledger: Ledger) -> Desk:
    return Desk(ledger)


def test_a_tick_with_nothing_due_is_no_step(desk: Desk) -> None:
    desk.engine.step()
    desk.later(minutes=1)
    desk.engine.hear({Word.TICK})
    assert len(desk.outcomes) == 1
    assert desk.said == ["rest"]


@pytest.mark.parametrize("word", [Word.CHANGED, Word.STEP])
def test_news_and_a_request_are_a_step(desk: Desk, word: Word) -> None:
    desk.engine.step()
    desk.engine.hear({word})
    assert len(desk.outcomes) == 2


def test_a_tick_at_the_due_moment_places_the_draft(desk: Desk) -> None:
    desk.box.deliver(CONFIRMATION)
    desk.engine.step()
    desk.now = desk.engine.next_due
    desk.engine.hear({Word.TICK})
    assert any(isinstance(one, DraftPlaced) for one in desk.outcomes[-1].events)


def test_mail_is_asked_for_without_any_watchers_word(desk: Desk) -> None:
    desk.engine.step()
    desk.box.deliver(CONFIRMATION)
    desk.later(minutes=10)
    desk.engine.hear({Word.TICK})
    assert desk.outcomes[-1].fetched == 1


def test_a_clock_that_was_set_back_is_a_reason_to_look(desk: Desk) -> None:
    desk.engine.step()
    desk.now -= timedelta(hours=5)
    desk.engine.hear({Word.TICK})
    assert len(desk.outcomes) == 2


def test_the_day_is_taken_after_the_fetch(desk: Desk) -> None:
    """An answer that comes while mail is fetched is no word from the future."""
    moments = iter([at("2026-03-04 14:00"), at("2026-03-04 14:20")])
    desk.engine.clock = lambda: next(moments)
    desk.engine.step()
    assert desk.outcomes[0].outlook.now == at("2026-03-04 14:20")


def test_many_words_are_one_step_and_stop_ends_it(desk: Desk) -> None:
    words: queue.Queue[Word] = queue.Queue()
    for word in (Word.CHANGED, Word.CHANGED, Word.STEP, Word.TICK):
        words.put(word)

    def report(outcome: Outcome) -> None:
        desk.outcomes.append(outcome)
        if len(desk.outcomes) == 2:
            words.put(Word.STOP)

    desk.engine.report = report
    desk.engine.run(words)
    assert len(desk.outcomes) == 2


def test_it_is_ready_at_once_where_no_act_was_left_open_and_the_day_begins_with_the_daily_job(desk: Desk) -> None:
    words: queue.Queue[Word] = queue.Queue()
    words.put(Word.STOP)
    desk.engine.run(words)
    assert desk.said == ["ready", "daily"]


@pytest.mark.parametrize("failure", [Transient("The disk is full."), KeyError("a bug")])
def test_after_a_failure_the_pause_doubles_up_to_an_hour_and_a_request_is_heard_all_the_same(
    desk: Desk, failure: Exception
) -> None:
    calls: list[datetime] = []

    def clock() -> datetime:
        calls.append(datetime.now(UTC))
        raise failure

    desk.engine.clock = clock
    desk.engine.step()
    for pause in (60, 120, 240, 480, 960, 1920, 3600, 3600):
        desk.seconds += pause - 1
        before = len(calls)
        desk.engine.hear({Word.CHANGED})
        assert len(calls) == before
        desk.seconds += 1
        desk.engine.hear({Word.CHANGED})
        assert len(calls) == before + 1
    desk.engine.hear({Word.STEP})
    assert len(calls) == before + 2


def test_a_failure_that_passed_is_forgotten(desk: Desk) -> None:
    clock, desk.engine.clock = desk.engine.clock, lambda: 1 / 0
    desk.engine.step()
    desk.engine.clock = clock
    desk.seconds += 60
    desk.engine.hear({Word.CHANGED})
    assert len(desk.outcomes) == 1
    desk.engine.hear({Word.CHANGED})
    assert len(desk.outcomes) == 2


def test_no_sign_of_life_without_progress(desk: Desk) -> None:
    desk.engine.step()
    assert desk.engine.pulse.age() == 0
    desk.seconds += 301
    assert desk.engine.pulse.age() == 301
