"""What the service tells the person beside their mailbox: notices, and the calendar file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

from mailbot.errors import MailbotError
from mailbot.etiquette.follow_up import Plan
from mailbot.files import write
from mailbot.household import Household
from mailbot.logs import logger
from mailbot.outcome import Outcome, Outlook, Problem
from mailbot.pages import pages_of
from mailbot.telling.delivery import deliver
from mailbot.telling.teller import Teller

log = logger("outward")


class CalendarFile:
    """A calendar that is written anew only where it would say something else."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._drawn: Plan | None = None

    def keep(self, outlook: Outlook) -> None:
        """Raises ActionNeeded where it cannot be written."""
        if outlook.plan is self._drawn and self._file.exists():
            return
        from mailbot.telling.calendar import entries, render  # here: most people keep none, and its library is large

        text = render(entries(outlook))
        if not self._file.exists() or self._file.read_bytes() != text.encode():
            write(self._file, text)
        self._drawn = outlook.plan


class Outward:
    """For one household, as its settings say."""

    def __init__(self, home: Household) -> None:
        notify = home.settings.notify
        how = partial(deliver, desktop=notify.desktop, command=notify.command)
        teller = Teller(home.ledger, how, home.settings.quiet(), details=notify.details, pages=pages_of(home.settings))
        self._assistant = home.assistant
        self._problems: tuple[Problem, ...] = ()
        self._calendar = CalendarFile(Path(file).expanduser()) if (file := home.settings.calendar.file) else None
        self._teller = teller if notify.desktop or notify.command else None

    def after(self, outcome: Outcome) -> None:
        """A step was made."""
        self._problems = outcome.problems
        self._tell(outcome.outlook)

    def meanwhile(self, now: datetime) -> None:
        """Time went by: what was held may be told now."""
        if self._calendar is not None or self._teller is not None:
            with _logged():
                self._tell(self._assistant.outlook(now))

    def _tell(self, outlook: Outlook) -> None:
        self.keep_calendar(outlook)
        if self._teller is not None:
            with _logged():
                self._teller.tell(outlook, self._problems)

    def keep_calendar(self, outlook: Outlook) -> None:
        """Have the calendar file say how it stands, if one is wanted."""
        if self._calendar is not None:
            with _logged():
                self._calendar.keep(outlook)


@contextmanager
def _logged() -> Iterator[None]:
    """What fails here is no reason to leave the mailbox alone."""
    try:
        yield
    except MailbotError as error:
        log.error("telling_failed", error=str(error))
