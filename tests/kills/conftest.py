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


@pytest.fixture(params=KINDS)
def session(request: pytest.FixtureRequest, tmp_path: Path) -> Session:
    """A session on each kind of mailbox in turn."""
    if not POSSIBLE:
        pytest.skip(NEEDED)
    home = KINDS[request.param](tmp_path / "home")
    nursery().gmail = home.gmail
    return Session(home, nursery())


@pytest.fixture
def maildir_session(tmp_path: Path) -> Session:
    if not POSSIBLE:
        pytest.skip(NEEDED)
    nursery().gmail = ""
    return Session(KINDS["maildir"](tmp_path / "home"), nursery())
