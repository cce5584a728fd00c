"""Where a password is put by `mailbot init`, and that it is found there again."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring

from mailbot.errors import ActionNeeded
from mailbot.mail import ring
from mailbot.mail.imap.secret import secret_of
from mailbot.setup.secrets import keep_in_file, keep_in_keyring
from tests.ring import Ring, in_use


@pytest.fixture(autouse=True)
def _own_keyring() -> Iterator[None]:
    with in_use(keyring.get_keyring()):
        yield


@pytest.mark.parametrize("password", ["harbour crane", "pässword", "-n", "$(id) `x` 'q'"])
def test_a_password_in_a_file_is_found_and_is_ones_own_alone(tmp_path: Path, password: str) -> None:
    folder = tmp_path / "it's here"
    command = keep_in_file("my mail/1", password, folder)
    assert secret_of("my mail/1", "u", command) == password
    (file,) = folder.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_another_password_takes_the_place_of_the_first(tmp_path: Path) -> None:
    keep_in_file("a", "old", tmp_path)
    assert secret_of("a", "u", keep_in_file("a", "new", tmp_path)) == "new"


def test_a_password_in_the_keyring_is_found() -> None:
    keyring.set_keyring(Ring())
    assert ring.is_there()
    keep_in_keyring("home", "harbour crane")
    assert secret_of("home", "u", "") == "harbour crane"


def test_a_locked_keyring_is_a_sentence_with_another_way() -> None:
    keyring.set_keyring(Ring(locked=True))
    with pytest.raises(ActionNeeded, match=r"it is locked.*--keep file"):
        keep_in_keyring("home", "x")


def test_a_password_in_a_locked_keyring_is_not_taken_for_one_that_is_not_there() -> None:
    keyring.set_keyring(Ring(locked=True))
    with pytest.raises(ActionNeeded, match=r"cannot be opened: it is locked. Unlock it, or set password_command"):
        secret_of("home", "u", "")


def test_no_keyring_is_seen() -> None:
    keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]
    assert not ring.is_there()
