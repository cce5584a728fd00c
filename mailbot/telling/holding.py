"""When the person is left in peace: around their interviews, and in their quiet hours. Pure."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from mailbot.outcome import Outlook
from mailbot.tracking.application import Meeting, MeetingStatus

AROUND = timedelta(minutes=30)
Quiet = tuple[time, time]


def is_held(outlook: Outlook, quiet: Quiet | None) -> bool:
    """Whether no notice may come at the outlook's moment, which is in the person's zone."""
    return (quiet is not None and is_quiet(outlook.now, quiet)) or any(
        _is_around(meeting, outlook.now)
        for application in outlook.tracked.every
        for meeting in application.meetings
        if meeting.status is not MeetingStatus.CANCELLED
    )


def is_quiet(now: datetime, quiet: Quiet) -> bool:
    """Whether the wall clock is within these hours, which may go over midnight; none where both are the same."""
    start, end = quiet
    clock = now.time()
    return start <= clock < end if start <= end else clock >= start or clock < end


def _is_around(meeting: Meeting, now: datetime) -> bool:
    return meeting.start - AROUND <= now < max(meeting.over_at, meeting.end or meeting.over_at) + AROUND
