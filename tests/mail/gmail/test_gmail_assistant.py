"""The whole job on a Gmail account: drafts placed in the conversation, and what the person does with them seen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes

import pytest

from mailbot.assistant import Assistant
from mailbot.drafting.drafts import DraftStatus
from mailbot.mail.port import Place
from mailbot.outcome import DraftPlaced, Outcome
from mailbot.store.ledger import Ledger
from mailbot.store.sqlite import memory_ledger
from tests.mail.conformance.gmail_world import GmailWorld
from tests.mail.conformance.world import Lying
from tests.sample_mail import CANCELLATION, CONFIRMATION
from tests.servers.gmail.faults import FAULTS, refused
from tests.test_assistant import AFTER, BEFORE, BOTH, PROFILE


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    with memory_ledger() as opened:
        yield opened


def step(world: GmailWorld, ledger: Ledger, minutes: float = 0, at=AFTER) -> Outcome:
    """A step of a process that has just started."""
    return Assistant((world.open(),), ledger, PROFILE, bytes(32)).step(at + timedelta(minutes=minutes))


def states(ledger: Ledger) -> set[DraftStatus]:
    return {one.status for one in ledger.all_drafts()}


@pytest.fixture
def placed(world: GmailWorld, ledger: Ledger) -> tuple[Lying, ...]:
    world.deliver(CONFIRMATION, arrived=BEFORE)
    outcome = step(world, ledger)
    assert {one.letter.to[0].email for one in outcome.events if isinstance(one, DraftPlaced)} == BOTH
    return world.at(Place.DRAFTS)


def test_two_thank_yous_are_placed_once(world, ledger, placed) -> None:
    for minutes in (1, 5, 60):
        step(world, ledger, minutes)
    assert world.at(Place.DRAFTS) == placed
    assert len(placed) == 2


def test_a_reply_lies_in_the_conversation_that_it_answers(world, ledger, placed) -> None:
    (theirs,) = [one for one in world.account.messages.values() if "INBOX" in one.labels]
    answers = [one for one in world.account.messages.values() if message_from_bytes(one.raw)["In-Reply-To"]]
    assert all(one.thread == theirs.thread for one in answers)


@pytest.mark.parametrize("sent_as", [None, "<another@mail.gmail.example>"])
def test_what_the_person_sends_counts_as_sent_also_under_gmails_own_message_id(world, ledger, placed, sent_as) -> None:
    for one in placed:
        world.send_draft(one.message_id, sent_as=sent_as and sent_as.replace("<", f"<{one.message_id[1:5]}."))
    step(world, ledger, 5)
    assert states(ledger) == {DraftStatus.SENT}
    assert world.at(Place.DRAFTS) == ()


def test_what_the_person_edits_is_left_as_it_is(world, ledger, placed) -> None:
    edited = placed[0].raw + b"And thank you for the tea.\r\n"
    world.edit_draft(placed[0].message_id, edited)
    step(world, ledger, 5)
    world.deliver(CANCELLATION)
    step(world, ledger, 10)
    assert edited in [one.raw for one in world.at(Place.DRAFTS)]


def test_what_the_person_throws_away_stays_away(world, ledger, placed) -> None:
    for one in placed:
        world.expunge(one.message_id, Place.DRAFTS)
    for minutes in (5, 60):
        step(world, ledger, minutes)
    assert world.at(Place.DRAFTS) == ()


def test_an_unedited_draft_that_events_have_overtaken_is_taken_back(world, ledger, placed) -> None:
    world.deliver(CANCELLATION)
    step(world, ledger, 5)
    assert not {one.message_id for one in placed} & {one.message_id for one in world.at(Place.DRAFTS)}


def test_an_expired_history_places_nothing_again(world, ledger, placed) -> None:
    world.invalidate_cursors()
    step(world, ledger, 5)
    assert world.at(Place.DRAFTS) == placed


@pytest.mark.parametrize("name", FAULTS)
def test_whatever_goes_wrong_once_in_the_end_each_draft_lies_there_once(world, ledger, name: str) -> None:
    world.deliver(CONFIRMATION, arrived=BEFORE)
    world.account.faults += [FAULTS[name](one) for one in ("POST /gmail/v1/users/me/drafts", "users/me/history")]
    for minutes in (0, 5, 10):
        step(world, ledger, minutes)
    assert len({one.message_id for one in world.at(Place.DRAFTS)}) == len(world.at(Place.DRAFTS)) == 2


def test_a_revoked_sign_in_is_a_problem_of_that_account_and_mends_itself_after_a_new_one(world, ledger, placed) -> None:
    token, world.account.refresh_token = world.account.refresh_token, None
    world.account.access_tokens.clear()
    (problem,) = step(world, ledger, 5).problems
    assert not problem.transient
    assert "mailbot auth gmail" in problem.text
    world.account.refresh_token = token
    assert step(world, ledger, 10).problems == ()


def test_a_used_up_quota_stops_nothing_for_good(world, ledger) -> None:
    world.deliver(CONFIRMATION, arrived=BEFORE)
    world.account.faults.append(refused("GET", 403, "dailyLimitExceeded"))
    (problem,) = step(world, ledger).problems
    assert problem.transient
    step(world, ledger, 5)
    assert len(world.at(Place.DRAFTS)) == 2
