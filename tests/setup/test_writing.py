"""The configuration that `mailbot init` writes: sound, every key in it, and easy to change."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.config import parse_settings
from mailbot.config.editing import with_account, with_value
from mailbot.config.reference import keys
from mailbot.config.settings import KNOWN, NEEDED
from mailbot.setup.writing import account_table, configuration

ME = {"name": "Nora Castellan", "addresses": ["nora@example.com"]}


@pytest.mark.parametrize("kind", NEEDED)
def test_every_key_of_its_kind_is_there_with_what_it_is(kind: str) -> None:
    text = configuration({"me": ME, "account": {"name": "a", "kind": kind}})
    for table, key, _, about in keys():
        if table != "account" or key in (*NEEDED[kind], *KNOWN[kind]):
            assert f"{key} =" in text, key
            assert about in text, key


@given(st.text(min_size=1).filter(str.strip))
def test_whatever_the_name_it_is_read_again(name: str) -> None:
    account = {"name": "a", "kind": "maildir", "path": "~/Mail"}
    assert parse_settings(configuration({"me": {**ME, "name": name}, "account": account}), "x").me.name == name


@pytest.mark.parametrize("kind", NEEDED)
def test_an_account_that_is_added_changes_no_other_line(kind: str) -> None:
    text = configuration({"me": ME, "account": {"name": "a", "kind": "maildir", "path": "~/Mail"}})
    more = {"name": "b", "kind": kind, **dict.fromkeys(NEEDED[kind], "x")}
    edited = with_account(text, "x", account_table(more), ["nora@example.com"])
    added = account_table(more).splitlines()
    lines = edited.splitlines()
    at = lines.index(added[0], text.splitlines().index(added[0]) + 1)
    assert lines[at : at + len(added)] == added
    assert [*lines[:at], *lines[at + len(added) + 1 :]] == text.splitlines()
    assert [one.name for one in parse_settings(edited, "x").account] == ["a", "b"]


def test_a_key_that_is_set_later_takes_the_place_of_its_comment() -> None:
    text = configuration({"me": ME, "account": {"name": "a", "kind": "maildir", "path": "~/Mail"}})
    edited = with_value(text, "x", "letters.sign_off", ["Warm regards,"])
    assert len(edited.splitlines()) == len(text.splitlines())
    assert parse_settings(edited, "x").letters.sign_off == "Warm regards,"
