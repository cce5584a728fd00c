"""What the service keeps of its outlook from step to step is what it would find anew."""

from __future__ import annotations

from datetime import datetime

from mailbot.drafting.letter import Me
from mailbot.etiquette import load
from mailbot.forecast import Forecast
from mailbot.mail.port import MessageRef, Place
from mailbot.profile import Profile
from mailbot.reading.statements import Reader
from mailbot.store.sqlite import memory_ledger
from mailbot.tracking.application import Stage
from tests.tracking.build import Box, Kind

PROFILE = Profile(
    Reader(frozenset({"sam.porter@home.test"}), "America/New_York", "Sam Porter"),
    Me("Sam Porter", ("sam.porter@home.test",), "America/New_York"),
    load("coach"),
)


def test_an_application_in_doubt_moves_on_by_the_clock_like_any_other() -> None:
    box = Box()
    talk = [box.talk("2026-03-10 14:00")]
    sender = "Lou <lou@quiet.test>"
    lone = box.heard("2026-03-02 09:00", sender, Kind.INTERVIEW_CONFIRMED, interviews=talk, confidence=0.6)
    with memory_ledger() as ledger:
        ledger.add_readings("personal", [(MessageRef("personal", Place.INBOX, "1"), lone)])
        kept = Forecast(ledger, PROFILE)

        def stage(at: datetime) -> Stage:
            outlook = kept.outlook(at)
            (doubtful,) = outlook.tracked.doubtful
            return outlook.stages[doubtful.id]

        days = ("2026-03-03 09:00", "2026-03-11 09:00", "2026-06-11 09:00")
        assert [stage(box.at(one)) for one in days] == [Stage.INTERVIEWING, Stage.WAITING, Stage.DORMANT]
