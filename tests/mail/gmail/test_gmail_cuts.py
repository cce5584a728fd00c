"""One request of a session goes wrong, in each way: the end is the same, and no request that makes a draft is repeated
blindly. `tests/torture/test_gmail_cuts.py` takes every request."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mail.gmail.gmail_cuts import HARMS, End, session

EVERY = 24  # each harm begins at another request


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> End:
    return session(tmp_path_factory.mktemp("undisturbed") / "session")


@pytest.mark.parametrize("harm", HARMS)
def test_whatever_one_request_meets_the_session_ends_the_same(tmp_path: Path, undisturbed: End, harm: str) -> None:
    assert len(undisturbed.drafts) == 1
    assert undisturbed.posts == 2
    first = 1 + list(HARMS).index(harm) % EVERY
    for at in range(first, undisturbed.requests + 1, EVERY):
        end = session(tmp_path / f"at {at}", harm, at)
        assert end.drafts == undisturbed.drafts, at
        assert end.posts <= undisturbed.posts + 1, at
