"""What the tests of this folder share: one nursery, and each session as it was before each of its acts."""

from __future__ import annotations

import atexit
from functools import cache
from pathlib import Path

import pytest

from tests.kills.homes import KINDS
from tests.kills.nursery import Nursery
from tests.kills.session import Session
from tests.kills.tracing import NEEDED, POSSIBLE


@cache
def nursery() -> Nursery:
    one = Nursery()
    atexit.register(one.close)
    return one


def session_on(kind: str, folder: Path) -> Session:
    """A session on one kind of mailbox."""
    if not POSSIBLE:
        pytest.skip(NEEDED)
    home = KINDS[kind](folder / "home")
    nursery().gmail = home.gmail
    return Session(home, nursery())


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """On a Maildir; `tests/torture/test_kills.py` has the other kinds."""
    return session_on("maildir", tmp_path)


@pytest.fixture
def maildir_session(tmp_path: Path) -> Session:
    return session_on("maildir", tmp_path)
