"""When mail is looked for more often than usual: around interviews, as the last step knew them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from mailbot.outcome import Outlook
from mailbot.tracking.application import MeetingStatus


class Attention:
    """Told of every step by the engine's thread, asked by the watchers'. `clock` gives the wall clock."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._times: tuple[tuple[datetime, datetime], ...] = ()

    def heed(self, outlook: Outlook) -> None:
        """Take over the interviews that are fixed."""
        meetings = (one for application in outlook.tracked.applications for one in application.meetings)
        self._times = tuple((one.start, one.over_at) for one in meetings if one.status is MeetingStatus.FIXED)

    def is_near(self, before: float, after: float) -> bool:
        """Whether now is from `before` seconds ahead of an interview to `after` seconds past its end."""
        now, ahead, past = self._clock(), timedelta(seconds=before), timedelta(seconds=after)
        return any(start - ahead <= now <= end + past for start, end in self._times)
