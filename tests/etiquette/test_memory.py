"""A plan with a memory of earlier ones is the plan that one without it would make."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.etiquette import load, plan
from mailbot.etiquette.memory import Memory
from mailbot.tracking import track
from tests.etiquette.desk import Desk
from tests.etiquette.test_never import mailboxes


@settings(max_examples=150)
@given(mailboxes(), st.lists(st.integers(1, 24 * 20), min_size=1, max_size=12))
def test_a_memory_changes_no_plan(desk: Desk, hours: list[int]) -> None:
    memory, rules, now = Memory(), load(desk.preset), datetime(2026, 11, 2, tzinfo=ZoneInfo(desk.zone))
    for pause in hours:
        now += timedelta(hours=pause)
        applications = track([one for one in desk.readings if one.arrived <= now]).applications
        plain = plan(applications, now, rules, desk.reader)
        assert plan(applications, now, rules, desk.reader, memory=memory) == plain
