"""The whole job end to end on a mailbox: drafts placed, and what the person does with them seen. A backend joins with a
class of its own, which gives the fixture `world`. Each step is one of a process that has just started."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from mailbot.assistant import Assistant
from mailbot.drafting.drafts import DraftStatus
from mailbot.mail.header_block import message_id_of
from mailbot.mail.port import Place
from mailbot.outcome import DraftPlaced, Outcome
from mailbot.store.ledger import Ledger
from mailbot.store.sqlite import memory_ledger
from tests.mail.conformance.world import Lying, World
from tests.sample_mail import CANCELLATION, CONFIRMATION
from tests.test_assistant import AFTER, BEFORE, BOTH, PROFILE


def step(world: World, ledger: Ledger, minutes: float = 0) -> Outcome:
    return Assistant((world.open(),), ledger, PROFILE, bytes(32)).step(AFTER + timedelta(minutes=minutes))


def states(ledger: Ledger) -> set[DraftStatus]:
    return {one.status for one in ledger.all_drafts()}


class WholeJob:
    """Inherited by the class of each backend."""

    @pytest.fixture
    def ledger(self) -> Iterator[Ledger]:
        with memory_ledger() as opened:
            yield opened

    @pytest.fixture
    def placed(self, world: World, ledger: Ledger) -> tuple[Lying, ...]:
        world.deliver(CONFIRMATION, arrived=BEFORE)
        outcome = step(world, ledger)
        assert {one.letter.to[0].email for one in outcome.events if isinstance(one, DraftPlaced)} == BOTH
        return world.at(Place.DRAFTS)

    def test_two_thank_yous_are_placed_once(self, world, ledger, placed) -> None:
        for minutes in (1, 5, 60):
            step(world, ledger, minutes)
        assert world.at(Place.DRAFTS) == placed
        assert len(placed) == 2

    @pytest.mark.parametrize("sent_as", [None, "<another@mail.gmail.example>"])
    def test_what_the_person_sends_counts_as_sent_also_under_another_message_id(
        self, world, ledger, placed, sent_as
    ) -> None:
        for one in placed:
            world.send_draft(one.message_id, sent_as=sent_as and sent_as.replace("<", f"<{one.message_id[1:5]}."))
        step(world, ledger, 5)
        assert states(ledger) == {DraftStatus.SENT}
        assert world.at(Place.DRAFTS) == ()

    def test_what_the_person_edits_is_left_as_it_is(self, world, ledger, placed) -> None:
        edited = placed[0].raw + b"And thank you for the tea.\r\n"
        world.edit_draft(placed[0].message_id, edited)
        step(world, ledger, 5)
        world.deliver(CANCELLATION)
        step(world, ledger, 10)
        assert edited in [one.raw for one in world.at(Place.DRAFTS)]

    def test_what_the_person_edits_under_another_message_id_is_not_placed_again(self, world, ledger, placed) -> None:
        for one in placed:
            other = one.raw.replace(one.message_id.encode(), b"<saved." + one.message_id[1:].encode())
            world.edit_draft(one.message_id, other + b"And thank you for the tea.\r\n")
        for minutes in (5, 60):
            step(world, ledger, minutes)
        assert len(world.at(Place.DRAFTS)) == 2
        assert all(b"for the tea" in one.raw for one in world.at(Place.DRAFTS))

    def test_what_the_person_throws_away_stays_away(self, world, ledger, placed) -> None:
        for one in placed:
            world.expunge(one.message_id, Place.DRAFTS)
        for minutes in (5, 60):
            step(world, ledger, minutes)
        assert world.at(Place.DRAFTS) == ()

    def test_what_the_person_moves_to_trash_is_dismissed(self, world, ledger, placed) -> None:
        for one in placed:
            world.delete_draft(one.message_id)
        for minutes in (5, 60):
            step(world, ledger, minutes)
        assert world.at(Place.DRAFTS) == ()
        assert states(ledger) == {DraftStatus.DISMISSED}

    def test_an_unedited_draft_that_events_have_overtaken_is_taken_back(self, world, ledger, placed) -> None:
        world.deliver(CANCELLATION)
        step(world, ledger, 5)
        assert not {one.message_id for one in placed} & {one.message_id for one in world.at(Place.DRAFTS)}

    def test_an_answer_that_the_provider_took_for_junk_counts(self, world, ledger, placed) -> None:
        world.deliver(CANCELLATION, Place.JUNK)
        step(world, ledger, 5)
        assert not {one.message_id for one in placed} & {one.message_id for one in world.at(Place.DRAFTS)}
        assert ledger.in_junk() == {message_id_of(CANCELLATION)}

    def test_other_mail_in_junk_is_not_read(self, world, ledger, placed) -> None:
        world.deliver(CANCELLATION.replace(b"@lindenworks.example", b"@elsewhere.example"), Place.JUNK)
        step(world, ledger, 5)
        assert world.at(Place.DRAFTS) == placed
        assert ledger.in_junk() == frozenset()

    def test_cursors_that_no_longer_hold_place_nothing_again(self, world, ledger, placed) -> None:
        world.invalidate_cursors()
        step(world, ledger, 5)
        assert world.at(Place.DRAFTS) == placed

    def test_a_mailbox_out_of_reach_is_a_problem_that_passes(self, world, ledger, placed) -> None:
        with world.unreachable():
            assert [one.transient for one in step(world, ledger, 5).problems] == [True]
        assert step(world, ledger, 10).problems == ()
        assert world.at(Place.DRAFTS) == placed
