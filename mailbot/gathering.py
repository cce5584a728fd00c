"""What comes from the mailboxes in one step: what is new, and what was set aside and proves to matter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mailbot.errors import MailbotError, Transient
from mailbot.forecast import Forecast
from mailbot.intake import Intake
from mailbot.mail.port import Mailbox
from mailbot.outcome import Problem, StepEvent
from mailbot.store.ledger import Ledger

# What was set aside by its headers alone may prove to matter within this time.
CALLED_BACK = timedelta(days=90)
# A step that has read so many mails (a first scan) lets go of what read them before it tracks them: both take memory.
MANY = 500


@dataclass(slots=True)
class Step:
    """What one step gathers on its way. `unsaid`: letters that could not be composed; their account is well."""

    now: datetime
    problems: dict[str, Problem] = field(default_factory=dict)
    events: list[StepEvent] = field(default_factory=list)
    unsaid: list[Problem] = field(default_factory=list)
    fetched: int = 0

    def failed(self, account: str, error: MailbotError) -> None:
        self.problems[account] = Problem(account, str(error), isinstance(error, Transient))


class Gathering:
    """Reads every mailbox into the ledger. An account that fails is a Problem of the step; the others go on. `let_go`
    is told when what reads mail may rest."""

    def __init__(
        self,
        mailboxes: Mapping[str, Mailbox],
        ledger: Ledger,
        intake: Intake,
        forecast: Forecast,
        let_go: Callable[[], None],
    ) -> None:
        self._mailboxes = mailboxes
        self._ledger = ledger
        self._intake = intake
        self._forecast = forecast
        self._let_go = let_go
        self._called: tuple[frozenset[str], frozenset[str]] | None = None

    def fetch(self, step: Step) -> bool:
        """Read what is new in every account that answers; whether anything came."""
        before = step.fetched
        for account, mailbox in self._mailboxes.items():
            if account in step.problems:
                continue
            try:
                for readings in self._intake.fetch(mailbox, step.now):
                    step.fetched += len(readings)
                    self._forecast.take(readings)
            except MailbotError as error:
                step.failed(account, error)
        return self._call_back(step) or step.fetched > before

    def _call_back(self, step: Step) -> bool:
        """Read whole what was set aside by its headers, and belongs to what is known by now. Whether there was any."""
        self._forecast.hear()
        came = False
        while (keys := self._calling(step)) != self._called:
            self._called = keys
            found = self._ledger.called(frozenset.union(*keys), step.now - CALLED_BACK)
            wanted = [ident for ident, theirs in found if self._forecast.calls_back(theirs)]
            for account, mailbox in self._mailboxes.items():
                came = (account not in step.problems and self._read_again(step, mailbox, wanted)) or came
        if step.problems:
            self._called = None  # what an account did not give is asked for again
        return came

    def _calling(self, step: Step) -> tuple[frozenset[str], frozenset[str]]:
        if step.fetched >= MANY:
            self._let_go()
        return self._forecast.calling()

    def _read_again(self, step: Step, mailbox: Mailbox, wanted: Sequence[str]) -> bool:
        try:
            readings = self._intake.read_again(mailbox, wanted, step.now)
        except MailbotError as error:
            step.failed(mailbox.account, error)
            return False
        self._forecast.take(readings)
        return bool(readings)
