"""The table of transitions, cell by cell: the ledger lets a draft become what it lists, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from mailbot.drafting.drafts import ENDED, OPEN, TRANSITIONS, DraftRecord, DraftStatus
from mailbot.errors import Bug
from mailbot.store.sqlite import memory_ledger
from tests.drafting.placing_scene import NOW, letter

RECORD = DraftRecord(
    id=0, identity=letter().follow_up.identity, application="a", account="home", message_id=letter().message_id,
    status=DraftStatus.INTENDED, subject="", body="", raw=letter().raw, snapshot="", ref=None, fingerprint="",
    reason="", intended_at=NOW,
)  # fmt: skip
# How a record comes to each status.
WAYS: dict[DraftStatus, tuple[DraftStatus, ...]] = {
    DraftStatus.INTENDED: (DraftStatus.INTENDED,),
    DraftStatus.PLACED: (DraftStatus.INTENDED, DraftStatus.PLACED),
    DraftStatus.EDITED: (DraftStatus.EDITED,),
    DraftStatus.SENT: (DraftStatus.SENT,),
    DraftStatus.DISMISSED: (DraftStatus.DISMISSED,),
    DraftStatus.WITHDRAWN: (DraftStatus.INTENDED, DraftStatus.WITHDRAWN),
    DraftStatus.OBSOLETE: (DraftStatus.EDITED, DraftStatus.OBSOLETE),
    DraftStatus.GONE: (DraftStatus.EDITED, DraftStatus.GONE),
    DraftStatus.SETTLED: (DraftStatus.SETTLED,),
}


@pytest.mark.parametrize(("was", "at"), list(product(DraftStatus, DraftStatus)))
def test_a_record_becomes_only_what_the_table_lists(was: DraftStatus, at: DraftStatus) -> None:
    with memory_ledger() as ledger:
        first, *rest = WAYS[was]
        record = ledger.intend(replace(RECORD, status=first))
        for status in rest:
            ledger.update(replace(record, status=status))
        if at in TRANSITIONS[was]:
            ledger.update(replace(record, status=at))
            assert ledger.all_drafts()[0].status is at
        else:
            with pytest.raises(Bug):
                ledger.update(replace(record, status=at))
            assert ledger.all_drafts()[0].status is was


@pytest.mark.parametrize("status", DraftStatus)
def test_a_new_record_is_only_what_the_table_lists(status: DraftStatus) -> None:
    with memory_ledger() as ledger:
        if status in TRANSITIONS[None]:
            assert ledger.intend(replace(RECORD, status=status)).status is status
        else:
            with pytest.raises(Bug):
                ledger.intend(replace(RECORD, status=status))
            assert ledger.all_drafts() == ()


def test_every_status_is_open_or_ended_and_only_gone_has_a_way_on() -> None:
    assert set(OPEN) | ENDED == set(DraftStatus) == TRANSITIONS.keys() - {None}
    assert [one for one in ENDED if TRANSITIONS[one]] == [DraftStatus.GONE]


def test_an_edited_draft_is_never_withdrawn() -> None:
    assert DraftStatus.WITHDRAWN not in TRANSITIONS[DraftStatus.EDITED]
