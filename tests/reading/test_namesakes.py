"""Addresses that are made of a name."""

from __future__ import annotations

import pytest

from mailbot.reading.namesakes import abbreviates


@pytest.mark.parametrize(
    ("local", "expected"), [("mgrove", True), ("grovem2", True), ("m.grove", True), ("mina", False), ("grove", False)]
)
def test_an_initial_and_a_surname_are_a_persons_address(local: str, expected: bool) -> None:
    assert abbreviates("Mina Grove", local) is expected
