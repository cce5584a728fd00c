"""Joining the suite is cheap, and nobody joins half of it."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from tests.mail.conformance.joining import MailboxConformance

BACKENDS = ("test_gmail", "test_imap", "test_maildir", "test_memory")


@pytest.mark.parametrize("name", BACKENDS)
def test_a_backend_joins_in_25_lines(name: str) -> None:
    lines = (Path(__file__).with_name(f"{name}.py")).read_text().splitlines()
    assert sum(bool(line.strip()) for line in lines) <= 25


@pytest.mark.parametrize("name", BACKENDS)
def test_a_backend_joins_both_halves(name: str) -> None:
    module = importlib.import_module(f"tests.mail.conformance.{name}")
    joined = [one for one in vars(module).values() if isinstance(one, type) and one.__name__.startswith("Test")]
    assert joined
    assert all(issubclass(one, MailboxConformance) for one in joined)


def test_every_method_of_the_port_is_called_by_the_behaviour_half() -> None:
    from mailbot.mail.port import Mailbox

    methods = {name for name in vars(Mailbox) if not name.startswith("_") and callable(getattr(Mailbox, name))}
    here = Path(__file__).parent
    said = "".join((here / f"{one}.py").read_text() for one in ("behaviour_drafts", "behaviour_mail"))
    assert [name for name in methods if f".{name}(" not in said] == []
