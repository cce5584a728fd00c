"""The person and mailbot at work on the same drafts, ten thousand times."""

from __future__ import annotations

from hypothesis import settings

from tests.drafting.test_placing_machine import Drafting


class DraftingAtLength(Drafting):
    """The same machine."""


DraftingAtLength.TestCase.settings = settings(max_examples=10_000, stateful_step_count=40, deadline=None)
TestDraftingAtLength = DraftingAtLength.TestCase
