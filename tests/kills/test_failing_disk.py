"""The disk is full, or fails, at each write of the store: a sentence, no draft that the ledger does not know, and once
there is room again the same end as without."""

from __future__ import annotations

import errno

import pytest

from tests.kills.session import Session

EVERY = 25  # each so many-th write of the store; the long form takes them all


@pytest.mark.parametrize(("number", "lasting"), [(errno.ENOSPC, True), (errno.EIO, False)], ids=["full", "broken"])
def test_a_write_of_the_store_that_fails_costs_no_draft_and_makes_none_twice(
    maildir_session: Session, number: int, lasting: bool
) -> None:
    session = maildir_session
    for act, ran in session.acts():
        for at in range(1, session.writes(ran) + 1, EVERY):
            session.disk_fails(act, at, number, lasting=lasting)
