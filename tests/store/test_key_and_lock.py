"""The identity key and the instance lock."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from mailbot.errors import ActionNeeded, Transient
from mailbot.store.key import load_or_create_key
from mailbot.store.lock import NAME, Held, InstanceLock

HOLDER = """
import sys, pathlib
from mailbot.store.lock import InstanceLock
with InstanceLock(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def holder(folder: Path) -> subprocess.Popen[str]:
    """Another process that holds the lock until its standard input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    return process


def end(process: subprocess.Popen[str]) -> None:
    process.communicate("")


def test_a_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "config" / "identity.key"
    key = load_or_create_key(file)
    assert len(key) == 32
    assert load_or_create_key(file) == key
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [one.name for one in file.parent.iterdir()] == ["identity.key"]


def test_no_two_keys_are_the_same(tmp_path: Path) -> None:
    assert load_or_create_key(tmp_path / "a") != load_or_create_key(tmp_path / "b")


def test_many_who_make_the_key_at_once_have_the_same(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: load_or_create_key(tmp_path / "identity.key"), range(32)))
    assert len(keys) == 1


def test_a_key_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "target").write_bytes(bytes(32))
    (tmp_path / "identity.key").symlink_to(tmp_path / "target")
    with pytest.raises(ActionNeeded, match="link"):
        load_or_create_key(tmp_path / "identity.key")


def test_a_file_of_another_length_is_no_key_and_is_left(tmp_path: Path) -> None:
    file = tmp_path / "identity.key"
    file.write_bytes(b"short")
    with pytest.raises(ActionNeeded, match="5 bytes"):
        load_or_create_key(file)
    assert file.read_bytes() == b"short"


def test_a_second_process_is_refused_and_told_who_holds_the_lock(tmp_path: Path) -> None:
    process = holder(tmp_path)
    with pytest.raises(Held) as held, InstanceLock(tmp_path):
        pass
    end(process)
    assert held.value.pid == process.pid
    assert f"process {process.pid}, since 20" in str(held.value)


def test_of_a_hundred_that_start_at_once_one_holds_the_lock(tmp_path: Path) -> None:
    """Threads here: the lock is that of an opened file, not of a process."""
    with InstanceLock(tmp_path):
        pass
    begin, tried = Barrier(100), Barrier(100)

    def start(_: int) -> str:
        begin.wait()
        try:
            with InstanceLock(tmp_path):
                tried.wait()
                return "held"
        except Held:
            tried.wait()
            return "refused"

    with ThreadPoolExecutor(100) as pool:
        assert Counter(pool.map(start, range(100))) == {"held": 1, "refused": 99}


def test_the_lock_is_free_after_its_block_and_after_a_kill(tmp_path: Path) -> None:
    with InstanceLock(tmp_path):
        pass
    process = holder(tmp_path)
    process.kill()
    end(process)
    with InstanceLock(tmp_path):
        assert stat.S_IMODE((tmp_path / NAME).stat().st_mode) == 0o600


def test_a_holder_without_an_ear_survives_being_asked(tmp_path: Path) -> None:
    process = holder(tmp_path)
    with pytest.raises(Held) as held, InstanceLock(tmp_path):
        pass
    held.value.ask_to_step()
    assert process.poll() is None
    end(process)
    assert process.returncode == 0


def test_a_holder_that_listens_is_asked(tmp_path: Path) -> None:
    asked: list[int] = []
    before = signal.signal(signal.SIGUSR1, lambda number, frame: asked.append(number))
    try:
        Held(tmp_path / NAME, os.getpid(), "now").ask_to_step()
    finally:
        signal.signal(signal.SIGUSR1, before)
    assert asked == [signal.SIGUSR1]


def test_asking_one_that_has_gone_is_transient(tmp_path: Path) -> None:
    process = holder(tmp_path)
    end(process)
    with pytest.raises(Transient):
        Held(tmp_path / NAME, process.pid, "now").ask_to_step()


def test_a_lock_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / NAME).symlink_to(tmp_path / "target")
    with pytest.raises(ActionNeeded, match="link"), InstanceLock(tmp_path):
        pass
    assert not (tmp_path / "target").exists()
