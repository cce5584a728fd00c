"""The names of files: what other programs make of them, and what ours say."""

from __future__ import annotations

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.mail.maildir_names import new_name, read_name


@pytest.mark.parametrize(
    ("file_name", "unique", "flags"),
    [
        ("1700000000.M1P2.desk:2,S", "1700000000.M1P2.desk", "S"),
        ("1700000000.M1P2.desk", "1700000000.M1P2.desk", ""),
        ("1700000000.M1P2.desk:2,", "1700000000.M1P2.desk", ""),
        ("1700000000.M1P2.desk,S=12,W=14:2,DS", "1700000000.M1P2.desk", "DS"),  # Dovecot
        ("1700000000.1_1.desk,U=17:2,FRS", "1700000000.1_1.desk", "FRS"),  # mbsync
        ("1700000000_0.1.desk,U=17,FMD5=7e33429f:2,S", "1700000000_0.1.desk", "S"),  # offlineimap
        ("1700000000.R1.desk;2,DS", "1700000000.R1.desk", "DS"),  # where a colon is not allowed
        ("1700000000.R1.desk!2,T", "1700000000.R1.desk", "T"),
        ("1700000000000.eml", "1700000000000.eml", ""),  # Thunderbird
        ("Hello, you.eml", "Hello, you.eml", ""),  # copied there by hand
        (",S=1:2,S", ",S=1", "S"),
        (":2,S", ":2,S", ""),
    ],
)
def test_a_name_is_read_whoever_wrote_it(file_name: str, unique: str, flags: str) -> None:
    name = read_name(file_name)
    assert (name.unique, name.flags) == (unique, flags)


@given(st.text())
def test_any_name_has_a_unique_part(file_name: str) -> None:
    assert read_name(file_name).unique or not file_name


@pytest.mark.parametrize(
    ("unique", "seconds"),
    [("1700000000.1.desk", 1700000000), ("1700000000000.eml", 0), ("17.eml", 0), ("20261127.one", 0), ("x", 0)],
)
def test_the_time_in_a_name_is_in_seconds(unique: str, seconds: int) -> None:
    assert read_name(unique).seconds == seconds


def test_the_flags_part_is_kept_as_it_stands() -> None:
    assert [read_name(name).info for name in ("a:2,DS", "a;2,S", "a")] == [":2,DS", ";2,S", ""]


def test_a_new_name_is_new_and_sorts_by_time() -> None:
    names = [new_name() for _ in range(100)]
    assert len(set(names)) == 100
    assert [name.partition("R")[0] for name in names] == sorted(name.partition("R")[0] for name in names)


def test_a_new_name_tells_neither_the_host_nor_the_product() -> None:
    name = new_name().lower()
    assert name.endswith(".localhost")
    assert "mailbot" not in name
    assert socket.gethostname().lower() not in name.removesuffix(".localhost")
    assert read_name(name).unique == name
