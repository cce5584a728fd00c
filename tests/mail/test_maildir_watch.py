"""The watch notices whatever may bring mail, also within one tick of the file system's clock."""

from __future__ import annotations

import os
from pathlib import Path

from mailbot.mail.maildir import MaildirMailbox
from mailbot.mail.maildir_watch import changed, marks
from tests.mail.conformance.maildir_world import make_maildir


def test_a_directory_that_nobody_touched_has_not_changed(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    assert not changed(marks([tmp_path]), [tmp_path])


def test_a_new_file_is_a_change(tmp_path: Path) -> None:
    os.utime(tmp_path, (1e9, 1e9))
    before = marks([tmp_path])
    (tmp_path / "a").touch()
    assert changed(before, [tmp_path])


def test_a_second_change_within_one_tick_is_noticed(tmp_path: Path) -> None:
    before = marks([tmp_path])
    now = tmp_path.stat()
    (tmp_path / "a").touch()
    os.utime(tmp_path, ns=(now.st_atime_ns, now.st_mtime_ns))
    assert changed(before, [tmp_path])


def test_a_directory_that_comes_or_goes_is_a_change(tmp_path: Path) -> None:
    folder = tmp_path / "cur"
    before = marks([folder])
    assert not changed(before, [folder])
    folder.mkdir()
    assert changed(before, [folder])
    there = marks([folder])
    folder.rmdir()
    assert changed(there, [folder])


def test_other_directories_than_before_are_a_change(tmp_path: Path) -> None:
    assert changed(marks([tmp_path]), [tmp_path, tmp_path / "new"])


def test_a_change_is_told_once(tmp_path: Path) -> None:
    make_maildir(tmp_path)
    box = MaildirMailbox("m", tmp_path)
    assert not box.wait_for_change(0)
    (tmp_path / "new/1700000000.1.desk").touch()
    assert box.wait_for_change(0)
    assert not box.wait_for_change(0)


def test_what_came_between_looking_and_waiting_is_told(tmp_path: Path) -> None:
    make_maildir(tmp_path)
    box = MaildirMailbox("m", tmp_path)
    box.changes_since(None)
    (tmp_path / "new/1700000000.1.desk").touch()
    assert box.wait_for_change(60)
