"""The limit on what goes unanswered: strikes since the other side's last word, and mails to one person."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from mailbot.etiquette.case import Case, Sent, Settled
from mailbot.etiquette.follow_up import FollowUp, FollowUpKind

# Answers, thanks for a no and one's own notes are no strikes.
_STRIKES = (
    FollowUpKind.THANK_YOU,
    FollowUpKind.FORMAL_LETTER,
    FollowUpKind.CHECK_IN,
    FollowUpKind.SECOND_CHECK_IN,
    FollowUpKind.STAY_IN_TOUCH,
    FollowUpKind.OFFER_ELSEWHERE,
)
# A strike: thanks for one interview (its start; 0 the first thanks, 1 the longer letter), to however many people; any
# other mail (its id) is one by itself.
Strike = tuple[str, int]


def struck_out(case: Case, one: FollowUp) -> Settled | None:
    """Whether this letter would be one too many: of strikes since their last word, or of mails to that person."""
    if one.kind not in _STRIKES:
        return None
    most = case.etiquette.count("strikes.most")
    strikes = _strikes(case)
    said = max((word.date for word in case.heard), default=None)
    spent = {strike: sent for strike, sent in strikes if said is None or sent.at > said}
    by_them = [word.date for word in case.heard if word.sender and word.sender.email == one.to.email]
    heard = max(by_them, default=None)
    to_them = [sent for _, sent in strikes if one.to.email in sent.to and (heard is None or sent.at > heard)]
    unanswered = list(spent.values())
    if len(to_them) >= most:
        return _limit(to_them[-1], f"{most} mails to them are unanswered; no more are drafted.")
    if _would_be(case, one) not in spent and len(spent) >= most:
        return _limit(unanswered[-1], f"{most} follow-ups are unanswered; no more are drafted.")
    return None


def _limit(last: Sent, why: str) -> Settled:
    return Settled(last.at, last.reading.message_id, why)


def _strikes(case: Case) -> list[tuple[Strike, Sent]]:
    found: list[tuple[Strike, Sent]] = []
    thanked: Counter[tuple[str, str]] = Counter()
    for sent in case.sent:
        if sent.asks_news or sent.tells_deadline:
            found.append(((sent.reading.message_id, 0), sent))
        elif sent.thanks:
            interview = _interview_before(case, sent.at)
            times = max(thanked[interview, email] for email in sent.to)
            thanked.update((interview, email) for email in sent.to)
            found.append(((interview, min(times, 1)), sent))
    return found


def _interview_before(case: Case, at: datetime) -> str:
    """The start of the interview that thanks at that moment are for; empty where there was none."""
    starts = [one.start for one in case.application.meetings if one.start <= at]
    return max(starts).isoformat() if starts else ""


def _would_be(case: Case, one: FollowUp) -> Strike | None:
    if one.meeting and one.kind in (FollowUpKind.THANK_YOU, FollowUpKind.FORMAL_LETTER):
        return _interview_before(case, one.meeting.start), int(one.kind is FollowUpKind.FORMAL_LETTER)
    return None
