"""Some weeks of mail with a new start each day and faults at random: a short form of `python -m tests.torture.soak`."""

from __future__ import annotations

import pytest

from tests.torture.soak import REASONABLE, Soak, both

DAYS, MAILS = 30, 4


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> tuple[Soak, Soak]:
    return both(tmp_path_factory.mktemp("soak"), DAYS, MAILS)


def test_the_same_follow_ups_are_drafted_as_without_restarts_and_faults(lived: tuple[Soak, Soak]) -> None:
    harsh, mild = lived
    assert harsh.faults > 3
    assert harsh.problems > 3
    assert mild.drafted.total() >= 4
    assert harsh.drafted == mild.drafted


def test_no_follow_up_is_drafted_twice(lived: tuple[Soak, Soak]) -> None:
    assert max(lived[0].drafted.values()) == 1


def test_no_file_is_left_open_and_memory_stays(lived: tuple[Soak, Soak]) -> None:
    harsh, _ = lived
    assert len(set(harsh.files)) == 1
    assert harsh.memory[-1] - harsh.memory[len(harsh.memory) // 2] < REASONABLE
