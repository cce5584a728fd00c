"""Where a sign-in is kept: the keyring, or a file, and that it is found, replaced and removed there."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from keyring.backends.null import Keyring as Null

from mailbot.errors import ActionNeeded
from mailbot.mail.gmail.tokens import SignIn, load_sign_in
from mailbot.mail.kept import forget, is_ringed, keep_again, kept
from mailbot.mail.ring import Stays
from mailbot.purging import purge
from mailbot.setup.keeping import Keeping
from tests.ring import Ring, in_use

ONE = SignIn("mine", "s", "1//heron").text
OTHER = SignIn("mine", "s", "1//plover").text
MODE = 0o777


@pytest.fixture
def ring() -> Iterator[Ring]:
    ring = Ring()
    with in_use(ring):
        yield ring


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "gmail-my%20home.json"


def keeping(file: Path, wanted: str | None = None, text: str = ONE) -> Keeping:
    one = Keeping(file, wanted)
    one(text)
    return one


def everything(folder: Path) -> str:
    return "".join(one.read_text() for one in folder.iterdir())


def test_where_there_is_a_keyring_no_file_holds_a_secret(ring: Ring, file: Path) -> None:
    assert keeping(file).words == "The sign-in lies in your keyring."
    assert list(ring.kept.values()) == [ONE]
    assert "heron" not in everything(file.parent)
    assert load_sign_in("my home", file).refresh_token == "1//heron"


def test_without_a_keyring_it_lies_in_a_private_file_and_a_word_says_so(file: Path) -> None:
    words = keeping(file).words
    assert words == (
        f"No keyring could be used (there is none on this machine). The sign-in lies in {file}, which you alone can"
        " read."
    )
    assert file.stat().st_mode & MODE == 0o600
    assert load_sign_in("my home", file).refresh_token == "1//heron"


def test_a_keyring_that_forgets_everything_is_none(file: Path) -> None:
    with in_use(Null()):  # type: ignore[no-untyped-call]
        assert keeping(file).place == "file"
        assert kept(file) == ONE


def test_who_wants_a_file_gets_one_and_the_keyring_forgets(ring: Ring, file: Path) -> None:
    keeping(file)
    assert keeping(file, "file", OTHER).words == f"The sign-in lies in {file}, which you alone can read."
    assert kept(file) == OTHER
    assert ring.kept == {}


def test_a_keyring_that_is_wanted_and_locked_is_said_and_the_old_sign_in_holds(ring: Ring, file: Path) -> None:
    keeping(file, "file")
    ring.locked = True
    with pytest.raises(ActionNeeded, match=r"The keyring took no sign-in: .*locked.*--keep file"):
        keeping(file, "keyring", OTHER)
    assert kept(file) == ONE


def test_a_locked_keyring_is_a_sentence_with_two_ways_out(ring: Ring, file: Path) -> None:
    keeping(file)
    ring.locked = True
    with pytest.raises(ActionNeeded, match=r"'my home' lies in the keyring.*Unlock it, or .*auth my home --keep"):
        load_sign_in("my home", file)
    ring.locked = False
    assert load_sign_in("my home", file).refresh_token == "1//heron"


def test_what_the_keyring_lost_is_no_sign_in(ring: Ring, file: Path) -> None:
    keeping(file)
    ring.kept.clear()
    with pytest.raises(ActionNeeded, match="Run: mailbot auth my home"):
        load_sign_in("my home", file)


@pytest.mark.parametrize("wanted", ["keyring", "file"])
def test_what_changes_is_kept_where_it_was(ring: Ring, file: Path, wanted: str) -> None:
    keeping(file, wanted)
    keep_again(file, OTHER)
    assert kept(file) == OTHER
    assert is_ringed(file) is (wanted == "keyring")
    assert list(ring.kept.values()) == ([OTHER] if wanted == "keyring" else [])


def test_two_configurations_with_an_account_of_one_name_have_a_sign_in_each(ring: Ring, tmp_path: Path) -> None:
    files = [tmp_path / folder / "gmail-home.json" for folder in ("mine", "theirs")]
    for file, text in zip(files, (ONE, OTHER), strict=True):
        keeping(file, text=text)
    assert [kept(file) for file in files] == [ONE, OTHER]


@pytest.mark.parametrize("wanted", ["keyring", "file"])
def test_what_is_forgotten_is_gone_everywhere(ring: Ring, file: Path, wanted: str) -> None:
    keeping(file, wanted)
    forget(file)
    assert ring.kept == {}
    assert not file.exists()


def test_purging_takes_it_out_of_the_keyring(ring: Ring, file: Path) -> None:
    keeping(file)
    purge(file.with_name("mailbot.toml"), file.parent / "state", None)
    assert ring.kept == {}
    assert not file.exists()


def test_what_a_locked_keyring_does_not_give_up_is_still_found_once_it_is_open(ring: Ring, file: Path) -> None:
    keeping(file)
    ring.locked = True
    with pytest.raises(Stays, match="locked"):
        forget(file)
    ring.locked = False
    forget(file)
    assert ring.kept == {}
    assert not file.exists()


def test_purging_with_a_locked_keyring_gives_the_command_that_removes_the_rest(ring: Ring, file: Path) -> None:
    keeping(file)
    ring.locked = True
    (stays,) = purge(file.with_name("mailbot.toml"), file.parent / "state", None)
    ((service, name),) = ring.kept
    assert stays.mend == shlex.join([sys.executable, "-m", "keyring", "del", service, name])
    assert not file.exists()


def test_a_file_in_the_place_of_a_locked_keyring_says_that_the_older_one_stays(ring: Ring, file: Path) -> None:
    keeping(file)
    ring.locked = True
    words = keeping(file, "file", OTHER).words
    assert "An older one stays in the keyring (it is locked)." in words
    assert "keyring del" in words
    assert kept(file) == OTHER


@pytest.mark.parametrize("text", ['{"keyring": 7}', '{"keyring": ""}', "[]", "\x00"])
def test_a_file_that_points_nowhere_is_said(ring: Ring, file: Path, text: str) -> None:
    file.write_text(text)
    file.chmod(0o600)
    with pytest.raises(ActionNeeded, match="Run: mailbot auth my home"):
        load_sign_in("my home", file)


def test_who_can_write_the_file_learns_no_other_secret_of_the_keyring(ring: Ring, file: Path) -> None:
    ring.kept["mailbot", "work"] = "harbour crane"
    file.write_text(json.dumps({"keyring": "work"}))
    file.chmod(0o600)
    assert "harbour crane" not in kept(file)
