"""The quick kills on the mailboxes that the suite leaves out: `pytest tests/torture/test_kills.py`."""

from pathlib import Path

import pytest

from tests.kills.conftest import session_on
from tests.kills.homes import KINDS
from tests.kills.session import Session
from tests.kills.test_kill_anywhere import (
    test_at_the_first_byte_of_an_effect_the_ledger_knows_what_it_will_be,
    test_each_intent_is_on_disk_before_the_first_byte_of_its_effect,
    test_one_draft_a_follow_up_wherever_it_is_killed,
)

__all__ = [
    "test_at_the_first_byte_of_an_effect_the_ledger_knows_what_it_will_be",
    "test_each_intent_is_on_disk_before_the_first_byte_of_its_effect",
    "test_one_draft_a_follow_up_wherever_it_is_killed",
]


@pytest.fixture(params=[one for one in KINDS if one != "maildir"])
def session(request: pytest.FixtureRequest, tmp_path: Path) -> Session:
    return session_on(request.param, tmp_path)
