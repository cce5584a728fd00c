"""Whose letters wait until the person says that a mail is genuine."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.etiquette.follow_up import Verdict
from mailbot.reading.statements import Evidence, Facet, Kind
from tests.etiquette.desk import CHECK_IN, DANA, Desk


@pytest.mark.parametrize(("sent", "verdict"), [((), Verdict.UNSURE), ((Facet.ENCLOSES,), Verdict.DUE)])
def test_who_sends_what_a_mail_asks_for_has_judged_its_writer(sent: tuple[Facet, ...], verdict: Verdict) -> None:
    desk = Desk()
    desk.applied()
    desk.interview("2026-03-03 10:00")
    asks = desk.heard("2026-03-04 09:00", DANA, Kind.INFORMATION_REQUEST, facets=[Facet.ASKS])
    beware = (Evidence("suspicious", "send me a copy of your identity card"),)
    desk.readings[-1] = replace(asks, statements=(replace(asks.main, evidence=beware),))
    desk.wrote("2026-03-04 12:00", Kind.OWN_REPLY, to=DANA, answers=asks, facets=list(sent))
    desk.promised("2026-03-05 09:00", "2026-03-10")
    assert desk.verdict("2026-03-12 10:00", CHECK_IN) is verdict
