"""Three years of mail played forward: the whole archive beside the time in which the standard library parses it, and a
step that finds nothing new at its end.

Processor time, on a machine that has nothing else to do. Run:
pytest tests/bench/test_replay.py -o addopts="-s --import-mode=importlib"
"""

from __future__ import annotations

import mailbox
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from mailbot.assistant import Assistant, Profile
from mailbot.drafting.letter import Me
from mailbot.etiquette import load
from mailbot.outcome import Outcome
from mailbot.reading.statements import Reader
from mailbot.replay import Replay, read_archive, replay
from tests.bench.archive import ALL, HIRING, write_archive
from tests.bench.test_reading import with_the_standard_library
from tests.tracking.forty import FIRMS

ADDRESS, ZONE = "robin.adeyemi@home.example", "Europe/London"
READER = Reader(addresses=frozenset({ADDRESS}), zone=ZONE, name="Robin Adeyemi")
PROFILE = Profile(READER, Me(name="Robin Adeyemi", addresses=(ADDRESS,), zone=ZONE), load("coach"))
IDLE_STEPS = 200
WAIT = timedelta(days=40)  # after the last mail, so that the last check-ins come


class Played:
    """An archive played to its end, with the seconds of processor time that it took."""

    def __init__(self, file: Path, hiring: int, every: int) -> None:
        write_archive(file, hiring, every)
        end = read_archive(file, READER.addresses)[-1].at + WAIT
        began = time.process_time()
        self.playing: Replay = replay(file, PROFILE, None, end)
        for outcome in self.playing.outcomes():
            self.last: Outcome = outcome
        self.seconds = time.process_time() - began

    @property
    def assistant(self) -> Assistant:
        return self.playing.assistant

    def idle_step(self) -> float:
        """Milliseconds of a step at which nothing is new: the least of many."""
        now, took = self.last.outlook.now, []
        for number in range(IDLE_STEPS):
            began = time.process_time()
            self.assistant.step(now + timedelta(milliseconds=number))
            took.append(time.process_time() - began)
        return min(took) * 1000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("archive")


@pytest.fixture(scope="module")
def whole(folder: Path) -> Played:
    return Played(folder / "whole.mbox", HIRING, ALL)


def test_ten_thousand_mails(whole: Played, folder: Path) -> None:
    with closing(mailbox.mbox(folder / "whole.mbox", create=False)) as box:
        began = time.process_time()
        for key in box.iterkeys():
            with_the_standard_library(box.get_bytes(key))
        parsing = time.process_time() - began
    print(
        f"\nreplay of {ALL} mails, {HIRING} of hiring: {whole.seconds:.1f} s,"
        f" {whole.seconds / parsing:.1f} times the standard library's parsing of them ({parsing:.1f} s)"
    )
    assert len(whole.last.outlook.tracked.applications) >= 2 * len(FIRMS)
    assert whole.seconds < 60


def test_a_step_with_nothing_new_costs_milliseconds_however_long_the_history(whole: Played, folder: Path) -> None:
    """What it costs grows with the drafts that lie there, each of which is looked after, not with the history."""
    short = Played(folder / "short.mbox", HIRING // 10, ALL // 10)
    for count, one in ((ALL // 10, short), (ALL, whole)):
        lying, took = len(one.last.outlook.lying), one.idle_step()
        print(f"\na step with nothing new after {count} mails, {lying} drafts lying there: {took:.2f} ms")
        assert took < 3
