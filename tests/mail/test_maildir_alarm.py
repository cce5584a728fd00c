"""The alarm wakes whoever waits for a Maildir when a folder changes; it need not, but it must not miss."""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

import pytest

from mailbot.mail.maildir import MaildirMailbox
from mailbot.mail.maildir_alarm import Alarm
from tests.mail.conformance.maildir_world import make_maildir

LONG = 600  # seconds; no test waits so long
linux = pytest.mark.skipif(sys.platform != "linux", reason="inotify is Linux's")


def waited(alarm: Alarm) -> float:
    began = time.monotonic()
    alarm.wait(LONG)
    return time.monotonic() - began


@linux
@pytest.mark.parametrize("act", ["comes", "is renamed", "goes"])
def test_a_file_that_comes_goes_or_is_renamed_wakes(tmp_path: Path, act: str) -> None:
    file = tmp_path / "a"
    if act != "comes":
        file.touch()
    with Alarm([tmp_path], unaided=LONG) as alarm:
        {"comes": file.touch, "goes": file.unlink, "is renamed": lambda: file.rename(tmp_path / "a:2,S")}[act]()
        assert waited(alarm) < LONG / 10


@linux
def test_a_folder_that_is_not_there_does_not_silence_the_others(tmp_path: Path) -> None:
    with Alarm([tmp_path / "gone", tmp_path], unaided=LONG) as alarm:
        (tmp_path / "a").touch()
        assert waited(alarm) < LONG / 10


def test_ringing_ends_the_wait_of_another_thread(tmp_path: Path) -> None:
    with Alarm([tmp_path], unaided=LONG) as alarm:
        thread = threading.Thread(target=alarm.wait, args=(LONG,))
        thread.start()
        alarm.ring()
        thread.join(LONG / 10)
        assert not thread.is_alive()


def test_ringing_a_closed_alarm_is_nothing(tmp_path: Path) -> None:
    with Alarm([tmp_path], unaided=LONG) as alarm:
        pass
    alarm.ring()


def test_without_inotify_a_wait_ends_in_time_for_another_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ctypes", None)
    with Alarm([tmp_path], unaided=0.01) as alarm:
        assert waited(alarm) < LONG / 10


@pytest.mark.parametrize("aided", [True, False], ids=["with inotify", "without"])
def test_mail_that_comes_while_a_mailbox_waits_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, aided: bool
) -> None:
    if not aided:
        monkeypatch.setitem(sys.modules, "ctypes", None)
    make_maildir(tmp_path)
    box = MaildirMailbox("m", tmp_path)
    assert not box.wait_for_change(0)
    threading.Timer(0.05, (tmp_path / "new/1700000000.1.desk").touch).start()
    assert box.wait_for_change(LONG)


def test_a_new_folder_is_told(tmp_path: Path) -> None:
    make_maildir(tmp_path)
    box = MaildirMailbox("m", tmp_path)
    assert not box.wait_for_change(0)
    make_maildir(tmp_path / ".Jobs")
    assert box.wait_for_change(LONG)


def test_closing_ends_a_wait(tmp_path: Path) -> None:
    make_maildir(tmp_path)
    box = MaildirMailbox("m", tmp_path)
    box.wait_for_change(0)
    thread = threading.Thread(target=box.wait_for_change, args=(LONG,))
    thread.start()
    while thread.is_alive():
        box.close()
        thread.join(0.01)
