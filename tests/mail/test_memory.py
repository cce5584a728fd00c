"""What only the mailbox in memory has: a store that outlives it, the person's hands, and fewer capabilities at will."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest

from mailbot.errors import Bug, Transient, Uncertain
from mailbot.mail.memory import EVERYTHING, MemoryMailbox
from mailbot.mail.memory_store import MemoryStore
from mailbot.mail.port import Capability, DraftPresence, Place
from tests.mail.conformance.behaviour_drafts import Cut
from tests.mail.conformance.letters import mail, message_id

OWN = message_id("own")


def test_the_store_outlives_its_mailbox() -> None:
    before = MemoryMailbox("m")
    ref = before.place_draft(mail("own"), before.snapshot())
    after = MemoryMailbox("m", store=before.store)
    assert after.draft_state(ref) is DraftPresence.PRESENT


@pytest.mark.parametrize(
    ("at", "kind", "lies"), [(1, Transient, False), (2, Uncertain, False), (3, Uncertain, True), (4, Uncertain, True)]
)
def test_the_line_may_be_cut_before_the_request_and_on_either_side_of_its_effect(
    at: int, kind: type[Transient], lies: bool
) -> None:
    store = MemoryStore()
    cut = Cut(at)
    with pytest.raises(Transient) as raised:
        MemoryMailbox("m", store=store, step=cut).place_draft(mail("own"), "1:1")
    assert type(raised.value) is kind
    assert bool(store.mails()) is lies
    assert cut.taken == ["connected", "request sent", "carried out", "answered"][:at]


def test_a_mail_bears_the_thread_and_the_arrival_that_it_was_given() -> None:
    box = MemoryMailbox("m")
    at = datetime(2026, 3, 3, tzinfo=UTC)
    box.store.deliver(mail("a"), thread="t1", arrived=at)
    box.place_draft(mail("own"), box.snapshot(), thread="t1")
    raws = box.fetch(box.changes_since(None).appeared)
    assert [(raw.thread, raw.arrived) for raw in raws] == [("t1", at), ("t1", None)]


def test_delivering_to_the_mailbox_is_delivering_to_its_store() -> None:
    box = MemoryMailbox("m")
    box.deliver(mail("a"), Place.SENT)
    assert [stored.place for stored in box.store.mails()] == [Place.SENT]


def test_without_recovery_a_withdrawn_draft_is_gone() -> None:
    box = MemoryMailbox("m", capabilities=EVERYTHING - {Capability.RECOVERABLE})
    assert box.withdraw_draft(box.place_draft(mail("own"), box.snapshot()))
    assert box.store.mails() == ()


def test_what_does_not_lie_there_cannot_be_sent() -> None:
    with pytest.raises(Bug):
        MemoryStore().send_draft(OWN)


def test_a_wait_in_one_thread_ends_with_a_delivery_in_another() -> None:
    box = MemoryMailbox("m")
    other = threading.Thread(target=box.store.deliver, args=(mail("a"),))
    other.start()
    assert box.wait_for_change(60)
    other.join()
    assert not box.wait_for_change(0)
