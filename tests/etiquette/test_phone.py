"""What the phone brought: what the person tells counts from that moment like a message."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.etiquette import load, plan
from mailbot.etiquette.follow_up import Verdict
from mailbot.tracking import track
from mailbot.tracking.application import Event, EventKind, Stage
from tests.etiquette.desk import DANA, Desk


@pytest.mark.parametrize(
    ("told", "kind"),
    [(Stage.OFFER, "offer_reply"), (Stage.REJECTED, "rejection_thanks"), (Stage.CLOSED, "rejection_thanks")],
)
def test_what_the_person_tells_makes_the_same_follow_ups_due(told: Stage, kind: str) -> None:
    desk = Desk()
    fixed = desk.interview("2026-03-10 14:00")
    now = desk.at("2026-03-12 11:00")
    (application,) = track(desk.readings).applications
    event = Event(now, EventKind.CORRECTED, stage=told)
    application = replace(application, events=(*application.events, event))
    found = plan([application], now, load("coach"), desk.reader).follow_ups
    letters = [one for one in found if one.kind.value == kind]
    assert [(one.verdict, one.identity.recipient) for one in letters] == [(Verdict.DUE, "dana.reed@acme.test")]
    assert letters[0].due == now
    assert letters[0].identity.occasion == (fixed.message_id,)
    thanks = [one for one in found if one.kind.value == "thank_you"]
    assert {one.verdict for one in thanks} == {Verdict.OVERTAKEN}


def test_a_withdrawal_by_phone_ends_everything() -> None:
    desk = Desk()
    desk.interview("2026-03-10 14:00")
    desk.promised("2026-03-11 09:00", "2026-03-18", by=DANA)
    now = desk.at("2026-03-20 09:00")
    (application,) = track(desk.readings).applications
    event = Event(desk.at("2026-03-12 11:00"), EventKind.CORRECTED, stage=Stage.WITHDRAWN)
    application = replace(application, events=(*application.events, event))
    found = plan([application], now, load("coach"), desk.reader).follow_ups
    assert not [one for one in found if one.verdict is Verdict.DUE]
