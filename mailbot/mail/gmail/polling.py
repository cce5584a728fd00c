"""How often Gmail is asked whether something came: there is no push without a public server of one's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from mailbot.mail.tables import table

# Whether an interview is near: from so many seconds before its start to so many after its end.
Near = Callable[[float, float], bool]


def never(before: float, after: float) -> bool:  # noqa: ARG001 - however long
    """No interview is known."""
    return False


def interval(now: datetime, since_change: float, near: Near = never) -> float:
    """Seconds until the next question. `now` by this machine's clock, `since_change` seconds since something came."""
    poll = table("gmail")["poll"]
    if since_change < poll["soon_for"]:
        return float(poll["soon"])
    if near(poll["before_interview"], poll["after_interview"]) and not near(0, 0):
        return float(poll["interview"])
    return float(poll[_part(now)])


def _part(now: datetime) -> str:
    """Of the day: `office` on working days, `night`, and `day` whatever else."""
    poll = table("gmail")["poll"]
    if now.hour >= poll["night_begins"] or now.hour < poll["night_ends"]:
        return "night"
    return "office" if now.weekday() < 5 and poll["office_begins"] <= now.hour < poll["office_ends"] else "day"


def now_here() -> datetime:
    return datetime.now().astimezone()
