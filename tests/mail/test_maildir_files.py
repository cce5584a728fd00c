"""Reading files with care: once, again when they changed, and no more of them than is needed."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from mailbot.errors import ActionNeeded, Transient
from mailbot.mail.header_block import LONGEST
from mailbot.mail.maildir_files import File, Remembered, arrived, digest, digest_of, failure, read_head, read_whole


def test_what_was_read_is_remembered_until_the_file_changes(tmp_path: Path) -> None:
    reads: list[str] = []

    def read(file: File) -> bytes:
        reads.append(file.file_name)
        return read_whole(file)

    file = File(tmp_path, "a")
    file.path.write_bytes(b"one")
    os.utime(file.path, (1e9, 1e9))
    remembered = Remembered(read)
    assert remembered(file) == remembered(file) == b"one"
    assert reads == ["a"]
    file.path.write_bytes(b"two")
    assert remembered(file) == b"two"


def test_the_digest_of_a_file_is_that_of_its_bytes(tmp_path: Path) -> None:
    file = File(tmp_path, "a")
    file.path.write_bytes(b"x" * 100_000)
    assert digest(file) == digest_of(b"x" * 100_000)


def test_a_head_is_read_whole_however_long_and_never_without_end(tmp_path: Path) -> None:
    file = File(tmp_path, "a")
    for lines in (0, 1, 1_000, 10_000):
        head = b"X: 123456\n" * lines + b"\n"
        file.path.write_bytes(head + b"body\n" * 50_000)
        assert read_head(file) == head
    file.path.write_bytes(b"X: 123456\n" * 100_000)
    assert LONGEST <= len(read_head(file)) < 2 * LONGEST


def test_any_time_of_a_file_is_an_arrival(tmp_path: Path) -> None:
    file = File(tmp_path, "a")
    file.path.touch()
    for seconds, year in ((-1e9, 1970), (1.4e10, 2413)):
        os.utime(file.path, (seconds, seconds))
        assert arrived(file).year == year
    assert arrived(file) < datetime.max.replace(tzinfo=UTC)


def test_a_failure_names_the_path_and_no_terminal_obeys_it() -> None:
    problem = failure(OSError(5, "Input/output error"), Path("/mail/\x1b[2Jx"))
    assert isinstance(problem, Transient)
    assert "\x1b" not in str(problem)
    assert "Input/output error" in str(problem)


def test_what_the_person_must_mend_is_told_apart_from_what_passes() -> None:
    assert isinstance(failure(PermissionError(13, "Permission denied"), Path("/mail")), ActionNeeded)
    assert isinstance(failure(OSError(28, "No space left on device"), Path("/mail")), Transient)
