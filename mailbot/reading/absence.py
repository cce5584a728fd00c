"""Until when an absence notice says that its writer is away."""

from __future__ import annotations

from datetime import date, timedelta

from mailbot.mail.message import Message
from mailbot.patterns import compiled
from mailbot.reading.dates import Bound, DateContext, Mention, When, find
from mailbot.reading.statements import Reader, Writer
from mailbot.reading.tables import table
from mailbot.reading.words import Words

DAY = timedelta(days=1)
BEFORE = 60  # characters in which a word of return stands before its day


def absent_until(message: Message, words: Words, wrote: Writer, reader: Reader) -> date | None:
    """The day of return: the one that is named as such, else the day up to which they are away, else the day after
    the stretch that is named; None for any other mail, and where no day lies ahead."""
    if wrote is not Writer.AUTO_REPLY:
        return None
    text = f"{message.subject}\n{words.new}"
    times = [one for one in find(text, DateContext(message.date, reader.zone, reader.country)) if _is_day(one)]
    for choice in ((one for one in times if _is_return(text, one)), (one for one in times if _ends(one))):
        days = [day for one in choice if (day := _back_on(one)) >= message.date.date()]
        if days:
            return days[0]
    return None


def _is_day(one: Mention) -> bool:
    return isinstance(one.value, When) and one.value.last is not None


def _is_return(text: str, one: Mention) -> bool:
    """Whether a word of return stands before it in its sentence."""
    before = text[max(0, one.start - BEFORE) : one.start]
    return compiled(table("writers")["returning"]).search(before) is not None


def _ends(one: Mention) -> bool:
    """Whether it is the end of a stretch: 'until Monday', '20 December to 2 January'."""
    return isinstance(one.value, When) and (one.value.bound is Bound.BY or one.value.first != one.value.last)


def _back_on(one: Mention) -> date:
    """'Until Monday' is back on Monday; a whole stretch, and 'after the 3rd', end the day before."""
    assert isinstance(one.value, When)  # noqa: S101 - `_is_day` chose them
    assert one.value.last is not None  # noqa: S101
    over = one.value.first != one.value.last or one.value.bound is Bound.AFTER
    return one.value.last + DAY if over else one.value.last
