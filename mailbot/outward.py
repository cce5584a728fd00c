"""What the service tells the person beside their mailbox: notices."""

from __future__ import annotations

from functools import partial

from mailbot.errors import MailbotError
from mailbot.household import Household
from mailbot.logs import logger
from mailbot.outcome import Outcome, Outlook, Problem
from mailbot.telling.delivery import deliver
from mailbot.telling.teller import Teller

log = logger("outward")


class Outward:
    """For one household, as its settings say."""

    def __init__(self, home: Household) -> None:
        notify = home.settings.notify
        how = partial(deliver, desktop=notify.desktop, command=notify.command)
        teller = Teller(home.ledger, how, home.settings.quiet(), details=notify.details)
        self._problems: tuple[Problem, ...] = ()
        self._teller = teller if notify.desktop or notify.command else None

    def after(self, outcome: Outcome) -> None:
        """A step was made."""
        self._problems = outcome.problems
        self.meanwhile(outcome.outlook)

    def meanwhile(self, outlook: Outlook) -> None:
        """Time went by: what was held may be told now. What fails is logged: it is no reason to leave the mailbox
        alone."""
        try:
            if self._teller is not None:
                self._teller.tell(outlook, self._problems)
        except MailbotError as error:
            log.error("telling_failed", error=str(error))
