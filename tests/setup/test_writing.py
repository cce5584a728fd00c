"""The configuration that `mailbot init` writes: sound, every key in it, and easy to change."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.config import parse_settings
from mailbot.config.editing import with_value
from mailbot.config.reference import keys
from mailbot.config.settings import KNOWN, NEEDED
from mailbot.setup.writing import configuration

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


def test_a_key_that_is_set_later_takes_the_place_of_its_comment() -> None:
    text = configuration({"me": ME, "account": {"name": "a", "kind": "maildir", "path": "~/Mail"}})
    edited = with_value(text, "x", "letters.sign_off", ["Warm regards,"])
    assert len(edited.splitlines()) == len(text.splitlines())
    assert parse_settings(edited, "x").letters.sign_off == "Warm regards,"
