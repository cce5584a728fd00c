"""How often Gmail is asked whether something came: there is no push without a public server of one's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from mailbot.mail.gmail.pace import cost
from mailbot.mail.tables import table

# Whether an interview is near: from so many seconds before its start to so many after its end.
Near = Callable[[float, float], bool]


def never(before: float, after: float) -> bool:  # noqa: ARG001 - however long
    """No interview is known."""
    return False


def interval(hour: int, since_change: float, near: Near = never) -> float:
    """Seconds until the next question. `hour` of this machine's day, `since_change` seconds since something came."""
    poll = table("gmail")["poll"]
    if since_change < poll["soon_for"]:
        return float(poll["soon"])
    if near(poll["before_interview"], poll["after_interview"]):
        return float(poll["interview"])
    at_night = hour >= poll["night_begins"] or hour < poll["night_ends"]
    return float(poll["night"] if at_night else poll["day"])


def units_a_day(changes: int = 0, interviews: int = 0) -> int:
    """The quota units of a day's questions, at most: each of `changes` and of `interviews` of an hour is far enough
    from the others to be followed by its own time of looking often."""
    poll = table("gmail")["poll"]
    night = (24 - poll["night_begins"] + poll["night_ends"]) * 3600
    asked = night / poll["night"] + (86400 - night) / poll["day"] + changes * poll["soon_for"] / poll["soon"]
    asked += interviews * (poll["before_interview"] + 3600 + poll["after_interview"]) / poll["interview"]
    return int(asked * cost("gmail.users.history.list"))


def hour_now() -> int:
    return datetime.now().astimezone().hour
