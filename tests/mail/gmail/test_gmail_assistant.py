"""The whole job on a Gmail account: drafts placed in the conversation, and what the person does with them seen."""

from __future__ import annotations

from email import message_from_bytes

import pytest

from mailbot.mail.port import Place
from tests.mail.conformance.whole_job import WholeJob, step
from tests.sample_mail import CONFIRMATION
from tests.servers.gmail.faults import FAULTS
from tests.test_assistant import BEFORE


class TestGmail(WholeJob):
    def test_a_reply_lies_in_the_conversation_that_it_answers(self, world, ledger, placed) -> None:
        (theirs,) = [one for one in world.account.messages.values() if "INBOX" in one.labels]
        answers = [one for one in world.account.messages.values() if message_from_bytes(one.raw)["In-Reply-To"]]
        assert all(one.thread == theirs.thread for one in answers)

    @pytest.mark.parametrize("name", FAULTS)
    def test_whatever_goes_wrong_once_in_the_end_each_draft_lies_there_once(self, world, ledger, name: str) -> None:
        world.deliver(CONFIRMATION, arrived=BEFORE)
        world.account.faults += [FAULTS[name](one) for one in ("POST /gmail/v1/users/me/drafts", "users/me/history")]
        for minutes in (0, 5, 10):
            step(world, ledger, minutes)
        assert len({one.message_id for one in world.at(Place.DRAFTS)}) == len(world.at(Place.DRAFTS)) == 2

    def test_a_revoked_sign_in_is_a_problem_of_that_account_until_a_new_one(self, world, ledger, placed) -> None:
        token, world.account.refresh_token = world.account.refresh_token, None
        world.account.access_tokens.clear()
        (problem,) = step(world, ledger, 5).problems
        assert not problem.transient
        assert "mailbot auth gmail" in problem.text
        world.account.refresh_token = token
        assert step(world, ledger, 10).problems == ()
