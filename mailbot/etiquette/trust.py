"""What is not answered without the person's word: mail that asks for what no employer asks for, or whose sender may not
be who it says."""

from __future__ import annotations

from mailbot.etiquette.case import Case
from mailbot.etiquette.follow_up import FollowUp
from mailbot.mail.message import Direction
from mailbot.reading.beware import imitates, quotes, reasons
from mailbot.reading.statements import Facet, Reading
from mailbot.tracking.domains import organisation

LOOKS_ALIKE = "It comes from a domain that only looks like the one you know."


def feared(case: Case, one: FollowUp) -> Reading | None:
    """The mail for which a follow-up waits: one behind it that is to be bewared of, or the mail behind it where its
    recipient asked elsewhere for what no employer asks for, and the person did not send it. A forged sender condemns
    its own mail alone: whoever it poses as may be innocent."""
    known = [(case, message) for message in one.identity.occasion if message in case.by_id]
    known += [(other, message) for other in case.others for message in one.identity.occasion if message in other.by_id]
    behind = [(home, home.by_id[message]) for home, message in known]
    if worst := next((reading for home, reading in behind if fears(home, reading)), None):
        return worst
    theirs = (each for each in case.heard if each.sender and each.sender.email == one.identity.recipient)
    given = {each.in_reply_to for each in case.by_id.values() if _sends(each)}
    asked = any(quotes(each) and each.message_id not in given for each in theirs)
    return behind[0][1] if behind and asked else None


def _sends(reading: Reading) -> bool:
    """Whether the person sends something along: who does what a mail asks for has judged it."""
    return reading.direction is Direction.OUT and any(one.has(Facet.ENCLOSES) for one in reading.statements)


def fears(case: Case, reading: Reading) -> tuple[str, ...]:
    """Why that mail is to be bewared of."""
    found = reasons(reading)
    return (*found, LOOKS_ALIKE) if _looks_like_somebody_known(case, reading) else found


def _looks_like_somebody_known(case: Case, reading: Reading) -> bool:
    if reading.sender is None or not organisation(reading.sender.domain):
        return False
    earlier = (one for one in case.by_id.values() if one.date < reading.date and one.sender)
    known = {one.sender.domain for one in earlier if one.sender and organisation(one.sender.domain)}
    return any(imitates(reading.sender.domain, one) for one in known)
