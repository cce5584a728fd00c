"""What mailbot asks, with what can be answered on the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mailbot.outcome import Outlook
from mailbot.pages import Pages
from mailbot.reading.statements import Reading
from mailbot.standing.wording import short_day
from mailbot.tracking.application import Application, Question
from mailbot.tracking.ids import handle


@dataclass(frozen=True, slots=True)
class Asked:
    """`name` is what an answer names it by, `first` the first mail it is about. `belongs_to`: applications to choose
    among; `doubtful`: the one that may be none; where there is neither, the answer is yes, or (`may_deny`) no."""

    text: str
    name: str
    first: str
    mails: tuple[tuple[str, str], ...]  # in words, and where it can be opened
    belongs_to: tuple[Application, ...] = ()
    doubtful: Application | None = None
    about: Application | None = None
    may_deny: bool = True


def asked(outlook: Outlook, readings: Mapping[str, Reading], pages: Pages) -> list[Asked]:
    """All that is asked, in the order of `status`. `readings` by Message-ID."""
    return [_asked(one, outlook, readings, pages) for one in outlook.questions]


def _asked(one: Question, outlook: Outlook, readings: Mapping[str, Reading], pages: Pages) -> Asked:
    mails = [readings[message] for message in one.message_ids if message in readings]
    holds = (app for app in outlook.tracked.applications if app.reading(one.message_ids[0]))
    doubted = (app for app in outlook.tracked.doubtful if app.reading(one.message_ids[0]))
    return Asked(
        text=one.text,
        name=handle(one.address or one.message_ids[0]),
        first=one.message_ids[0],
        mails=tuple((_in_words(mail, outlook), pages.of_mail(mail)) for mail in mails),
        belongs_to=tuple(app for app in outlook.tracked.applications if app.slug in one.candidates),
        doubtful=next(doubted, None),
        about=next(holds, None),
        may_deny=len(one.message_ids) == 1,
    )


def _in_words(mail: Reading, outlook: Outlook) -> str:
    who = (mail.sender.name or mail.sender.email) if mail.sender else "nobody"
    return f"“{mail.subject}” from {who}, {short_day(mail.date, outlook.now)}"
